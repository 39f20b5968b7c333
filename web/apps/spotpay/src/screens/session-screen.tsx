import { QRCodeSVG } from 'qrcode.react';
import { useEffect, useRef, useState } from 'react';
import { useSpeech } from '../i18n/speech';
import { announce, isSpoken } from '../parts/announce';
import { sound, useWakeLock } from '../parts/attention';
import { Ring } from '../parts/ring';
import { useNow } from '../parts/use-now';
import type { Session, Till, TillView } from '../till/api';
import { ReceiptDialog } from './receipt-dialog';
import { isOver, useSession } from './use-session';

const BACK_MILLIS = 4_000;

export function SessionScreen({
  till,
  view,
  first,
  reachable,
  onDone,
}: {
  till: Till;
  view: TillView;
  first: Session;
  reachable: boolean;
  onDone: () => void;
}) {
  const watched = useSession(till, first);
  useWakeLock();
  if (isOver(watched.session)) {
    return <Result session={watched.session} view={view} onDone={onDone} />;
  }
  if (watched.session.status === 'unknown') {
    return <Unknown session={watched.session} watched={watched} view={view} reachable={reachable} onDone={onDone} />;
  }
  return watched.session.shown_by === 'shopper' ? (
    <Charging watched={watched} reachable={reachable} />
  ) : (
    <Code watched={watched} view={view} reachable={reachable} />
  );
}

/** The shopper showed the code; the wallet, or its user, has yet to say yes. */
function Charging({ watched, reachable }: { watched: ReturnType<typeof useSession>; reachable: boolean }) {
  const { say, money } = useSpeech();
  const now = useNow();
  const { session } = watched;
  const left = watched.leftWhenHeard - (now - watched.heardAt);
  const total = Date.parse(session.expires_at) - Date.parse(session.created_at);
  return (
    <main className="narrow">
      <section className="card code-side">
        <h1 className="sum">{money(session.amount, session.currency)}</h1>
        {session.method !== null && <p className="yuan">{say(session.method)}</p>}
        <p className="state state-processing" role="status">
          {reachable ? say('confirming') : say('stillChecking')}
        </p>
        <Ring left={left} total={total} />
        <p className="hint">{say('confirmingHelp')}</p>
        <button type="button" className="button button-quiet" disabled={watched.canceling} onClick={watched.cancel}>
          {say(watched.canceling ? 'canceling' : 'cancel')}
        </button>
      </section>
    </main>
  );
}

function Code({ watched, view, reachable }: { watched: ReturnType<typeof useSession>; view: TillView; reachable: boolean }) {
  const { say, money, language } = useSpeech();
  const now = useNow();
  const { session } = watched;
  const left = watched.leftWhenHeard - (now - watched.heardAt);
  const total = Date.parse(session.expires_at) - Date.parse(session.created_at);
  const amount = money(session.amount, session.currency);
  const wallets = session.method === null ? view.methods.filter((each) => each !== 'onlinebank') : [session.method];
  const names = wallets.map((each) => say(each as 'wechat')).join(language === 'en' ? ', ' : '、');
  return (
    <main className="code-screen">
      <section className="card code-card">
        <div className="code-side">
          <h1 className="sum">{amount}</h1>
          {session.payer_amount !== null && session.payer_currency !== null && (
            <p className="yuan">{say('about', { yuan: money(session.payer_amount, session.payer_currency) })}</p>
          )}
          <p className={`state state-${session.status}`} role="status">
            {reachable ? say(session.status as 'scanned') : say('stillChecking')}
          </p>
          <Ring left={left} total={total} />
          <p className="hint">{say('scanWith', { wallets: names })}</p>
          <button type="button" className="button button-quiet" disabled={watched.canceling} onClick={watched.cancel}>
            {say(watched.canceling ? 'canceling' : 'cancel')}
          </button>
        </div>
        <div className="qr">
          {session.qr !== null && (
            <QRCodeSVG value={session.qr.content} size={320} level="M" marginSize={4} title={say('qr', { amount })} />
          )}
        </div>
      </section>
    </main>
  );
}

function Unknown({
  session,
  watched,
  view,
  reachable,
  onDone,
}: {
  session: Session;
  watched: ReturnType<typeof useSession>;
  view: TillView;
  reachable: boolean;
  onDone: () => void;
}) {
  const { say, money, time } = useSpeech();
  return (
    <main className="full full-unknown">
      <div className="full-text" role="alert">
        <h1>{say(session.reversing ? 'reversingTitle' : 'unknownTitle')}</h1>
        <p className="sum">{money(session.amount, session.currency)}</p>
        <p>{say(session.reversing ? 'reversingHelp' : 'unknownHelp')}</p>
      </div>
      <p>{reachable ? say('checkedAt', { time: time(new Date(watched.heardAt).toISOString(), view.time_zone) }) : say('stillChecking')}</p>
      <div className="full-actions">
        <button type="button" className="button button-light" disabled={watched.canceling} onClick={watched.cancel}>
          {say('checkNow')}
        </button>
        <button type="button" className="button button-light" onClick={onDone}>
          {say('nextCustomer')}
        </button>
      </div>
    </main>
  );
}

function Result({ session, view, onDone }: { session: Session; view: TillView; onDone: () => void }) {
  const { say, money, spokenMoney, time, language } = useSpeech();
  const good = session.status === 'paid';
  const [stays, setStays] = useState(false);
  const [receipt, setReceipt] = useState(false);
  const said = useRef(good ? say('spokenPaid', { amount: spokenMoney(session.amount, session.currency) }) : say('failedSale'));
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    sound(good);
    if (isSpoken()) {
      announce(said.current, language);
    }
  }, [good, language]);
  useEffect(() => {
    if (stays) {
      return;
    }
    const timer = setTimeout(() => done.current(), BACK_MILLIS);
    return () => clearTimeout(timer);
  }, [stays]);
  const why =
    session.failure !== null
      ? say('declined')
      : session.shown_by === 'shopper'
        ? say('takenBackHelp')
        : say(session.status === 'expired' ? 'expiredHelp' : 'canceledHelp');
  return (
    <main className={`full ${good ? 'full-good' : 'full-bad'}`}>
      <div className="full-text" role="alert">
        <p className="full-mark" aria-hidden="true">
          {good ? '✓' : '✕'}
        </p>
        <h1>{say(good ? 'paid' : 'failedSale')}</h1>
        <p className="sum">{money(session.amount, session.currency)}</p>
        {good ? (
          <>
            <p>
              {say('paidBy', {
                method: session.paid_by === null ? '' : say(session.paid_by),
                time: time(session.paid_at ?? session.server_time, view.time_zone),
              })}
            </p>
            <p>{say('tail', { tail: session.merchant_reference.slice(-4) })}</p>
          </>
        ) : (
          <p>
            {why}
            {session.failure?.decline_code ? ` (${session.failure.decline_code})` : ''}
          </p>
        )}
      </div>
      {!stays && <p>{say('backSoon')}</p>}
      <div className="full-actions">
        <button type="button" className="button button-light" onClick={onDone}>
          {say('next')}
        </button>
        {!stays && (
          <button type="button" className="button button-light" onClick={() => setStays(true)}>
            {say('stay')}
          </button>
        )}
        {good && (
          <button
            type="button"
            className="button button-light"
            onClick={() => {
              setStays(true);
              setReceipt(true);
            }}
          >
            {say('receipt')}
          </button>
        )}
      </div>
      {receipt && <ReceiptDialog view={view} session={session} onClose={() => setReceipt(false)} />}
    </main>
  );
}
