import { useEffect, useRef, useState } from 'react';
import { useSpeech } from './i18n/language';
import { Amounts } from './parts/amounts';
import { Announcer } from './parts/announcer';
import { LeaveDialog } from './parts/leave-dialog';
import { Message } from './parts/message';
import { MethodList } from './parts/method-list';
import { callWallet } from './payment/go-and-pay';
import { useNow } from './payment/use-now';
import { type Payment, usePayment } from './payment/use-payment';
import { isOver, type Method, staysHere, type View } from './payment/view';
import { ActionArea } from './states/action-area';

export function CheckoutPage({ nonce }: { nonce: string }) {
  const { say, language, choose, suggest } = useSpeech();
  const payment = usePayment(nonce);
  const now = useNow(payment.clock);
  const { view } = payment;

  useEffect(() => suggest(view?.locale ?? null), [view?.locale, suggest]);
  useEffect(() => {
    document.title = view === null ? say('pageTitle') : `${view.merchant.name} · ${say('pageTitle')}`;
  }, [view, say]);

  return (
    <>
      <header>
        {view !== null && !view.livemode && <p className="ribbon">{say('test')}</p>}
        <div className="top">
          <h1>{view === null ? say('pageTitle') : view.merchant.name}</h1>
          <button
            type="button"
            className="link"
            lang={language === 'en' ? 'zh-CN' : 'en'}
            onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}
          >
            {say('switchLanguage')}
          </button>
        </div>
        {!payment.reachable && (
          <p className="banner" role="alert">
            {say('offline')}
          </p>
        )}
        <Announcer view={view} now={now} />
      </header>
      {payment.gone ? <Gone /> : view === null ? <Loading /> : <Known nonce={nonce} payment={payment} view={view} now={now} />}
    </>
  );
}

export function Gone() {
  const { say } = useSpeech();
  return (
    <main className="columns">
      <section className="card">
        <Message tone="bad" title={say('linkUnknown')}>
          <p>{say('linkUnknownHelp')}</p>
        </Message>
      </section>
    </main>
  );
}

function Loading() {
  const { say } = useSpeech();
  return (
    <main className="columns" aria-busy="true">
      <section className="card">
        <Message tone="busy" title={say('preparing')}>
          <div className="skeleton" aria-hidden="true" />
        </Message>
      </section>
    </main>
  );
}

function Known({ nonce, payment, view, now }: { nonce: string; payment: Payment; view: View; now: number }) {
  const { say } = useSpeech();
  const usable = view.methods.filter((each) => each.available);
  const only = usable.length === 1 ? usable[0] : undefined;
  const [picked, setPicked] = useState<Method | null>(view.attempt?.method ?? null);
  const [leaving, setLeaving] = useState(false);
  const method = picked ?? only?.type ?? null;
  const way = usable.find((each) => each.type === method);
  const { start, busy, trouble } = payment;
  const untouched = view.status === 'created' && view.attempt === null && trouble === null;
  const fetchAtOnce = untouched && only !== undefined && staysHere(only) ? only.type : null;

  // One method is no choice: its code is fetched at once.
  useEffect(() => {
    if (fetchAtOnce !== null && !busy) {
      start({ method: fetchAtOnce });
    }
  }, [fetchAtOnce, busy, start]);

  // Back from being told who the wallet's user is, the wallet is called at once.
  const call = view.attempt?.status === 'ready' && !isOver(view) ? (view.attempt.wallet_call ?? null) : null;
  const called = useRef(false);
  useEffect(() => {
    if (call !== null && !called.current) {
      called.current = true;
      callWallet(call.parameters);
    }
  }, [call]);

  const choose = (next: Method) => {
    setPicked(next);
    if (staysHere(usable.find((each) => each.type === next))) {
      start({ method: next });
    }
  };
  return (
    <main className={view.at_counter && view.status === 'paid' ? 'columns result-first' : 'columns'}>
      <section className="card summary">
        <Amounts view={view} />
        <dl>
          <dt>{say('product')}</dt>
          <dd>{view.product_name}</dd>
          <dt>{say('payTo')}</dt>
          <dd>{view.merchant.name}</dd>
          <dt>{say('orderNumber')}</dt>
          <dd>{view.merchant_reference}</dd>
        </dl>
      </section>
      <section className="card">
        {view.methods.length === 0 ? (
          <Message tone="calm" title={say('methodMissing')} />
        ) : (
          <>
            {!isOver(view) && <MethodList ways={view.methods} chosen={method} onChoose={choose} />}
            <ActionArea nonce={nonce} payment={payment} view={view} way={way} now={now} />
          </>
        )}
        {view.simulator_url !== null && !isOver(view) && (
          <p className="simulator">
            <a href={view.simulator_url} target="_blank" rel="noreferrer">
              {say('openWallet')}
            </a>
          </p>
        )}
      </section>
      <footer className="foot">
        {view.cancel_url !== null && !isOver(view) && (
          <button type="button" className="link" onClick={() => setLeaving(true)}>
            {say('backToShop')}
          </button>
        )}
        <p>{say('supportNumber')}</p>
        <p>{say('footer')}</p>
      </footer>
      {leaving && view.cancel_url !== null && <LeaveDialog href={view.cancel_url} onStay={() => setLeaving(false)} />}
    </main>
  );
}
