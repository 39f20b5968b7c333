import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { Filter } from '@ferrypay/desk/ui/filter.tsx';
import { NEW_ZEALAND, nextDay, startOfDay } from '@ferrypay/desk/ui/format.ts';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/http';
import type { PaymentLine, RefundLine } from '../../api/payments';
import type { List } from '../../api/types';
import { useText } from '../../i18n/use-text';

const STATUSES = {
  payments: ['created', 'pending', 'processing', 'paid', 'failed', 'canceled', 'expired', 'under_review'],
  refunds: ['pending_approval', 'pending', 'succeeded', 'failed'],
} as const;

interface Wanted {
  number: string;
  mode: string;
  merchant: string;
  status: string;
  currency: string;
  least: string;
  most: string;
  from: string;
  until: string;
}

const ALL: Wanted = { number: '', mode: 'live', merchant: '', status: '', currency: 'NZD', least: '', most: '', from: '', until: '' };

/** As the platform takes it: days are New Zealand's, and what is empty is not said. */
function query({ number, mode, merchant, status, currency, least, most, from, until }: Wanted) {
  return number === ''
    ? {
        mode,
        merchant,
        status,
        least,
        most,
        currency: least === '' && most === '' ? '' : currency,
        from: from === '' ? '' : startOfDay(from, NEW_ZEALAND),
        until: until === '' ? '' : startOfDay(nextDay(until), NEW_ZEALAND),
      }
    : { number };
}

/** Finds payments and refunds of all merchants. */
export default function PaymentsPage() {
  const say = useText();
  const word = useWord();
  const [what, setWhat] = useState<'payments' | 'refunds'>('payments');
  const [typed, setTyped] = useState<Wanted>(ALL);
  const [wanted, setWanted] = useState<Wanted>(ALL);
  const set = (part: Partial<Wanted>) => setTyped((before) => ({ ...before, ...part }));
  const search = (event: FormEvent) => {
    event.preventDefault();
    const trimmed = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value.trim()]));
    setWanted(trimmed as unknown as Wanted);
  };
  const text = (name: keyof Wanted, label: string, more: object = {}) => (
    <Filter label={label}>
      <Input aria-label={label} value={typed[name]} onChange={({ target }) => set({ [name]: target.value })} allowClear {...more} />
    </Filter>
  );
  return (
    <Page title={say('payments.title')} intro={say('payments.intro')}>
      <div className="filters">
        <Choices
          label={say('payments.what')}
          value={what}
          options={[
            { value: 'payments', label: say('payments.payments') },
            { value: 'refunds', label: say('payments.refunds') },
          ]}
          onChange={(next) => {
            setWhat(next);
            set({ status: '' });
            setWanted((before) => ({ ...before, status: '' }));
          }}
        />
      </div>
      <search>
        <form className="filters" onSubmit={search}>
          {text('number', say('payments.number'), { maxLength: 100, className: 'number-filter' })}
          <Choices
            label={say('payments.mode')}
            value={typed.mode}
            options={[
              { value: 'live', label: say('payments.live') },
              { value: 'test', label: say('payments.test') },
            ]}
            onChange={(mode) => set({ mode })}
          />
          <Filter label={say('payments.status')}>
            <Select
              aria-label={say('payments.status')}
              value={typed.status}
              onChange={(status) => set({ status })}
              options={[
                { value: '', label: say('payments.anyStatus') },
                ...STATUSES[what].map((value) => ({ value, label: word(what === 'payments' ? 'payStatus' : 'refundStatus', value) })),
              ]}
              popupMatchSelectWidth={false}
            />
          </Filter>
          {text('merchant', say('payments.merchant'), { maxLength: 40 })}
          {text('least', say('payments.least'), { inputMode: 'decimal', className: 'amount-filter' })}
          {text('most', say('payments.most'), { inputMode: 'decimal', className: 'amount-filter' })}
          {text('currency', say('payments.currency'), { maxLength: 3, className: 'amount-filter' })}
          {text('from', say('payments.from'), { type: 'date' })}
          {text('until', say('payments.until'), { type: 'date' })}
          <Button type="primary" htmlType="submit">
            {say('payments.search')}
          </Button>
        </form>
      </search>
      {what === 'payments' ? <Payments wanted={wanted} /> : <Refunds wanted={wanted} />}
    </Page>
  );
}

/** Goes on by itself where a part of the search found nothing and there is more to look at; at most so often. */
const MOST_EMPTY_PARTS = 5;

async function part<T>(path: string, wanted: Wanted, cursor: string | undefined): Promise<List<T>> {
  let found = await call<List<T>>('GET', path, { query: { ...query(wanted), cursor } });
  for (let tries = 1; tries < MOST_EMPTY_PARTS && found.data.length === 0 && found.has_more && found.next_cursor; tries++) {
    found = await call<List<T>>('GET', path, { query: { ...query(wanted), cursor: found.next_cursor } });
  }
  return found;
}

function Payments({ wanted }: { wanted: Wanted }) {
  const say = useText();
  return (
    <CursorTable<PaymentLine>
      queryKey={['payments', wanted]}
      fetchPage={(cursor) => part<PaymentLine>('/payments', wanted, cursor)}
      rowKey={({ id }) => id}
      label={say('payments.title')}
      empty={say('payments.empty')}
      emptyYet={say('payments.emptyYet')}
      columns={[
        {
          title: say('payments.reference'),
          render: (_, { id, merchant_reference }) => (
            <Link to="/payments/$id" params={{ id }}>
              {merchant_reference}
            </Link>
          ),
        },
        { title: say('payments.status'), render: (_, { status }) => <StatusTag status={status} group="payStatus" /> },
        {
          title: say('payments.amount'),
          align: 'right',
          render: (_, { amount, currency }) => <Amount amount={amount} currency={currency} />,
        },
        {
          title: say('payments.refunded'),
          align: 'right',
          render: (_, { refunded_amount, currency }) =>
            /[1-9]/.test(refunded_amount) ? <Amount amount={refunded_amount} currency={currency} /> : '—',
        },
        { title: say('payments.method'), dataIndex: 'method' },
        { title: say('field.merchant'), render: (_, { merchant_id, merchant_name }) => merchant_name ?? merchant_id },
        { title: say('payments.made'), render: (_, { created_at }) => <When at={created_at} /> },
      ]}
    />
  );
}

function Refunds({ wanted }: { wanted: Wanted }) {
  const say = useText();
  const word = useWord();
  return (
    <CursorTable<RefundLine>
      queryKey={['refunds', wanted]}
      fetchPage={(cursor) => part<RefundLine>('/refunds', wanted, cursor)}
      rowKey={({ id }) => id}
      label={say('payments.refunds')}
      empty={say('payments.empty')}
      emptyYet={say('payments.emptyYet')}
      columns={[
        { title: 'ID', render: (_, { id }) => <code>{id}</code> },
        {
          title: say('payments.payment'),
          render: (_, { payment }) => (
            <Link to="/payments/$id" params={{ id: payment }}>
              {payment}
            </Link>
          ),
        },
        { title: say('payments.status'), render: (_, { status }) => <StatusTag status={status} group="refundStatus" /> },
        { title: say('payments.kind'), render: (_, { kind }) => word('refundKind', kind) },
        {
          title: say('payments.amount'),
          align: 'right',
          render: (_, { amount, currency }) => <Amount amount={amount} currency={currency} />,
        },
        { title: say('field.merchant'), render: (_, { merchant_id, merchant_name }) => merchant_name ?? merchant_id },
        { title: say('payments.made'), render: (_, { created_at }) => <When at={created_at} /> },
      ]}
    />
  );
}
