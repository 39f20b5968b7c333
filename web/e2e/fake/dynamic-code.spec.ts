import { offered, qrView, tillCode } from '../support/fake-platform';
import { expect, looksRight, PHONE, test } from '../support/test';

test.use({ viewport: PHONE });

test('inside a wallet its own order is asked for at once, and the shopper sent on', async ({ page, platform }) => {
  platform.dynamicCode = tillCode({ wallet: 'alipay', link: platform.page });
  platform.startingGives(offered('alipay', 'in_wallet', { redirect: { url: `${platform.url}/pay/wallet-page-of-alipay-0` } }));
  await page.goto(platform.tillPage);

  await expect(page).toHaveURL(/wallet-page-of-alipay/);
  expect(JSON.parse(platform.asking)).toEqual({ method: 'alipay' });
});

test('inside WeChat the shopper goes to be known first', async ({ page, platform }) => {
  platform.dynamicCode = tillCode({ wallet: 'wechat', link: platform.page });
  platform.startingGives(qrView({ attempt: null, identify_url: `${platform.url}/pay/who-are-you-asks-wechat`, version: 2 }));
  await page.goto(platform.tillPage);

  await expect(page).toHaveURL(/who-are-you-asks-wechat/);
});

test('elsewhere, or when a wallet will not, the payment’s page lets the shopper choose', async ({ page, platform }) => {
  platform.dynamicCode = tillCode({ link: platform.page });
  await page.goto(platform.tillPage);
  await expect(page).toHaveURL(platform.page);
  expect(platform.started).toBe(0);

  platform.dynamicCode = tillCode({ wallet: 'jdpay', link: platform.page });
  await page.route('**/attempts', (route) =>
    route.fulfill({ status: 422, contentType: 'application/problem+json', body: '{"code":"method_not_available"}' }),
  );
  await page.goto(platform.tillPage);
  await expect(page).toHaveURL(platform.page);
  expect(platform.opens, 'the same phone is known again').toHaveLength(2);
  expect(platform.opens[1]).toBe(platform.opens[0]);
  expect(platform.opens[0]).toMatch(/^[0-9a-f]{32}$/);
});

test('a second phone sees how it goes, and takes over only by a tap', async ({ page, platform }) => {
  platform.dynamicCode = tillCode({ taken_by_other: true });
  await page.goto(platform.tillPage);
  await expect(page.getByRole('heading', { name: 'Another phone is paying' })).toBeVisible();
  await looksRight(page, 'dynamic-code-taken');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('heading', { name: '另一部手机正在付款' })).toBeVisible();
  await looksRight(page, 'dynamic-code-taken-zh');
  await page.getByRole('button', { name: '改用这部手机付款' }).click();
  await expect(page.getByText('另一部手机仍在付款')).toBeVisible();
  expect(platform.opens, 'looking opens nothing').toHaveLength(2);

  platform.dynamicCode = tillCode({ status: 'paid', taken_by_other: true });
  await expect(page.getByRole('heading', { name: '已付款' })).toBeVisible({ timeout: 8_000 });
  expect(platform.opens).toHaveLength(2);
  await looksRight(page, 'dynamic-code-paid');
});

for (const [status, heading] of [
  ['unknown', 'The result is being checked'],
  ['expired', 'This code is over'],
  ['canceled', 'This code is over'],
] as const) {
  test(`says when a code is ${status}`, async ({ page, platform }) => {
    platform.dynamicCode = tillCode({ status });
    await page.goto(platform.tillPage);
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    await looksRight(page, `dynamic-code-${status}`);
  });
}

test('a code of nobody leads nowhere, and a lost connection can be tried again', async ({ page, platform }) => {
  await page.goto(platform.tillPage);
  await expect(page.getByRole('heading', { name: 'This code leads nowhere' })).toBeVisible();
  await page.route('**/dynamic-codes/**', (route) => route.abort());
  await page.goto(platform.tillPage);
  await expect(page.getByText('No connection. Nothing has been paid.')).toBeVisible();
  await page.unroute('**/dynamic-codes/**');
  platform.dynamicCode = tillCode({ link: platform.page });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page).toHaveURL(platform.page);
});
