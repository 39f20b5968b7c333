import { qrView } from '../support/fake-platform';
import { expect, looksRight, test } from '../support/test';

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
  const old = { method: 'wechat', flow: 'native', status: 'ready', qr: { content: 'weixin://old', expires_at: '2026-01-01T00:00:00Z' } };
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
  await page.keyboard.press('Tab');
  expect(await focused(), 'focus stays in the dialog').toBe('Keep paying');

  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await focused(), 'and returns to where it was').toBe('Back to shop');
});
