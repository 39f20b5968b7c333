import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { Link } from '@tanstack/react-router';
import type { Withdrawal } from '../api/books';
import { call } from '../api/http';
import type { List } from '../api/types';
import { useText } from '../i18n/use-text';

/** Withdrawals, narrowed by a query such as `{ batch }`. */
export function WithdrawalTable({ query, empty }: { query: Record<string, string>; empty: string }) {
  const say = useText();
  const word = useWord();
  return (
    <CursorTable<Withdrawal>
      queryKey={['withdrawals', 'list', query]}
      fetchPage={(cursor) => call<List<Withdrawal>>('GET', '/withdrawals', { query: { ...query, cursor } })}
      rowKey={({ id }) => id}
      label={say('withdrawals.all')}
      empty={empty}
      columns={[
        {
          title: say('withdrawals.one'),
          render: (_, { id, merchant }) => (
            <>
              <code>{id}</code>
              {query.merchant === undefined ? (
                <div>
                  <Link to="/merchants/$id" params={{ id: merchant }}>
                    {merchant}
                  </Link>
                </div>
              ) : null}
            </>
          ),
        },
        {
          title: say('withdrawals.amount'),
          align: 'right',
          render: (_, { amount, currency }) => <Amount amount={amount} currency={currency} strong />,
        },
        {
          title: say('withdrawals.to'),
          render: (_, { holder, masked }) => (
            <>
              {holder}
              <div className="faint amount">{masked}</div>
            </>
          ),
        },
        {
          title: say('field.status'),
          render: (_, { status, failure }) => (
            <>
              <StatusTag status={status} />
              {failure === null ? null : <div className="faint words">{word('failure', failure)}</div>}
            </>
          ),
        },
        ...(query.batch === undefined
          ? [
              {
                title: say('withdrawals.batch'),
                render: (_: unknown, { batch }: Withdrawal) =>
                  batch === null ? (
                    <span className="faint">—</span>
                  ) : (
                    <Link to="/withdrawals/batches/$id" params={{ id: batch }}>
                      {batch}
                    </Link>
                  ),
              },
            ]
          : []),
        { title: say('withdrawals.askedAt'), className: 'amount', render: (_, { created_at }) => <When at={created_at} /> },
      ]}
    />
  );
}
