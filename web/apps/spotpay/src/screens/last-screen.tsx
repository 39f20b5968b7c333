import { useCallback, useEffect, useState } from 'react';
import { useSpeech } from '../i18n/speech';
import type { TextKey } from '../i18n/texts';
import { less } from '../till/amount';
import type { Session, Till, TillView } from '../till/api';
import { ReceiptDialog } from './receipt-dialog';
import { RefundDialog } from './refund-dialog';

const STATUS: Record<Session['status'], TextKey> = {
  waiting_scan: 'waiting_scan',
  scanned: 'scanned',
  processing: 'processing',
  paid: 'paid',
  failed: 'failedStatus',
  expired: 'expired',
  canceled: 'canceled',
  unknown: 'unknown',
};

export function LastScreen({ till, view, onResume }: { till: Till; view: TillView; onResume: (session: Session) => void }) {
  const { say, money, time } = useSpeech();
  const [sessions, setSessions] = useState<Session[] | null>(null);
  const [trouble, setTrouble] = useState(false);
  const [refunding, setRefunding] = useState<Session | null>(null);
  const [receipt, setReceipt] = useState<Session | null>(null);
  const [done, setDone] = useState<string | null>(null);

  const load = useCallback(() => {
    setTrouble(false);
    till
      .last()
      .then(setSessions)
      .catch(() => setTrouble(true));
  }, [till]);
  useEffect(load, [load]);

  return (
    <main className="wide">
      <section className="card">
        <h1>{say('last')}</h1>
        <p className="good" role="status">
          {done !== null && say('refundDone', { amount: done })}
        </p>
        {trouble && (
          <p className="complaint" role="alert">
            {say('failed')}{' '}
            <button type="button" className="link" onClick={load}>
              {say('retry')}
            </button>
          </p>
        )}
        {sessions === null ? (
          !trouble && <p aria-busy="true">{say('loading')}</p>
        ) : sessions.length === 0 ? (
          <p>{say('none')}</p>
        ) : (
          <ul className="sales">
            {sessions.map((session) => {
              const left = less(session.amount, session.refunded_amount, session.refunding_amount);
              const isOpen =
                session.status === 'unknown' ||
                session.status === 'processing' ||
                session.status === 'scanned' ||
                session.status === 'waiting_scan';
              return (
                <li key={session.id} className="sale">
                  <span className="sale-amount">{money(session.amount, session.currency)}</span>
                  <span className={`tag tag-${session.status}`}>{say(STATUS[session.status])}</span>
                  <span className="hint">
                    {time(session.paid_at ?? session.created_at, view.time_zone)}
                    {session.paid_by !== null && ` · ${say(session.paid_by)}`}
                    {` · …${session.merchant_reference.slice(-4)}`}
                    {/[1-9]/.test(session.refunded_amount) &&
                      ` · ${say('refunded', { amount: money(session.refunded_amount, session.currency) })}`}
                    {/[1-9]/.test(session.refunding_amount) &&
                      ` · ${say('refunding', { amount: money(session.refunding_amount, session.currency) })}`}
                  </span>
                  {session.status === 'paid' && /[1-9]/.test(left) && view.cashiers.length > 0 && (
                    <button type="button" className="button button-small" onClick={() => setRefunding(session)}>
                      {say('refundOf', { amount: money(session.amount, session.currency) })}
                    </button>
                  )}
                  {session.status === 'paid' && (
                    <button type="button" className="button button-small" onClick={() => setReceipt(session)}>
                      {say('receipt')}
                    </button>
                  )}
                  {isOpen && (
                    <button type="button" className="button button-small" onClick={() => onResume(session)}>
                      {say('look')}
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </section>
      {receipt !== null && <ReceiptDialog view={view} session={receipt} onClose={() => setReceipt(null)} />}
      {refunding !== null && (
        <RefundDialog
          till={till}
          view={view}
          session={refunding}
          onClose={(refunded) => {
            setRefunding(null);
            setDone(refunded === null ? null : money(refunded, refunding.currency));
            load();
          }}
        />
      )}
    </main>
  );
}
