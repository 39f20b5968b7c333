import { Copyable } from '@ferrypay/desk/ui/copyable.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { NEW_ZEALAND, nextDay, startOfDay } from '@ferrypay/desk/ui/format.ts';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import type { Journal } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { listed, type Part } from './listed';

const KINDS = [
  'payment',
  'refund',
  'surplus',
  'surplus_refund',
  'hold',
  'hold_refused',
  'fee',
  'fee_return',
  'withdrawal',
  'withdrawal_paid',
  'withdrawal_return',
];

interface Fields {
  kind?: string;
  payment?: string;
  subject?: string;
  event?: string;
  owner?: string;
  from?: string;
  to?: string;
}

/** What was booked, narrowed by whatever is known of it. */
export function Journals({ book }: { book: string }) {
  const say = useText();
  const word = useWord();
  const [{ from, to, ...rest }, setWanted] = useState<Fields>({});
  const query = {
    book,
    ...rest,
    from: from ? startOfDay(from, NEW_ZEALAND) : undefined,
    to: to ? startOfDay(nextDay(to), NEW_ZEALAND) : undefined,
  };
  const id = (name: string, label: string) => (
    <Form.Item name={name} label={label} rules={[{ pattern: /^[A-Za-z0-9_-]{0,64}$/, message: say('rule.id') }]}>
      <Input autoComplete="off" maxLength={64} allowClear />
    </Form.Item>
  );
  return (
    <Card title={say('ledger.journals')}>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        className="search-form"
        onFinish={(fields) => {
          const trimmed = Object.entries(fields).map(([name, value]) => [name, value ? value.trim() : undefined]);
          setWanted(Object.fromEntries(trimmed) as Fields);
        }}
      >
        <Form.Item name="kind" label={say('approvals.kind')} initialValue="">
          <Select
            options={[
              { value: '', label: say('ledger.everyKind') },
              ...KINDS.map((value) => ({ value, label: word('journalKind', value) })),
            ]}
          />
        </Form.Item>
        {id('owner', say('ledger.owner'))}
        {id('payment', say('ledger.byPayment'))}
        {id('subject', say('ledger.bySubject'))}
        {id('event', say('ledger.byEvent'))}
        <Form.Item name="from" label={say('ledger.from')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="to" label={say('ledger.to')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item label=" ">
          <Button type="primary" htmlType="submit">
            {say('ledger.search')}
          </Button>
        </Form.Item>
      </Form>
      <CursorTable<Journal>
        queryKey={['ledger', 'journals', query]}
        fetchPage={(cursor) => call<Part<Journal>>('GET', '/ledger/journals', { query: { ...query, cursor } }).then(listed)}
        rowKey={({ sequence }) => String(sequence)}
        label={say('ledger.journals')}
        empty={say('ledger.noneFound')}
        columns={[
          { title: say('ledger.number'), dataIndex: 'sequence' },
          { title: say('approvals.kind'), render: (_, { kind }) => word('journalKind', kind) },
          { title: say('field.subject'), render: (_, { subject }) => <code>{subject}</code> },
          { title: say('ledger.posted'), render: (_, { posted_at }) => <Moment at={posted_at} /> },
          { title: say('ledger.entries'), render: (_, { entries }) => <Entries entries={entries} /> },
        ]}
        expandable={{
          expandedRowRender: (journal) => <Details journal={journal} />,
          columnTitle: <span className="unseen">{say('action.details')}</span>,
        }}
      />
    </Card>
  );
}

function Entries({ entries }: { entries: Journal['entries'] }) {
  return (
    <ul className="fields entry-list">
      {entries.map((entry) => (
        <li key={`${entry.account} ${entry.currency} ${entry.amount}`}>
          {entry.account} <span className="amount">{entry.amount}</span> {entry.currency}
        </li>
      ))}
    </ul>
  );
}

/** Debits and credits of a journal side by side, and what proves that it is as it was written. */
function Details({ journal }: { journal: Journal }) {
  const say = useText();
  const side = (amount: string, credit: boolean) => (amount.startsWith('-') === credit ? amount.replace('-', '') : '');
  return (
    <>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{say('ledger.account')}</th>
            <th scope="col">{say('merchants.currency')}</th>
            <th scope="col">{say('ledger.debit')}</th>
            <th scope="col">{say('ledger.credit')}</th>
          </tr>
        </thead>
        <tbody>
          {journal.entries.map((entry) => (
            <tr key={`${entry.account} ${entry.currency} ${entry.amount}`}>
              <td>{entry.account}</td>
              <td>{entry.currency}</td>
              <td className="amount">{side(entry.amount, false)}</td>
              <td className="amount">{side(entry.amount, true)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Facts
        facts={[
          [say('ledger.byPayment'), journal.payment === null ? null : <Copyable key="payment" text={journal.payment} />],
          [say('ledger.byEvent'), <Copyable key="event" text={journal.event_id} />],
          [say('ledger.happened'), <Moment key="happened" at={journal.happened_at} exact />],
          [say('audit.hash'), <code key="hash">{journal.hash}</code>],
        ]}
      />
    </>
  );
}
