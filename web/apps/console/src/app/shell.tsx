import { LanguageButton } from '@ferrypay/desk/ui/language-button.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { call } from '../api/http';
import type { TextKey } from '../i18n/keys';
import { useText } from '../i18n/use-text';
import { sessionQuery, useMay, useSession } from '../session/session';

const NAVIGATION: { to: string; text: TextKey; needs?: string }[] = [
  { to: '/', text: 'queue.title' },
  { to: '/approvals', text: 'approvals.title' },
  { to: '/onboarding', text: 'onboarding.title', needs: 'onboarding:read' },
  { to: '/merchants', text: 'merchants.title', needs: 'merchants:read' },
  { to: '/payments', text: 'payments.title', needs: 'payments:read' },
  { to: '/risk', text: 'risk.title', needs: 'risk:read' },
  { to: '/pricing', text: 'pricing.title', needs: 'pricing:read' },
  { to: '/withdrawals', text: 'withdrawals.title', needs: 'withdrawals:read' },
  { to: '/settlement', text: 'settlement.title', needs: 'settlements:read' },
  { to: '/channels', text: 'channels.title', needs: 'channels:read' },
  { to: '/ledger', text: 'ledger.title', needs: 'ledger:read' },
  { to: '/reports', text: 'reports.title', needs: 'ledger:read' },
  { to: '/reconciliation', text: 'reconciliation.title', needs: 'reconciliation:read' },
  { to: '/staff', text: 'staff.title', needs: 'staff:read' },
  { to: '/audit', text: 'audit.title', needs: 'audit:read' },
];

/** What stands around every page of somebody who is signed in. */
export default function Shell() {
  const say = useText();
  const may = useMay();
  return (
    <div className="shell console">
      <a className="skip" href="#main">
        {say('shell.skip')}
      </a>
      <Head />
      <nav className="side" aria-label={say('shell.navigation')}>
        <ul>
          {NAVIGATION.filter(({ needs }) => needs === undefined || may(needs)).map(({ to, text }) => (
            <li key={to}>
              <Link to={to} activeOptions={{ exact: to === '/' }} activeProps={{ className: 'active' }}>
                {say(text)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

function Head() {
  const say = useText();
  const session = useSession();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const signOut = useChange({
    run: () => call('POST', '/account/sign_out', { body: {} }),
    onDone: () => {
      cache.clear();
      cache.setQueryData(sessionQuery.queryKey, null);
      void navigate({ to: '/sign-in' });
    },
  });
  const endEmergency = useChange({
    run: () => call('POST', '/break_glass:end', { body: {} }),
    renews: [sessionQuery.queryKey],
  });
  return (
    <header className="head">
      {session.break_glass_until === null ? null : (
        <div className="emergency" role="alert">
          {say('emergency.open')} <When at={session.break_glass_until} />{' '}
          <Button size="small" onClick={() => endEmergency.mutate(undefined)} loading={endEmergency.isPending}>
            {say('emergency.end')}
          </Button>
        </div>
      )}
      <Link to="/" className="brand">
        {say('shell.name')}
      </Link>
      <span className="head-space" />
      <LanguageButton />
      <span className="person" title={session.user.email}>
        {session.user.name}
      </span>
      <Button size="small" onClick={() => signOut.mutate(undefined)} loading={signOut.isPending}>
        {say('shell.signOut')}
      </Button>
    </header>
  );
}
