import { webcrypto } from 'node:crypto';
import type { Page } from '@playwright/test';
import { FakeTill } from '../support/fake-till';
import { test as base, expect, looksRight } from '../support/test';

const test = base.extend<{ till: FakeTill }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
  till: async ({}, use) => {
    const till = new FakeTill();
    await till.open();
    await use(till);
    await till.close();
  },
});

async function paired(page: Page, till: FakeTill): Promise<void> {
  await page.goto(`${till.url}/spotpay/`);
  await page.locator('#code').fill('1234 5678');
  await page.locator('button[type=submit]').click();
  await expect(page.locator('#amount')).toBeVisible();
}

async function started(page: Page, till: FakeTill, amount = '35.5'): Promise<void> {
  await paired(page, till);
  await page.locator('#amount').fill(amount);
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('timer')).toBeVisible();
}

test('says not to charge again while the result is unknown, and keeps asking until it is known', async ({ page, till }) => {
  await started(page, till);
  till.cancelGives = { status: 'unknown', qr: null };
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Result unknown: do not charge again' })).toBeVisible();
  await looksRight(page, 'spotpay-unknown');
  const asked = till.calls(':cancel').length;
  till.silent = true;
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText('No connection; still checking. Do not charge again.')).toBeVisible();
  till.silent = false;

  // The cashier may serve somebody else; the sale is not forgotten.
  await page.getByRole('button', { name: 'Serve the next customer' }).click();
  await expect(page.getByText('Results not known yet: 1.')).toBeVisible();
  await looksRight(page, 'spotpay-pad-unresolved');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Result unknown: do not charge again' })).toBeVisible();
  till.cancelGives = { status: 'paid', paid_by: 'alipay', paid_at: new Date().toISOString() };
  await expect(page.getByRole('heading', { name: 'Paid' }), 'it asks by itself').toBeVisible({ timeout: 15_000 });
  expect(till.calls(':cancel').length).toBeGreaterThan(asked);
});

test('a refused shopper is shown in red with the reason, and the sale is closed before it goes on', async ({ page, till }) => {
  await started(page, till);
  till.becomes({ status: 'failed', failure: { code: 'declined', decline_code: 'NOTENOUGH' } });
  await expect(page.getByRole('heading', { name: 'Not paid' })).toBeVisible();
  await expect(page.getByText('(NOTENOUGH)')).toBeVisible();
  expect(till.calls(':cancel')).toHaveLength(1);
  await looksRight(page, 'spotpay-failed');
  await expect(page.locator('#amount'), 'back after four seconds').toBeVisible({ timeout: 6_000 });
});

test('a shopper who was refused and paid all the same is shown as paid', async ({ page, till }) => {
  await started(page, till);
  till.cancelGives = { status: 'paid', paid_by: 'wechat', paid_at: new Date().toISOString() };
  till.becomes({ status: 'failed', failure: { code: 'declined', decline_code: null } });
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
});

test('a lost answer is repeated as the same sale', async ({ page, till }) => {
  await paired(page, till);
  await page.locator('#amount').fill('8');
  till.silent = true;
  await page.getByRole('button', { name: 'Show code' }).click();
  await expect(page.getByText('No answer came. Pressing again charges nobody twice.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show code' })).toBeDisabled();
  till.silent = false;
  await expect(page.getByRole('button', { name: 'Show code' }), 'it finds out that the network is back').toBeEnabled({ timeout: 8_000 });
  await page.getByRole('button', { name: 'Show code' }).click();
  await expect(page.getByRole('timer')).toBeVisible();

  const keys = till.heard
    .filter((each) => each.method === 'POST' && each.address === '/v2/spotpay/sessions')
    .map((each) => each.headers['idempotency-key']);
  // A browser repeats by itself what was cut off, too.
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(1);
});

test('a cashier who may not take so much is told so, and nothing is left uncertain', async ({ page, till }) => {
  await paired(page, till);
  await page.locator('#amount').fill('900');
  till.refuses = { status: 422, code: 'over_cashier_limit' };
  await page.getByRole('button', { name: 'Show code' }).click();
  await expect(page.getByRole('alert')).toHaveText(/more than you may take at once/);
  await looksRight(page, 'spotpay-over-limit');
  await page.getByRole('button', { name: 'Scan customer' }).click();
  till.refuses = { status: 422, code: 'cashier_daily_limit_reached' };
  await page.keyboard.type('134588558514585062');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/more than you may take today/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Back' }), 'nothing was charged').toBeVisible();
});

test('a scanned code is charged once, waited for, and taken back before anybody charges again', async ({ page, till }) => {
  await paired(page, till);
  await page.locator('#amount').fill('12.5');
  await page.getByRole('button', { name: 'Scan customer' }).click();
  await page.getByRole('textbox').pressSequentially('12.50');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('The code has 16 to 24 digits.');
  await page.getByRole('textbox').fill('');

  // A scanner types the digits, wherever the cursor is, and ends with Enter.
  till.silent = true;
  await page.keyboard.type('134588558514585062');
  await page.keyboard.press('Enter');
  await expect(page.getByText('the customer may have been charged')).toBeVisible();
  await expect(page.getByRole('textbox'), 'no other code may be charged').toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Back' })).toHaveCount(0);
  await looksRight(page, 'spotpay-charge-uncertain');
  till.silent = false;
  await expect(page.getByRole('button', { name: 'Ask again' })).toBeEnabled({ timeout: 8_000 });
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.getByText('Waiting for the customer')).toBeVisible();
  await looksRight(page, 'spotpay-charge-confirming');
  const sent = till.calls('/v2/spotpay/charges');
  expect(new Set(sent.map((each) => each.headers['idempotency-key'])).size).toBe(1);
  const key = sent[0]?.headers['idempotency-key'];
  expect(new Set(sent.map((each) => each.body))).toEqual(
    new Set([JSON.stringify({ amount: '12.50', currency: 'NZD', pay_code: '134588558514585062', merchant_reference: key })]),
  );
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + location.href);
  expect(kept).not.toContain('134588558514585062');

  till.cancelGives = { status: 'unknown', reversing: true };
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Taking the charge back: do not charge again' })).toBeVisible();
  await looksRight(page, 'spotpay-charge-reversing');
  till.cancelGives = { status: 'canceled', reversing: false };
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText('what was charged has gone back to the customer')).toBeVisible();
});

test('says the amount aloud where somebody wants it, in their language; a receipt can be printed and scanned', async ({ page, till }) => {
  await page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, {
      said,
      SpeechSynthesisUtterance: class {
        lang = '';
        constructor(readonly text: string) {}
      },
    });
    Object.defineProperty(window, 'speechSynthesis', {
      value: { cancel: () => undefined, speak: (each: { lang: string; text: string }) => said.push(`${each.lang} ${each.text}`) },
    });
    window.print = () => said.push(getComputedStyle(document.querySelector('.receipt') as Element).display);
  });
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
  const sell = async () => {
    await page.locator('#amount').fill('35.5');
    await page.locator('button[type=submit]').click();
    await expect(page.getByRole('timer')).toBeVisible();
    const paid = { status: 'paid', paid_by: 'wechat', paid_at: '2026-11-27T23:15:42Z', channel_reference: '4200000481', qr: null };
    till.becomes(paid);
    await expect(page.locator('.full-good')).toBeVisible();
  };
  await paired(page, till);
  await sell();
  expect(await said(), 'off until somebody switches it on').toEqual([]);
  await page.getByRole('button', { name: 'Receipt' }).click();
  const receipt = page.getByRole('dialog');
  await expect(receipt).toContainText('Harbour Honey Co · Viaduct');
  await expect(receipt).toContainText('4200000481');
  await expect(receipt.getByRole('img', { name: /scan this/ })).toBeVisible();
  await looksRight(page, 'spotpay-receipt');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.full-good h1')).toBeHidden();
  await expect(receipt.getByText('NZ$35.50')).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  await receipt.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Next sale' }).click();

  await page.getByRole('button', { name: 'Voice: off' }).click();
  await page.getByRole('button', { name: '中文' }).click();
  await sell();
  expect(await said()).toEqual(['en-NZ The voice is on', 'zh-CN 收款35.5新西兰元']);
  await page.reload();
  await expect(page.getByRole('button', { name: '语音播报：开' }), 'it is remembered').toBeVisible();
});

test('signs by a key that nobody can read out of the browser, and corrects a wrong clock', async ({ page, till }) => {
  await paired(page, till);
  const key = await page.evaluate(
    () =>
      new Promise<{ extractable: boolean; type: string; usages: string[]; stored: string }>((done) => {
        const request = indexedDB.open('ferrypay-spotpay', 1);
        request.onsuccess = () => {
          const got = request.result.transaction('identity').objectStore('identity').get('device');
          got.onsuccess = () =>
            done({
              extractable: got.result.key.extractable,
              type: got.result.key.type,
              usages: got.result.key.usages,
              stored: JSON.stringify({ ...localStorage, ...sessionStorage }),
            });
        };
      }),
  );
  expect(key).toMatchObject({ extractable: false, type: 'private', usages: ['sign'] });
  expect(key.stored).not.toContain('dk_test');

  const handed = JSON.parse(till.calls('devices:pair')[0]?.body ?? '{}') as { pairing_code: string; public_key: string };
  expect(handed.pairing_code).toBe('12345678');
  const publicKey = await webcrypto.subtle.importKey(
    'spki',
    Buffer.from(handed.public_key, 'base64'),
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['verify'],
  );
  const look = till.calls('/v2/spotpay/device')[0];
  const parameters = String(look?.headers['signature-input']).slice('ferry='.length);
  const lines = `"@method": GET\n"@path": /v2/spotpay/device\n"@query": ?\n"content-digest": ${look?.headers['content-digest']}\n"@signature-params": ${parameters}`;
  const signature = Buffer.from(String(look?.headers.signature).slice('ferry=:'.length, -1), 'base64');
  expect(await webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, publicKey, signature, Buffer.from(lines))).toBe(true);

  till.refuses = { status: 401, code: 'clock_skewed', headers: { 'Ferry-Time': String(Math.floor(Date.now() / 1000) + 3600) } };
  await page.getByRole('button', { name: 'Last 20' }).click();
  // What was refused is sent again, signed at the time the platform told.
  const created = () => Number(/created=(\d+)/.exec(String(till.calls('/v2/spotpay/sessions').at(-1)?.headers['signature-input']))?.[1]);
  await expect.poll(created).toBeGreaterThan(Date.now() / 1000 + 3000);
});

test('the service worker keeps the shell and no answers', async ({ page, till }) => {
  await started(page, till);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await expect(page.getByRole('timer')).toBeVisible();
  const kept = await page.evaluate(async () => {
    const urls: string[] = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) {
        urls.push(new URL(request.url).pathname);
      }
    }
    return urls;
  });
  expect(kept).toContain('/spotpay/');
  expect(kept.some((url) => url.endsWith('.js'))).toBe(true);
  expect(kept.every((url) => url === '/spotpay/' || url.startsWith('/assets/'))).toBe(true);
});

for (const [name, use] of [
  ['phone', { viewport: { width: 360, height: 740 }, locale: 'zh-CN' }],
  ['tablet', { viewport: { width: 1180, height: 820 }, locale: 'en-NZ' }],
  ['dark', { viewport: { width: 360, height: 740 }, locale: 'en-NZ', colorScheme: 'dark' }],
  ['dark-tablet', { viewport: { width: 1024, height: 768 }, locale: 'zh-CN', colorScheme: 'dark' }],
] as const) {
  test.describe(name, () => {
    test.use(use);

    test('everything can be hit by a thumb, fits the screen and is readable', async ({ page, till }) => {
      const big = async () => {
        const small = await page.evaluate(() =>
          Array.from(document.querySelectorAll('button, input:not([type=radio]), label.choice'))
            .filter((each) => each.getBoundingClientRect().width > 0)
            .filter((each) => each.getBoundingClientRect().height < 48 || each.getBoundingClientRect().width < 48)
            .map((each) => each.outerHTML),
        );
        expect(small).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing beside the screen').toBe(
          true,
        );
      };
      await paired(page, till);
      await big();
      await looksRight(page, `spotpay-${name}-pad`);
      await page.locator('#amount').fill('8');
      await page.locator('.button-go').nth(1).click();
      await expect(page.locator('#pay-code')).toBeFocused();
      await big();
      await looksRight(page, `spotpay-${name}-scan`);
      await page.locator('.button-quiet').last().click();
      await page.locator('#amount').fill('1.005');
      await looksRight(page, `spotpay-${name}-complaint`);
      await page.locator('#amount').fill('1234.5');
      await page.locator('button[type=submit]').click();
      await expect(page.getByRole('timer')).toBeVisible();
      await big();
      await looksRight(page, `spotpay-${name}-code`);
      till.becomes({ status: 'paid', paid_by: 'wechat', paid_at: '2026-11-27T23:15:42Z', qr: null });
      await expect(page.locator('.full-good')).toBeVisible();
      await big();
      await looksRight(page, `spotpay-${name}-paid`);
      await page.locator('.full-actions button').first().click();
      await page.locator('nav button').nth(1).click();
      await expect(page.locator('.sale')).toHaveCount(1);
      await big();
      await looksRight(page, `spotpay-${name}-last`);
      await page.locator('.sale button').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await big();
      await looksRight(page, `spotpay-${name}-refund`);
    });
  });
}
