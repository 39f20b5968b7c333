import { useEffect, useRef, useState } from 'react';
import { useSpeech } from '../i18n/speech';
import type { TextKey } from '../i18n/texts';
import { decimalsOf, isMore, less, typed } from '../till/amount';
import { Refused, type Session, type Till, type TillView } from '../till/api';
import { random } from '../till/keys';
import { PinForm } from './pin-form';
import { PIN_COMPLAINTS } from './sign-in';

const COMPLAINTS: Record<string, TextKey> = {
  ...PIN_COMPLAINTS,
  offline: 'refundUncertain',
  idempotency_in_progress: 'refundUncertain',
  refund_exceeds_balance: 'refundTooMuch',
};

export function RefundDialog({
  till,
  view,
  session,
  onClose,
}: {
  till: Till;
  view: TillView;
  session: Session;
  onClose: (refunded: string | null) => void;
}) {
  const { say, money } = useSpeech();
  const most = less(session.amount, session.refunded_amount, session.refunding_amount);
  const [text, setText] = useState(most);
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<TextKey | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const wish = useRef<{ key: string; amount: string } | null>(null);
  const read = typed(text, decimalsOf(session.currency));
  const tooMuch = 'amount' in read && isMore(read.amount, most);

  useEffect(() => dialog.current?.showModal(), []);

  const refund = async (cashier: string, pin: string) => {
    if (!('amount' in read) || tooMuch) {
      return;
    }
    if (wish.current?.amount !== read.amount) {
      wish.current = { key: random(), amount: read.amount };
    }
    setBusy(true);
    setComplaint(null);
    try {
      const { proof } = await till.signIn(cashier, pin);
      await till.refund(session.id, wish.current.key, proof, read.amount);
      onClose(read.amount);
    } catch (error) {
      setComplaint(error instanceof Refused ? (COMPLAINTS[error.code] ?? 'refundFailed') : 'refundFailed');
      setBusy(false);
    }
  };

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="refund-title" onClose={() => onClose(null)}>
      <h2 id="refund-title">{say('refundOf', { amount: money(session.amount, session.currency) })}</h2>
      <div className="form">
        <label htmlFor="refund-amount">{say('refundAmount', { currency: session.currency, most: money(most, session.currency) })}</label>
        <input
          id="refund-amount"
          className="big-input"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          readOnly={busy}
          aria-invalid={'problem' in read || tooMuch}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <PinForm
        cashiers={view.cashiers}
        first={view.shift?.cashier.id ?? null}
        busy={busy || 'problem' in read || tooMuch}
        complaint={tooMuch ? 'refundTooMuch' : complaint}
        action={'amount' in read ? say('refundOf', { amount: money(read.amount, session.currency) }) : say('refund')}
        onPin={(cashier, pin) => void refund(cashier, pin)}
      />
      <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
        {say('back')}
      </button>
    </dialog>
  );
}
