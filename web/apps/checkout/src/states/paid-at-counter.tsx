import { useSpeech } from '../i18n/language';
import { formatMoney, timeOfDay } from '../payment/format';
import type { View } from '../payment/view';

/** For so long the page is one to hand goods over for; after that it says plainly how old the payment is. */
const FRESH_MINUTES = 5;

/**
 * What the shopper shows at the counter. Its clock goes by the server's time and its bar moves, which a picture of an
 * earlier payment does not; and a page opened again later no longer looks like a payment of now.
 */
export function PaidAtCounter({ view, now }: { view: View; now: number }) {
  const { say, language } = useSpeech();
  const minutes = view.paid_at === null ? 0 : Math.max(0, Math.floor((now - Date.parse(view.paid_at)) / 60_000));
  const fresh = minutes < FRESH_MINUTES;
  return (
    <div className={`counter-paid ${fresh ? 'counter-fresh' : 'counter-old'}`}>
      <div className="counter-bar" aria-hidden="true" />
      <div className="message-mark" aria-hidden="true">
        {fresh ? '✓' : 'i'}
      </div>
      <h2>{fresh ? say('paid') : say('paidBefore', { minutes: String(minutes) })}</h2>
      <p className="counter-amount">{formatMoney(view.amount, view.currency, language)}</p>
      <p>
        {view.merchant.name} · {view.product_name}
      </p>
      {view.paid_at !== null && (
        <p>
          {say('paidAt')} <strong>{timeOfDay(Date.parse(view.paid_at), language)}</strong> · {say('orderNumber')}{' '}
          <strong>…{view.merchant_reference.slice(-4)}</strong>
        </p>
      )}
      <p className="counter-clock" aria-hidden="true">
        {timeOfDay(now, language)}
      </p>
      <p className="hint">{say('showToStaff')}</p>
    </div>
  );
}
