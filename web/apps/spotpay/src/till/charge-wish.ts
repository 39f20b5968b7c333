import { Refused, type Session } from './api';
import { random } from './keys';
import { madeNothing } from './outcome';

/** Said only where nothing was made under the key. */
const MADE_NOTHING = new Set(['pay_code_not_recognized', 'method_not_available', 'currency_not_accepted', 'merchant_suspended']);

/** What a wallet can show: WeChat Pay and Alipay have 16 to 24 digits. */
export function payCodeIn(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '');
  return /^\d{16,24}$/.test(digits) ? digits : null;
}

/**
 * One charge of what a shopper shows. As long as no answer came, only the same is sent again, under
 * the same key: the shopper may have been charged. The code is held here and kept nowhere.
 */
export class ChargeWish {
  private sent: { key: string; code: string } | null = null;

  /** Something was sent, and it is not known what came of it. */
  get uncertain(): boolean {
    return this.sent !== null;
  }

  /** Whichever code is given, what is uncertain goes first. */
  async send(code: string, charge: (key: string, code: string) => Promise<Session>): Promise<Session> {
    const before = this.sent;
    const wish = before ?? { key: random(), code };
    this.sent = wish;
    try {
      const session = await charge(wish.key, wish.code);
      this.sent = null;
      return session;
    } catch (error) {
      const isDown = before === null && error instanceof Refused && error.code === 'channel_down';
      if (isDown || madeNothing(error, before === null, MADE_NOTHING)) {
        this.sent = null;
      }
      throw error;
    }
  }
}
