import { randomUUID } from 'node:crypto';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { linkMailedTo } from './mailbox';
import { totp } from './totp';

const url = process.env.FERRY_BASE_URL ?? 'http://localhost:7200';

/** Somebody who signed up. */
export interface Newcomer {
  email: string;
  password: string;
  /** Of the authenticator app; empty where there is none. */
  secret: string;
}

/** Signs up as people do: the mailed link, and then a password. */
export async function signUp(page: Page, business: string): Promise<Newcomer> {
  const email = `owner-${randomUUID()}@tui.example`;
  const password = `kowhai ${randomUUID()}`;
  await page.goto(`${url}/portal`);
  await page.getByRole('link', { name: 'Sign up' }).click();
  await page.getByLabel('Name of the business').fill(business);
  await page.getByLabel('Your name').fill('Mere Tane');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByText('Look into your mail')).toBeVisible({ timeout: 20_000 });
  await page.goto(await linkMailedTo(email));
  await page.getByLabel('Choose a password').fill(password);
  await page.getByRole('button', { name: 'Open the account' }).click();
  await expect(page.getByText('Your business is not approved yet')).toBeVisible({ timeout: 20_000 });
  return { email, password, secret: '' };
}

/** Switches an authenticator app on, from the home page's to-do; tells its secret. */
export async function switchAppOn(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Switch your second factor on' }).click();
  await page.getByRole('button', { name: 'Switch the second factor on' }).click();
  const offer = page.getByRole('dialog', { name: 'Switch the second factor on' });
  const secret = (await offer.locator('code').textContent()) ?? '';
  await offer.getByLabel('Code').fill(totp(secret));
  await offer.getByRole('button', { name: 'Switch the second factor on' }).click();
  await expect(page.getByRole('dialog', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  return secret;
}

/** Out, and in again with the password and the app's next code: a code is good once. */
export async function signInAgain(page: Page, { email, password, secret }: Newcomer): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Code').fill(totp(secret, 1));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible({ timeout: 20_000 });
}

/** A key of test mode with all rights. */
export async function makeKey(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'API keys' }).click();
  await page.getByRole('button', { name: 'Make a key' }).click();
  const making = page.getByRole('dialog', { name: 'Make a key' });
  await making.getByLabel('Name').fill('Web shop');
  await making.getByRole('radio', { name: 'All rights' }).check();
  await making.getByRole('button', { name: 'Make a key' }).click();
  const key = (await page.getByRole('dialog', { name: 'Your new key' }).locator('code').textContent()) ?? '';
  expect(key).toMatch(/^sk_test_/);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  return key;
}

/** As a shop's system does it; tells where the shopper pays. */
export async function askForPayment(key: string, reference: string): Promise<string> {
  const created = await fetch(`${url}/v2/payments`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
    body: JSON.stringify({
      merchant_reference: reference,
      amount: '120.00',
      currency: 'NZD',
      product_name: 'Mānuka honey 蜂蜜 500 g',
      return_url: 'https://shop.example/done',
    }),
  });
  expect(created.status, await created.clone().text()).toBe(201);
  return ((await created.json()) as { redirect_url: string }).redirect_url;
}

/** A shopper pays by the test wallet. */
export async function payAt(checkoutUrl: string, context: BrowserContext): Promise<void> {
  const checkout = await context.newPage();
  await checkout.goto(checkoutUrl);
  await checkout.getByRole('radio', { name: 'WeChat Pay' }).check({ timeout: 20_000 });
  const [wallet] = await Promise.all([
    context.waitForEvent('page'),
    checkout.getByRole('link', { name: 'Open the test wallet' }).click({ timeout: 20_000 }),
  ]);
  await wallet.getByRole('button', { name: /pay/i }).first().click();
  await expect(checkout.getByRole('heading', { name: 'Paid' })).toBeVisible({ timeout: 20_000 });
  await Promise.all([wallet.close(), checkout.close()]);
}
