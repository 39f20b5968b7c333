import type { Language } from '../i18n/texts';
import { nonceOf, startAttempt } from '../payment/api';
import { formatMoney } from '../payment/format';
import { goAndPay } from '../payment/go-and-pay';
import { element } from '../plain/element';
import { firstLanguage, remember } from '../plain/language';
import { type CodeView, lookAtCode, openCode, phone, Refused } from './api';
import { say, type TextKey } from './texts';

const LOOK_EVERY_MILLIS = 3_000;

type Shown = { kind: 'loading' } | { kind: 'failed'; code: string } | { kind: 'code'; view: CodeView };

/** The page behind a till's code: it goes on to the wallet it is open in, or shows how another phone gets on. */
export class DynamicCodePage {
  private language: Language = firstLanguage();
  private shown: Shown = { kind: 'loading' };
  private refused = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly token: string | null,
  ) {}

  async open(): Promise<void> {
    clearTimeout(this.timer);
    try {
      if (this.token === null) {
        throw new Refused('unknown_dynamic_code');
      }
      const view = await openCode(this.token, phone());
      this.shown = { kind: 'code', view };
      this.draw();
      if (view.link !== null) {
        await goOn(view, view.link);
      } else {
        this.lookAgain();
      }
    } catch (error) {
      this.shown = { kind: 'failed', code: error instanceof Refused ? error.code : 'internal_error' };
      this.draw();
    }
  }

  async start(): Promise<void> {
    this.draw();
    await this.open();
  }

  /** Nothing is taken over by looking: that needs a tap. */
  private lookAgain(): void {
    const shown = this.shown;
    if (shown.kind !== 'code' || shown.view.status === 'paid' || shown.view.status === 'canceled' || shown.view.status === 'expired') {
      return;
    }
    this.timer = setTimeout(async () => {
      try {
        this.shown = { kind: 'code', view: await lookAtCode(this.token ?? '') };
        this.draw();
      } catch {
        // The next look may succeed.
      }
      this.lookAgain();
    }, LOOK_EVERY_MILLIS);
  }

  private async takeOver(): Promise<void> {
    this.refused = true;
    await this.open();
  }

  private say(key: TextKey, values: Record<string, string> = {}): string {
    return say(this.language, key, values);
  }

  private draw(): void {
    document.documentElement.lang = this.language;
    const view = this.shown.kind === 'code' ? this.shown.view : null;
    document.title = view === null ? this.say('title') : `${this.say('title')} · ${view.merchant}`;
    const focused = document.activeElement?.id;
    this.root.replaceChildren(this.header(view), element('main', { class: 'counter' }, this.card()));
    if (focused) {
      document.getElementById(focused)?.focus();
    }
  }

  private header(view: CodeView | null): HTMLElement {
    const header = element('header', {});
    if (view !== null && !view.livemode) {
      header.append(element('p', { class: 'ribbon' }, this.say('test')));
    }
    const other = this.language === 'en' ? 'zh-CN' : 'en';
    const change = element('button', { type: 'button', class: 'link', id: 'language', lang: other }, this.say('switchLanguage'));
    change.addEventListener('click', () => {
      this.language = other;
      remember(other);
      this.draw();
    });
    header.append(element('div', { class: 'top' }, element('h1', {}, view === null ? this.say('title') : view.merchant), change));
    return header;
  }

  private card(): HTMLElement {
    switch (this.shown.kind) {
      case 'loading':
        return element('p', { class: 'card', 'aria-busy': 'true' }, this.say('opening'));
      case 'failed':
        return this.shown.code === 'unknown_dynamic_code' || this.shown.code === 'not_found'
          ? this.message('unknown', 'unknownHelp')
          : this.retry(this.shown.code === 'offline' ? 'offline' : 'failed');
      case 'code':
        return this.code(this.shown.view);
    }
  }

  private code(view: CodeView): HTMLElement {
    if (view.link !== null) {
      const doing = view.wallet === null ? this.say('opening') : this.say('openingWallet', { wallet: this.say(view.wallet) });
      return element(
        'section',
        { class: 'card message', 'aria-busy': 'true' },
        ...this.amounts(view),
        element('p', { role: 'status' }, doing),
      );
    }
    switch (view.status) {
      case 'paid':
        return this.message('paid', 'paidHelp', view);
      case 'canceled':
      case 'expired':
        return this.message('over', 'overHelp', view);
      case 'unknown':
        return this.message('wait', 'waitHelp', view);
      default:
        return this.taken(view);
    }
  }

  private amounts(view: CodeView): HTMLElement[] {
    const amounts = [
      element('p', { class: 'hint' }, view.store),
      element('p', { class: 'amounts-main' }, formatMoney(view.amount, view.currency, this.language)),
    ];
    if (view.payer_amount !== null && view.payer_currency !== null) {
      const yuan = formatMoney(view.payer_amount, view.payer_currency, this.language);
      amounts.push(element('p', { class: 'yuan' }, this.say('about', { yuan })));
    }
    return amounts;
  }

  private message(title: TextKey, help: TextKey, view?: CodeView): HTMLElement {
    return element(
      'section',
      { class: 'card message', role: 'status' },
      element('h2', {}, this.say(title)),
      ...(view === undefined ? [] : this.amounts(view)),
      element('p', {}, this.say(help)),
    );
  }

  private taken(view: CodeView): HTMLElement {
    const take = element('button', { type: 'button', class: 'button button-quiet', id: 'take-over' }, this.say('takeOver'));
    take.addEventListener('click', () => void this.takeOver());
    const card = this.message('taken', this.refused ? 'stillTaken' : 'takenHelp', view);
    card.append(take);
    return card;
  }

  private retry(why: TextKey): HTMLElement {
    const again = element('button', { type: 'button', class: 'button' }, this.say('retry'));
    again.addEventListener('click', () => void this.open());
    return element('section', { class: 'card message', role: 'alert' }, element('p', {}, this.say(why)), again);
  }
}

/** Inside a wallet its own order is asked for at once; everywhere else, and if that fails, the payment's page lets the shopper choose. */
async function goOn(view: CodeView, link: string): Promise<void> {
  const nonce = nonceOf(new URL(link).pathname);
  const open = view.status === 'scanned' || view.status === 'waiting_scan';
  if (open && view.wallet !== null && nonce !== null) {
    try {
      const started = await startAttempt(nonce, { method: view.wallet });
      if (started.identify_url !== null || started.attempt?.redirect || started.attempt?.form) {
        goAndPay(started);
        return;
      }
    } catch {
      // The payment's page says what is wrong, and what else can be done.
    }
  }
  window.location.replace(link);
}
