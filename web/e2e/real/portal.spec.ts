import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from '@playwright/test';
import { askForPayment, makeKey, payAt, signInAgain, signUp, switchAppOn } from '../support/merchant';
import { expect, looksRight, PHONE, test } from '../support/test';

const sandbox = process.env.FERRY_SANDBOX_URL ?? 'http://localhost:7206';

interface Ears {
  server: Server;
  url: string;
  heard: string[];
  /** It hears and answers that it could not. */
  broken: boolean;
}

/** A shop that hears of its payments. */
async function shop(): Promise<Ears> {
  const server = createServer((request, response) => {
    ears.heard.push(String(request.headers['webhook-id']));
    request.resume();
    response.writeHead(ears.broken ? 500 : 204).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const ears: Ears = { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`, heard: [], broken: false };
  return ears;
}

/** A phone whose browser is WeChat's, with the bridge that pays in the test wallet at once. */
async function wechatPhone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: PHONE,
    locale: 'zh-CN',
    userAgent: 'Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0.50',
  });
  const phone = await context.newPage();
  await phone.exposeFunction('payInWallet', async (parameters: unknown) => {
    const paid = await fetch(`${sandbox}/control/wechat/wallet/pay`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ parameters }),
    });
    expect(paid.status, await paid.clone().text()).toBe(200);
  });
  await phone.addInitScript(() => {
    const wallet = window as unknown as { payInWallet(parameters: unknown): Promise<void> };
    Object.assign(window, {
      WeixinJSBridge: {
        invoke: (_name: string, parameters: unknown, done: (answer: object) => void) =>
          wallet.payInWallet(parameters).then(() => done({ err_msg: 'get_brand_wcpay_request:ok' })),
      },
    });
  });
  return phone;
}

test('a merchant signs up, secures the account, is paid, gives money back, by a printed code, too, and resends a webhook', async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(240_000);
  const ears = await shop();
  try {
    const owner = await signUp(page, 'Harbour Honey Co');
    await looksRight(page, 'real-portal-home');

    // An authenticator app; then out, and in again with its code.
    await signInAgain(page, { ...owner, secret: await switchAppOn(page) });

    // A passkey, which the browser's own authenticator keeps; then out, and in again without a password.
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.getByRole('link', { name: 'Security' }).click();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const adding = page.getByRole('dialog', { name: 'Add a passkey' });
    await adding.getByLabel('Name').fill('Mere’s laptop');
    await adding.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText('Mere’s laptop')).toBeVisible({ timeout: 20_000 });
    await looksRight(page, 'real-portal-passkeys');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Use a passkey instead' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible({ timeout: 20_000 });

    await page.getByRole('link', { name: 'Webhooks', exact: true }).click();
    await page.getByRole('button', { name: 'Add an endpoint' }).click();
    await page.getByLabel('Address').fill(ears.url);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'I have kept it' }).click();

    const key = await makeKey(page);
    const reference = `P-${randomUUID()}`;
    await payAt(await askForPayment(key, reference), context);

    await page.getByRole('link', { name: 'Payments', exact: true }).click();
    await page.getByRole('link', { name: reference }).click();
    const detail = page.getByRole('dialog', { name: 'Payment' });
    await expect(detail.getByText('Paid', { exact: true }).first()).toBeVisible({ timeout: 20_000 });
    await detail.getByRole('button', { name: 'Refund' }).click();
    const refunding = page.getByRole('dialog', { name: 'Give money back' });
    await expect(refunding.getByText('NZ$120.00')).toBeVisible();
    await refunding.getByRole('radio', { name: 'A part' }).check();
    await refunding.getByLabel('Amount in NZD').fill('20.00');
    await refunding.getByRole('button', { name: 'Refund' }).click();
    await expect(detail.getByText('Refunded NZ$20.00')).toBeVisible({ timeout: 30_000 });
    await expect(detail.getByText('Partly refunded')).toBeVisible({ timeout: 20_000 });
    await looksRight(page, 'real-portal-refunded');
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name: 'Stores and codes' }).click();
    await page.getByRole('button', { name: 'Open a store' }).click();
    const opening = page.getByRole('dialog', { name: 'Open a store' });
    await opening.getByLabel('Name of the store').fill('Viaduct Harbour');
    await opening.getByLabel('Address').fill('12 Quay Street, Auckland');
    await opening.getByRole('button', { name: 'Open a store' }).click();
    await page.getByRole('button', { name: 'Make a code' }).click();
    const coding = page.getByRole('dialog', { name: 'Make a code' });
    await coding.getByLabel('Label').fill('Counter 1');
    await coding.getByRole('button', { name: 'Make a code' }).click();
    await page.getByRole('button', { name: 'Limits: Counter 1' }).click();
    const limiting = page.getByRole('dialog', { name: 'Limits of' });
    await limiting.getByLabel('Most in one payment').fill('500.00');
    await limiting.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('At most NZ$500.00')).toBeVisible({ timeout: 20_000 });
    const [poster] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Poster: Counter 1' }).click()]);
    const picture = poster.getByRole('img', { name: /^QR code that leads to/ });
    await expect(picture).toBeVisible({ timeout: 20_000 });
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    await looksRight(poster, 'real-portal-poster');
    const printed = (await picture.getAttribute('alt'))?.replace('QR code that leads to ', '') ?? '';
    await poster.close();

    // Somebody of the shop hears of payments on WeChat.
    await page.getByRole('link', { name: 'WeChat messages' }).click();
    await page.getByRole('button', { name: 'Bind somebody’s WeChat' }).click();
    const binding = page.getByRole('dialog', { name: 'Bind somebody’s WeChat' });
    await binding.getByLabel('Person').fill('Mere at the counter');
    await binding.getByRole('button', { name: 'Bind somebody’s WeChat' }).click();
    const link = page.getByRole('dialog', { name: 'Scan to bind' }).locator('code');
    const phone = await wechatPhone(browser);
    await phone.goto((await link.textContent()) ?? '');
    await expect(phone.getByRole('heading', { name: '已绑定' })).toBeVisible({ timeout: 20_000 });
    await page.keyboard.press('Escape');

    // The poster is scanned in WeChat and paid; the shop's own system is down at the time.
    ears.broken = true;
    await phone.goto(printed);
    await phone.getByLabel('付款金额（NZD）').fill('37.41');
    await phone.getByRole('button', { name: '付款 NZ$37.41' }).click();
    await phone.getByRole('button', { name: '前往微信支付' }).click({ timeout: 20_000 });
    await expect(phone.getByRole('heading', { name: '支付成功' })).toBeVisible({ timeout: 30_000 });

    await page.getByRole('link', { name: 'Payments', exact: true }).click();
    const payment = page.getByRole('row', { name: /Paid NZ\$37\.41/ });
    await expect(payment).toBeVisible({ timeout: 20_000 });
    const counterReference = (await payment.getByRole('link').textContent()) ?? '';
    await payment.getByRole('link').click();
    await expect(detail.getByText(/^sc_/)).toBeVisible({ timeout: 20_000 });
    await page.keyboard.press('Escape');
    const account = await context.newPage();
    await expect(async () => {
      await account.goto(`${sandbox}/wallet/wechat/messages`);
      const message = account.getByRole('article').filter({ hasText: counterReference });
      await expect(message.filter({ hasText: 'NZD 37.41' })).toHaveCount(1, { timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    await account.close();
    await page.getByRole('link', { name: 'WeChat messages' }).click();
    await expect(page.getByRole('row', { name: /Payment received .* Sent/ })).toBeVisible({ timeout: 20_000 });

    // The home page says that something fails; once it is mended, it is sent again from here.
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await page.getByRole('link', { name: 'Webhook endpoints that fail: 1' }).click({ timeout: 20_000 });
    await page.getByRole('link', { name: 'Deliveries' }).click();
    await page.getByRole('link', { name: 'payment.paid', exact: true }).first().click({ timeout: 20_000 });
    const event = page.getByRole('dialog', { name: 'Event' });
    await expect(event.getByText('Try 1: HTTP 500')).toBeVisible({ timeout: 20_000 });
    await looksRight(page, 'real-portal-webhook-failed');
    ears.broken = false;
    const id = (await event.locator('code').nth(1).textContent()) ?? '';
    const before = ears.heard.filter((one) => one === id).length;
    await event.getByRole('button', { name: 'Resend' }).click();
    await expect.poll(() => ears.heard.filter((one) => one === id).length, { timeout: 20_000 }).toBeGreaterThan(before);
    await expect(event.getByText('Delivered')).toBeVisible({ timeout: 20_000 });
    await looksRight(page, 'real-portal-resent');
    await page.keyboard.press('Escape');

    for (const name of ['Rates', 'WeChat messages', 'Team', 'Home']) {
      await page.getByRole('link', { name, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: 20_000 });
      await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0, { timeout: 20_000 });
      await expect(page.getByRole('alert')).toHaveCount(0);
      await looksRight(page, `real-portal-${name.toLowerCase().replace(' ', '-')}`);
    }
    await expect(page.getByText('2 of 2').first()).toBeVisible({ timeout: 20_000 });
  } finally {
    ears.server.closeAllConnections();
    ears.server.close();
  }
});
