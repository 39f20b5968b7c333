import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { BEIJING, dayIn, NEW_ZEALAND } from '@ferrypay/desk/ui/format.ts';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { useState } from 'react';
import { answer, payments } from '../../api/http';
import { useMode } from '../../api/mode';
import type { Cashier, Device, Store, TillsReportRow } from '../../api/types';
import { useText } from '../../i18n/use-text';

const DAY_MILLIS = 86_400_000;

/** What tills took and gave back, by day, till and cashier. All sums are the platform's. */
export function TillsReport({ stores, devices, cashiers }: { stores: Store[]; devices: Device[]; cashiers: Cashier[] }) {
  const say = useText();
  const mode = useMode();
  const [days, setDays] = useState(7);
  const [zone, setZone] = useState(NEW_ZEALAND);
  const to = dayIn(zone, new Date());
  const from = new Date(Date.parse(`${to}T00:00:00Z`) - (days - 1) * DAY_MILLIS).toISOString().slice(0, 10);
  const report = useQuery({
    queryKey: ['tills-report', mode, from, to, zone],
    queryFn: () => answer(payments.GET('/v2/spotpay/reports', { params: { query: { from, to, time_zone: zone } } })),
  });
  const names = new Map([...stores, ...devices, ...cashiers].map((each) => [each.id, each.name]));
  const name = (id: string | null | undefined) => (id ? (names.get(id) ?? id) : say('devices.somebody'));
  const money = (row: { currency?: string }, amount?: string, times?: number) => (
    <>
      <Amount amount={amount ?? null} currency={row.currency ?? null} />
      {times === undefined ? null : <span className="faint"> {say('tills.times', { count: times })}</span>}
    </>
  );
  return (
    <Card
      title={say('tills.report')}
      actions={
        <span className="row-actions">
          <Choices
            label={say('tills.span')}
            value={days}
            onChange={setDays}
            options={[
              { value: 1, label: say('home.today') },
              { value: 7, label: say('home.days', { count: 7 }) },
              { value: 31, label: say('home.days', { count: 31 }) },
            ]}
          />
          <Choices
            label={say('filter.days')}
            value={zone}
            onChange={setZone}
            options={[
              { value: NEW_ZEALAND, label: say('place.nz') },
              { value: BEIJING, label: say('place.beijing') },
            ]}
          />
        </span>
      }
    >
      <Loaded asked={report}>
        {({ data, totals }) =>
          data === undefined || data.length === 0 ? (
            <Empty>{say('tills.none')}</Empty>
          ) : (
            // The keyboard must reach what is to be scrolled sideways.
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus
            <section className="table-scroll" aria-label={say('tills.table')} tabIndex={0}>
              <Table<TillsReportRow>
                dataSource={data}
                rowKey={(row) => [row.date, row.device, row.cashier, row.currency].join(' ')}
                size="middle"
                pagination={data.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
                columns={[
                  { title: say('tills.date'), key: 'date', render: (_, row) => row.date },
                  {
                    title: say('tills.till'),
                    key: 'till',
                    render: (_, row) => (
                      <>
                        {name(row.device)}
                        <div className="faint">{name(row.store)}</div>
                      </>
                    ),
                  },
                  { title: say('devices.cashier'), key: 'cashier', render: (_, row) => name(row.cashier) },
                  { title: say('tills.sales'), key: 'sales', align: 'right', render: (_, row) => money(row, row.sales_amount, row.sales) },
                  {
                    title: say('tills.refunds'),
                    key: 'refunds',
                    align: 'right',
                    render: (_, row) => money(row, row.refunds_amount, row.refunds),
                  },
                  { title: say('tills.net'), key: 'net', align: 'right', render: (_, row) => money(row, row.net_amount) },
                ]}
                summary={() =>
                  (totals ?? []).map((total) => (
                    <Table.Summary.Row key={total.currency}>
                      <Table.Summary.Cell index={0} colSpan={3}>
                        <strong>{say('tills.total')}</strong>
                      </Table.Summary.Cell>
                      <Table.Summary.Cell index={3} align="right">
                        {money(total, total.sales_amount, total.sales)}
                      </Table.Summary.Cell>
                      <Table.Summary.Cell index={4} align="right">
                        {money(total, total.refunds_amount, total.refunds)}
                      </Table.Summary.Cell>
                      <Table.Summary.Cell index={5} align="right">
                        {money(total, total.net_amount)}
                      </Table.Summary.Cell>
                    </Table.Summary.Row>
                  ))
                }
              />
            </section>
          )
        }
      </Loaded>
    </Card>
  );
}
