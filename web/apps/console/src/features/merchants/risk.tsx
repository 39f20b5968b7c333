import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { Link } from '@tanstack/react-router';
import { call } from '../../api/http';
import type { RiskCase } from '../../api/risk';
import type { List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useMay } from '../../session/session';

/** Payments of the merchant that somebody had to look at. */
export function Cases({ merchant }: { merchant: string }) {
  const say = useText();
  const word = useWord();
  const may = useMay();
  if (!may('risk:read')) {
    return null;
  }
  return (
    <Card title={say('merchant.cases')}>
      <CursorTable<RiskCase>
        queryKey={['merchant', merchant, 'cases']}
        fetchPage={(cursor) => call<List<RiskCase>>('GET', '/risk/cases', { query: { merchant, cursor } })}
        rowKey={({ id }) => id}
        label={say('merchant.cases')}
        empty={say('merchant.noCases')}
        columns={[
          {
            title: say('merchant.case'),
            render: (_, { id }) => (
              <Link to="/risk/cases/$id" params={{ id }}>
                {id}
              </Link>
            ),
          },
          { title: say('approvals.kind'), render: (_, { kind }) => word('caseKind', kind) },
          { title: say('merchant.payment'), render: (_, { payment }) => <code>{payment}</code> },
          {
            title: say('withdrawals.amount'),
            align: 'right',
            render: (_, { amount, currency }) => <Amount amount={amount} currency={currency} />,
          },
          { title: say('field.status'), render: (_, { status }) => <StatusTag status={status} /> },
          { title: say('merchant.openedAt'), render: (_, { opened_at }) => <When at={opened_at} /> },
        ]}
      />
    </Card>
  );
}
