import { type FormEvent, useRef, useState } from 'react';
import { useSpeech } from '../i18n/speech';
import type { TextKey } from '../i18n/texts';
import { allowSound, useWakeLock } from '../parts/attention';
import { Pad } from '../parts/pad';
import { decimalsOf, press, typed } from '../till/amount';
import { type Method, Refused, type Session, type Till, type TillView } from '../till/api';
import { random } from '../till/keys';
import { LIMIT_COMPLAINTS } from './limits';

const WALLETS: readonly Method[] = ['wechat', 'alipay', 'jdpay'];

const COMPLAINTS: Record<string, TextKey> = {
  offline: 'startAgain',
  idempotency_in_progress: 'startAgain',
  clock_skewed: 'clockWrong',
  ...LIMIT_COMPLAINTS,
};

export function AmountScreen({
  till,
  view,
  reachable,
  unresolved,
  onStarted,
  onScan,
  onLook,
}: {
  till: Till;
  view: TillView;
  reachable: boolean;
  unresolved: number;
  onStarted: (session: Session) => void;
  onScan: (amount: string) => void;
  onLook: () => void;
}) {
  const { say } = useSpeech();
  const decimals = decimalsOf(view.currency);
  const [text, setText] = useState('');
  const [wallet, setWallet] = useState<Method | null>(null);
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<TextKey | null>(null);
  const sale = useRef<{ key: string; amount: string; wallet: Method | null } | null>(null);
  useWakeLock();

  const read = typed(text, decimals);
  const problem =
    'problem' in read && read.problem !== 'empty' && !(read.problem === 'zero' && text.length < decimals + 2) ? read.problem : null;
  const ready = reachable && !busy && 'amount' in read;
  const wallets = WALLETS.filter((each) => view.methods.includes(each));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) {
      return;
    }
    allowSound();
    // A repeat of the same wish is the same sale, by finger or by network.
    if (sale.current?.amount !== read.amount || sale.current.wallet !== wallet) {
      sale.current = { key: random(), amount: read.amount, wallet };
    }
    setBusy(true);
    setComplaint(null);
    try {
      onStarted(await till.start(sale.current.key, { amount: read.amount, currency: view.currency, method: wallet }));
    } catch (error) {
      setComplaint(error instanceof Refused ? (COMPLAINTS[error.code] ?? 'failed') : 'failed');
      setBusy(false);
    }
  };

  return (
    <main className="sell">
      <form className="card sell-form" onSubmit={(event) => void submit(event)}>
        <div className="sell-amount">
          <h1 className="spoken-only">{say('pad')}</h1>
          {unresolved > 0 && (
            <p className="warning" role="status">
              {say('unresolved', { count: String(unresolved) })}{' '}
              <button type="button" className="link" onClick={onLook}>
                {say('look')}
              </button>
            </p>
          )}
          <label htmlFor="amount">{say('amount', { currency: view.currency })}</label>
          <input
            id="amount"
            className="big-input amount"
            inputMode="decimal"
            autoComplete="off"
            enterKeyHint="go"
            maxLength={13}
            value={text}
            readOnly={busy}
            aria-invalid={problem !== null}
            aria-describedby="complaint"
            onChange={(event) => {
              setText(event.target.value);
              setComplaint(null);
            }}
          />
          <p className="complaint" id="complaint" role="alert">
            {complaint !== null ? say(complaint) : problem !== null && say(problem, { count: String(decimals) })}
          </p>
        </div>
        <div className="sell-pad">
          <Pad
            point={decimals > 0}
            onPress={(key) => {
              if (!busy) {
                setText((old) => press(old, key, decimals));
                setComplaint(null);
              }
            }}
          />
          <button type="submit" className="button button-go" disabled={!ready}>
            {say(busy ? 'starting' : 'showCode')}
          </button>
          <button
            type="button"
            className="button button-go button-quiet"
            disabled={!ready}
            onClick={() => {
              allowSound();
              if ('amount' in read) {
                onScan(read.amount);
              }
            }}
          >
            {say('scanCustomer')}
          </button>
        </div>
        <fieldset className="choices sell-wallets">
          <legend>{say('wallet')}</legend>
          <label className="choice">
            <input type="radio" name="wallet" checked={wallet === null} onChange={() => setWallet(null)} />
            {say('oneCode')}
          </label>
          {wallets.map((each) => (
            <label key={each} className="choice">
              <input type="radio" name="wallet" checked={wallet === each} onChange={() => setWallet(each)} />
              {say(each)}
            </label>
          ))}
        </fieldset>
      </form>
    </main>
  );
}
