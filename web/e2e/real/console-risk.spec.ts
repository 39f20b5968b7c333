import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { colleague, good } from '../support/staff';
import { expect, looksRight, test } from '../support/test';

const url = process.env.FERRY_BASE_URL ?? 'http://localhost:7200';
/** No other test pays as much. */
const AMOUNT = `77.${10 + Math.floor(Math.random() * 90)}`;

async function shop<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${url}/v2${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      Authorization: `Bearer ${process.env.FERRY_TEST_KEY}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.ok, await answer.clone().text()).toBe(true);
  return (await answer.json()) as T;
}

interface Payment {
  id: string;
  merchant_reference: string;
  redirect_url: string;
}

/** A shopper pays in the test wallet. */
async function paid(page: Page): Promise<Payment> {
  const payment = await shop<Payment>('/payments', {
    merchant_reference: `RISK-${randomUUID()}`,
    amount: AMOUNT,
    currency: 'NZD',
    product_name: 'Gift card',
    return_url: 'https://shop.example/done',
    allowed_methods: ['wechat'],
  });
  await page.goto(payment.redirect_url);
  const [wallet] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Open the test wallet' }).click({ timeout: 30_000 }),
  ]);
  await wallet.getByRole('button', { name: /pay/i }).first().click();
  await expect.poll(() => statusOf(payment), { timeout: 30_000 }).not.toMatch(/created|pending|processing/);
  await wallet.close();
  return payment;
}

const statusOf = async ({ id }: Payment) => (await shop<{ status: string }>(`/payments/${id}`)).status;

/** One that the rule holds; it takes a moment until payments hear of it. */
async function held(page: Page): Promise<Payment> {
  for (let times = 0; times < 3; times++) {
    const payment = await paid(page);
    if ((await statusOf(payment)) === 'under_review') {
      return payment;
    }
  }
  throw new Error('The rule holds nothing.');
}

/** Decides on a payment's case, as somebody who has read it. */
async function decide(page: Page, payment: Payment, decision: 'Release' | 'Refuse'): Promise<string> {
  await page.goto(`${url}/console/risk`);
  const link = page.getByRole('link', { name: payment.merchant_reference });
  await expect(async () => {
    await page.reload();
    await expect(link).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await link.click();
  const id = page.url().split('/').at(-1) ?? '';
  await page.getByRole('button', { name: decision, exact: true }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('We asked the shop');
  await page.getByRole('dialog').getByRole('button', { name: decision }).click();
  await expect(page.getByText('It is decided.')).toBeVisible();
  return id;
}

const booked = async (page: Page, { id }: Payment) =>
  (
    (await good(page, 'GET', `/console/api/ledger/journals?book=test&payment=${id}`)).data as unknown as {
      entries: { account: string }[];
    }[]
  ).flatMap(({ entries }) => entries.map(({ account }) => account.split('/')[0]));

const acts = async (page: Page, subject: string) =>
  ((await good(page, 'GET', `/console/api/audit?subject=${subject}`)).data as unknown as { action: string; who: string }[]).map(
    ({ action }) => action,
  );

test('suspicious payments are held by a rule of two people, and one is released and one sent back', async ({ page, browser }) => {
  const writer = await colleague(browser, 1);
  const publisher = await colleague(browser, 2);

  // One person writes the rule and sees what it would have done; another puts it in force.
  await writer.goto(`${url}/console/risk/rules`);
  await writer.getByRole('button', { name: 'New rule' }).click();
  await writer.getByLabel('Name').fill(`Gift cards for ${AMOUNT}`);
  await writer.getByRole('combobox', { name: 'What happens' }).click();
  await writer.getByTitle('Hold the money').click();
  await writer.getByRole('combobox', { name: 'How it is compared' }).click();
  await writer.getByTitle('exactly', { exact: true }).click();
  await writer.getByRole('textbox', { name: 'Value' }).fill(AMOUNT);
  await writer.getByText('Test', { exact: true }).click();
  await writer.getByRole('button', { name: 'Try it' }).click();
  await expect(writer.getByText('No payment would have been a hit.')).toBeVisible({ timeout: 20_000 });
  await writer.getByRole('button', { name: 'Save as version 1' }).click();
  await expect(writer).toHaveURL(/\/risk\/rules\/rsk_/);
  const rule = writer.url().split('/').at(-1) ?? '';
  await writer.getByRole('button', { name: 'Put version 1 in force' }).click();
  await writer.getByRole('dialog').getByLabel('Reason').fill('Stolen wallets buy gift cards');
  await writer.getByRole('dialog').getByRole('button', { name: 'Ask for it' }).click();
  await expect(writer.getByText('It waits for another person.')).toBeVisible();

  await publisher.goto(`${url}/console/approvals`);
  await publisher
    .getByRole('row', { name: /Risk rule/ })
    .filter({ hasText: rule })
    .getByRole('button')
    .first()
    .click();
  await publisher.getByRole('button', { name: 'Approve', exact: true }).click();
  await publisher.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expect(publisher.getByText('It is Approved now.')).toBeVisible();
  const decided = (await good(publisher, 'GET', '/console/api/approvals?kind=risk_rule&status=approved')).data;
  const approval = (decided as unknown as { id: string; subject: string }[]).find(({ subject }) => subject === rule)?.id ?? '';

  // Two shoppers pay. The shop is told nothing but that it is looked at.
  const good1 = await held(page);
  const bad = await held(page);
  const released = await decide(writer, good1, 'Release');
  const refused = await decide(publisher, bad, 'Refuse');
  await expect.poll(() => statusOf(good1), { timeout: 20_000 }).toBe('paid');
  await expect.poll(() => statusOf(bad), { timeout: 20_000 }).toBe('failed');
  await expect
    .poll(async () => (await shop<{ data: { status: string }[] }>(`/payments/${bad.id}/refunds`)).data.map(({ status }) => status), {
      timeout: 60_000,
    })
    .toEqual(['succeeded']);
  await writer.goto(`${url}/console/payments/${bad.id}`);
  await expect(writer.getByText(`Refund of ${AMOUNT} NZD: Succeeded`)).toBeVisible();
  await looksRight(writer, 'real-console-payment');

  // All of it is in the books and in the audit.
  await expect.poll(() => booked(writer, good1), { timeout: 30_000 }).toEqual(expect.arrayContaining(['held-payable', 'merchant-payable']));
  await expect.poll(() => booked(writer, bad), { timeout: 30_000 }).toEqual(expect.arrayContaining(['held-payable', 'surplus-payable']));
  expect(await booked(writer, bad)).not.toContain('merchant-payable');
  expect(await acts(writer, rule)).toContain('risk_rule.written');
  expect(await acts(writer, approval)).toEqual(expect.arrayContaining(['approval.asked', 'approval.approved']));
  for (const one of [released, refused]) {
    expect(await acts(writer, one)).toContain('risk_case.decided');
  }
  await expect.poll(() => acts(writer, bad.id), { timeout: 30_000 }).toContain('payment.read');
  await writer.context().close();
  await publisher.context().close();
});
