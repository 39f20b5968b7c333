import { useSpeech } from '../i18n/language';
import type { TextKey } from '../i18n/texts';
import { Message } from '../parts/message';
import { NAMES } from '../parts/method-list';
import type { Payment } from '../payment/use-payment';
import { usableQr, type View, type WayToPay, wentAway } from '../payment/view';
import { BankChooser } from './bank-chooser';
import { LeaveToPay, OtherFlow } from './leave-to-pay';
import { Paid } from './paid';
import { PaidAtCounter } from './paid-at-counter';
import { Scan } from './scan';
import { WrongDevice } from './wrong-device';

const REASONS: Record<string, TextKey> = {
  insufficient_funds: 'insufficientFunds',
  payer_canceled: 'payerCanceled',
  user_canceled: 'payerCanceled',
};

interface Props {
  nonce: string;
  payment: Payment;
  view: View;
  way: WayToPay | undefined;
  now: number;
}

/** What the payer can do now, or needs to know. */
export function ActionArea({ nonce, payment, view, way, now }: Props) {
  const { say } = useSpeech();
  switch (view.status) {
    case 'paid':
      return view.at_counter ? <PaidAtCounter view={view} now={now} /> : <Paid view={view} />;
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
      if (view.failure?.code === 'not_accepted') {
        return <Over title={say('notAccepted')} help={say('notAcceptedHelp')} view={view} />;
      }
      return (
        <>
          <Message tone="bad" title={say('failed')}>
            <p>{say(REASONS[view.failure?.decline_code ?? ''] ?? 'declined')}</p>
            {way?.type !== 'onlinebank' && <Again text={say('tryAgain')} payment={payment} way={way} />}
          </Message>
          {way?.type === 'onlinebank' && <BankChooser nonce={nonce} payment={payment} view={view} />}
        </>
      );
    default:
      return <Open nonce={nonce} payment={payment} view={view} way={way} now={now} />;
  }
}

function Open({ nonce, payment, view, way, now }: Props) {
  const { say } = useSpeech();
  if (way === undefined) {
    return view.methods.some((each) => each.available) ? <p>{say('chooseFirst')}</p> : <WrongDevice />;
  }
  if (payment.trouble !== null) {
    const wallet = say(NAMES[way.type]);
    return (
      <Message tone="bad" title={say('channelTrouble', { wallet })}>
        <p>{say('channelTroubleHelp')}</p>
        <Again text={say('tryAgain')} payment={payment} way={way} />
      </Message>
    );
  }
  if (way.type === 'onlinebank') {
    return <BankChooser nonce={nonce} payment={payment} view={view} />;
  }
  const code = usableQr(view, way.type, now);
  if (code !== null) {
    return (
      <>
        <Scan code={code} wallet={way.type} until={view.attempt?.qr?.expires_at ?? view.expires_at} now={now} />
        <div className="actions">
          <OtherFlow payment={payment} way={way} />
        </div>
      </>
    );
  }
  const expiredCode = view.attempt?.method === way.type && view.attempt.qr !== null;
  if (wentAway(view, way.type) || (way.flows[0] !== 'qr' && !expiredCode)) {
    return <LeaveToPay payment={payment} view={view} way={way} />;
  }
  if (payment.busy || !expiredCode) {
    return (
      <Message tone="busy" title={say('preparing')}>
        <div className="skeleton" aria-hidden="true" />
      </Message>
    );
  }
  return (
    <Message tone="calm" title={say('expired')}>
      <Again text={say('refresh')} payment={payment} way={way} />
    </Message>
  );
}

function Again({ text, payment, way }: { text: string; payment: Payment; way: WayToPay | undefined }) {
  return (
    <div className="actions">
      <button
        type="button"
        className="button"
        disabled={payment.busy || way === undefined}
        onClick={() => way !== undefined && payment.start({ method: way.type })}
      >
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
