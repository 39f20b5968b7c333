import { randomUUID } from 'node:crypto';
import { expect, looksRight, PHONE, test } from '../support/test';

const url = process.env.FERRY_BASE_URL ?? 'http://localhost:7200';

async function newPayment(more: Record<string, unknown> = {}): Promise<{ id: string; redirect_url: string }> {
  const response = await fetch(`${url}/v2/payments`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${process.env.FERRY_TEST_KEY}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': randomUUID(),
    },
    body: JSON.stringify({
      merchant_reference: `W-${randomUUID()}`,
      amount: '120.00',
      currency: 'NZD',
      product_name: 'Mānuka honey 蜂蜜 500 g',
      return_url: 'https://shop.example/done',
      cancel_url: 'https://shop.example/cart',
      ...more,
    }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; redirect_url: string };
}

test('a shopper scans, pays in the wallet and sees it on the page', async ({ page, context }) => {
  const payment = await newPayment();
  const answer = await page.goto(payment.redirect_url);
  expect(answer?.headers()['content-security-policy']).toContain("script-src 'self'");
  await page.getByRole('radio', { name: 'WeChat Pay' }).check({ timeout: 20_000 });
  await expect(page.getByRole('img', { name: 'WeChat Pay QR code' })).toBeVisible({ timeout: 20_000 });
  await looksRight(page, 'real-scan');

  const [wallet] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Open the test wallet' }).click()]);
  await expect(wallet.getByText('557.40').first()).toBeVisible();
  await looksRight(wallet, 'real-wallet');
  await wallet.getByRole('button', { name: /pay/i }).first().click();

  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible({ timeout: 20_000 });
  await looksRight(page, 'real-paid');
});

test.describe('on a phone', () => {
  test.use({ viewport: PHONE, locale: 'zh-CN' });

  test('the page speaks Chinese and fits', async ({ page }) => {
    const payment = await newPayment();
    await page.goto(payment.redirect_url);

    await page.getByRole('radio', { name: '微信支付' }).check({ timeout: 20_000 });
    await expect(page.getByText('请用微信支付扫一扫付款')).toBeVisible({ timeout: 20_000 });
    await looksRight(page, 'real-scan-phone');
  });
});

test('what the shop cancels is over on the open page', async ({ page }) => {
  const payment = await newPayment();
  await page.goto(payment.redirect_url);
  await page.getByRole('radio', { name: 'WeChat Pay' }).check({ timeout: 20_000 });
  await expect(page.getByText('Waiting for you to scan')).toBeVisible({ timeout: 20_000 });

  const canceled = await fetch(`${url}/v2/payments/${payment.id}:cancel`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${process.env.FERRY_TEST_KEY}`, 'Idempotency-Key': randomUUID() },
  });

  expect(canceled.status).toBe(200);
  await expect(page.getByRole('heading', { name: 'This order was canceled' })).toBeVisible({ timeout: 20_000 });
});

test('a made-up link tells nothing', async ({ page }) => {
  await page.goto(`${url}/pay/${'x'.repeat(43)}`);

  await expect(page.getByText('This payment link does not work')).toBeVisible();
});
