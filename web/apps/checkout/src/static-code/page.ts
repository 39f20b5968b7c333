import type { Language } from '../i18n/texts';
import { formatMoney } from '../payment/format';
import { element } from '../plain/element';
import { firstLanguage, remember } from '../plain/language';
import { compare, inYuan, typed } from './amount';
import { type CodeView, createPayment, fetchCode, newToken, Refused } from './api';
import { KEYS, press } from './pad';
import { say, type TextKey } from './texts';

type Shown = { kind: 'loading' } | { kind: 'failed'; code: string } | { kind: 'code'; view: CodeView };

/** The page behind a printed code: plain elements, so that it is there at once. */
export class StaticCodePage {
  private language: Language = firstLanguage();
  private shown: Shown = { kind: 'loading' };
  private text = '';
  private complaint: string | null = null;
  private paying = false;
  /** Of one tap: a repeat of it, by finger or by network, makes no second payment. */
  private tap: { amount: string; token: string } | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly link: string | null,
  ) {}

  async open(): Promise<void> {
    this.shown = { kind: 'loading' };
    this.draw();
    try {
      if (this.link === null) {
        throw new Refused('unknown_static_code');
      }
      this.shown = { kind: 'code', view: await fetchCode(this.link) };
    } catch (error) {
      this.shown = { kind: 'failed', code: error instanceof Refused ? error.code : 'internal_error' };
    }
    this.draw();
  }

  /** Back from the payment's page: what is paid now is another payment. */
  cameBack(): void {
    this.tap = null;
    this.paying = false;
    void this.open();
  }

  private say(key: TextKey, values: Record<string, string> = {}): string {
    return say(this.language, key, values);
  }

  private money(amount: string, currency: string): string {
    return formatMoney(amount, currency, this.language);
  }

  private draw(): void {
    document.documentElement.lang = this.language;
    const view = this.shown.kind === 'code' ? this.shown.view : null;
    document.title = view === null ? this.say('title') : `${this.say('title')} · ${view.merchant}`;
    this.root.replaceChildren(this.header(view), this.main());
    this.update();
  }

  private header(view: CodeView | null): HTMLElement {
    const header = element('header', {});
    if (view !== null && !view.livemode) {
      header.append(element('p', { class: 'ribbon' }, this.say('test')));
    }
    const other = this.language === 'en' ? 'zh-CN' : 'en';
    const change = element('button', { type: 'button', class: 'link', lang: other }, this.say('switchLanguage'));
    change.addEventListener('click', () => {
      this.language = other;
      remember(other);
      this.complaint = null;
      this.draw();
      this.root.querySelector<HTMLElement>('header button')?.focus();
    });
    header.append(element('div', { class: 'top' }, element('h1', {}, view === null ? this.say('title') : view.merchant), change));
    return header;
  }

  private main(): HTMLElement {
    switch (this.shown.kind) {
      case 'loading':
        return element('main', { class: 'counter', 'aria-busy': 'true' }, element('p', { class: 'card' }, this.say('loading')));
      case 'failed':
        return this.shown.code === 'unknown_static_code' || this.shown.code === 'not_found'
          ? this.message('unknown', 'unknownHelp')
          : this.retry(this.shown.code === 'offline' ? 'offline' : 'failed');
      case 'code':
        return this.code(this.shown.view);
    }
  }

  private code(view: CodeView): HTMLElement {
    switch (view.status) {
      case 'replaced':
        return this.message('replaced', 'replacedHelp');
      case 'disabled':
        return this.message('disabled', 'disabledHelp');
      case 'limit_reached':
        return this.message('limitReached', 'limitReachedHelp');
      case 'active':
        return view.methods.some((method) => method.available) ? this.form(view) : this.noWay(view);
    }
  }

  private message(title: TextKey, help: TextKey, values: Record<string, string> = {}): HTMLElement {
    return element(
      'main',
      { class: 'counter' },
      element('section', { class: 'card message' }, element('h2', {}, this.say(title)), element('p', {}, this.say(help, values))),
    );
  }

  private noWay(view: CodeView): HTMLElement {
    const wallets = view.methods.map((method) => this.say(method.type)).join(this.language === 'en' ? ', ' : '、');
    return this.message('noWay', 'noWayHelp', { wallets });
  }

  private retry(why: TextKey): HTMLElement {
    const again = element('button', { type: 'button', class: 'button' }, this.say('retry'));
    again.addEventListener('click', () => void this.open());
    return element(
      'main',
      { class: 'counter' },
      element('section', { class: 'card message', role: 'alert' }, element('p', {}, this.say(why)), again),
    );
  }

  private form(view: CodeView): HTMLElement {
    const form = element('form', { class: 'card counter-form', novalidate: '' });
    form.append(
      element('p', { class: 'hint' }, `${view.store} · ${view.label}`),
      view.amount === null ? this.field(view) : element('p', { class: 'amounts-main' }, this.money(view.amount, view.currency)),
      element('p', { class: 'yuan', id: 'yuan', role: 'status' }),
      element('p', { class: 'complaint', id: 'complaint', role: 'alert' }),
      element('button', { type: 'submit', class: `button button-pay button-${wayFor(view)?.type ?? ''}` }),
      element('p', { class: 'hint', id: 'rate' }),
      element('p', { class: 'hint' }, this.say('youPay', { currency: view.currency })),
      element('p', { class: 'hint' }, this.say('serial', { serial: view.serial })),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.pay(view);
    });
    return element('main', { class: 'counter' }, form);
  }

  private field(view: CodeView): HTMLElement {
    const input = element('input', {
      id: 'amount',
      class: 'amount',
      inputmode: 'decimal',
      autocomplete: 'off',
      enterkeyhint: 'done',
      maxlength: '16',
      'aria-describedby': 'limits complaint',
    }) as HTMLInputElement;
    input.value = this.text;
    const changed = () => {
      this.text = input.value;
      this.complaint = null;
      this.update();
    };
    input.addEventListener('input', changed);
    const limits =
      view.min_amount !== null && view.max_amount !== null
        ? this.say('limits', { least: this.money(view.min_amount, view.currency), most: this.money(view.max_amount, view.currency) })
        : view.min_amount !== null
          ? this.say('tooSmall', { amount: this.money(view.min_amount, view.currency) })
          : view.max_amount !== null
            ? this.say('tooLarge', { amount: this.money(view.max_amount, view.currency) })
            : '';
    return element(
      'div',
      { class: 'amount-field' },
      element('label', { for: 'amount' }, this.say('amount', { currency: view.currency })),
      input,
      element('p', { class: 'hint', id: 'limits' }, limits),
      this.pad(view, input, changed),
    );
  }

  /** Beside the field, which stays the way in for keyboards and screen readers. */
  private pad(view: CodeView, input: HTMLInputElement, changed: () => void): HTMLElement {
    const pad = element('div', { class: 'pad', role: 'group', 'aria-label': this.say('pad') });
    for (const key of KEYS) {
      const button =
        key === 'delete'
          ? element('button', { type: 'button', 'aria-label': this.say('delete') }, '⌫')
          : element('button', { type: 'button' }, key);
      button.addEventListener('click', () => {
        if (!this.paying) {
          input.value = press(input.value, key, view.decimals);
          changed();
        }
      });
      pad.append(button);
    }
    return pad;
  }

  /** What can be paid now, or why nothing can. */
  private wish(view: CodeView): { amount: string } | { why: string | null } {
    if (view.amount !== null) {
      return { amount: view.amount };
    }
    const read = typed(this.text, view.decimals);
    if ('problem' in read) {
      switch (read.problem) {
        case 'empty':
          return { why: null };
        case 'decimals':
          return { why: this.say('decimals', { count: String(view.decimals) }) };
        case 'zero':
          // "0" is how "0.50" begins.
          return { why: this.text.trim().length < view.decimals + 2 ? null : this.say('zero') };
        case 'malformed':
          return { why: this.text.trim() === '.' || this.text.trim() === ',' ? null : this.say('malformed') };
      }
    }
    if (view.min_amount !== null && compare(read.amount, view.min_amount) < 0) {
      return { why: this.say('tooSmall', { amount: this.money(view.min_amount, view.currency) }) };
    }
    if (view.max_amount !== null && compare(read.amount, view.max_amount) > 0) {
      return { why: this.say('tooLarge', { amount: this.money(view.max_amount, view.currency) }) };
    }
    return read;
  }

  /** Everything that changes while typing; the field itself is left alone. */
  private update(): void {
    const button = this.root.querySelector<HTMLButtonElement>('.button-pay');
    if (button === null || this.shown.kind !== 'code') {
      return;
    }
    const view = this.shown.view;
    const wish = this.wish(view);
    const amount = 'amount' in wish ? wish.amount : null;
    const complaint = this.complaint ?? ('why' in wish ? wish.why : null);
    const way = wayFor(view);
    const rate = way?.rate ?? null;
    button.disabled = amount === null || this.paying;
    button.textContent = this.paying
      ? this.say('paying')
      : amount === null
        ? this.say('pay')
        : this.say('payAmount', { amount: this.money(amount, view.currency) });
    this.put(
      'yuan',
      amount === null || rate === null
        ? ''
        : this.say(rate.exact ? 'exactly' : 'about', { yuan: this.money(inYuan(amount, rate.yuan_per_unit, rate.exact), 'CNY') }),
    );
    this.put(
      'rate',
      way === undefined || rate === null
        ? ''
        : this.say('rate', { wallet: this.say(way.type), base: view.currency, rate: rate.yuan_per_unit }),
    );
    this.put('complaint', complaint ?? '');
    const field = this.root.querySelector<HTMLInputElement>('#amount');
    if (field !== null) {
      field.readOnly = this.paying;
      field.setAttribute('aria-invalid', String(complaint !== null));
    }
  }

  /** Only what is new is written: a screen reader says it once. */
  private put(id: string, text: string): void {
    const place = this.root.querySelector(`#${id}`);
    if (place !== null && place.textContent !== text) {
      place.textContent = text;
    }
  }

  private async pay(view: CodeView): Promise<void> {
    const wish = this.wish(view);
    if (this.paying || this.link === null || !('amount' in wish)) {
      return;
    }
    if (this.tap?.amount !== wish.amount) {
      this.tap = { amount: wish.amount, token: newToken() };
    }
    this.paying = true;
    this.complaint = null;
    this.update();
    try {
      const made = await createPayment(this.link, { token: this.tap.token, amount: wish.amount, locale: this.language });
      window.location.assign(made.redirect_url);
      return; // It stays locked until the other page is there.
    } catch (error) {
      this.paying = false;
      await this.refused(error instanceof Refused ? error.code : 'internal_error');
    }
  }

  private async refused(code: string): Promise<void> {
    if (code === 'offline' || code === 'idempotency_in_progress') {
      this.complaint = this.say('offline'); // The same token goes with the next try.
    } else if (code === 'daily_limit_reached') {
      this.complaint = this.say('dailyLimit');
    } else if (code === 'idempotency_mismatch') {
      this.tap = null;
      this.complaint = this.say('failed');
    } else if (/^(code|amount)_/.test(code)) {
      await this.open(); // The shop has changed the code meanwhile.
      return;
    } else {
      this.complaint = this.say('failed');
    }
    this.update();
  }
}

/** How this device will pay, as far as can be told: its own wallet comes first. */
function wayFor(view: CodeView): CodeView['methods'][number] | undefined {
  return view.methods.find((method) => method.available);
}
