import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { linkMailedTo } from './mailbox';
import { good } from './staff';

const url = process.env.FERRY_BASE_URL ?? 'http://localhost:7200';

/** Signs up as a merchant; the page is then that of its owner in test mode. */
export async function signUp(page: Page, name: string): Promise<void> {
  const email = `shop-${randomUUID()}@tui.example`;
  await page.goto(`${url}/portal/sign-in`);
  await page.getByLabel('Email address').waitFor();
  await good(page, 'POST', '/portal/api/sign_up', { email, name: 'Mere Tane', business_name: name, language: 'en' });
  const token = (await linkMailedTo(email)).split('#token=')[1];
  await good(page, 'POST', '/portal/api/sign_up:complete', { token, password: `kowhai ${randomUUID()}` });
}

/** A shop's own server, with a key of test mode. */
export class Shop {
  constructor(
    readonly merchant: string,
    private readonly key: string,
  ) {}

  /** A merchant that nobody else uses. */
  static async open(page: Page, name: string): Promise<Shop> {
    await signUp(page, name);
    const session = (await good(page, 'GET', '/portal/api/session')) as unknown as { merchant: { id: string } };
    const key = (await good(
      page,
      'POST',
      '/portal/api/v2/api_keys',
      { name: 'server', kind: 'secret' },
      { 'Idempotency-Key': randomUUID() },
    )) as unknown as { secret: string };
    return new Shop(session.merchant.id, key.secret);
  }

  async ask<T>(path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${url}/v2${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${this.key}`, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(answer.ok, `${path}: ${await answer.clone().text()}`).toBe(true);
    return (await answer.json()) as T;
  }

  pay(amount: string, method: string): Promise<{ id: string; redirect_url: string }> {
    return this.ask('/payments', {
      merchant_reference: `SHOP-${randomUUID()}`,
      amount,
      currency: 'NZD',
      product_name: 'Books',
      return_url: 'https://shop.example/done',
      allowed_methods: [method],
    });
  }
}
