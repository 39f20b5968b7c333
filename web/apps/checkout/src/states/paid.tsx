import { useEffect, useState } from 'react';
import { useSpeech } from '../i18n/language';
import { Message } from '../parts/message';
import { dateAndTime, formatMoney } from '../payment/format';
import type { View } from '../payment/view';

const RETURN_AFTER_SECONDS = 5;

export function Paid({ view }: { view: View }) {
  const { say, language } = useSpeech();
  return (
    <Message tone="good" title={say('paid')}>
      <p className="paid-amount">{formatMoney(view.amount, view.currency, language)}</p>
      {view.paid_at !== null && (
        <p>
          {say('paidAt')} {dateAndTime(view.paid_at, language)}
        </p>
      )}
      {view.return_url !== null && <ReturnToShop href={view.return_url} />}
    </Message>
  );
}

/** Goes back by itself unless the payer wants to stay: nobody is hurried off a page they are reading. */
function ReturnToShop({ href }: { href: string }) {
  const { say } = useSpeech();
  const [left, setLeft] = useState<number | null>(RETURN_AFTER_SECONDS);

  useEffect(() => {
    if (left === null) {
      return;
    }
    if (left === 0) {
      window.location.assign(href);
      return;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left, href]);

  return (
    <div className="actions">
      <a className="button" href={href} rel="noreferrer">
        {say('backToShop')}
      </a>
      {left !== null && (
        <p className="returning">
          {say('returning', { seconds: String(left) })}{' '}
          <button type="button" className="link" onClick={() => setLeft(null)}>
            {say('stay')}
          </button>
        </p>
      )}
    </div>
  );
}
