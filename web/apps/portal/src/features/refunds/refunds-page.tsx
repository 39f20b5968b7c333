import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { Filter } from '@ferrypay/desk/ui/filter.tsx';
import { NEW_ZEALAND } from '@ferrypay/desk/ui/format.ts';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import { answer, payments } from '../../api/http';
import { useMode } from '../../api/mode';
import type { Refund } from '../../api/types';
import { useText, useWord } from '../../i18n/use-text';
import { ExportButton } from '../../session/export-button';

const STATUSES = ['pending_approval', 'pending', 'succeeded', 'failed'] as const;

export default function RefundsPage() {
  const say = useText();
  const word = useWord();
  const mode = useMode();
  const { status } = useSearch({ from: '/shell/refunds' });
  const navigate = useNavigate({ from: '/refunds' });
  return (
    <Page
      title={say('refunds.title')}
      intro={say('refunds.intro')}
      actions={<ExportButton kind="refunds" filters={status ? { status } : {}} timeZone={NEW_ZEALAND} />}
    >
      <search className="filters">
        <Filter label={say('column.status')}>
          <Select
            value={status ?? ''}
            aria-label={say('column.status')}
            onChange={(next) => void navigate({ search: { status: next || undefined }, replace: true })}
            options={[{ value: '', label: say('filter.all') }, ...STATUSES.map((one) => ({ value: one, label: word('status', one) }))]}
            popupMatchSelectWidth={false}
          />
        </Filter>
      </search>
      <CursorTable<Refund>
        queryKey={['refunds', mode, status]}
        fetchPage={(cursor) =>
          answer(
            payments.GET('/v2/refunds', {
              params: { query: { limit: 20, ...(status ? { status } : {}), ...(cursor ? { cursor } : {}) } as never },
            }),
          )
        }
        rowKey={(row) => row.id ?? ''}
        label={say('refunds.title')}
        empty={say('refunds.none')}
        columns={[
          {
            title: say('refunds.payment'),
            key: 'payment',
            render: (_, row) => (
              <Link to="/payments" search={{ payment: row.payment }} className="row-link code">
                {row.payment}
              </Link>
            ),
          },
          { title: say('column.status'), key: 'status', render: (_, row) => <StatusTag status={row.status} /> },
          {
            title: say('column.amount'),
            key: 'amount',
            align: 'right',
            render: (_, row) => <Amount amount={row.amount} currency={row.currency} strong />,
          },
          {
            title: say('refunds.payerGets'),
            key: 'payer',
            align: 'right',
            render: (_, row) => <Amount amount={row.payer_amount} currency={row.payer_currency} />,
          },
          {
            title: say('refund.reason'),
            key: 'reason',
            render: (_, row) =>
              row.failure?.code ? (
                <>
                  {word('refundFailure', row.failure.code)}{' '}
                  {row.failure.decline_code ? <span className="faint">{row.failure.decline_code}</span> : null}
                </>
              ) : (
                word('refundReason', row.reason) || <span className="faint">—</span>
              ),
          },
          { title: say('column.created'), key: 'created', render: (_, row) => <Moment at={row.created_at} /> },
        ]}
      />
    </Page>
  );
}
