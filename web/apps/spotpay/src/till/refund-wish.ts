import { Refused } from './api';
import { random } from './keys';
import { madeNothing } from './outcome';

/** A refund that was sent and whose answer is not known: its Idempotency-Key and its amount. */
export interface RefundWish {
  key: string;
  amount: string;
}

/** Said only where the key is known not to have been used: whatever was sent before made nothing. */
const MADE_NOTHING = new Set([
  'refund_exceeds_balance',
  'not_refundable_state',
  'refund_too_small',
  'refund_window_closed',
  'too_many_refunds',
  'refund_not_supported',
  'over_cashier_limit',
  'cashier_daily_limit_reached',
]);

const nameOf = (session: string) => `spotpay-refund-${session}`;

/** What is uncertain of this session. A reload does not forget it. */
export function kept(session: string): RefundWish | null {
  const text = sessionStorage.getItem(nameOf(session));
  return text === null ? null : (JSON.parse(text) as RefundWish);
}

/**
 * Sends a refund under a key that is kept until it is known what came of it. As long as that is
 * uncertain, only the same refund is sent, under the same key.
 *
 * @param prove asks for a cashier's proof for that key; until it has one nothing is sent
 */
export async function sendOnce(
  session: string,
  amount: string,
  prove: (key: string) => Promise<string>,
  send: (key: string, proof: string) => Promise<void>,
): Promise<void> {
  const before = kept(session);
  if (before !== null && before.amount !== amount) {
    throw new Refused('idempotency_in_progress');
  }
  const wish = before ?? { key: random(), amount };
  const proof = await prove(wish.key);
  sessionStorage.setItem(nameOf(session), JSON.stringify(wish));
  try {
    await send(wish.key, proof);
  } catch (error) {
    if (madeNothing(error, before === null, MADE_NOTHING)) {
      sessionStorage.removeItem(nameOf(session));
    }
    throw error;
  }
  sessionStorage.removeItem(nameOf(session));
}
