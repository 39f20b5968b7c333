import type { Tone } from '@ferrypay/desk/ui/timeline.tsx';
import type { Payment, Refund } from '../../api/types';
import type { TextKey } from '../../i18n/zh';

export interface Happening {
  at: string;
  text: TextKey;
  tone: Tone;
  refund?: Refund;
}

const ENDS: Record<string, [TextKey, Tone]> = {
  failed: ['history.failed', 'bad'],
  canceled: ['history.canceled', 'quiet'],
  expired: ['history.expired', 'quiet'],
  under_review: ['history.underReview', 'warn'],
};

/** What the platform tells about a payment's life, the newest first. */
export function historyOf(payment: Payment, refunds: readonly Refund[]): Happening[] {
  const happenings: Happening[] = [];
  const add = (at: string | null | undefined, text: TextKey, tone: Tone, refund?: Refund) => {
    if (at) {
      happenings.push({ at, text, tone, ...(refund === undefined ? {} : { refund }) });
    }
  };
  add(payment.created_at, 'history.created', 'quiet');
  if (payment.paid_at) {
    add(payment.paid_at, payment.paid_late ? 'history.paidLate' : 'history.paid', 'good');
  } else {
    const end = ENDS[payment.status ?? ''];
    if (end !== undefined) {
      add(payment.ended_at, ...end);
    }
  }
  for (const refund of refunds) {
    add(refund.created_at, refund.kind === 'surplus' ? 'history.surplus' : 'history.refundAsked', 'quiet', refund);
    if (refund.status === 'succeeded') {
      add(refund.ended_at, 'history.refunded', 'good', refund);
    } else if (refund.status === 'failed') {
      add(refund.ended_at, 'history.refundFailed', 'bad', refund);
    }
  }
  return happenings.sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
}
