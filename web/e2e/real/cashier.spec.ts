import { randomUUID } from 'node:crypto';
import { linkMailedTo } from '../support/mailbox';
import { payAt, signUp } from '../support/merchant';
import { good, tryTo } from '../support/staff';
import { expect, looksRight, test } from '../support/test';

test('a cashier takes money and cannot do what a cashier may not: the pages hide it, and the platform refuses it', async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(120_000);
  await signUp(page, 'Kererū Café');
  const reference = `C-${randomUUID()}`;
  const payment = await good(
    page,
    'POST',
    '/portal/api/v2/payments',
    {
      merchant_reference: reference,
      amount: '12.00',
      currency: 'NZD',
      product_name: 'Flat white',
      return_url: 'https://cafe.example/done',
    },
    { 'Idempotency-Key': randomUUID() },
  );
  await payAt(String(payment.redirect_url), context);

  await page.getByRole('link', { name: 'Team' }).click();
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const email = `cashier-${randomUUID()}@cafe.example`;
  const inviting = page.getByRole('dialog', { name: 'Invite somebody' });
  await inviting.getByLabel('Email address').fill(email);
  await inviting.getByLabel('Role').click();
  await page.getByTitle('Cashier', { exact: true }).last().click();
  await expect(inviting.getByTitle('Cashier', { exact: true })).toBeVisible();
  await inviting.getByRole('button', { name: 'Invite somebody' }).click();
  await expect(page.getByRole('region', { name: 'Open invitations' })).toContainText(email);

  const cashier = await (await browser.newContext()).newPage();
  await cashier.goto(await linkMailedTo(email, 'accept-invitation'));
  await cashier.getByLabel('Your name').fill('Sam Lee');
  await cashier.getByLabel('Choose a password').fill(`rimu ${randomUUID()}`);
  await cashier.getByRole('button', { name: 'Accept the invitation' }).click();
  await expect(cashier.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible({ timeout: 20_000 });
  await cashier.getByRole('link', { name: 'Payments', exact: true }).click();
  await cashier.getByRole('link', { name: reference }).click();
  const detail = cashier.getByRole('dialog', { name: 'Payment' });
  await expect(detail.getByText('Paid', { exact: true }).first()).toBeVisible({ timeout: 20_000 });
  await expect(detail.getByRole('button', { name: 'Refund' })).toHaveCount(0);
  await looksRight(cashier, 'real-portal-cashier');
  await cashier.keyboard.press('Escape');
  const side = cashier.getByRole('navigation', { name: 'Main navigation' });
  for (const hidden of ['Balance', 'Withdrawals', 'Exports', 'API keys', 'Webhooks', 'Team']) {
    await expect(side.getByRole('link', { name: hidden, exact: true })).toHaveCount(0);
  }

  const owner = (await good(page, 'GET', '/portal/api/session')).user as unknown as { id: string };
  const once = { 'Idempotency-Key': randomUUID() };
  for (const [method, path, body] of [
    ['POST', `/portal/api/v2/payments/${payment.id}/refunds`, { amount: '1.00' }],
    ['GET', '/portal/api/v2/balances', undefined],
    ['POST', '/portal/api/v2/withdrawals', { amount: '1.00', currency: 'NZD', bank_account: 'ba_01JD0000000000000000000000' }],
    ['POST', '/portal/api/v2/exports', { kind: 'payments' }],
    ['GET', '/portal/api/v2/api_keys', undefined],
    ['POST', '/portal/api/v2/api_keys', { name: 'Mine', kind: 'secret' }],
    ['GET', '/portal/api/v2/webhook_endpoints', undefined],
    ['GET', '/portal/api/team', undefined],
    ['PATCH', `/portal/api/team/${owner.id}`, { role: 'cashier' }],
    ['GET', '/portal/api/onboarding/sections', undefined],
  ] as const) {
    const refused = await tryTo(cashier, method, path, body, once);
    expect([refused.status, refused.body.code], `${method} ${path}`).toEqual([403, 'forbidden_scope']);
  }
  expect((await good(page, 'GET', `/portal/api/v2/payments/${payment.id}`)).refunded_amount).toBe('0.00');
  await cashier.context().close();
});
