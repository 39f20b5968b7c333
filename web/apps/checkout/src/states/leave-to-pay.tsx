import { useSpeech } from '../i18n/language';
import { Message } from '../parts/message';
import { NAMES } from '../parts/method-list';
import type { Payment } from '../payment/use-payment';
import { type View, type WayToPay, wentAway } from '../payment/view';

/** For ways to pay that lead to another page: the tap that goes there, and what to do after coming back. */
export function LeaveToPay({ payment, view, way }: { payment: Payment; view: View; way: WayToPay }) {
  const { say } = useSpeech();
  const wallet = say(NAMES[way.type]);
  const attempt = view.attempt;
  if (attempt !== null && wentAway(view, way.type)) {
    return <HaveYouPaid payment={payment} onAgain={() => payment.start({ method: way.type, flow: attempt.flow })} />;
  }
  return (
    <div className="leave">
      <p>{say('goesToWallet', { wallet })}</p>
      <div className="actions">
        <button type="button" className="button" disabled={payment.busy} onClick={() => payment.start({ method: way.type })}>
          {say(payment.busy ? 'opening' : 'continueTo', { wallet })}
        </button>
        <OtherFlow payment={payment} way={way} />
      </div>
    </div>
  );
}

/** On a computer there is the wallet's page beside the code, on a phone the code beside the wallet. */
export function OtherFlow({ payment, way }: { payment: Payment; way: WayToPay }) {
  const { say } = useSpeech();
  const other = way.flows[1];
  if (other === undefined) {
    return null;
  }
  return (
    <button type="button" className="link" disabled={payment.busy} onClick={() => payment.start({ method: way.type, flow: other })}>
      {say(other === 'qr' ? 'useCode' : 'usePage', { wallet: say(NAMES[way.type]) })}
    </button>
  );
}

export function HaveYouPaid({ payment, onAgain }: { payment: Payment; onAgain: () => void }) {
  const { say } = useSpeech();
  return (
    <Message tone="calm" title={say('haveYouPaid')}>
      <p>{say('haveYouPaidHelp')}</p>
      <div className="actions">
        <button type="button" className="button" onClick={payment.check}>
          {say('iHavePaid')}
        </button>
        <button type="button" className="button button-quiet" disabled={payment.busy} onClick={onAgain}>
          {say('notYetPaid')}
        </button>
      </div>
    </Message>
  );
}
