import { useSpeech } from '../i18n/language';
import type { TextKey } from '../i18n/texts';
import { Message } from '../parts/message';
import type { Payment } from '../payment/use-payment';
import { usableQr, type View } from '../payment/view';
import { InsideWechat, isInsideWechat } from './inside-wechat';
import { Paid } from './paid';
import { Scan } from './scan';

const REASONS: Record<string, TextKey> = {
  insufficient_funds: 'insufficientFunds',
  payer_canceled: 'payerCanceled',
  user_canceled: 'payerCanceled',
};

/** What the payer can do now, or needs to know. */
export function ActionArea({ payment, view, method, now }: { payment: Payment; view: View; method: string; now: number }) {
  const { say } = useSpeech();
  switch (view.status) {
    case 'paid':
      return <Paid view={view} />;
    case 'processing':
      return (
        <Message tone="busy" title={say('processing')}>
          <p>{say('processingHelp')}</p>
        </Message>
      );
    case 'under_review':
      return (
        <Message tone="calm" title={say('underReview')}>
          <p>{say('underReviewHelp')}</p>
        </Message>
      );
    case 'expired':
      return <Over title={say('paymentExpired')} help={say('paymentExpiredHelp')} view={view} />;
    case 'canceled':
      return <Over title={say('canceled')} help={say('canceledHelp')} view={view} />;
    case 'failed':
      return (
        <Message tone="bad" title={say('failed')}>
          <p>{say(REASONS[view.failure?.decline_code ?? ''] ?? 'declined')}</p>
          <Again text={say('tryAgain')} payment={payment} method={method} />
        </Message>
      );
    default:
      return <Open payment={payment} view={view} method={method} now={now} />;
  }
}

function Open({ payment, view, method, now }: { payment: Payment; view: View; method: string; now: number }) {
  const { say } = useSpeech();
  if (isInsideWechat(navigator.userAgent)) {
    return <InsideWechat />;
  }
  if (payment.trouble !== null) {
    return (
      <Message tone="bad" title={say('channelTrouble')}>
        <p>{say('channelTroubleHelp')}</p>
        <Again text={say('tryAgain')} payment={payment} method={method} />
      </Message>
    );
  }
  const code = usableQr(view, now);
  if (code !== null) {
    return <Scan code={code} until={view.attempt?.qr?.expires_at ?? view.expires_at} now={now} />;
  }
  if (payment.busy || view.attempt?.qr === undefined || view.attempt?.qr === null) {
    return (
      <Message tone="busy" title={say('preparing')}>
        <div className="skeleton" aria-hidden="true" />
      </Message>
    );
  }
  return (
    <Message tone="calm" title={say('expired')}>
      <Again text={say('refresh')} payment={payment} method={method} />
    </Message>
  );
}

function Again({ text, payment, method }: { text: string; payment: Payment; method: string }) {
  return (
    <div className="actions">
      <button type="button" className="button" disabled={payment.busy} onClick={() => payment.start(method)}>
        {text}
      </button>
    </div>
  );
}

function Over({ title, help, view }: { title: string; help: string; view: View }) {
  const { say } = useSpeech();
  const href = view.return_url ?? view.cancel_url;
  return (
    <Message tone="calm" title={title}>
      <p>{help}</p>
      {href !== null && (
        <div className="actions">
          <a className="button" href={href} rel="noreferrer">
            {say('backToShop')}
          </a>
        </div>
      )}
    </Message>
  );
}
