import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { home } from '../support/mailbox';
import { signUp } from '../support/shop';
import { good, keepSession, tryTo } from '../support/staff';
import { expect, looksRight, test } from '../support/test';
import { totp } from '../support/totp';

const url = process.env.FERRY_BASE_URL ?? 'http://localhost:7200';

/** One page with a blue square. */
function pdf(): string {
  const paint = '0 0 1 rg 60 60 180 180 re f';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R /Resources << >> >>',
    `<< /Length ${paint.length} >>\nstream\n${paint}\nendstream`,
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const start = file.length;
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  return `${file}xref\n0 5\n0000000000 65535 f \n${rows}trailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n${start}\n%%EOF\n`;
}

/** Signs up as a merchant and hands an application in; its name is what reviewers see. */
async function applyAs(page: Page, name: string): Promise<void> {
  await signUp(page, name);
  const sections = {
    business: {
      type: 'company',
      legal_name: `${name} Limited`,
      trading_name: name,
      nzbn: '9429041535110',
      company_number: '5555555',
      description: 'Books',
      phone: '+64 9 555 0100',
      address: { line1: '1 Quay Street', city: 'Auckland', postcode: '1010', country: 'NZ' },
    },
    people: {
      people: [{ name: 'Mere Tane', birth_date: '1980-02-29', nationality: 'NZ', director: true, share_percent: '75.00' }],
      all_listed: true,
    },
    bank_account: { holder_name: 'Mere Tane', account_number: '01-0902-0068389-00' },
    methods: { methods: ['wechat'], expected_monthly: '20000.00', expected_average: '60' },
    sites: { websites: ['https://tui.example'] },
  };
  for (const [section, data] of Object.entries(sections)) {
    await good(page, 'PUT', `/portal/api/onboarding/${section}`, { version: 0, data });
  }
  const uploaded = await page.evaluate(
    async ({ pdf }) => {
      const token = /XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '';
      const canvas = document.createElement('canvas');
      canvas.width = 400;
      canvas.height = 300;
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      const statuses: number[] = [];
      for (const kind of ['identity', 'proof_of_address', 'bank_statement']) {
        context.fillStyle = kind === 'identity' ? '#a33' : '#3a3';
        context.fillRect(0, 0, kind === 'bank_statement' ? 200 : 400, 300);
        const picture = await new Promise<Blob | null>((done) => canvas.toBlob(done, kind === 'identity' ? 'image/png' : 'image/jpeg'));
        const body = kind === 'bank_statement' ? new Blob([pdf]) : picture;
        const answer = await fetch(`/portal/api/onboarding/documents?kind=${kind}&name=${kind}`, {
          method: 'POST',
          headers: { 'X-XSRF-TOKEN': token },
          body,
        });
        statuses.push(answer.status);
      }
      return statuses;
    },
    { pdf: pdf() },
  );
  expect(uploaded).toEqual([201, 201, 201]);
  const { version } = await good(page, 'GET', '/portal/api/onboarding');
  await good(page, 'POST', '/portal/api/onboarding:submit', { version, agrees: true });
}

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

test('two people come in, give each other rights, and approve a merchant together', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const links = (await readFile(join(home, 'console-first-links.txt'), 'utf8')).trim().split('\n');
  expect(links).toHaveLength(2);
  const shop = `Tui ${randomUUID().slice(0, 8)}`;
  const portal = await (await browser.newContext()).newPage();
  const other = await (await browser.newContext()).newPage();
  await Promise.all([applyAs(portal, shop), comeIn(page, links[0] ?? '', 'Aroha'), comeIn(other, links[1] ?? '', 'Wiremu')]);
  await portal.context().close();

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
  await expect(other.getByRole('dialog').getByText('administrator, reviewer, finance')).toBeVisible();
  await other.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expect(other.getByText('It is Approved now.')).toBeVisible();
  await good(page, 'POST', `/console/api/approvals/${second.approval}:approve`, { version: 1 });

  // The merchant: one takes it, looks at the papers and approves; then it needs the other.
  await page.goto(`${url}/console/onboarding`);
  await page.getByRole('link', { name: shop }).click();
  const id = page.url().split('/').at(-1) ?? '';
  await page.getByRole('button', { name: 'Take it' }).click();
  const painted = page.getByRole('img', { name: 'identity' });
  await expect(painted).toHaveAttribute('width', '700');
  await page.getByRole('button', { name: 'Rotate' }).click();
  await expect(painted).toHaveAttribute('width', '525');
  await page.getByRole('button', { name: 'Larger' }).click();
  await expect(painted).toHaveAttribute('width', '656');
  await page.getByRole('combobox', { name: 'Document' }).click();
  await page.getByTitle('Bank statement: bank_statement').click();
  await expect(page.getByRole('img', { name: 'bank_statement' })).toHaveAttribute('height', '933');
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
