import { printedCode, qrView } from '../support/fake-platform';
import { expect, looksRight, PHONE, test } from '../support/test';

test.use({ viewport: PHONE });

test('shows yuan while the amount is typed, and pays exactly that', async ({ page, platform }) => {
  await page.goto(platform.codePage);
  await expect(page.getByRole('heading', { name: 'Harbour Honey Co' })).toBeVisible();
  await expect(page.getByText('Test mode')).toBeVisible();
  await expect(page.getByText('S-4F7K2-01')).toBeVisible();
  const amount = page.getByLabel('Amount in NZD');
  await expect(amount).toHaveAttribute('inputmode', 'decimal');
  await expect(page.getByRole('button', { name: 'Pay' })).toBeDisabled();
  await looksRight(page, 'static-code-empty');

  await amount.pressSequentially('35.5');
  await expect(page.getByRole('status')).toHaveText('about CN¥164.90');
  await looksRight(page, 'static-code-typed');
  await page.getByRole('button', { name: 'Pay NZ$35.50' }).click();

  await expect(page.getByText('Waiting for you to scan')).toBeVisible();
  expect(page.url()).toBe(platform.page);
  expect(platform.taps).toHaveLength(1);
  expect(platform.taps[0]).toEqual({ token: expect.stringMatching(/^[0-9a-f]{32}$/), amount: '35.50', locale: 'en' });
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true });

  test('the pad types the amount, and never one the currency has no coin for', async ({ page, platform }) => {
    await page.goto(platform.codePage);
    const pad = page.getByRole('group', { name: 'Number pad' });
    for (const key of ['0', '3', '5', '.', '5', '5', '9']) {
      await pad.getByRole('button', { name: key, exact: true }).tap();
    }
    await pad.getByRole('button', { name: 'Delete' }).tap();
    await expect(page.getByLabel('Amount in NZD')).toHaveValue('35.5');
    await expect(page.getByRole('status')).toHaveText('about CN¥164.90');
    await looksRight(page, 'static-code-pad');

    await page.getByRole('button', { name: 'Pay NZ$35.50' }).tap();

    await expect(page.getByText('Waiting for you to scan')).toBeVisible();
    expect(platform.taps[0]?.amount).toBe('35.50');
  });
});

test('shows the counter a payment of now, and later how old it is', async ({ page, platform }) => {
  await page.clock.install();
  const paidAt = new Date(await page.evaluate(() => Date.now())).toISOString();
  const paid = qrView({ status: 'paid', attempt: null, at_counter: true, paid_at: paidAt, merchant_reference: 'S-4F7K2-01-4821' });
  platform.becomes(paid);
  await page.goto(platform.page);
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
  await expect(page.getByText('…4821')).toBeVisible();
  const clock = page.locator('.counter-clock');
  const before = await clock.textContent();
  await looksRight(page, 'paid-at-counter');

  await page.clock.runFor(3_000);
  await expect(clock).not.toHaveText(before ?? '');
  await page.clock.runFor(5 * 60_000);
  await expect(page.getByRole('heading', { name: 'Paid 5 minutes ago' })).toBeVisible();
});

test('says at once what the code does not take', async ({ page, platform }) => {
  await page.goto(platform.codePage);
  const amount = page.getByLabel('Amount in NZD');

  for (const [text, complaint] of [
    ['0.05', 'At least NZ$0.10'],
    ['2000.01', 'At most NZ$2,000.00'],
    ['1.005', 'At most 2 decimals'],
    ['abc', 'Please type an amount such as 35.50'],
    ['0.00', 'The amount must be more than zero'],
  ]) {
    await amount.fill(text ?? '');
    await expect(page.getByRole('alert')).toHaveText(complaint ?? '');
    await expect(amount).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('button', { name: 'Pay' })).toBeDisabled();
  }
  await amount.press('Enter');
  expect(platform.taps).toEqual([]);
  await amount.fill('2000.01');
  await looksRight(page, 'static-code-too-large');

  for (const text of ['0', '0.', '0.1', '0.10', '2000', '12,50']) {
    await amount.fill(text);
    await expect(page.getByRole('alert')).toBeHidden();
  }
  await expect(page.getByRole('button', { name: 'Pay NZ$12.50' })).toBeEnabled();
});

test('repeats a tap under the same number when the network fails, and another amount under another', async ({ page, platform }) => {
  await page.goto(platform.codePage);
  const amount = page.getByLabel('Amount in NZD');
  await amount.fill('8');
  let lost = 0;
  await page.route('**/payments', async (route) => {
    lost += 1;
    platform.taps.push(route.request().postDataJSON());
    await route.abort();
  });
  await page.getByRole('button', { name: 'Pay NZ$8.00' }).click();
  await expect(page.getByRole('alert')).toHaveText(/Nothing has been paid/);
  await looksRight(page, 'static-code-offline');
  await page.getByRole('button', { name: 'Pay NZ$8.00' }).click();
  await expect.poll(() => lost).toBe(2);
  await amount.fill('9');
  await page.getByRole('button', { name: 'Pay NZ$9.00' }).click();
  await expect.poll(() => lost).toBe(3);

  const tokens = platform.taps.map((tap) => tap.token);
  expect(tokens[1]).toBe(tokens[0]);
  expect(tokens[2]).not.toBe(tokens[0]);
});

test('a second tap while the first is on its way does nothing', async ({ page, platform }) => {
  await page.goto(platform.codePage);
  await page.getByLabel('Amount in NZD').fill('8');
  let release = () => {};
  platform.hold = new Promise((done) => {
    release = done;
  });
  await page.getByRole('button', { name: 'Pay NZ$8.00' }).click();
  await expect(page.getByRole('button', { name: 'Opening' })).toBeDisabled();
  await page.getByLabel('Amount in NZD').press('Enter');
  release();

  await expect(page.getByText('Waiting for you to scan')).toBeVisible();
  expect(platform.taps).toHaveLength(1);
});

test('a fixed amount is shown and not typed', async ({ page, platform }) => {
  platform.code = printedCode({
    amount: '4.50',
    min_amount: null,
    max_amount: null,
    methods: [{ type: 'alipay', flows: ['mobile'], available: true, rate: { yuan_per_unit: '4.69145', exact: true } }],
  });
  await page.goto(platform.codePage);

  await expect(page.getByRole('textbox')).toHaveCount(0);
  await expect(page.getByRole('status')).toHaveText('CN¥21.12 in yuan');
  await looksRight(page, 'static-code-fixed');
  await page.getByRole('button', { name: 'Pay NZ$4.50' }).click();

  await expect(page.getByText('Waiting for you to scan')).toBeVisible();
  expect(platform.taps[0]?.amount).toBe('4.50');
});

for (const [status, title] of [
  ['replaced', 'This code was replaced'],
  ['disabled', 'This code is no longer in use'],
  ['limit_reached', 'This code takes no more today'],
]) {
  test(`a code that is ${status} says so and takes nothing`, async ({ page, platform }) => {
    platform.code = printedCode({ status, methods: [] });
    await page.goto(platform.codePage);

    await expect(page.getByRole('heading', { name: title ?? '' })).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await looksRight(page, `static-code-${status}`);
  });
}

test('a code that is replaced while somebody types is not paid by', async ({ page, platform }) => {
  await page.goto(platform.codePage);
  await page.getByLabel('Amount in NZD').fill('8');
  platform.code = printedCode({ status: 'replaced', methods: [] });
  platform.codeRefuses = { status: 409, code: 'code_replaced' };

  await page.getByRole('button', { name: 'Pay NZ$8.00' }).click();

  await expect(page.getByRole('heading', { name: 'This code was replaced' })).toBeVisible();
});

test('says when the limit of the day is in the way, and lets a smaller amount through', async ({ page, platform }) => {
  await page.goto(platform.codePage);
  await page.getByLabel('Amount in NZD').fill('80');
  platform.codeRefuses = { status: 422, code: 'daily_limit_reached' };
  await page.getByRole('button', { name: 'Pay NZ$80.00' }).click();
  await expect(page.getByRole('alert')).toHaveText(/takes no more of that size today/);

  platform.codeRefuses = null;
  await page.getByLabel('Amount in NZD').fill('8');
  await page.getByRole('button', { name: 'Pay NZ$8.00' }).click();

  await expect(page.getByText('Waiting for you to scan')).toBeVisible();
});

test('names the apps that can pay where this one can not', async ({ page, platform }) => {
  platform.code = printedCode({ methods: [{ type: 'wechat', flows: [], available: false, rate: null }] });
  await page.goto(platform.codePage);

  await expect(page.getByText('Please scan the code with one of these: WeChat Pay')).toBeVisible();
  await looksRight(page, 'static-code-no-way');
});

test('a made-up code leads nowhere, and a silent platform is asked again', async ({ page, platform }) => {
  await page.goto(`${platform.url}/s/x`);
  await expect(page.getByRole('heading', { name: 'This code leads nowhere' })).toBeVisible();
  await looksRight(page, 'static-code-unknown');

  platform.fails({ status: 503, code: 'service_unavailable' });
  await page.goto(platform.codePage);
  await expect(page.getByRole('alert')).toHaveText(/Nothing has been paid/);
  await looksRight(page, 'static-code-failed');
  platform.fails(null);
  await page.getByRole('button', { name: 'Try again' }).click();

  await expect(page.getByLabel('Amount in NZD')).toBeVisible();
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('speaks it, and changes without losing what was typed', async ({ page, platform }) => {
    await page.goto(platform.codePage);
    await page.getByLabel('付款金额（NZD）').fill('35.5');
    await expect(page.getByRole('status')).toHaveText('约 ¥164.90');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    await looksRight(page, 'static-code-zh');

    await page.getByRole('button', { name: 'English' }).click();

    await expect(page.getByRole('button', { name: 'Pay NZ$35.50' })).toBeEnabled();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('中文');
  });
});
