import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../api/http';
import type { Application, List, Waiting } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useMay, useSession } from '../../session/session';

const MOST = 100;
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
      </div>
    </Page>
  );
}

function Tile({ to, count, more, text, oldest }: { to: string; count: number; more?: boolean; text: string; oldest?: string }) {
  const say = useText();
  return (
    <Link to={to} className="tile">
      <strong>
        {count}
        {more ? '+' : ''}
      </strong>
      {text}
      {oldest === undefined ? null : (
        <div className="faint">
          {say('queue.since')} <When at={oldest} />
        </div>
      )}
    </Link>
  );
}

function ApprovalTiles() {
  const say = useText();
  const word = useWord();
  const waiting = useQuery({ queryKey: ['approvals', 'waiting'], queryFn: () => call<Waiting>('GET', '/approvals_waiting') });
  return (
    <Loaded asked={waiting} rows={2}>
      {({ data }) =>
        data.length === 0 ? (
          <Empty>{say('queue.noApprovals')}</Empty>
        ) : (
          data.map(({ kind, count, oldest }) => <Tile key={kind} to="/approvals" count={count} text={word('kind', kind)} oldest={oldest} />)
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
            {...(data[0] === undefined ? {} : { oldest: data[0].submitted_at })}
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
