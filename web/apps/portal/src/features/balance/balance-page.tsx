import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { answer, balances, download } from '../../api/http';
import { useMode } from '../../api/mode';
import type { BalanceEntry, BalanceOfCurrency, Settlement } from '../../api/types';
import '../../i18n/money';
import { useText, useWord } from '../../i18n/use-text';
import { BalanceHistory } from './balance-history';
import { Statements } from './statements';

/** What a merchant is owed. All sums are the platform's. */
export default function BalancePage() {
  const say = useText();
  const mode = useMode();
  const balance = useQuery({ queryKey: ['balances', mode], queryFn: () => answer(balances.GET('/v2/balances')) });
  return (
    <Page title={say('balance.title')} intro={say('balance.intro')}>
      <Loaded asked={balance}>
        {({ balances: all = [], as_of }) =>
          all.length === 0 ? (
            <Empty>{say('balance.none')}</Empty>
          ) : (
            <>
              {all.map((one) => (
                <OfCurrency key={one.currency} balance={one} />
              ))}
              <p className="faint">
                {say('balance.asOf')} <Moment at={as_of} />
              </p>
              <BalanceHistory currencies={all.map(({ currency = '' }) => currency)} />
              <Entries currencies={all.map(({ currency = '' }) => currency)} />
              <Settlements />
              <Statements currencies={all.map(({ currency = '' }) => currency)} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function OfCurrency({ balance }: { balance: BalanceOfCurrency }) {
  const say = useText();
  const { currency, available, next_available } = balance;
  return (
    <Card title={currency ?? ''}>
      <dl className="figures">
        <div>
          <dt>{say('balance.available')}</dt>
          <dd>
            <Amount amount={available} currency={currency} strong />
          </dd>
          <dd className="faint">{say('balance.availableHelp')}</dd>
        </div>
        <div>
          <dt>{say('balance.pending')}</dt>
          <dd>
            <Amount amount={balance.pending} currency={currency} />
          </dd>
          <dd className="faint">{say('balance.pendingHelp')}</dd>
        </div>
        <div>
          <dt>{say('balance.reserved')}</dt>
          <dd>
            <Amount amount={balance.reserved} currency={currency} />
          </dd>
          <dd className="faint">{say('balance.reservedHelp')}</dd>
        </div>
      </dl>
      {available?.startsWith('-') ? <Notice kind="warning">{say('balance.below')}</Notice> : null}
      {next_available === null ? (
        <p className="faint">{say('balance.nextUnknown')}</p>
      ) : next_available === undefined || next_available.length === 0 ? null : (
        <table className="plain">
          <caption>{say('balance.next')}</caption>
          <tbody>
            {next_available.map((next) => (
              <tr key={next.on}>
                <th scope="row">{next.on}</th>
                <td>
                  <Amount amount={next.amount} currency={currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function Entries({ currencies }: { currencies: string[] }) {
  const say = useText();
  const word = useWord();
  const mode = useMode();
  const navigate = useNavigate();
  const { currency = '' } = useSearch({ from: '/shell/balance' });
  return (
    <>
      <div className="section-head">
        <h2>{say('balance.entries')}</h2>
        {currencies.length < 2 ? null : (
          <Choices
            label={say('accounts.currency')}
            value={currency}
            onChange={(chosen) => void navigate({ to: '/balance', search: chosen === '' ? {} : { currency: chosen }, replace: true })}
            options={[{ value: '', label: say('filter.all') }, ...currencies.map((one) => ({ value: one, label: one }))]}
          />
        )}
      </div>
      <CursorTable<BalanceEntry>
        queryKey={['balance-entries', mode, currency]}
        fetchPage={(cursor) =>
          answer(
            balances.GET('/v2/balance_entries', {
              params: { query: { ...(currency ? { currency } : {}), ...(cursor ? { cursor } : {}) } },
            }),
          )
        }
        rowKey={(entry) => entry.id ?? ''}
        label={say('balance.entries')}
        empty={say('balance.noEntries')}
        columns={[
          { title: say('entries.at'), key: 'at', render: (_, entry) => <Moment at={entry.created_at} /> },
          { title: say('entries.kind'), key: 'kind', render: (_, entry) => word('entryKind', entry.kind) },
          { title: say('entries.about'), key: 'about', render: (_, entry) => <About entry={entry} /> },
          {
            title: say('column.amount'),
            key: 'amount',
            align: 'right',
            render: (_, entry) => <Amount amount={entry.amount} currency={entry.currency} strong />,
          },
          {
            title: say('entries.fee'),
            key: 'fee',
            align: 'right',
            render: (_, entry) => <Amount amount={entry.fee} currency={entry.currency} />,
          },
          {
            title: say('entries.net'),
            key: 'net',
            align: 'right',
            render: (_, entry) => <Amount amount={entry.net_amount} currency={entry.currency} />,
          },
        ]}
      />
    </>
  );
}

function About({ entry }: { entry: BalanceEntry }) {
  return entry.payment ? (
    <Link to="/payments" search={{ payment: entry.payment }} className="code">
      {entry.payment}
    </Link>
  ) : (
    <span className="code">{entry.source}</span>
  );
}

function Settlements() {
  const say = useText();
  const mode = useMode();
  const fetching = useChange({ run: (id: string) => download(`/v2/settlements/${id}/statement.csv`) });
  const amount = (title: string, name: 'gross' | 'fees' | 'refunds' | 'net' | 'closing', strong = false) => ({
    title,
    key: name,
    align: 'right' as const,
    render: (_: unknown, settlement: Settlement) => <Amount amount={settlement[name]} currency={settlement.currency} strong={strong} />,
  });
  return (
    <>
      <div className="section-head">
        <h2>{say('settlements.title')}</h2>
      </div>
      <p className="faint">{say('settlements.note')}</p>
      <CursorTable<Settlement>
        queryKey={['settlements', mode]}
        fetchPage={(cursor) => answer(balances.GET('/v2/settlements', { params: { query: cursor ? { cursor } : {} } }))}
        rowKey={(settlement) => settlement.id ?? ''}
        label={say('settlements.title')}
        empty={say('settlements.none')}
        columns={[
          {
            title: say('settlements.days'),
            key: 'days',
            render: (_, { first_day, last_day }) => (first_day === last_day ? first_day : `${first_day} – ${last_day}`),
          },
          { title: say('settlements.payments'), key: 'payments', align: 'right', render: (_, { payments }) => payments },
          amount(say('settlements.gross'), 'gross'),
          amount(say('settlements.fees'), 'fees'),
          amount(say('settlements.refunds'), 'refunds'),
          amount(say('settlements.net'), 'net', true),
          amount(say('settlements.closing'), 'closing'),
          {
            title: say('column.actions'),
            key: 'actions',
            render: (_, settlement) => (
              <Button
                size="small"
                loading={fetching.isPending && fetching.variables === settlement.id}
                onClick={() => fetching.mutate(settlement.id ?? '')}
                aria-label={`${say('settlements.csv')}: ${settlement.first_day} ${settlement.currency}`}
              >
                CSV
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}
