import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { bars } from '@ferrypay/desk/ui/bars.ts';
import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { BEIJING, dayIn } from '@ferrypay/desk/ui/format.ts';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { Scroll } from '@ferrypay/desk/ui/scroll.tsx';
import { Empty, Loaded, Loading } from '@ferrypay/desk/ui/states.tsx';
import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { FxResult } from '../../api/books';
import { call } from '../../api/http';
import type { List } from '../../api/types';
import { useText } from '../../i18n/use-text';

const Chart = lazy(() => import('@ferrypay/desk/ui/chart.tsx'));
const DAYS = 30;

/** What exchanges brought on each of the last thirty days, by channel. */
export default function FxResults() {
  const say = useText();
  const [book, setBook] = useState('live');
  const to = dayIn(BEIJING, new Date());
  const from = dayIn(BEIJING, new Date(Date.now() - (DAYS - 1) * 86_400_000));
  const results = useQuery({
    queryKey: ['pricing', 'fx', book, from, to],
    queryFn: () => call<List<FxResult>>('GET', '/pricing/fx-results', { query: { book, from, to } }),
  });
  return (
    <Card
      title={say('pricing.fxResults')}
      actions={
        <Choices
          label={say('ledger.book')}
          value={book}
          options={[
            { value: 'live', label: say('ledger.live') },
            { value: 'test', label: say('ledger.test') },
          ]}
          onChange={setBook}
        />
      }
    >
      <p className="faint">{say('pricing.fxHelp')}</p>
      <Loaded asked={results} rows={5}>
        {({ data }) => (data.length === 0 ? <Empty>{say('pricing.noExchanges')}</Empty> : <Figures data={data} />)}
      </Loaded>
    </Card>
  );
}

function Figures({ data }: { data: FxResult[] }) {
  const say = useText();
  const option = useMemo(
    () =>
      bars(data.map(({ day, channel, result, result_currency }) => ({ key: day, series: `${channel} ${result_currency}`, value: result }))),
    [data],
  );
  return (
    <>
      <Suspense fallback={<Loading rows={4} />}>
        <Chart option={option} label={say('pricing.fxChart')} />
      </Suspense>
      <Scroll label={say('pricing.fxResults')}>
        <Table<FxResult>
          size="small"
          pagination={false}
          rowKey={({ day, channel, currency }) => `${day} ${channel} ${currency}`}
          dataSource={[...data].reverse()}
          columns={[
            { title: say('pricing.day'), dataIndex: 'day' },
            { title: say('pricing.channel'), dataIndex: 'channel' },
            { title: say('pricing.exchanges'), dataIndex: 'exchanges', align: 'right' },
            { title: say('pricing.bought'), align: 'right', render: (_, row) => <Amount amount={row.bought} currency={row.currency} /> },
            {
              title: say('pricing.taken'),
              align: 'right',
              render: (_, row) => <Amount amount={row.taken} currency={row.result_currency} />,
            },
            { title: say('pricing.cost'), align: 'right', render: (_, row) => <Amount amount={row.cost} currency={row.result_currency} /> },
            {
              title: say('pricing.result'),
              align: 'right',
              render: (_, row) => <Amount amount={row.result} currency={row.result_currency} strong />,
            },
          ]}
        />
      </Scroll>
    </>
  );
}
