import { Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { WithdrawalsWaiting } from '../../api/books';
import { call } from '../../api/http';
import type { Application, List, Waiting } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useMay, useSession } from '../../session/session';
import { Age, urgencyOf } from '../../ui/age';

const MOST = 100;
const EVERY_MINUTE = 60_000;
/** After how many hours a request is late; what moves money or stops somebody is wanted sooner. */
const HOURS: Record<string, number> = { bank_answer: 4, withdrawal: 8, risk_decision: 8, bank_account: 24, hold_release: 24 };
const USUAL_HOURS = 48;
const ONBOARDING_HOURS = 48;
/** A bank answers on the next working day. */
const BANK_HOURS = 72;
const applications = (status: string) => ({
  queryKey: ['applications', 'queue', status],
  queryFn: () => call<List<Application>>('GET', '/onboarding/applications', { query: { status, limit: MOST } }),
});

/** What waits for somebody, how much of it and since when. */
export default function QueuePage() {
  const say = useText();
  const may = useMay();
  return (
    <Page title={say('queue.title')}>
      <div className="tiles">
        <ApprovalTiles />
        {may('onboarding:read') ? <OnboardingTiles /> : null}
        {may('withdrawals:read') ? <WithdrawalTiles /> : null}
      </div>
    </Page>
  );
}

interface Late {
  since: string;
  hours: number;
}

function Tile({
  to,
  search,
  count,
  more,
  text,
  waits,
}: {
  to: string;
  search?: { kind: string };
  count: number;
  more?: boolean;
  text: string;
  waits?: Late;
}) {
  const now = Date.now();
  const urgency = waits === undefined ? 'calm' : urgencyOf(waits.since, waits.hours, now);
  return (
    <Link
      to={to}
      {...(search === undefined ? {} : { search })}
      className={urgency === 'calm' ? 'tile' : urgency === 'late' ? 'tile tile-late' : 'tile tile-warn'}
    >
      <strong>
        {count}
        {more ? '+' : ''}
      </strong>
      {text}
      {waits === undefined ? null : (
        <div>
          <Age {...waits} now={now} />
        </div>
      )}
    </Link>
  );
}

function ApprovalTiles() {
  const say = useText();
  const word = useWord();
  const waiting = useQuery({
    queryKey: ['approvals', 'waiting'],
    queryFn: () => call<Waiting>('GET', '/approvals_waiting'),
    refetchInterval: EVERY_MINUTE,
  });
  return (
    <Loaded asked={waiting} rows={2}>
      {({ data }) =>
        data.length === 0 ? (
          <Empty>{say('queue.noApprovals')}</Empty>
        ) : (
          data.map(({ kind, count, oldest }) => (
            <Tile
              key={kind}
              to="/approvals"
              search={{ kind }}
              count={count}
              text={word('kind', kind)}
              waits={{ since: oldest, hours: HOURS[kind] ?? USUAL_HOURS }}
            />
          ))
        )
      }
    </Loaded>
  );
}

function OnboardingTiles() {
  const say = useText();
  const { user } = useSession();
  const submitted = useQuery(applications('submitted'));
  const inReview = useQuery(applications('in_review'));
  return (
    <>
      <Loaded asked={submitted} rows={2}>
        {({ data, has_more }) => (
          <Tile
            to="/onboarding"
            count={data.length}
            more={has_more === true}
            text={say('queue.submitted')}
            {...(data[0] === undefined ? {} : { waits: { since: data[0].submitted_at, hours: ONBOARDING_HOURS } })}
          />
        )}
      </Loaded>
      <Loaded asked={inReview} rows={2}>
        {({ data, has_more }) => (
          <>
            <Tile
              to="/onboarding"
              count={data.filter(({ reviewer }) => reviewer === user.person).length}
              more={has_more === true}
              text={say('queue.mine')}
            />
            <Tile
              to="/onboarding"
              count={data.filter(({ approved_by }) => approved_by !== null && approved_by !== user.person).length}
              more={has_more === true}
              text={say('queue.second')}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

/** Money that is with the bank for too long, or of which the bank has said nothing clear. */
function WithdrawalTiles() {
  const say = useText();
  const waiting = useQuery({
    queryKey: ['withdrawals', 'waiting'],
    queryFn: () => call<WithdrawalsWaiting>('GET', '/withdrawals_waiting'),
    refetchInterval: EVERY_MINUTE,
  });
  const texts: Record<string, string> = { in_batch: say('queue.withBank'), unknown: say('queue.unclear') };
  return (
    <Loaded asked={waiting} rows={2}>
      {({ data }) =>
        data
          .filter(({ livemode, status }) => livemode && texts[status] !== undefined)
          .map(({ status, count, oldest }) => (
            <Tile
              key={status}
              to="/withdrawals"
              count={count}
              text={texts[status] ?? status}
              waits={{ since: oldest, hours: status === 'unknown' ? USUAL_HOURS : BANK_HOURS }}
            />
          ))
      }
    </Loaded>
  );
}
