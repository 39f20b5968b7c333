import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { bars } from '@ferrypay/desk/ui/bars.ts';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { Scroll } from '@ferrypay/desk/ui/scroll.tsx';
import { Empty, Loading } from '@ferrypay/desk/ui/states.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { Link } from '@tanstack/react-router';
import { Table, type TableProps } from 'antd';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import type { FinanceReport } from '../../api/books';
import { useText } from '../../i18n/use-text';

const Chart = lazy(() => import('@ferrypay/desk/ui/chart.tsx'));
/** More of them side by side are no picture any more; the table has all. */
const MOST_BARS = 62;

type Money = FinanceReport['money'][number];
type Fx = FinanceReport['fx'][number];

function useKey(by: string): (key: string) => ReactNode {
  const say = useText();
  return (key) =>
    by === 'merchant' ? (
      <Link to="/merchants/$id" params={{ id: key }}>
        {key}
      </Link>
    ) : key === '' ? (
      <span className="faint">{say('reports.noKey')}</span>
    ) : (
      key
    );
}

/** A picture for each currency, and everything as a table. */
function Figures<T extends { key: string }>({
  title,
  rows,
  charts,
  columns,
  rowKey,
  empty,
}: {
  title: string;
  rows: T[];
  charts: { label: string; bars: { key: string; series: string; value: string }[] }[];
  columns: TableProps<T>['columns'];
  rowKey: (row: T) => string;
  empty: string;
}) {
  if (rows.length === 0) {
    return (
      <Card title={title}>
        <Empty>{empty}</Empty>
      </Card>
    );
  }
  return (
    <Card title={title}>
      {charts.map((chart) => (
        <Picture key={chart.label} {...chart} />
      ))}
      <Scroll label={title}>
        <Table<T>
          size="small"
          pagination={rows.length > 100 ? { pageSize: 100 } : false}
          rowKey={rowKey}
          dataSource={rows}
          columns={columns}
        />
      </Scroll>
    </Card>
  );
}

function Picture({ label, bars: found }: { label: string; bars: { key: string; series: string; value: string }[] }) {
  const option = useMemo(() => bars(found), [found]);
  return (
    <Suspense fallback={<Loading rows={4} />}>
      <Chart option={option} label={label} />
    </Suspense>
  );
}

const currenciesOf = (rows: { currency: string }[]) => [...new Set(rows.map(({ currency }) => currency))];

export function Volume({ report: { by, money } }: { report: FinanceReport }) {
  const say = useText();
  const word = useWord();
  const shown = useKey(by);
  const volumes = say('reports.volume');
  const refunds = say('reports.refunded');
  const fees = say('reports.fees');
  const charts = useMemo(
    () =>
      currenciesOf(money).map((currency) => ({
        currency,
        bars: money
          .filter((line) => line.currency === currency)
          .slice(-MOST_BARS)
          .flatMap(({ key, volume, refunded, fees: earned }) => [
            { key, series: volumes, value: volume },
            { key, series: refunds, value: refunded },
            { key, series: fees, value: earned },
          ]),
      })),
    [money, volumes, refunds, fees],
  );
  return (
    <Figures<Money>
      title={say('reports.paid')}
      rows={money}
      empty={say('reports.nothingPaid')}
      charts={charts.map(({ currency, bars: found }) => ({ label: say('reports.chart', { what: volumes, currency }), bars: found }))}
      rowKey={({ key, currency }) => `${key} ${currency}`}
      columns={[
        { title: word('reportKey', by), render: (_, { key }) => shown(key) },
        { title: say('reports.payments'), dataIndex: 'payments', align: 'right' },
        { title: volumes, align: 'right', render: (_, { volume, currency }) => <Amount amount={volume} currency={currency} strong /> },
        { title: say('reports.refunds'), dataIndex: 'refunds', align: 'right' },
        { title: refunds, align: 'right', render: (_, { refunded, currency }) => <Amount amount={refunded} currency={currency} /> },
        { title: fees, align: 'right', render: (_, { fees: earned, currency }) => <Amount amount={earned} currency={currency} strong /> },
      ]}
    />
  );
}

export function Exchanges({ report: { by, fx } }: { report: FinanceReport }) {
  const say = useText();
  const word = useWord();
  const shown = useKey(by);
  const charts = useMemo(
    () =>
      [...new Set(fx.map(({ result_currency }) => result_currency))].map((currency) => ({
        currency,
        bars: fx
          .filter((line) => line.result_currency === currency)
          .slice(-MOST_BARS)
          .map(({ key, currency: bought, result }) => ({ key, series: bought, value: result })),
      })),
    [fx],
  );
  return (
    <Figures<Fx>
      title={say('reports.exchanged')}
      rows={fx}
      empty={say('reports.nothingExchanged')}
      charts={charts.map(({ currency, bars: found }) => ({
        label: say('reports.chart', { what: say('reports.result'), currency }),
        bars: found,
      }))}
      rowKey={({ key, currency, result_currency }) => `${key} ${currency} ${result_currency}`}
      columns={[
        { title: word('reportKey', by), render: (_, { key }) => shown(key) },
        { title: say('reports.exchanges'), dataIndex: 'exchanges', align: 'right' },
        { title: say('reports.bought'), align: 'right', render: (_, line) => <Amount amount={line.bought} currency={line.currency} /> },
        {
          title: say('reports.taken'),
          align: 'right',
          render: (_, line) => <Amount amount={line.taken} currency={line.result_currency} />,
        },
        { title: say('reports.cost'), align: 'right', render: (_, line) => <Amount amount={line.cost} currency={line.result_currency} /> },
        {
          title: say('reports.result'),
          align: 'right',
          render: (_, line) => <Amount amount={line.result} currency={line.result_currency} strong />,
        },
      ]}
    />
  );
}
