import { useSpeech } from '../i18n/language';
import { secondsUntil } from '../payment/clock';
import type { View } from '../payment/view';

/** Speaks to a screen reader, and only when there is something to say: not every second. */
export function Announcer({ view, now }: { view: View | null; now: number }) {
  const { say } = useSpeech();
  return (
    <p role="status" className="spoken-only">
      {view === null ? '' : sentence(view, now, say)}
    </p>
  );
}

function sentence(view: View, now: number, say: ReturnType<typeof useSpeech>['say']): string {
  switch (view.status) {
    case 'paid':
      return say('paid');
    case 'failed':
      return say(view.failure?.code === 'not_accepted' ? 'notAccepted' : 'failed');
    case 'expired':
      return say('paymentExpired');
    case 'canceled':
      return say('canceled');
    case 'processing':
      return say('processing');
    case 'under_review':
      return say('underReview');
    default: {
      const left = secondsUntil(view.expires_at, now);
      return left <= 60 ? say('minutesLeft1') : left <= 300 ? say('minutesLeft5') : '';
    }
  }
}
