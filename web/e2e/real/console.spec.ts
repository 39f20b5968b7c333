import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { applyForLiveMode } from '../support/application';
import { home } from '../support/mailbox';
import { askForPayment, makeKey, payAt, signInAgain, signUp, switchAppOn } from '../support/merchant';
import { good, keepSession, tryTo } from '../support/staff';
import { expect, looksRight, test } from '../support/test';
import { totp } from '../support/totp';

const url = process.env.FERRY_BASE_URL ?? 'http://localhost:7200';

/** Comes in by a link, with a password and a second factor. */
async function comeIn(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Employee number').fill(`E-${randomUUID().slice(0, 8).toUpperCase()}`);
  await page.getByLabel('E-mail address').fill(`${name.toLowerCase()}-${randomUUID()}@ferrypay.example`);
  await page.getByLabel('Password (12').fill(`tussock ${randomUUID()}`);
  await page.getByRole('button', { name: 'Continue' }).click();
  const secret = (await page.getByTestId('totp-secret').textContent()) ?? '';
  await page.getByLabel('Code of the authenticator app').last().fill(totp(secret));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByRole('heading', { name: 'Work queue' })).toBeVisible();
}

test('a new merchant signs up, two of our people come in and approve it, and it is paid for the first time', async ({ page, browser }) => {
  test.setTimeout(240_000);
  const links = (await readFile(join(home, 'console-first-links.txt'), 'utf8')).trim().split('\n');
  expect(links).toHaveLength(2);
  const shop = `Tui ${randomUUID().slice(0, 8)}`;
  const portal = await (await browser.newContext()).newPage();
  const other = await (await browser.newContext()).newPage();
  const applied = async () => {
    const owner = await signUp(portal, shop);
    const secret = await switchAppOn(portal);
    await applyForLiveMode(portal, shop);
    return { ...owner, secret };
  };
  const [owner] = await Promise.all([applied(), comeIn(page, links[0] ?? '', 'Aroha'), comeIn(other, links[1] ?? '', 'Wiremu')]);
  await looksRight(portal, 'real-portal-handed-in');
  await expect(portal.getByRole('radio', { name: 'Live' })).toBeDisabled();

  // Each asks for one more role; nobody gives it to themselves.
  const whose = async (one: Page) =>
    (await good(one, 'GET', '/console/api/account/session')).user as unknown as { account: string; email: string };
  const me = await whose(page);
  await page.getByRole('link', { name: 'Users and roles' }).click();
  await page.getByRole('button', { name: `Change roles: ${me.email}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: 'Reviewer' }).check();
  await dialog.getByRole('checkbox', { name: 'Finance' }).check();
  await dialog.getByLabel('Reason').fill('reviews, too');
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await expect(page.getByText('It waits for another administrator.')).toBeVisible();
  await looksRight(page, 'console-staff');
  await page.getByRole('link', { name: 'Approvals' }).click();
  await page
    .getByRole('row', { name: /Change of roles/ })
    .filter({ hasText: me.account })
    .getByRole('button')
    .click();
  await expect(page.getByText('You asked for this: somebody else decides.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0);
  await looksRight(page, 'console-approvals');
  const asked = ((await good(page, 'GET', '/console/api/approvals?status=pending')).data as unknown as { id: string }[])[0]?.id;
  const own = await tryTo(page, 'POST', `/console/api/approvals/${asked}:approve`, { version: 1 });
  expect([own.status, own.body.code]).toEqual([403, 'own_request']);

  const their = await whose(other);
  const second = await good(other, 'POST', `/console/api/staff/${their.account}:change_roles`, {
    roles: ['administrator', 'reviewer', 'finance'],
    reason: 'reviews, too',
  });
  await other.getByRole('link', { name: 'Approvals' }).click();
  await other
    .getByRole('row', { name: /Change of roles/ })
    .filter({ hasText: me.account })
    .getByRole('button')
    .click();
  await other.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(other.getByRole('dialog').getByText('administrator, finance, reviewer')).toBeVisible();
  await other.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expect(other.getByText('It is Approved now.')).toBeVisible();
  await good(page, 'POST', `/console/api/approvals/${second.approval}:approve`, { version: 1 });

  // The merchant: one takes it, looks at the papers and approves; then it needs the other.
  await page.goto(`${url}/console/onboarding`);
  await page.getByRole('link', { name: shop }).click();
  const id = page.url().split('/').at(-1) ?? '';
  await page.getByRole('button', { name: 'Take it' }).click();
  const painted = page.getByRole('img', { name: 'passport.png' });
  await expect(painted).toHaveAttribute('width', '700');
  await page.getByRole('button', { name: 'Rotate' }).click();
  await expect(painted).toHaveAttribute('width', '525');
  await page.getByRole('button', { name: 'Larger' }).click();
  await expect(painted).toHaveAttribute('width', '656');
  await page.getByRole('combobox', { name: 'Document' }).click();
  await page.getByTitle('Bank statement: statement.pdf').click();
  await expect(page.getByRole('img', { name: 'statement.pdf' })).toHaveAttribute('height', '933');
  await looksRight(page, 'console-review');
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('known to us');
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('You approved first; somebody else has to approve now.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0);
  const { version } = await good(page, 'GET', `/console/api/onboarding/applications/${id}`);
  const alone = await tryTo(page, 'POST', `/console/api/onboarding/applications/${id}:approve`, { version, reason: 'again' });
  expect([alone.status, alone.body.code]).toEqual([409, 'second_reviewer_needed']);

  await other.goto(`${url}/console/onboarding/${id}`);
  await other.getByRole('button', { name: 'Approve', exact: true }).click();
  await other.getByRole('dialog').getByLabel('Reason').fill('agreed');
  await other.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expect(other.getByRole('region', { name: 'State' }).getByText('Approved')).toBeVisible();

  // The merchant comes back: live mode is open, and the first payment of its shop is there.
  await signInAgain(portal, owner);
  await expect(portal.getByText('Your business is not approved yet')).toHaveCount(0);
  await portal.getByText('Live', { exact: true }).click();
  await expect(portal.locator('.shell-live')).toBeVisible();
  await portal.getByRole('link', { name: 'Payments', exact: true }).click();
  await expect(portal.getByText('There are no payments yet.')).toBeVisible();
  await portal.getByText('Test', { exact: true }).click();
  const reference = `FIRST-${randomUUID()}`;
  await payAt(await askForPayment(await makeKey(portal), reference), portal.context());
  await portal.getByRole('link', { name: 'Payments', exact: true }).click();
  await expect(portal.getByRole('row', { name: new RegExp(`${reference}.*Paid`) })).toBeVisible({ timeout: 20_000 });
  await looksRight(portal, 'real-portal-first-payment');
  await portal.context().close();

  // All of it is in the audit.
  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(async () => {
    const found = await good(page, 'GET', `/console/api/audit?subject=${id}`);
    expect((found.data as unknown as { action: string }[]).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['onboarding.taken', 'onboarding.document_read', 'onboarding.approved_first', 'onboarding.approved']),
    );
  }).toPass({ timeout: 20_000 });
  await page.getByPlaceholder('Subject').fill(id);
  await page.getByPlaceholder('Subject').press('Enter');
  await expect(page.getByText('onboarding.approved_first')).toBeVisible();
  await page.getByRole('button', { name: 'Check the chain' }).click();
  await expect(page.getByText(/entries are as they were written/)).toBeVisible();
  await looksRight(page, 'console-audit');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('heading', { name: '审计日志' })).toBeVisible();
  await keepSession(page, 1);
  await keepSession(other, 2);
  await other.context().close();
});
