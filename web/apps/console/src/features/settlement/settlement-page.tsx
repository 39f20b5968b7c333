import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Asked, Hold, KnownYear, SettlementState } from '../../api/books';
import { call } from '../../api/http';
import type { List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';
import { useMay } from '../../session/session';
import { HoldDialog } from '../../ui/hold-dialog';
import { ReasonDialog } from '../../ui/reason-dialog';

/** When money becomes available, and what is kept back. */
export default function SettlementPage() {
  const say = useText();
  return (
    <Page title={say('settlement.title')} intro={say('settlement.intro')}>
      <State />
      <Holds />
      <Calendars />
    </Page>
  );
}

function State() {
  const say = useText();
  const state = useQuery({ queryKey: ['settlement', 'state'], queryFn: () => call<SettlementState>('GET', '/settlement-state') });
  return (
    <Card title={say('settlement.gate')}>
      <Loaded asked={state} rows={2}>
        {({ reconciliation_gate, problems }) => (
          <>
            {reconciliation_gate === 'enforced' ? (
              <p>
                <span className="tag tag-good">{say('settlement.enforced')}</span> {say('settlement.enforcedHelp')}
              </p>
            ) : (
              <Notice kind="warning">
                <strong>{say('settlement.notEnforced')}</strong> {say('settlement.notEnforcedHelp')}
              </Notice>
            )}
            {problems.length === 0 ? (
              <p>{say('settlement.nothingWaits')}</p>
            ) : (
              <Notice kind="error">
                {say('settlement.waits', { count: problems.length })}
                <ul>
                  {problems.map((problem) => (
                    <li key={problem}>{problem}</li>
                  ))}
                </ul>
              </Notice>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}

function Holds() {
  const say = useText();
  const may = useMay();
  const [placing, setPlacing] = useState(false);
  const [releasing, setReleasing] = useState<Hold | null>(null);
  const release = useChange({
    run: ({ id, reason }: { id: string; reason: string }) => call<Asked>('POST', `/balance-holds/${id}:release`, { body: { reason } }),
    renews: [['approvals']],
    done: say('hold.releaseAsked'),
    onDone: () => setReleasing(null),
    quiet: true,
  });
  return (
    <Card
      title={say('hold.title')}
      actions={may('settlements:hold') ? <Button onClick={() => setPlacing(true)}>{say('hold.place')}</Button> : undefined}
    >
      <CursorTable<Hold>
        queryKey={['settlement', 'holds']}
        fetchPage={(cursor) => call<List<Hold>>('GET', '/balance-holds', { query: { cursor } })}
        rowKey={({ id }) => id}
        label={say('hold.title')}
        empty={say('hold.none')}
        columns={[
          {
            title: say('field.merchant'),
            render: (_, { merchant }) => (
              <Link to="/merchants/$id" params={{ id: merchant }}>
                {merchant}
              </Link>
            ),
          },
          { title: say('money.mode'), render: (_, { livemode }) => (livemode ? say('ledger.live') : say('ledger.test')) },
          {
            title: say('withdrawals.amount'),
            align: 'right',
            render: (_, { amount, currency }) => <Amount amount={amount} currency={currency} strong />,
          },
          { title: say('field.reason'), dataIndex: 'reason', className: 'words' },
          { title: say('hold.by'), render: (_, { placed_by }) => <Person id={placed_by} /> },
          { title: say('hold.at'), render: (_, { placed_at }) => <When at={placed_at} /> },
          ...(may('settlements:hold')
            ? [
                {
                  title: <span className="unseen">{say('hold.release')}</span>,
                  render: (_: unknown, hold: Hold) => (
                    <Button
                      size="small"
                      aria-label={say('hold.releaseOf', { id: hold.id })}
                      onClick={() => {
                        release.reset();
                        setReleasing(hold);
                      }}
                    >
                      {say('hold.release')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {placing ? <HoldDialog onClose={() => setPlacing(false)} /> : null}
      {releasing === null ? null : (
        <ReasonDialog
          title={say('hold.releaseOf', { id: releasing.id })}
          action={say('hold.askRelease')}
          busy={release.isPending}
          error={release.error}
          onDone={(reason) => release.mutate({ id: releasing.id, reason })}
          onCancel={() => setReleasing(null)}
        >
          <p>
            <Amount amount={releasing.amount} currency={releasing.currency} strong /> {releasing.merchant}
          </p>
        </ReasonDialog>
      )}
    </Card>
  );
}

function Calendars() {
  const say = useText();
  const word = useWord();
  const calendars = useQuery({
    queryKey: ['settlement', 'calendars'],
    queryFn: () => call<List<KnownYear>>('GET', '/settlement-calendars'),
  });
  return (
    <Card title={say('calendar.title')}>
      <p className="faint">{say('calendar.help')}</p>
      <Loaded asked={calendars} rows={4}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>{say('calendar.none')}</Empty>
          ) : (
            data.map(({ calendar, year, source, days }) => (
              <details key={`${calendar} ${year}`}>
                <summary>
                  {word('calendar', calendar)} {year} <span className="faint">{source}</span>
                </summary>
                <table className="plain">
                  <thead>
                    <tr>
                      <th scope="col">{say('calendar.day')}</th>
                      <th scope="col">{say('calendar.name')}</th>
                      <th scope="col">{say('calendar.banks')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {days.map(({ day, closed, name }) => (
                      <tr key={day}>
                        <td>{day}</td>
                        <td>{name}</td>
                        <td>{closed ? say('calendar.closed') : say('calendar.worked')}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </details>
            ))
          )
        }
      </Loaded>
    </Card>
  );
}
