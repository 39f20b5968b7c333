import { offered, qrView, way } from '../support/fake-platform';
import { expect, looksRight, PHONE, test } from '../support/test';

const created = qrView({ status: 'created', attempt: null, version: 0 });
const paid = qrView({
  status: 'paid',
  attempt: null,
  version: 7,
  paid_at: '2026-11-24T01:31:00Z',
  return_url: 'https://shop.example/done?payment_id=pay_1',
});

test('fetches the code of the only method by itself, once', async ({ page, platform }) => {
  platform.becomes(created);
  await page.goto(platform.page);

  await expect(page.getByRole('img', { name: 'WeChat Pay QR code' })).toBeVisible();
  expect(platform.started).toBe(1);
});

test('turns to paid without a reload', async ({ page, platform }) => {
  await page.goto(platform.page);
  await expect(page.getByText('Waiting for you to scan')).toBeVisible();

  platform.becomes(paid);

  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('Paid');
  await looksRight(page, 'paid-returning');
});

test('goes back to the shop by itself, unless the payer stays', async ({ page, platform }) => {
  await page.route('https://shop.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>The shop</h1>' }));
  platform.becomes(paid);
  await page.goto(platform.page);
  await page.getByRole('button', { name: 'Stay here' }).click();
  await page.waitForTimeout(6_000);
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();

  await page.reload();

  await expect(page.getByRole('heading', { name: 'The shop' })).toBeVisible();
  expect(page.url()).toBe('https://shop.example/done?payment_id=pay_1');
});

test('asks when the stream is cut, and says so while nothing answers', async ({ page, platform }) => {
  await page.goto(platform.page);
  await expect(page.getByText('Waiting for you to scan')).toBeVisible();
  platform.streaming = false;
  platform.fails({ status: 503, code: 'service_unavailable' });
  platform.cutStreams();

  await expect(page.getByText('The connection is unsteady')).toBeVisible();
  await looksRight(page, 'unsteady');

  platform.fails(null);
  platform.becomes(paid);
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
  await expect(page.getByText('The connection is unsteady')).toBeHidden();
});

test('polls where streams never work', async ({ page, platform }) => {
  platform.streaming = false;
  await page.goto(platform.page);
  await expect(page.getByText('Waiting for you to scan')).toBeVisible();

  platform.becomes(paid);

  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
});

test('waits in peace for a slow platform', async ({ page, platform }) => {
  let release = () => {};
  platform.hold = new Promise((done) => {
    release = done;
  });
  await page.goto(platform.page);
  await expect(page.locator('main[aria-busy=true]')).toBeVisible();
  await looksRight(page, 'loading');

  release();

  await expect(page.getByText('Waiting for you to scan')).toBeVisible();
});

test('offers another try when the channel is down', async ({ page, platform }) => {
  platform.becomes(created);
  await page.goto('about:blank');
  await page.route('**/attempts', (route) =>
    route.fulfill({ status: 502, contentType: 'application/problem+json', body: '{"code":"channel_unavailable","retryable":true}' }),
  );
  await page.goto(platform.page);
  await expect(page.getByText('WeChat Pay can’t be reached right now')).toBeVisible();
  await looksRight(page, 'channel-down');
  await page.unroute('**/attempts');

  await page.getByRole('button', { name: 'Try again' }).click();

  await expect(page.getByText('Waiting for you to scan')).toBeVisible();
});

test('shows a new code for an expired one', async ({ page, platform }) => {
  const old = {
    method: 'wechat',
    flow: 'qr',
    status: 'ready',
    offer_kind: 'qr',
    qr: { content: 'weixin://old', expires_at: '2026-01-01T00:00:00Z' },
  };
  platform.becomes(qrView({ attempt: old }));
  await page.goto(platform.page);

  await page.getByRole('button', { name: 'Show a new code' }).click();

  await expect(page.getByText('Waiting for you to scan')).toBeVisible();
});

test('says when a link leads nowhere', async ({ page, platform }) => {
  platform.fails({ status: 404, code: 'unknown_payment_link' });
  await page.goto(platform.page);

  await expect(page.getByText('This payment link does not work')).toBeVisible();
  await looksRight(page, 'unknown-link');
});

for (const hours of [-1, 1]) {
  test(`counts down right on a device whose clock is off by ${hours} h`, async ({ page, platform }) => {
    await page.clock.install({ time: new Date(Date.now() + hours * 3_600_000) });
    await page.goto(platform.page);

    await expect(page.getByRole('timer')).toHaveText(/^1[45]:\d\d$/);
  });
}

test('can be used by keyboard alone', async ({ page, platform }) => {
  await page.goto(platform.page);
  await expect(page.getByText('Waiting for you to scan')).toBeVisible();
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');

  await page.keyboard.press('Tab');
  expect(await focused()).toBe('中文');
  const outline = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement as Element);
    return `${style.outlineStyle} ${style.outlineWidth}`;
  });
  expect(outline, 'focus can be seen').not.toMatch(/none|0px/);

  for (let step = 0; step < 6 && (await focused()) !== 'Back to shop'; step++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await focused()).toBe('Keep paying');
  await looksRight(page, 'leave-dialog');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Leave');
  platform.becomes(qrView({ payer_amount: '558.10', version: 2 }));
  await expect(page.getByText('CN¥558.10').first()).toBeVisible();
  expect(await focused(), 'news of the payment move nobody').toBe('Leave');
  await page.keyboard.press('Tab');
  expect(await focused(), 'focus stays in the dialog').toBe('Keep paying');

  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await focused(), 'and returns to where it was').toBe('Back to shop');
});

const everything = [way('wechat', 'qr'), way('alipay', 'qr', 'desktop'), way('jdpay', 'qr'), way('onlinebank', 'bank')];

test('opens no order before one of several ways to pay is chosen', async ({ page, platform }) => {
  platform.becomes(qrView({ status: 'created', attempt: null, version: 0, methods: everything }));
  platform.startingGives(offered('alipay', 'qr', { qr: { content: 'https://qr.alipay.com/bax0', expires_at: null } }, { version: 2 }));
  await page.goto(platform.page);
  await expect(page.getByText('Please choose how you want to pay')).toBeVisible();
  expect(platform.started).toBe(0);

  await page.getByRole('radio', { name: 'Alipay' }).check();

  await expect(page.getByRole('img', { name: 'Alipay QR code' })).toBeVisible();
  expect(JSON.parse(platform.asking)).toEqual({ method: 'alipay' });
  await looksRight(page, 'chosen-alipay');
});

test('goes to the wallet and asks after coming back', async ({ page, platform }) => {
  const away = offered('alipay', 'mobile', { redirect: { url: 'https://alipay.example/cashier' } }, { version: 2 });
  await page.route('https://alipay.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>The cashier</h1>' }));
  platform.becomes(qrView({ status: 'created', attempt: null, version: 0, methods: [way('alipay', 'mobile', 'qr')] }));
  platform.startingGives(away);
  await page.goto(platform.page);
  await looksRight(page, 'to-alipay');

  await page.getByRole('button', { name: 'Continue to Alipay' }).click();
  await expect(page.getByRole('heading', { name: 'The cashier' })).toBeVisible();
  await page.goBack();

  await expect(page.getByText('Have you paid?')).toBeVisible();
  const asked = platform.asked;
  await page.getByRole('button', { name: 'I have paid' }).click();
  await expect.poll(() => platform.asked, 'the platform is asked, the payer is not believed').toBeGreaterThan(asked);
  await expect(page.getByText('Have you paid?')).toBeVisible();
  platform.becomes({ ...paid, version: 8 });
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
});

test('finds a bank, wants to know who pays, and posts the form to it', async ({ page, platform }) => {
  let posted = '';
  await page.route('https://bank.example/**', (route) => {
    posted = route.request().postData() ?? '';
    return route.fulfill({ contentType: 'text/html', body: '<h1>The bank</h1>' });
  });
  platform.becomes(qrView({ status: 'created', attempt: null, version: 0, methods: [way('onlinebank', 'bank')] }));
  platform.startingGives(
    offered(
      'onlinebank',
      'bank',
      { form: { action: 'https://bank.example/pay', charset: 'UTF-8', fields: { v_oid: '20261125-1-FP1', v_idname: '李明' } } },
      { version: 2 },
    ),
  );
  await page.goto(platform.page);
  await expect(page.getByRole('radio', { name: /Construction/ })).toBeVisible();
  await expect(page.getByRole('radio', { name: /China Merchants/ }), 'a bank that is down can not be chosen').toBeDisabled();
  await page.getByLabel('Find your bank').fill('jianshe');
  await expect(page.getByRole('radio', { name: 'ICBC' })).toBeHidden();
  await page.getByRole('radio', { name: /Construction/ }).check();
  await expect(page.getByText('CN¥50,000.00')).toBeVisible();

  await page.getByRole('button', { name: 'Continue to Online bank' }).click();
  await expect(page.getByRole('alert')).toHaveText('Please fill in the payer’s name');
  await page.getByLabel('Name of the payer').fill('李明');
  await page.getByLabel('Identity card number').fill('110105194912310021');
  await page.getByRole('button', { name: 'Continue to Online bank' }).click();
  await expect(page.getByRole('alert')).toHaveText('There is a mistake in the identity card number');
  await looksRight(page, 'bank-form');
  expect(platform.started, 'nothing was asked for so far').toBe(0);

  await page.getByLabel('Identity card number').fill('11010519491231002X');
  await page.getByRole('button', { name: 'Continue to Online bank' }).click();

  await expect(page.getByRole('heading', { name: 'The bank' })).toBeVisible();
  expect(JSON.parse(platform.asking)).toEqual({
    method: 'onlinebank',
    flow: 'bank',
    bank_code: 'CCB',
    payer: { name: '李明', id_number: '11010519491231002X' },
  });
  expect(decodeURIComponent(posted)).toContain('v_idname=李明');
});

test.describe('inside WeChat', () => {
  test.use({ viewport: PHONE, userAgent: 'Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0.50' });

  test('is sent to say who it is, and then calls the wallet by itself', async ({ page, platform }) => {
    await page.addInitScript(() => {
      const calls: unknown[] = [];
      Object.assign(window, { calls, WeixinJSBridge: { invoke: (...call: unknown[]) => calls.push(call.slice(0, 2)) } });
    });
    await page.route('https://open.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Who are you</h1>' }));
    const methods = [way('wechat', 'in_wallet'), way('alipay')];
    platform.becomes(qrView({ status: 'created', attempt: null, version: 0, methods }));
    platform.startingGives(
      qrView({ status: 'created', attempt: null, version: 0, methods, identify_url: 'https://open.example/authorize' }),
    );
    await page.goto(platform.page);
    await page.getByRole('button', { name: 'Continue to WeChat Pay' }).click();
    await expect(page.getByRole('heading', { name: 'Who are you' })).toBeVisible();

    platform.becomes(
      offered('wechat', 'in_wallet', { wallet_call: { parameters: { appId: 'wx1', package: 'prepay_id=1' } } }, { version: 2, methods }),
    );
    await page.goto(platform.page);

    await expect(page.getByText('Have you paid?')).toBeVisible();
    const calls = await page.evaluate(() => (window as unknown as { calls: unknown[] }).calls);
    expect(calls).toEqual([['getBrandWCPayRequest', { appId: 'wx1', package: 'prepay_id=1' }]]);
    await looksRight(page, 'inside-wechat-paying');
  });
});
