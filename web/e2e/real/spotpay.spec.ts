import type { Page } from '@playwright/test';
import { expect, looksRight, PHONE, test } from '../support/test';

const url = process.env.FERRY_BASE_URL ?? 'http://localhost:7200';
const sandbox = process.env.FERRY_SANDBOX_URL ?? 'http://127.0.0.1:7206';

/** The pretended companies' remote control. */
async function control(path: string, order: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${sandbox}/control/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(order),
  });
  const text = await response.text();
  expect(response.status, text).toBeLessThan(300);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** The wallet's own user says yes. */
async function payInWallet(path: string, order: unknown): Promise<void> {
  await control(path, order);
}

async function shop(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${process.env.FERRY_TEST_KEY}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': crypto.randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  return (await response.json()) as Record<string, unknown>;
}

/** A store of this very test, with a cashier; and a till in it, waiting to be paired. */
async function newTill(): Promise<{ device: string; code: string }> {
  const store = await shop('POST', '/v2/stores', { name: 'Wharf', address: '1 Quay Street, Auckland', time_zone: 'Pacific/Auckland' });
  await shop('POST', '/v2/cashiers', { store: store.id, name: 'Mei', pin: '2468' });
  const device = await shop('POST', '/v2/devices', { store: store.id, name: 'Till 1' });
  return { device: String(device.id), code: String(device.pairing_code) };
}

async function signedInTill(page: Page): Promise<string> {
  const { device, code } = await newTill();
  await page.goto(`${url}/spotpay/`);
  await page.getByLabel('Pairing code').fill(code);
  await page.getByRole('button', { name: 'Pair' }).click();
  await page.getByLabel('PIN').fill('2468');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Amount in NZD')).toBeVisible();
  return device;
}

/** What the code on the till says; the shopper's camera reads nothing else. */
async function startSale(page: Page, amount: string): Promise<string> {
  await page.getByLabel('Amount in NZD').fill(amount);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/v2/spotpay/sessions') && response.request().method() === 'POST'),
    page.getByRole('button', { name: 'Show code' }).click(),
  ]);
  expect(answer.status(), await answer.text()).toBe(201);
  const session = (await answer.json()) as { qr: { content: string } };
  await expect(page.getByText('Waiting for a scan')).toBeVisible();
  return session.qr.content;
}

test('a till is paired, takes a payment from WeChat, gives it back under a PIN, and adds it up', async ({ page, browser }) => {
  await page.goto(`${url}/spotpay/`);
  await looksRight(page, 'real-spotpay-pairing');
  await page.getByLabel('Pairing code').fill('00000000');
  await page.getByRole('button', { name: 'Pair' }).click();
  await expect(page.getByRole('alert')).toHaveText('The pairing code is wrong, used or too old.');

  await signedInTill(page);
  await page.getByRole('button', { name: '3', exact: true }).click();
  await page.getByRole('button', { name: '5', exact: true }).click();
  await expect(page.getByLabel('Amount in NZD')).toHaveValue('35');
  await looksRight(page, 'real-spotpay-pad');

  const code = await startSale(page, '35.50');
  expect(code).toMatch(/\/q\/[A-Za-z0-9_-]{43}$/);
  await expect(page.getByRole('img', { name: 'QR code to pay NZ$35.50' })).toBeVisible();
  await looksRight(page, 'real-spotpay-code');

  const wechat = await browser.newContext({
    viewport: PHONE,
    locale: 'zh-CN',
    userAgent: 'Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0.50',
  });
  const phone = await wechat.newPage();
  // WeChat's bridge, and a shopper who takes their time.
  let confirm = () => {};
  const confirmed = new Promise<void>((done) => {
    confirm = done;
  });
  await phone.exposeFunction('askShopper', async (parameters: unknown) => {
    await confirmed;
    await payInWallet('wechat/wallet/pay', { parameters });
  });
  await phone.addInitScript(() => {
    const asks = window as unknown as { askShopper(parameters: unknown): Promise<void> };
    Object.assign(window, {
      WeixinJSBridge: {
        invoke: (_name: string, parameters: unknown, done: (answer: object) => void) =>
          asks.askShopper(parameters).then(() => done({ err_msg: 'get_brand_wcpay_request:ok' })),
      },
    });
  });
  await phone.goto(code);
  await expect(page.getByText('Scanned')).toBeVisible({ timeout: 20_000 });
  // Told who its user is, the payment's page calls the wallet by itself.
  await expect(phone).toHaveURL(/\/pay\//, { timeout: 20_000 });

  const second = await (await browser.newContext({ viewport: PHONE, locale: 'zh-CN' })).newPage();
  await second.goto(code);
  await expect(second.getByRole('heading', { name: '另一部手机正在付款' })).toBeVisible();
  await looksRight(second, 'real-dynamic-code-taken');

  confirm();
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Stay here' }).click();
  await looksRight(page, 'real-spotpay-paid');
  await expect(second.getByRole('heading', { name: '已付款' })).toBeVisible({ timeout: 10_000 });
  await page.getByRole('button', { name: 'Next sale' }).click();

  await page.getByRole('button', { name: 'Last 20' }).click();
  await page.getByRole('button', { name: 'Refund NZ$35.50' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Refund in NZD/).fill('5.50');
  await dialog.getByLabel('PIN').fill('1111');
  await dialog.getByRole('button', { name: 'Refund NZ$5.50' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('The PIN is wrong.');
  await looksRight(page, 'real-spotpay-refund');
  await dialog.getByLabel('PIN').fill('2468');
  await dialog.getByRole('button', { name: 'Refund NZ$5.50' }).click();
  await expect(page.getByText('The refund is on its way: NZ$5.50')).toBeVisible();
  await looksRight(page, 'real-spotpay-last');

  await page.getByRole('button', { name: 'Shift report' }).click();
  await expect(page.getByRole('row', { name: /Total NZ\$35\.50 ×1 NZ\$5\.50 ×1 NZ\$30\.00/ })).toBeVisible();
  await looksRight(page, 'real-spotpay-report');
});

test.describe('by Alipay, on a tablet in Chinese at night', () => {
  test.use({ viewport: { width: 1180, height: 820 }, locale: 'zh-CN', colorScheme: 'dark' });

  test('the shopper is sent to the wallet at once; a reload goes on with the sale', async ({ page, browser }) => {
    const { code: pairing } = await newTill();
    await page.goto(`${url}/spotpay/`);
    await page.getByLabel('配对码').fill(pairing);
    await page.getByRole('button', { name: '配对' }).click();
    await expect(page.getByLabel('PIN 码')).toBeVisible();
    await looksRight(page, 'real-spotpay-zh-sign-in');
    await page.getByLabel('PIN 码').fill('2468');
    await page.getByRole('button', { name: '登录' }).click();
    await looksRight(page, 'real-spotpay-zh-pad');
    await page.getByLabel('金额（NZD）').fill('12');
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/v2/spotpay/sessions') && response.request().method() === 'POST'),
      page.getByRole('button', { name: '出示二维码' }).click(),
    ]);
    const { qr } = (await answer.json()) as { qr: { content: string } };
    await expect(page.getByText('等待扫码')).toBeVisible();
    await looksRight(page, 'real-spotpay-zh-code');
    await page.reload();
    await expect(page.getByText('等待扫码')).toBeVisible({ timeout: 15_000 });

    const alipay = await browser.newContext({ viewport: PHONE, userAgent: 'Mozilla/5.0 (iPhone) AliApp(AP/10.5) AlipayClient/10.5' });
    const phone = await alipay.newPage();
    // Alipay's own page is the wallet's affair; no browser here knows it.
    await phone.route(/^https:/, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Alipay</title>' }));
    await phone.goto(qr.content);
    await phone.waitForURL(/^https:/, { timeout: 20_000 });
    await payInWallet('alipay/browser/pay', { url: phone.url() });

    await expect(page.getByRole('heading', { name: '已收款' })).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText('支付宝')).toBeVisible();
    await page.getByRole('button', { name: '停留在此' }).click();
    await looksRight(page, 'real-spotpay-zh-paid');
    await page.getByRole('button', { name: '下一笔' }).click();
    await page.getByRole('button', { name: '交班报表' }).click();
    await expect(page.getByRole('row', { name: /合计/ })).toContainText('NZ$12.00');
    await looksRight(page, 'real-spotpay-zh-report');
  });
});

test('without a network nothing is started; what is canceled is really over; a revoked till is out', async ({ page, context }) => {
  const device = await signedInTill(page);
  await page.getByLabel('Amount in NZD').fill('8');
  await context.setOffline(true);
  await expect(page.getByRole('button', { name: 'Show code' })).toBeDisabled();
  await expect(page.getByRole('alert').first()).toHaveText('No connection: no payment can be taken now.');
  await looksRight(page, 'real-spotpay-offline');
  await page.reload(); // The service worker keeps the shell.
  await expect(page.getByText('No connection: no payment can be taken now.').first()).toBeVisible();
  await context.setOffline(false);
  const again = page.getByRole('button', { name: 'Try again' });
  if (await again.isVisible()) {
    await again.click();
  }
  await expect(page.getByLabel('Amount in NZD')).toBeVisible({ timeout: 15_000 });

  const code = await startSale(page, '8');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Not paid' })).toBeVisible({ timeout: 15_000 });
  await looksRight(page, 'real-spotpay-canceled');
  const late = await context.newPage();
  await late.goto(code);
  await expect(late.getByRole('heading', { name: 'This code is over' })).toBeVisible();
  await late.close();
  await expect(page.getByLabel('Amount in NZD'), 'back by itself').toBeVisible({ timeout: 8_000 });

  await shop('POST', `/v2/devices/${device}:revoke`);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This device is revoked' })).toBeVisible({ timeout: 15_000 });
  await looksRight(page, 'real-spotpay-revoked');
});

test('while a company does not answer the till says not to charge again, and keeps checking until it knows', async ({ page }) => {
  test.setTimeout(150_000);
  await signedInTill(page);
  await page.getByRole('radio', { name: 'WeChat Pay' }).check();
  const code = await startSale(page, '18');
  const order = (await control('wechat/codes/read', { code_url: code })).out_trade_no;
  const silence = { query: { fail_before: true }, close: { fail_before: true } };
  await control('wechat/faults', { applies_to: order, api: silence, notification: { drop: 500 } });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Result unknown: do not charge again' })).toBeVisible({ timeout: 20_000 });
  await looksRight(page, 'real-spotpay-unknown');
  // The shopper had paid, and nobody could tell.
  await payInWallet('wechat/codes/pay', { code_url: code });
  const checked = page.getByText(/^Last checked/);
  const before = (await checked.textContent()) ?? '';
  await expect(checked, 'it asks by itself').not.toHaveText(before, { timeout: 25_000 });
  await expect(page.getByRole('heading', { name: 'Result unknown: do not charge again' })).toBeVisible();
  await page.getByRole('button', { name: 'Serve the next customer' }).click();
  await expect(page.getByText('Results not known yet: 1.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Result unknown: do not charge again' }), 'a reload goes on').toBeVisible();
  await control('wechat/faults', { applies_to: order });
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Next sale' }).click();

  // The wallet of a shopper whose code was scanned answers too late, and is asked.
  await page.getByLabel('Amount in NZD').fill('7.50');
  await page.getByRole('button', { name: 'Scan customer' }).click();
  const shown = (await control('wechat/pay-codes', { effect: 'pays' })).pay_code as string;
  await control('wechat/faults', { applies_to: shown, api: { micropay: { timeout_after_ms: 20_000 } } });
  await page.getByRole('textbox').fill(shown);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Waiting for the customer')).toBeVisible({ timeout: 25_000 });
  await looksRight(page, 'real-spotpay-late');
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible({ timeout: 25_000 });
});

test('a code that nobody pays is over when its time is, and the till says so', async ({ page }) => {
  test.setTimeout(150_000);
  // The shortest time that a sale can have.
  await page.addInitScript(() => {
    const plain = JSON.stringify;
    JSON.stringify = (value: unknown) =>
      plain(typeof value === 'object' && value !== null && 'currency' in value ? { ...value, ttl_seconds: 60 } : value);
  });
  await signedInTill(page);
  const code = await startSale(page, '6');
  await expect(page.getByRole('timer')).toContainText(/^(1:00|0:5\d)/);
  await expect(page.getByRole('heading', { name: 'Not paid' })).toBeVisible({ timeout: 80_000 });
  await expect(page.getByText('Nobody paid, and the code is over.')).toBeVisible();
  await page.getByRole('button', { name: 'Stay here' }).click();
  await looksRight(page, 'real-spotpay-expired');
  await page.getByRole('button', { name: 'Next sale' }).click();
  await page.goto(code);
  await expect(page.getByRole('heading', { name: 'This code is over' })).toBeVisible();
});
