import { expect, looksRight, PHONE, test } from '../support/test';

const url = process.env.FERRY_BASE_URL ?? 'http://localhost:7200';

/** Where the demo shop's poster leads. */
async function poster(): Promise<string> {
  const response = await fetch(`${url}/v2/static_codes?limit=100`, {
    headers: { Authorization: `Bearer ${process.env.FERRY_TEST_KEY}` },
  });
  expect(response.status).toBe(200);
  const { data } = (await response.json()) as { data: { label: string; url: string }[] };
  return data.find((code) => code.label === 'Counter 1')?.url ?? '';
}

test('a shopper scans the poster, types an amount, pays, and the counter sees it', async ({ page, context }) => {
  const answer = await page.goto(await poster());
  expect(answer?.headers()['content-security-policy']).toContain("script-src 'self'");
  expect(answer?.headers()['cache-control']).toBe('no-store');
  await page.getByLabel('Amount in NZD').fill('35.5');
  await expect(page.getByRole('status')).toHaveText('about CN¥164.90');
  await looksRight(page, 'real-static-code');
  await page.getByRole('button', { name: 'Pay NZ$35.50' }).click();

  await page.getByRole('radio', { name: 'WeChat Pay' }).check({ timeout: 20_000 });
  await expect(page.getByRole('img', { name: 'WeChat Pay QR code' })).toBeVisible({ timeout: 20_000 });
  const [wallet] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Open the test wallet' }).click()]);
  await wallet.getByRole('button', { name: /pay/i }).first().click();

  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible({ timeout: 20_000 });
  await page.waitForTimeout(7_000);
  await expect(page.getByRole('heading', { name: 'Paid' }), 'nothing leads away from it').toBeVisible();
  await looksRight(page, 'real-static-code-paid');
});

for (const [app, userAgent, line] of [
  ['WeChat', 'Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0.50', /^微信支付：1 NZD = /],
  ['Alipay', 'Mozilla/5.0 (iPhone) AliApp(AP/10.5) AlipayClient/10.5', /^支付宝：1 NZD = /],
  ['JD', 'Mozilla/5.0 (iPhone) jdapp;iPhone;12.0', /^京东支付：1 NZD = /],
] as const) {
  test.describe(`inside ${app}`, () => {
    test.use({ viewport: PHONE, locale: 'zh-CN', userAgent });

    test('the poster shows the rate of that wallet and the page offers it alone', async ({ page }) => {
      await page.goto(await poster());
      await expect(page.getByText(line)).toBeVisible({ timeout: 20_000 });
      await page.getByLabel('付款金额（NZD）').fill('12');
      await page.getByRole('button', { name: '付款 NZ$12.00' }).click();

      await expect(page).toHaveURL(/\/pay\//, { timeout: 20_000 });
      await expect(page.getByText('Viaduct Harbour · Counter 1')).toBeVisible({ timeout: 20_000 });
    });
  });
}
