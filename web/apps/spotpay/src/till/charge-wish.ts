import { Refused, type Session } from './api';
import { random } from './keys';
import { madeNothing } from './outcome';

/** Said only where nothing was made under the key. */
const MADE_NOTHING = new Set([
  'pay_code_not_recognized',
  'method_not_available',
  'currency_not_accepted',
  'merchant_suspended',
  'over_cashier_limit',
  'cashier_daily_limit_reached',
]);

/** What a wallet can show: WeChat Pay and Alipay have 16 to 24 digits. */
export function payCodeIn(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '');
  return /^\d{16,24}$/.test(digits) ? digits : null;
}

/** A charge that was sent and whose answer is not known; never its code. */
export interface KeptCharge {
  /** Its Idempotency-Key, and its reference: so the till's last sales tell what came of it. */
  key: string;
  amount: string;
  /** When it was sent last, in milliseconds by this device's clock. */
  at: number;
}

const NAME = 'spotpay-charge';

/** Whatever was sent has reached the platform by then, or never will: more than anything waits on its way. */
const ARRIVED_MILLIS = 120_000;

/** The charge whose outcome is not known. Neither a reload nor another screen forgets it. */
export function keptCharge(): KeptCharge | null {
  const text = sessionStorage.getItem(NAME);
  return text === null ? null : (JSON.parse(text) as KeptCharge);
}

/**
 * The sale that came of the kept charge, which then is not uncertain any more; nor is it when it
 * has had the time to be among the till's last sales, and is not.
 *
 * @param last the till's last sales, as they are now
 */
export function settle(last: readonly Session[]): Session | null {
  const charge = keptCharge();
  if (charge === null) {
    return null;
  }
  const made = last.find((each) => each.merchant_reference === charge.key) ?? null;
  if (made !== null || Date.now() - charge.at > ARRIVED_MILLIS) {
    sessionStorage.removeItem(NAME);
  }
  return made;
}

/**
 * One charge of what a shopper shows. As long as no answer came, only the same is sent again, under
 * the same key: the shopper may have been charged. The code is held here and kept nowhere; without
 * it what is uncertain can only be looked for.
 */
export class ChargeWish {
  private sent: { key: string; code: string } | null = null;

  /** What was sent, if it is not known what came of it. */
  get uncertain(): KeptCharge | null {
    return keptCharge();
  }

  /** It can't be sent again: its code is not known here any more. */
  get lost(): boolean {
    return this.sent === null && this.uncertain !== null;
  }

  /** Whichever code is given, what is uncertain goes first; where it is lost, nothing goes. */
  async send(code: string, amount: string, charge: (key: string, code: string) => Promise<Session>): Promise<Session> {
    if (this.lost) {
      throw new Refused('idempotency_in_progress');
    }
    const before = this.sent;
    const wish = before ?? { key: random(), code };
    this.sent = wish;
    sessionStorage.setItem(NAME, JSON.stringify({ key: wish.key, amount, at: Date.now() } satisfies KeptCharge));
    try {
      const session = await charge(wish.key, wish.code);
      this.forget();
      return session;
    } catch (error) {
      const isDown = before === null && error instanceof Refused && error.code === 'channel_down';
      if (isDown || madeNothing(error, before === null, MADE_NOTHING)) {
        this.forget();
      }
      throw error;
    }
  }

  private forget() {
    this.sent = null;
    sessionStorage.removeItem(NAME);
  }
}
