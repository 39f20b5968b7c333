import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Table } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import type { Journal, LedgerAccount, TrialBalance } from '../../api/types';
import { useText } from '../../i18n/use-text';

interface Part<T> {
  data: T[];
  next: string | null;
}

/** The books' lists say `next`; the table reads what the other lists say. */
const listed = <T,>({ data, next }: Part<T>) => ({ data, has_more: next !== null, next_cursor: next });

/** The books: what is on which account, and why. */
export default function LedgerPage() {
  const say = useText();
  const [book, setBook] = useState('live');
  const [type, setType] = useState<string | null>(null);
  const [payment, setPayment] = useState('');
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
          onChange={(next) => {
            setBook(next);
            setType(null);
          }}
        />
      </div>
      <Balance key={book} book={book} onType={setType} />
      {type === null ? null : (
        <Card title={say('ledger.accountsOf', { type })}>
          <CursorTable<LedgerAccount>
            queryKey={['ledger', 'accounts', book, type]}
            fetchPage={(cursor) => call<Part<LedgerAccount>>('GET', '/ledger/accounts', { query: { book, type, cursor } }).then(listed)}
            rowKey={({ id }) => id}
            label={say('ledger.accountsOf', { type })}
            empty={say('ledger.noAccounts')}
            columns={[
              { title: say('ledger.account'), dataIndex: 'path' },
              { title: say('merchants.currency'), dataIndex: 'currency' },
              { title: say('ledger.balance'), dataIndex: 'balance', align: 'right' },
              { title: say('ledger.entries'), dataIndex: 'entries', align: 'right' },
            ]}
          />
        </Card>
      )}
      <Card title={say('ledger.journals')}>
        <div className="filters">
          <Input.Search
            aria-label={say('ledger.byPayment')}
            placeholder={say('ledger.byPayment')}
            onSearch={(text) => setPayment(text.trim())}
            allowClear
            maxLength={64}
          />
        </div>
        <CursorTable<Journal>
          queryKey={['ledger', 'journals', book, payment]}
          fetchPage={(cursor) => call<Part<Journal>>('GET', '/ledger/journals', { query: { book, payment, cursor } }).then(listed)}
          rowKey={({ sequence }) => String(sequence)}
          label={say('ledger.journals')}
          empty={say('ledger.noJournals')}
          columns={[
            { title: say('ledger.number'), dataIndex: 'sequence' },
            { title: say('approvals.kind'), dataIndex: 'kind' },
            { title: say('field.subject'), render: (_, { subject }) => <code>{subject}</code> },
            { title: say('ledger.posted'), render: (_, { posted_at }) => <Moment at={posted_at} /> },
            {
              title: say('ledger.entries'),
              render: (_, { entries }) => (
                <ul className="fields">
                  {entries.map((entry) => (
                    <li key={`${entry.account} ${entry.currency} ${entry.amount}`}>
                      {entry.account} <span className="amount">{entry.amount}</span> {entry.currency}
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      </Card>
    </Page>
  );
}

function Balance({ book, onType }: { book: string; onType: (type: string) => void }) {
  const say = useText();
  const word = useWord();
  const balance = useQuery({
    queryKey: ['ledger', 'balance', book],
    queryFn: () => call<TrialBalance>('GET', '/ledger/trial-balance', { query: { book } }),
  });
  return (
    <Card title={say('ledger.trialBalance')}>
      <Loaded asked={balance} rows={5}>
        {({ lines, totals }) => (
          <>
            <p>
              {totals.length === 0 || totals.every(({ balanced }) => balanced) ? (
                <span className="tag tag-good">{say('ledger.balanced')}</span>
              ) : (
                <strong className="tag tag-bad">{say('ledger.unbalanced')}</strong>
              )}
            </p>
            {lines.length === 0 ? (
              <Empty>{say('ledger.noJournals')}</Empty>
            ) : (
              <Table
                size="small"
                pagination={false}
                rowKey={({ type, currency }) => `${type} ${currency}`}
                dataSource={lines}
                columns={[
                  {
                    title: say('ledger.type'),
                    render: (_, { type }) => (
                      <Button type="link" size="small" onClick={() => onType(type)}>
                        {type}
                      </Button>
                    ),
                  },
                  { title: say('ledger.side'), render: (_, { side }) => word('side', side) },
                  { title: say('merchants.currency'), dataIndex: 'currency' },
                  { title: say('ledger.debit'), dataIndex: 'debit', align: 'right' },
                  { title: say('ledger.credit'), dataIndex: 'credit', align: 'right' },
                  { title: say('ledger.balance'), dataIndex: 'balance', align: 'right' },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}
