import { useEffect, useRef, useState } from 'react';
import { useSpeech } from '../i18n/speech';
import type { TextKey } from '../i18n/texts';
import { decimalsOf, isMore, less, typed } from '../till/amount';
import { Refused, type Session, type Till, type TillView } from '../till/api';
import { kept, type RefundWish, sendOnce } from '../till/refund-wish';
import { PinForm } from './pin-form';
import { PIN_COMPLAINTS } from './sign-in';

const COMPLAINTS: Record<string, TextKey> = {
  ...PIN_COMPLAINTS,
  offline: 'refundUncertain',
  idempotency_in_progress: 'refundUncertain',
  refund_exceeds_balance: 'refundTooMuch',
  over_cashier_limit: 'overRefundLimit',
  cashier_daily_limit_reached: 'dayRefundLimit',
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
  const [uncertain, setUncertain] = useState<RefundWish | null>(() => kept(session.id));
  const [text, setText] = useState(uncertain?.amount ?? most);
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<TextKey | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const read = typed(text, decimalsOf(session.currency));
  // What may have been refunded already is not left, and yet is asked for again.
  const tooMuch = uncertain === null && 'amount' in read && isMore(read.amount, most);

  useEffect(() => dialog.current?.showModal(), []);

  const refund = async (cashier: string, pin: string) => {
    if (!('amount' in read) || tooMuch) {
      return;
    }
    setBusy(true);
    setComplaint(null);
    try {
      await sendOnce(
        session.id,
        read.amount,
        // Whoever gives the PIN answers for this refund alone; the shift stays whose it is.
        async (key) => (await till.authorizeRefund(cashier, pin, { session: session.id, key, amount: read.amount })).proof,
        (key, proof) => till.refund(session.id, key, proof, read.amount),
      );
      onClose(read.amount);
    } catch (error) {
      setComplaint(error instanceof Refused ? (COMPLAINTS[error.code] ?? 'refundFailed') : 'refundFailed');
      setUncertain(kept(session.id));
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
          readOnly={busy || uncertain !== null}
          aria-invalid={'problem' in read || tooMuch}
          onChange={(event) => setText(event.target.value)}
        />
        {uncertain !== null && (
          <p className="hint" role="status">
            {say('refundKept', { amount: money(uncertain.amount, session.currency) })}
          </p>
        )}
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
