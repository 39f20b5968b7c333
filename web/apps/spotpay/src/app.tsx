import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSpeech } from './i18n/speech';
import { announce, isSpoken, rememberSpoken } from './parts/announce';
import { AmountScreen } from './screens/amount-screen';
import { LastScreen } from './screens/last-screen';
import { Pairing } from './screens/pairing';
import { ReportScreen } from './screens/report-screen';
import { ScanScreen } from './screens/scan-screen';
import { SessionScreen } from './screens/session-screen';
import { SignIn } from './screens/sign-in';
import { interrupted } from './screens/use-session';
import { Refused, type Session, Till, type TillView } from './till/api';
import { settle } from './till/charge-wish';
import { forget, type Identity, remembered } from './till/keys';

type Place = 'pad' | 'last' | 'report';

export function App() {
  const { say } = useSpeech();
  const [identity, setIdentity] = useState<Identity | null | undefined>(undefined);
  useEffect(() => {
    remembered()
      .then(setIdentity)
      .catch(() => setIdentity(null));
  }, []);
  useEffect(() => {
    document.title = say('title');
  }, [say]);
  if (identity === undefined) {
    return <Frame reachable={true} livemode={null} />;
  }
  if (identity === null) {
    return (
      <Frame reachable={true} livemode={null}>
        <Pairing onPaired={setIdentity} />
      </Frame>
    );
  }
  return <PairedTill key={identity.keyId} identity={identity} onForgotten={() => setIdentity(null)} />;
}

function useReachable(): [boolean, (yes: boolean) => void] {
  const [reachable, setReachable] = useState(navigator.onLine);
  useEffect(() => {
    const on = () => setReachable(true);
    const off = () => setReachable(false);
    window.addEventListener('online', on);
    window.addEventListener('offline', off);
    return () => {
      window.removeEventListener('online', on);
      window.removeEventListener('offline', off);
    };
  }, []);
  return [reachable, setReachable];
}

function PairedTill({ identity, onForgotten }: { identity: Identity; onForgotten: () => void }) {
  const { say } = useSpeech();
  const [reachable, setReachable] = useReachable();
  const till = useMemo(() => new Till(identity, setReachable), [identity, setReachable]);
  const [view, setView] = useState<TillView | null>(null);
  const [trouble, setTrouble] = useState<'revoked' | 'offline' | 'failed' | null>(null);
  const [inside, setInside] = useState(false);
  const [place, setPlace] = useState<Place>('pad');
  const [session, setSession] = useState<Session | null>(null);
  const [scanning, setScanning] = useState<string | null>(null);
  const [unresolved, setUnresolved] = useState(0);

  const resume = useCallback(
    async (goOn: boolean) => {
      const last = await till.last();
      setUnresolved(last.filter((each) => each.status === 'unknown').length);
      // A charge whose answer was lost comes first: until its end is seen nobody should charge again.
      const open = settle(last) ?? (goOn ? interrupted(last) : undefined);
      if (open !== undefined) {
        setSession(await till.fetch(open.id));
      }
    },
    [till],
  );

  const look = useCallback(async () => {
    setTrouble(null);
    try {
      const next = await till.look();
      setView(next);
      if (next.shift !== null) {
        setInside(true);
        await resume(true);
      }
    } catch (error) {
      const code = error instanceof Refused ? error.code : 'internal_error';
      setTrouble(code === 'device_revoked' || code === 'unauthenticated' ? 'revoked' : code === 'offline' ? 'offline' : 'failed');
    }
  }, [till, resume]);

  useEffect(() => void look(), [look]);

  // While nothing else is asked, this finds out that the network is back.
  useEffect(() => {
    if (reachable) {
      return;
    }
    const timer = setInterval(() => void till.last().catch(() => undefined), 3_000);
    return () => clearInterval(timer);
  }, [reachable, till]);

  const back = useCallback(() => {
    setSession(null);
    setScanning(null);
    setPlace('pad');
    resume(false).catch(() => undefined);
  }, [resume]);

  const signOut = async () => {
    try {
      await till.signOut();
      setInside(false);
      await look();
    } catch {
      // Still signed in: the screen says that there is no connection.
    }
  };

  const content = () => {
    if (trouble === 'revoked') {
      return (
        <Message
          title={say('revokedTitle')}
          text={say('revokedHelp')}
          action={say('pairAgain')}
          onAction={() => void forget().then(onForgotten)}
        />
      );
    }
    if (view === null) {
      return trouble === null ? null : <Message title={say(trouble)} text="" action={say('retry')} onAction={() => void look()} />;
    }
    if (!inside) {
      return (
        <SignIn
          till={till}
          view={view}
          onDone={(shift) => {
            setView({ ...view, shift });
            setInside(true);
            resume(true).catch(() => undefined);
          }}
        />
      );
    }
    if (session !== null) {
      return <SessionScreen key={session.id} till={till} view={view} first={session} reachable={reachable} onDone={back} />;
    }
    if (scanning !== null) {
      return (
        <ScanScreen
          till={till}
          view={view}
          amount={scanning}
          reachable={reachable}
          onCharged={setSession}
          onBack={back}
          onLook={() => {
            setScanning(null);
            setPlace('last');
          }}
        />
      );
    }
    switch (place) {
      case 'pad':
        return (
          <AmountScreen
            till={till}
            view={view}
            reachable={reachable}
            unresolved={unresolved}
            onStarted={setSession}
            onScan={setScanning}
            onLook={() => setPlace('last')}
          />
        );
      case 'last':
        return <LastScreen till={till} view={view} onResume={(each) => void till.fetch(each.id).then(setSession, () => undefined)} />;
      case 'report':
        return <ReportScreen till={till} view={view} />;
    }
  };

  return (
    <Frame
      reachable={reachable}
      livemode={identity.livemode}
      {...(view !== null && inside && session === null && scanning === null
        ? { view, place, onPlace: setPlace, onSignOut: () => void signOut() }
        : {})}
    >
      {content()}
    </Frame>
  );
}

function Message({ title, text, action, onAction }: { title: string; text: string; action: string; onAction: () => void }) {
  return (
    <main className="narrow">
      <section className="card" role="alert">
        <h1>{title}</h1>
        {text !== '' && <p>{text}</p>}
        <button type="button" className="button" onClick={onAction}>
          {action}
        </button>
      </section>
    </main>
  );
}

function Frame({
  reachable,
  livemode,
  view,
  place,
  onPlace,
  onSignOut,
  children,
}: {
  reachable: boolean;
  livemode: boolean | null;
  view?: TillView;
  place?: Place;
  onPlace?: (place: Place) => void;
  onSignOut?: () => void;
  children?: React.ReactNode;
}) {
  const { say, language, choose } = useSpeech();
  const other = language === 'en' ? 'zh-CN' : 'en';
  const [spoken, setSpoken] = useState(isSpoken);
  return (
    <div className="frame">
      <header>
        {livemode === false && <p className="ribbon">{say('test')}</p>}
        {!reachable && (
          <p className="banner" role="alert">
            {say('offline')}
          </p>
        )}
        <div className="bar no-print">
          {onPlace !== undefined && place !== undefined && (
            <nav aria-label="SpotPay">
              {(['pad', 'last', 'report'] as const).map((each) => (
                <button
                  key={each}
                  type="button"
                  className="tab"
                  aria-current={each === place ? 'page' : undefined}
                  onClick={() => onPlace(each)}
                >
                  {say(each)}
                </button>
              ))}
            </nav>
          )}
          <span className="bar-end">
            {view?.shift != null && onSignOut !== undefined && (
              <button type="button" className="tab" onClick={onSignOut}>
                {`${view.shift.cashier.name} · ${say('signOut')}`}
              </button>
            )}
            {view !== undefined && 'speechSynthesis' in window && (
              <button
                type="button"
                className="tab"
                aria-pressed={spoken}
                onClick={() => {
                  rememberSpoken(!spoken);
                  setSpoken(!spoken);
                  if (!spoken) {
                    announce(say('spokenOn'), language);
                  }
                }}
              >
                {say(spoken ? 'speechOn' : 'speechOff')}
              </button>
            )}
            <button type="button" className="tab" lang={other} onClick={() => choose(other)}>
              {say('switchLanguage')}
            </button>
          </span>
        </div>
      </header>
      {children ?? (
        <main className="narrow" aria-busy="true">
          <p>{say('loading')}</p>
        </main>
      )}
    </div>
  );
}
