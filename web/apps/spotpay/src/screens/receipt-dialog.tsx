import { QRCodeSVG } from 'qrcode.react';
import { useEffect, useRef } from 'react';
import { useSpeech } from '../i18n/speech';
import type { Session, TillView } from '../till/api';

/** What a shopper may keep of a sale: on paper, or on the phone that scans it. */
export function ReceiptDialog({ view, session, onClose }: { view: TillView; session: Session; onClose: () => void }) {
  const { say, money, time } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);

  const lines: [string, string][] = [
    [say('receiptTime'), `${time(session.paid_at ?? session.server_time, view.time_zone)} (${view.time_zone})`],
    [say('sum'), money(session.amount, session.currency)],
  ];
  if (session.payer_amount !== null && session.payer_currency !== null) {
    lines.push([say('payerPaid'), money(session.payer_amount, session.payer_currency)]);
  }
  if (session.paid_by !== null) {
    lines.push([say('method'), say(session.paid_by)]);
  }
  if (/[1-9]/.test(session.refunded_amount)) {
    lines.push([say('refunds'), money(session.refunded_amount, session.currency)]);
  }
  lines.push([say('reference'), session.merchant_reference]);
  if (session.channel_reference !== null) {
    lines.push([say('walletReference'), session.channel_reference]);
  }
  const head = `${view.merchant} · ${view.store.name}`;
  const text = [head, ...(session.livemode ? [] : [say('test')]), ...lines.map(([name, value]) => `${name}: ${value}`)].join('\n');

  return (
    <dialog ref={dialog} className="dialog receipt" aria-labelledby="receipt-title" onClose={onClose}>
      <h2 id="receipt-title">{say('receipt')}</h2>
      <p>
        <strong>{head}</strong>
      </p>
      {!session.livemode && <p>{say('test')}</p>}
      <dl className="receipt-lines">
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="qr receipt-qr">
        <QRCodeSVG value={text} size={220} level="L" marginSize={4} title={say('receiptQr')} />
      </div>
      <p className="hint no-print">{say('receiptQr')}</p>
      <button type="button" className="button no-print" onClick={() => window.print()}>
        {say('print')}
      </button>
      <button type="button" className="button button-quiet no-print" onClick={() => dialog.current?.close()}>
        {say('back')}
      </button>
    </dialog>
  );
}
