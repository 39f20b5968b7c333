import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { Filter } from '@ferrypay/desk/ui/filter.tsx';
import { dayIn, NEW_ZEALAND, nextDay, startOfDay } from '@ferrypay/desk/ui/format.ts';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Scroll } from '@ferrypay/desk/ui/scroll.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input, Table } from 'antd';
import { useState } from 'react';
import type { AccountStatement } from '../../api/books';
import { call, callBytes } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { save } from '../../ui/save';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What an account was, what moved it, and what it is; by the time of posting. */
export default function StatementPage() {
  const { id } = useParams({ from: '/shell/ledger/accounts/$id' });
  const say = useText();
  const word = useWord();
  const today = dayIn(NEW_ZEALAND, new Date());
  const [first, setFirst] = useState(() => dayIn(NEW_ZEALAND, new Date(Date.now() - 29 * 86_400_000)));
  const [last, setLast] = useState(today);
  const right = DAY.test(first) && DAY.test(last) && first <= last;
  const query = right ? { from: startOfDay(first, NEW_ZEALAND), to: startOfDay(nextDay(last), NEW_ZEALAND) } : null;
  const statement = useQuery({
    queryKey: ['ledger', 'statement', id, query],
    queryFn: () => call<AccountStatement>('GET', `/ledger/accounts/${id}/statement`, { query: { ...query } }),
    enabled: query !== null,
  });
  const take = useChange({
    run: async () =>
      save(await callBytes(`/ledger/accounts/${id}/statement.csv?${new URLSearchParams(query ?? {})}`), `statement-${id}.csv`),
  });
  const day = (label: string, value: string, onChange: (next: string) => void) => (
    <Filter label={label}>
      <Input type="date" aria-label={label} value={value} onChange={({ target }) => onChange(target.value)} />
    </Filter>
  );
  return (
    <Page
      title={say('statement.title')}
      intro={<Link to="/ledger">{say('statement.back')}</Link>}
      actions={
        <Button disabled={!right} onClick={() => take.mutate(undefined)} loading={take.isPending}>
          {say('statement.csv')}
        </Button>
      }
    >
      <div className="filters">
        {day(say('ledger.from'), first, setFirst)}
        {day(say('ledger.to'), last, setLast)}
      </div>
      {right ? (
        <Loaded asked={statement} rows={6}>
          {(found) => (
            <Card title={`${found.account} ${found.currency}`}>
              <Facts
                facts={[
                  [say('statement.opening'), found.opening],
                  [say('statement.closing'), found.closing],
                  [say('statement.movements'), String(found.movement_count)],
                ]}
              />
              {found.complete ? null : <Notice kind="warning">{say('statement.more', { shown: found.movements.length })}</Notice>}
              {found.movements.length === 0 ? (
                <Empty>{say('statement.none')}</Empty>
              ) : (
                <Scroll label={say('statement.movements')}>
                  <Table
                    size="small"
                    pagination={found.movements.length > 100 ? { pageSize: 100 } : false}
                    rowKey={({ sequence, amount, balance }) => `${sequence} ${amount} ${balance}`}
                    dataSource={found.movements}
                    columns={[
                      { title: say('ledger.number'), dataIndex: 'sequence' },
                      { title: say('ledger.posted'), render: (_, { posted_at }) => <Moment at={posted_at} /> },
                      { title: say('approvals.kind'), render: (_, { kind }) => word('journalKind', kind) },
                      { title: say('field.subject'), render: (_, { subject }) => <code>{subject}</code> },
                      {
                        title: say('ledger.debit'),
                        align: 'right',
                        render: (_, { amount }) => (amount.startsWith('-') ? '' : amount),
                      },
                      {
                        title: say('ledger.credit'),
                        align: 'right',
                        render: (_, { amount }) => (amount.startsWith('-') ? amount.slice(1) : ''),
                      },
                      { title: say('ledger.balance'), dataIndex: 'balance', align: 'right' },
                    ]}
                  />
                </Scroll>
              )}
            </Card>
          )}
        </Loaded>
      ) : (
        <Notice kind="warning">{say('statement.noTime')}</Notice>
      )}
    </Page>
  );
}
