import { readFile } from 'node:fs/promises';
import { BATCH, MERCHANT, staffSession } from '../support/fake-console';
import { ok, problem } from '../support/fake-desk';
import { expect, looksRight, test } from '../support/test';

// As for people who asked their device for stillness; it also saves the tests the wait.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

const SCREENS: { name: string; path: string; heading: [string, string]; shows: string }[] = [
  { name: 'queue', path: '/', heading: ['待办', 'Work queue'], shows: '3' },
  { name: 'pricing', path: '/pricing', heading: ['价格', 'Prices'], shows: '2026-11-27' },
  { name: 'margins', path: '/pricing/margin/NZD/gold', heading: ['汇率加点：gold，NZD', 'Margins: gold, NZD'], shows: '0.9 %' },
  { name: 'withdrawals', path: '/withdrawals', heading: ['提现与批次', 'Withdrawals'], shows: 'wd_2' },
  { name: 'batch', path: `/withdrawals/batches/${BATCH.id}`, heading: [`批次 ${BATCH.id}`, `Batch ${BATCH.id}`], shows: 'wd_3' },
  { name: 'settlement', path: '/settlement', heading: ['结算', 'Settlement'], shows: 'Doubtful refunds' },
  { name: 'ledger', path: '/ledger', heading: ['总账', 'Ledger'], shows: 'merchant-payable' },
  { name: 'statement', path: '/ledger/accounts/7', heading: ['科目明细', 'Account statement'], shows: '-120.00' },
  { name: 'reports', path: '/reports', heading: ['财务报表', 'Finance reports'], shows: '2026-11-27' },
  { name: 'merchant', path: `/merchants/${MERCHANT.id}`, heading: ['Kauri Books', 'Kauri Books'], shows: 'Called about the new shop.' },
  { name: 'approvals', path: '/approvals', heading: ['审批', 'Approvals'], shows: 'wd_2' },
];

test.describe('in both languages', () => {
  test.use({ locale: 'zh-CN' });
  for (const screen of SCREENS) {
    test(`the console shows ${screen.name}`, async ({ page, desk }) => {
      await page.goto(desk.url + screen.path);
      for (const [index, language] of (['zh-CN', 'en'] as const).entries()) {
        if (index === 1) {
          await page.getByRole('button', { name: 'English' }).click();
        }
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await expect(page.getByRole('heading', { level: 1, name: screen.heading[index] ?? '' })).toBeVisible();
        await expect(page.getByText(screen.shows).last()).toBeVisible();
        await looksRight(page, `console-${screen.name}-${language}`);
      }
    });
  }
});

test('another version of a price list is asked for as percentages and sent as fractions', async ({ page, desk }) => {
  desk.says('POST /pricing/lists', () => ({ status: 202, body: { approval: 'apr_9', subject: 'margin/gold/NZD', status: 'pending' } }));
  await page.goto(`${desk.url}/pricing/margin/NZD/gold`);
  await page.getByRole('button', { name: 'New version' }).click();
  const dialog = page.getByRole('dialog', { name: 'New version' });
  await expect(dialog.getByLabel('Rate in %')).toHaveCount(3);
  await dialog.getByLabel('Rate in %').nth(1).fill('1.75');
  await dialog.getByRole('button', { name: 'Remove rule 3' }).click();
  await dialog.getByLabel('In force from').fill('2026-12-01T09:00');
  await looksRight(page, 'console-new-version');
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await expect(dialog.getByText('Please fill this in.')).toBeVisible();
  await dialog.getByLabel('Reason').fill('Cheaper yuan');
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await expect(page.getByText('It waits for another person.')).toBeVisible();

  expect(desk.asked.at(-1)?.body).toEqual({
    kind: 'margin',
    scope: 'gold',
    currency: 'NZD',
    based_on: 2,
    effective_from: '2026-11-30T20:00:00.000Z',
    refund_fee: null,
    rules: [
      { method: '', from: '0.00', rate: '0.012', fixed: '0', least: null, most: null },
      { method: 'onlinebank', from: '0.00', rate: '0.0175', fixed: '0', least: null, most: null },
    ],
    reason: 'Cheaper yuan',
  });
});

test('the bank’s answer counts, waits for another person, or is refused as a whole', async ({ page, desk }) => {
  const answer =
    (applied: object | null, approval: string | null = null) =>
    () => ({ status: applied ? 200 : 202, body: { approval, applied } });
  const counts = { paid: 1, failed: 0, returned: 0, unknown: 0, ignored: 1, contradicting: 0, repeated: false };
  const responses = `POST /withdrawal-batches/${BATCH.id}/responses`;
  await page.goto(`${desk.url}/withdrawals/batches/${BATCH.id}`);
  const bring = async (name: string, text: string) =>
    page.getByLabel('Bring the bank’s answer').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });

  desk.says(responses, answer(counts));
  await bring('answer.xml', '<Document/>');
  await expect(page.getByText('It counts: 1 paid')).toBeVisible();
  expect(desk.asked.at(-1)?.headers['content-type']).toBe('application/xml');
  expect(desk.asked.at(-1)?.body).toBe('<Document/>');
  desk.says(responses, answer({ ...counts, contradicting: 2 }));
  await bring('answer.csv', 'withdrawal,amount,currency,status,reason\n');
  await expect(page.getByRole('alert')).toContainText('2 lines cannot be true');
  expect(desk.asked.at(-1)?.headers['content-type']).toBe('text/csv');
  desk.says(responses, answer({ ...counts, repeated: true }));
  await bring('answer.csv', 'x');
  await expect(page.getByText('This very file has counted before')).toBeVisible();
  desk.says(responses, answer(null, 'apr_7'));
  await bring('returned.csv', 'x');
  await expect(page.getByText('once another person has approved it')).toBeVisible();
  await looksRight(page, 'console-bank-answer-waits');
  desk.says(responses, () => problem(422, 'bank_response_refused'));
  await bring('other.xml', '<Document/>');
  await expect(page.getByRole('alert')).toContainText('The file does not fit its batch');
});

test('a file for the bank leaves after a proof', async ({ page, desk }) => {
  let proven = false;
  desk.says(`GET /withdrawal-batches/${BATCH.id}/transfers.csv`, () =>
    proven ? { status: 200, csv: 'withdrawal,amount\n' } : problem(403, 'step_up_required'),
  );
  desk.says('POST /account/step_up', ({ body }) => {
    proven = body.totp === '123456';
    return { status: 204 };
  });
  await page.goto(`${desk.url}/withdrawals/batches/${BATCH.id}`);
  await page.getByRole('button', { name: 'Take CSV' }).click();
  await page.getByRole('dialog', { name: 'Is it you?' }).getByLabel('Code of the authenticator app').fill('123456');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Continue' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toBe('withdrawal,amount\n');
});

test('requests of one kind are approved together', async ({ page, desk }) => {
  desk.says('POST /approvals:approve', ({ body }) =>
    ok({
      results: body.approvals.map(({ id }: { id: string }, at: number) => ({
        id,
        approval: null,
        refused_by: at === 0 ? null : 'approval_changed',
      })),
    }),
  );
  await page.goto(desk.url);
  await page
    .getByRole('link', { name: /Withdrawal.*9 hours ago · late/ })
    .first()
    .click();
  await expect(page).toHaveURL(/approvals\?kind=withdrawal/);
  await page.goto(`${desk.url}/approvals`);
  await page.getByRole('checkbox', { name: 'Choose wd_01' }).check();
  await expect(page.getByRole('checkbox', { name: 'Choose hold_1' })).toBeDisabled();
  await expect(page.getByRole('checkbox', { name: 'Choose margin/gold/NZD' })).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Choose wd_2' }).check();
  await page.getByRole('button', { name: 'Approve 2 together' }).click();
  await expect(page.getByText('1 approved, 1 refused')).toBeVisible();
  expect(desk.asked.at(-1)?.body.approvals).toEqual([
    { id: 'apr_1', version: 1 },
    { id: 'apr_2', version: 1 },
  ]);
});

test('what is on its way, what is empty, and what failed, says so; and who may less sees less', async ({ page, desk }) => {
  const none = () => ok({ data: [], has_more: false, next_cursor: null, next: null });
  for (const what of [
    'pricing/list-index',
    'pricing/tiers',
    'pricing/fx-results',
    'withdrawals',
    'withdrawals_waiting',
    'withdrawal-batches',
    'balance-holds',
    'settlement-calendars',
    'ledger/journals',
    'merchant-notes',
  ]) {
    desk.says(`GET /${what}`, none);
  }
  desk.says('GET /ledger/trial-balance', () => ok({ book: 'live', lines: [], totals: [] }));
  desk.says('GET /reports/finance', () => ok({ by: 'day', complete: true, money: [], fx: [] }));
  for (const [path, words] of [
    ['/pricing', 'Nothing was exchanged in this time.'],
    ['/withdrawals', 'There are no batches yet.'],
    ['/settlement', 'Nothing is kept back.'],
    ['/ledger', 'Nothing is booked yet.'],
    ['/reports', 'Nothing was booked in this time.'],
    [`/merchants/${MERCHANT.id}`, 'There are no notes yet.'],
  ] as const) {
    await page.goto(desk.url + path);
    await expect(page.getByText(words)).toBeVisible();
  }
  desk.says('GET /reports/finance', () => problem(422, 'report_too_large'));
  await page.goto(`${desk.url}/reports`);
  await expect(page.getByRole('alert')).toContainText('Ask for fewer days');
  await looksRight(page, 'console-report-failed');

  desk.says('GET /account/session', () => ok(staffSession({ roles: ['support'], permissions: ['merchants:read'] })));
  await page.goto(`${desk.url}/merchants/${MERCHANT.id}`);
  await expect(page.getByRole('heading', { name: 'Kauri Books' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Prices' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Keep it' })).toHaveCount(0);
  await expect(page.getByText('Balance and settlements')).toHaveCount(0);
});
