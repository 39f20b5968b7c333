import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Scroll } from '@ferrypay/desk/ui/scroll.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Table } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import type { LedgerAccount, TrialBalance } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Journals } from './journals';
import { listed, type Part } from './listed';

/** The books: what is on which account, and why. */
export default function LedgerPage() {
  const say = useText();
  const [book, setBook] = useState('live');
  return (
    <Page title={say('ledger.title')}>
      <div className="filters">
        <Choices
          label={say('ledger.book')}
          value={book}
          options={[
            { value: 'live', label: say('ledger.live') },
            { value: 'test', label: say('ledger.test') },
          ]}
          onChange={setBook}
        />
      </div>
      <Accounts key={book} book={book} />
      <Journals key={`journals ${book}`} book={book} />
    </Page>
  );
}

type Line = TrialBalance['lines'][number];

/** The tree of accounts: types with their sums, and below each the accounts of its owners. */
function Accounts({ book }: { book: string }) {
  const say = useText();
  const word = useWord();
  const balance = useQuery({
    queryKey: ['ledger', 'balance', book],
    queryFn: () => call<TrialBalance>('GET', '/ledger/trial-balance', { query: { book } }),
  });
  return (
    <Card title={say('ledger.accounts')}>
      <Loaded asked={balance} rows={5}>
        {({ lines, totals }) => (
          <>
            <p>
              {say('ledger.trialBalance')}{' '}
              {totals.every(({ balanced }) => balanced) ? (
                <span className="tag tag-good">{say('ledger.balanced')}</span>
              ) : (
                <strong className="tag tag-bad">{say('ledger.unbalanced')}</strong>
              )}
            </p>
            {lines.length === 0 ? (
              <Empty>{say('ledger.noJournals')}</Empty>
            ) : (
              <Scroll label={say('ledger.accounts')}>
                <Table<Line>
                  size="small"
                  pagination={false}
                  rowKey={({ type, currency }) => `${type} ${currency}`}
                  dataSource={lines}
                  columns={[
                    {
                      title: say('ledger.type'),
                      render: (_, { type }) => (
                        <>
                          {word('accountType', type)} <code className="faint">{type}</code>
                        </>
                      ),
                    },
                    { title: say('ledger.side'), render: (_, { side }) => word('side', side) },
                    { title: say('merchants.currency'), dataIndex: 'currency' },
                    { title: say('ledger.owners'), dataIndex: 'accounts', align: 'right' },
                    { title: say('ledger.debit'), dataIndex: 'debit', align: 'right' },
                    { title: say('ledger.credit'), dataIndex: 'credit', align: 'right' },
                    { title: say('ledger.balance'), dataIndex: 'balance', align: 'right' },
                  ]}
                  expandable={{
                    expandedRowRender: ({ type, currency }) => <Owners book={book} type={type} currency={currency} />,
                    columnTitle: <span className="unseen">{say('action.details')}</span>,
                  }}
                  summary={() =>
                    totals.map((total) => (
                      <Table.Summary.Row key={total.currency}>
                        <Table.Summary.Cell index={0} />
                        <Table.Summary.Cell index={1} colSpan={2}>
                          <strong>{say('ledger.sum')}</strong>
                        </Table.Summary.Cell>
                        <Table.Summary.Cell index={3}>{total.currency}</Table.Summary.Cell>
                        <Table.Summary.Cell index={4} />
                        <Table.Summary.Cell index={5} align="right">
                          {total.debit}
                        </Table.Summary.Cell>
                        <Table.Summary.Cell index={6} align="right">
                          {total.credit}
                        </Table.Summary.Cell>
                        <Table.Summary.Cell index={7} />
                      </Table.Summary.Row>
                    ))
                  }
                />
              </Scroll>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}

/** The accounts of a type in a currency; the platform lists those of all currencies together. */
function Owners({ book, type, currency }: { book: string; type: string; currency: string }) {
  const say = useText();
  const label = say('ledger.accountsOf', { type: `${type} ${currency}` });
  return (
    <CursorTable<LedgerAccount>
      queryKey={['ledger', 'accounts', book, type, currency]}
      fetchPage={(cursor) => call<Part<LedgerAccount>>('GET', '/ledger/accounts', { query: { book, type, currency, cursor } }).then(listed)}
      rowKey={({ id }) => id}
      label={label}
      empty={say('ledger.noAccounts')}
      columns={[
        {
          title: say('ledger.account'),
          render: (_, { id, path }) => (
            <Link to="/ledger/accounts/$id" params={{ id }}>
              {path}
            </Link>
          ),
        },
        { title: say('ledger.balance'), dataIndex: 'balance', align: 'right' },
        { title: say('ledger.entries'), dataIndex: 'entries', align: 'right' },
      ]}
    />
  );
}
