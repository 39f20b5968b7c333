import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { Filter } from '@ferrypay/desk/ui/filter.tsx';
import { BEIJING, NEW_ZEALAND } from '@ferrypay/desk/ui/format.ts';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import { answer, payments } from '../../api/http';
import { useMode } from '../../api/mode';
import type { Payment } from '../../api/types';
import { useText, useWord } from '../../i18n/use-text';
import { ExportButton } from '../../session/export-button';
import { asQuery, PAYMENT_STATUSES, type PaymentFilters, typedAmount } from './filters';
import { PaymentDetail } from './payment-detail';

export default function PaymentsPage() {
  const say = useText();
  const word = useWord();
  const mode = useMode();
  const filters = useSearch({ from: '/shell/payments' });
  const navigate = useNavigate({ from: '/payments' });
  const { payment, ...listed } = filters;
  const filtered = Object.values(listed).some((value) => value !== undefined);
  return (
    <Page
      title={say('payments.title')}
      actions={<ExportButton kind="payments" filters={asQuery(listed)} timeZone={listed.days === 'beijing' ? BEIJING : NEW_ZEALAND} />}
    >
      <Filters
        key={JSON.stringify(listed)}
        filters={listed}
        onChange={(next) => void navigate({ search: { ...filters, ...next }, replace: true })}
      />
      <CursorTable<Payment>
        queryKey={['payments', mode, listed]}
        fetchPage={(cursor) =>
          answer(
            payments.GET('/v2/payments', { params: { query: { limit: 20, ...asQuery(listed), ...(cursor ? { cursor } : {}) } as never } }),
          )
        }
        rowKey={(row) => row.id ?? ''}
        label={say('payments.title')}
        empty={filtered ? say('payments.noneFound') : say('payments.none')}
        rowClassName={(row) => (row.id === payment ? 'row-on' : '')}
        columns={[
          {
            title: say('column.reference'),
            key: 'reference',
            render: (_, row) => (
              <Link to="/payments" search={{ ...filters, payment: row.id }} className="row-link">
                {row.merchant_reference}
              </Link>
            ),
          },
          { title: say('column.status'), key: 'status', render: (_, row) => <PaymentStatus payment={row} /> },
          {
            title: say('column.amount'),
            key: 'amount',
            align: 'right',
            render: (_, row) => <Amount amount={row.amount} currency={row.currency} strong />,
          },
          {
            title: say('column.payerAmount'),
            key: 'payer',
            align: 'right',
            render: (_, row) => <Amount amount={row.payer_amount} currency={row.payer_currency} />,
          },
          {
            title: say('column.method'),
            key: 'method',
            render: (_, row) => word('method', row.payment_method?.type) || <span className="faint">—</span>,
          },
          { title: say('column.created'), key: 'created', render: (_, row) => <Moment at={row.created_at} /> },
        ]}
      />
      <Drawer
        open={payment !== undefined}
        onClose={() => void navigate({ search: { ...filters, payment: undefined } })}
        title={say('payment.title')}
        size={640}
        destroyOnHidden
      >
        {payment === undefined ? null : <PaymentDetail id={payment} />}
      </Drawer>
    </Page>
  );
}

function PaymentStatus({ payment }: { payment: Payment }) {
  return (
    <span className="tags">
      <StatusTag status={payment.status} />
      {payment.refund_state === 'none' ? null : <StatusTag group="refundState" status={payment.refund_state} />}
    </span>
  );
}

function Filters({ filters, onChange }: { filters: PaymentFilters; onChange: (next: PaymentFilters) => void }) {
  const say = useText();
  const word = useWord();
  const [reference, setReference] = useState(filters.reference ?? '');
  const active = Object.values(filters).some((value) => value !== undefined);
  return (
    <search className="filters">
      <Filter label={say('column.status')}>
        <Select
          value={filters.status ?? ''}
          aria-label={say('column.status')}
          onChange={(status) => onChange({ status: status || undefined })}
          options={[
            { value: '', label: say('filter.all') },
            ...PAYMENT_STATUSES.map((status) => ({ value: status, label: word('status', status) })),
          ]}
          popupMatchSelectWidth={false}
        />
      </Filter>
      <Filter label={say('filter.from')}>
        <Input
          type="date"
          aria-label={say('filter.from')}
          value={filters.from ?? ''}
          max={filters.to}
          onChange={(event) => onChange({ from: event.target.value || undefined })}
        />
      </Filter>
      <Filter label={say('filter.to')}>
        <Input
          type="date"
          aria-label={say('filter.to')}
          value={filters.to ?? ''}
          min={filters.from}
          onChange={(event) => onChange({ to: event.target.value || undefined })}
        />
      </Filter>
      <Filter label={say('filter.days')}>
        <Select
          value={filters.days ?? ''}
          aria-label={say('filter.days')}
          onChange={(days) => onChange({ days: days === 'beijing' ? 'beijing' : undefined })}
          options={[
            { value: '', label: say('place.nz') },
            { value: 'beijing', label: say('place.beijing') },
          ]}
        />
      </Filter>
      <AmountFilter name={say('filter.least')} amount={filters.least} onChange={(least) => onChange({ least })} />
      <AmountFilter name={say('filter.most')} amount={filters.most} onChange={(most) => onChange({ most })} />
      <Filter label={say('column.reference')}>
        <Input.Search
          value={reference}
          allowClear
          aria-label={say('column.reference')}
          onChange={(event) => setReference(event.target.value)}
          onSearch={(value) => onChange({ reference: value.trim() || undefined })}
        />
      </Filter>
      {filters.code ? (
        <Filter label={say('payment.code')}>
          <span className="code faint">{filters.code}</span>
        </Filter>
      ) : null}
      {active ? (
        <Button
          onClick={() =>
            onChange({
              status: undefined,
              reference: undefined,
              code: undefined,
              from: undefined,
              to: undefined,
              least: undefined,
              most: undefined,
              days: undefined,
            })
          }
        >
          {say('filter.clear')}
        </Button>
      ) : null}
    </search>
  );
}

/** Taken when it is entered or left, so that no list is asked for with every digit. */
function AmountFilter({
  name,
  amount,
  onChange,
}: {
  name: string;
  amount: string | undefined;
  onChange: (amount: string | undefined) => void;
}) {
  const [typed, setTyped] = useState(amount ?? '');
  const understood = typedAmount(typed);
  const take = () => {
    if (understood !== null && understood !== amount) {
      onChange(understood);
    }
  };
  return (
    <Filter label={name}>
      <Input
        className="amount-filter"
        inputMode="decimal"
        aria-label={name}
        aria-invalid={understood === null}
        {...(understood === null ? { status: 'error' as const } : {})}
        value={typed}
        allowClear
        onChange={(event) => {
          setTyped(event.target.value);
          if (event.type === 'click') {
            onChange(undefined);
          }
        }}
        onBlur={take}
        onPressEnter={take}
      />
    </Filter>
  );
}
