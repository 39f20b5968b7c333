import { type FormEvent, useRef, useState } from 'react';
import { useSpeech } from '../i18n/speech';
import type { TextKey } from '../i18n/texts';
import { useWakeLock } from '../parts/attention';
import { Camera } from '../parts/camera';
import { Refused, type Session, type Till, type TillView } from '../till/api';
import { ChargeWish, payCodeIn, settle } from '../till/charge-wish';
import { LIMIT_COMPLAINTS } from './limits';

const COMPLAINTS: Record<string, TextKey> = {
  pay_code_not_recognized: 'codeNotRecognized',
  method_not_available: 'walletNotTaken',
  channel_down: 'walletDown',
  clock_skewed: 'clockWrong',
  ...LIMIT_COMPLAINTS,
};

/** Charges the code in the shopper's wallet: by camera, by a scanner that types, or by hand. */
export function ScanScreen({
  till,
  view,
  amount,
  reachable,
  onCharged,
  onBack,
  onLook,
}: {
  till: Till;
  view: TillView;
  amount: string;
  reachable: boolean;
  onCharged: (session: Session) => void;
  onBack: () => void;
  onLook: () => void;
}) {
  const { say, money } = useSpeech();
  const [text, setText] = useState('');
  const [camera, setCamera] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wish] = useState(() => new ChargeWish());
  const [uncertain, setUncertain] = useState(wish.uncertain);
  const [complaint, setComplaint] = useState<TextKey | null>(uncertain === null ? null : 'chargeUncertain');
  const underWay = useRef(false);
  useWakeLock();

  const charge = async (code: string) => {
    if (underWay.current || !reachable) {
      return;
    }
    underWay.current = true;
    setBusy(true);
    setCamera(false);
    setComplaint(null);
    try {
      onCharged(await wish.send(code, amount, (key, sent) => till.charge(key, { amount, currency: view.currency, pay_code: sent })));
    } catch (error) {
      setUncertain(wish.uncertain);
      const code = error instanceof Refused ? error.code : '';
      setComplaint(wish.uncertain ? 'chargeUncertain' : (COMPLAINTS[code] ?? 'failed'));
      setText('');
      setBusy(false);
      underWay.current = false;
    }
  };

  /** What a reload has made us forget the code of can only be looked for. */
  const lookFor = async () => {
    setBusy(true);
    try {
      const made = settle(await till.last());
      if (made !== null) {
        onCharged(await till.fetch(made.id));
        return;
      }
    } catch {
      // It is as uncertain as before.
    }
    setUncertain(wish.uncertain);
    setComplaint(wish.uncertain ? 'chargeUncertain' : null);
    setBusy(false);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = payCodeIn(text);
    if (code === null) {
      setComplaint('codeMalformed');
    } else {
      void charge(code);
    }
  };

  return (
    <main className="narrow">
      <section className="card">
        <h1>{say('scanTitle')}</h1>
        <p className="sum">{money(uncertain?.amount ?? amount, view.currency)}</p>
        <p className="complaint" id="complaint" role="alert">
          {complaint !== null && say(complaint)}
        </p>
        {uncertain !== null ? (
          <div className="form">
            <button
              type="button"
              className="button"
              disabled={busy || !reachable}
              onClick={() => void (wish.lost ? lookFor() : charge(''))}
            >
              {say(busy ? 'charging' : 'askAgain')}
            </button>
            <button type="button" className="button button-quiet" disabled={busy} onClick={onLook}>
              {say('last')}
            </button>
          </div>
        ) : (
          <>
            <form className="form" onSubmit={submit}>
              <label htmlFor="pay-code">{say('payCode')}</label>
              <input
                id="pay-code"
                className="big-input"
                inputMode="numeric"
                autoComplete="off"
                enterKeyHint="go"
                spellCheck={false}
                maxLength={40}
                // biome-ignore lint/a11y/noAutofocus: a scanner types wherever the cursor is
                autoFocus
                value={text}
                readOnly={busy}
                aria-describedby="complaint"
                onChange={(event) => setText(event.target.value)}
              />
              <button type="submit" className="button" disabled={busy || !reachable || text === ''}>
                {say(busy ? 'charging' : 'charge')}
              </button>
            </form>
            {camera && (
              <Camera
                onCode={(seen) => {
                  const code = payCodeIn(seen);
                  if (code === null) {
                    setComplaint('codeNotRecognized');
                  } else {
                    void charge(code);
                  }
                }}
                onTrouble={() => {
                  setCamera(false);
                  setComplaint('noCamera');
                }}
              />
            )}
            {'mediaDevices' in navigator && !busy && (
              <button type="button" className="button button-quiet" onClick={() => setCamera(!camera)}>
                {say(camera ? 'cameraOff' : 'cameraOn')}
              </button>
            )}
            <button type="button" className="button button-quiet" disabled={busy} onClick={onBack}>
              {say('back')}
            </button>
          </>
        )}
      </section>
    </main>
  );
}
