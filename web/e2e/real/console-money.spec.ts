import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { Shop } from '../support/shop';
import { colleague, good } from '../support/staff';
import { expect, looksRight, test } from '../support/test';

const url = process.env.FERRY_BASE_URL ?? 'http://localhost:7200';

/** Approves in the inbox what somebody else asked for. */
async function approve(page: Page, kind: string, subject: string): Promise<void> {
  await page.goto(`${url}/console/approvals?kind=${kind}`);
  await page.getByRole('row').filter({ hasText: subject }).getByRole('button').first().click();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  // The page is still loading when the dialog opens, and a first press can get lost; what came of it is asserted by who calls.
  await expect(async () => {
    if (await dialog.isVisible()) {
      await dialog.getByRole('button', { name: 'Approve' }).click({ timeout: 2_000 });
    }
    await expect(dialog).toBeHidden({ timeout: 5_000 });
  }).toPass({ timeout: 30_000 });
}

const acts = async (page: Page, subject: string) =>
  ((await good(page, 'GET', `/console/api/audit?subject=${subject}`)).data as unknown as { action: string }[]).map(({ action }) => action);

test('a margin is changed by one, approved by another, and the next quote of Payease shows it', async ({ page, browser }) => {
  const shop = await Shop.open(page, 'Weka Books');
  const tier = `t${shop.merchant.slice(-12).toLowerCase()}`;
  const quoted = async () => (await shop.ask<{ rate: string }>('/fx/quotes', { buy_amount: '100.00', buy_currency: 'NZD' })).rate;
  expect(await quoted()).toBe('4.70074');

  const asks = await colleague(browser, 1);
  const decides = await colleague(browser, 2);
  await asks.goto(`${url}/console/pricing`);
  await asks.getByRole('button', { name: 'New list' }).click();
  await asks.getByRole('dialog').getByLabel('Tier').fill(tier);
  await asks.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
  await asks.getByRole('button', { name: 'New version' }).click();
  const dialog = asks.getByRole('dialog');
  await dialog.getByLabel('Rate in %').fill('3');
  await dialog.getByLabel('Reason').fill('Yuan have become dearer');
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await expect(asks.getByText('It waits for another person.')).toBeVisible();
  await good(asks, 'POST', '/console/api/pricing/tiers', { merchant: shop.merchant, tier, reason: 'A new shop' });
  expect(await quoted()).toBe('4.70074');

  await approve(decides, 'price_list', `margin/${tier}/NZD`);
  await approve(decides, 'merchant_tier', shop.merchant);
  await asks.goto(`${url}/console/pricing/margin/NZD/${tier}`);
  await expect(asks.getByText('In force', { exact: true })).toBeVisible();
  await looksRight(asks, 'real-console-margin');
  // 4.645 yuan and three per cent.
  await expect.poll(quoted, { timeout: 30_000 }).toBe('4.78435');
  const decided = (await good(asks, 'GET', '/console/api/approvals?kind=price_list&status=approved')).data as unknown as {
    id: string;
    subject: string;
  }[];
  const approval = decided.find(({ subject }) => subject === `margin/${tier}/NZD`)?.id ?? '';
  expect(await acts(asks, approval)).toEqual(expect.arrayContaining(['approval.asked', 'approval.approved']));
  await asks.context().close();
  await decides.context().close();
});

interface Withdrawal {
  id: string;
  status: string;
}

test('withdrawals are batched, taken to the bank, half of them come back, and the merchant has that half again', async ({
  page,
  browser,
}) => {
  const shop = await Shop.open(page, 'Pukeko Records');
  const clerk = await colleague(browser, 1);
  const payment = await shop.pay('100.00', 'wechat');
  await page.goto(payment.redirect_url);
  const [wallet] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Open the test wallet' }).click({ timeout: 30_000 }),
  ]);
  await wallet.getByRole('button', { name: /pay/i }).first().click();
  await wallet.close();
  const balance = async () => (await shop.ask<{ balances: Record<string, string>[] }>('/balances')).balances[0];
  await expect.poll(async () => (await balance())?.pending, { timeout: 30_000 }).toBe('100.00');

  // Play money need not wait for two working days, nor for the afternoon.
  await clerk.goto(`${url}/console/merchants/${shop.merchant}`);
  await clerk.getByText('Test', { exact: true }).click();
  await clerk.getByRole('button', { name: 'Make it available now (test)' }).click();
  await expect(clerk.getByText('What was pending is available.')).toBeVisible();
  await looksRight(clerk, 'real-console-merchant');
  const account = await shop.ask<{ id: string }>('/bank_accounts', {
    currency: 'NZD',
    holder: 'Pukeko Records',
    number: '12-3456-0123456-00',
  });
  const withdraw = (amount: string) => shop.ask<Withdrawal>('/withdrawals', { amount, currency: 'NZD', bank_account: account.id });
  const paid = await withdraw('30.00');
  const comesBack = await withdraw('30.00');
  await clerk.goto(`${url}/console/withdrawals`);
  await clerk.getByText('Test', { exact: true }).click();
  await clerk.getByRole('button', { name: 'Cut a batch now (test)' }).click();
  const inBatch = async () => (await shop.ask<{ batch: string | null }>(`/withdrawals/${paid.id}`)).batch;
  await expect.poll(inBatch, { timeout: 20_000 }).toMatch(/^wdb_/);
  const batch = await inBatch();
  await clerk.goto(`${url}/console/withdrawals/batches/${batch}`);

  // To the bank, which pays both, and gets one back the next day.
  const download = clerk.waitForEvent('download');
  await clerk.getByRole('button', { name: 'Take CSV' }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  expect(file).toContain(paid.id);
  expect(file).toContain('TEST-12-3456-0123456-00');
  const says = async (lines: string[]) =>
    clerk.getByLabel('Bring the bank’s answer').setInputFiles({
      name: 'answer.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`withdrawal,amount,currency,status,reason\n${lines.join('\n')}\n`),
    });
  await says([`${paid.id},30.00,NZD,paid,`, `${comesBack.id},30.00,NZD,paid,`]);
  await expect(clerk.getByText('It counts: 2 paid')).toBeVisible();
  await says([`${comesBack.id},30.00,NZD,returned,AC04`]);
  await expect(clerk.getByText(/It counts: 0 paid, 0 failed, 1 returned/)).toBeVisible();
  await expect(clerk.getByRole('row').filter({ hasText: comesBack.id }).getByText('Returned')).toBeVisible();
  await looksRight(clerk, 'real-console-batch');

  const status = async ({ id }: Withdrawal) => (await shop.ask<Withdrawal>(`/withdrawals/${id}`)).status;
  expect([await status(paid), await status(comesBack)]).toEqual(['paid', 'returned']);
  expect(await balance()).toMatchObject({ available: '70.00', pending: '0.00', reserved: '0.00' });

  // The books know each step, and the audit who took the file and who brought the answers.
  await clerk.goto(`${url}/console/ledger`);
  await clerk.getByText('Test', { exact: true }).click();
  await clerk.getByLabel('ID of what is booked').fill(comesBack.id);
  await clerk.getByRole('button', { name: 'Search' }).click();
  for (const kind of ['Withdrawal left', 'Withdrawal paid', 'Withdrawal came back']) {
    await expect(clerk.getByRole('cell', { name: kind })).toBeVisible();
  }
  await expect(clerk.getByText('Debits equal credits')).toBeVisible();
  await looksRight(clerk, 'real-console-ledger');
  expect(await acts(clerk, String(batch))).toEqual(['withdrawal_batch.answered', 'withdrawal_batch.answered', 'withdrawal_batch.exported']);
  await clerk.context().close();
});
