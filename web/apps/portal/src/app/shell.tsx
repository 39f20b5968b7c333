import { LanguageButton } from '@ferrypay/desk/ui/language-button.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { Button } from 'antd';
import { answer, portal } from '../api/http';
import { showMerchant } from '../api/merchant';
import { type Mode, switchMode, useMode } from '../api/mode';
import { useText } from '../i18n/use-text';
import { sessionQuery, useMay, useSession } from '../session/session';
import { NAVIGATION } from './navigation';

/** The one page for whoever has to set a second factor up first. */
const SECURITY = '/security';

/** What stands around every page of somebody who is signed in. */
export default function Shell() {
  const say = useText();
  const mode = useMode();
  return (
    <div className={`shell shell-${mode}`}>
      <a className="skip" href="#main">
        {say('shell.skip')}
      </a>
      <Head />
      <Side />
      <main id="main" tabIndex={-1}>
        <Inside />
      </main>
    </div>
  );
}

/** The page; or, for whoever the team wants a second factor of, the way to one. */
function Inside() {
  const say = useText();
  const session = useSession();
  // Where the page is, not where it is going to: what stands here still would be shown on the way.
  const pathname = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  return session.second_factor_needed && pathname !== SECURITY ? (
    <Page title={say('security.title')}>
      <Notice kind="warning">
        {say('shell.barred')} <Link to={SECURITY}>{say('security.title')}</Link>
      </Notice>
    </Page>
  ) : (
    <Outlet />
  );
}

function Head() {
  const say = useText();
  const session = useSession();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const signOut = useChange({
    run: () => answer(portal.POST('/portal/api/sign_out')),
    onDone: () => {
      showMerchant(null);
      cache.clear();
      cache.setQueryData(sessionQuery.queryKey, null);
      void navigate({ to: '/sign-in' });
    },
  });
  return (
    <header className="head">
      <Link to="/" className="brand">
        FerryPay
      </Link>
      <MerchantName />
      <ModeSwitch />
      <span className="head-space" />
      <LanguageButton />
      <span className="person" title={session.user?.email}>
        {session.user?.name}
      </span>
      <Button size="small" onClick={() => signOut.mutate(undefined)} loading={signOut.isPending}>
        {say('shell.signOut')}
      </Button>
    </header>
  );
}

function MerchantName() {
  const say = useText();
  const session = useSession();
  const cache = useQueryClient();
  const memberships = session.memberships ?? [];
  const change = useChange({
    run: (merchant_id: string) => answer(portal.POST('/portal/api/session:switch', { body: { merchant_id } })),
    onDone: (next) => {
      showMerchant(next.merchant?.id ?? null);
      cache.setQueryData(sessionQuery.queryKey, next);
      if (next.merchant?.live_enabled !== true) {
        switchMode('test');
      }
      // All that is shown was the other merchant's.
      void cache.resetQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] });
    },
  });
  if (memberships.length < 2) {
    return <span className="merchant">{session.merchant?.display_name}</span>;
  }
  return (
    <select aria-label={say('shell.merchant')} value={session.merchant?.id ?? ''} onChange={(event) => change.mutate(event.target.value)}>
      {memberships.map((membership) => (
        <option key={membership.merchant_id} value={membership.merchant_id}>
          {membership.display_name}
        </option>
      ))}
    </select>
  );
}

function ModeSwitch() {
  const say = useText();
  const mode = useMode();
  const live = useSession().merchant?.live_enabled === true;
  const choice = (value: Mode, text: string) => (
    <label className={`mode mode-${value}${mode === value ? ' mode-on' : ''}`}>
      <input
        type="radio"
        name="mode"
        checked={mode === value}
        disabled={value === 'live' && !live && mode !== 'live'}
        onChange={() => switchMode(value)}
      />
      {text}
    </label>
  );
  return (
    <fieldset className="modes" title={live ? undefined : say('shell.liveNotYet')}>
      <legend className="unseen">{say('shell.mode')}</legend>
      {choice('test', say('mode.test'))}
      {choice('live', say('mode.live'))}
    </fieldset>
  );
}

function Side() {
  const say = useText();
  const may = useMay();
  const mode = useMode();
  const barred = useSession().second_factor_needed === true;
  return (
    <nav className="side" aria-label={say('shell.navigation')}>
      {NAVIGATION.map(({ text, entries }) => {
        const shown = entries.filter(
          (entry) =>
            (!barred || entry.to === SECURITY) && (entry.needs === undefined || may(entry.needs)) && !(entry.testOnly && mode === 'live'),
        );
        return shown.length === 0 ? null : (
          <div key={text ?? 'first'} className="side-group">
            {text === null ? null : <p id={text}>{say(text)}</p>}
            <ul {...(text === null ? {} : { 'aria-labelledby': text })}>
              {shown.map((entry) => (
                <li key={entry.to}>
                  <Link to={entry.to} activeOptions={{ exact: entry.to === '/', includeSearch: false }}>
                    <span aria-hidden="true">{entry.icon}</span> {say(entry.text)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
