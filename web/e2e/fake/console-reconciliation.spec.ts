import { readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, looksRight, test } from '../support/test';

const ORIGIN = 'http://console.ferrypay.example';
const DIST = resolve(import.meta.dirname, '../../apps/console/dist');
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.html': 'text/html' };
const PERSON = 'per_01JDC3VZ6Q8S7M2K4T9R5XN1AB';

test.use({ contextOptions: { reducedMotion: 'reduce' }, viewport: { width: 1280, height: 900 } });

const counts = {
  version: 2,
  lines: 18,
  matched: 14,
  differing: 3,
  carried: 0,
  bad: 1,
  records: 17,
  records_matched: 14,
  records_differing: 2,
  records_carried: 0,
  records_elsewhere: 1,
  added: 4,
  gone: 1,
};

const day = (account: string, date: string, over: Record<string, unknown> = {}) => ({
  account,
  channel: account.split('-')[0],
  livemode: true,
  day: date,
  state: 'closed',
  refused_reason: null,
  file: {
    format: 'wechat-global-csv',
    sha256: 'ab'.repeat(32),
    bytes: 18_211,
    verified: true,
    handed_in_by: null,
    confirmed: false,
  },
  counts: { ...counts, matched: 18, differing: 0, bad: 0, records_matched: 16, records_differing: 0 },
  open: {},
  decided: 0,
  changed_at: '2026-11-25T03:10:00Z',
  ...over,
});

const DAY = day('wechat-live', '2026-11-24', { state: 'compared', counts, open: { amount: 2, fee: 1, status: 1 } });
const DAYS = {
  object: 'list',
  today: '2026-11-28',
  data: [
    day('wechat-live', '2026-11-27', { state: 'not_ready', file: null, counts: null }),
    day('alipay-live', '2026-11-27'),
    day('wechat-live', '2026-11-25'),
    day('alipay-live', '2026-11-25', { state: 'refused', counts: null, refused_reason: 'no_headings' }),
    DAY,
    day('alipay-live', '2026-11-24'),
  ],
};

const DIFFERENCE = {
  object: 'difference',
  id: 'dif_12',
  version: 3,
  status: 'open',
  livemode: true,
  channel: 'wechat',
  account: 'wechat-live',
  day: '2026-11-24',
  type: 'amount',
  kind: 'payment',
  order_number: '01KB2Q7W3M9D8F5T6H4J2N1P',
  refund_number: null,
  channel_reference: '4200002345202611240001',
  line_number: 7,
  theirs: '3001',
  ours: '3000',
  their_amount: { amount: '30.01', currency: 'NZD' },
  our_amount: { amount: '30.00', currency: 'NZD' },
  merchant_id: 'mer_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
  owner_id: 'pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
  stakes: [{ amount: '0.01', currency: 'NZD' }],
  booked_in: 'suspense',
  assigned_to: null,
  asked: 0,
  proposed: 'write_off',
  actions: ['ask_channel', 'claim', 'write_off'],
  action: null,
  opened_at: '2026-11-25T03:12:00Z',
  due_at: '2026-11-27T03:12:00Z',
  decided_at: null,
  ended_at: null,
};

const side = (amount: string, line: number | null) => ({
  kind: 'payment',
  status: line === null ? 'paid' : 'done',
  order_number: DIFFERENCE.order_number,
  refund_number: null,
  channel_reference: DIFFERENCE.channel_reference,
  channel_merchant: '1900000109',
  amount,
  currency: 'NZD',
  yuan: '135.10',
  settled: line === null ? null : amount,
  settled_currency: line === null ? null : 'NZD',
  fee: line === null ? null : '0.6',
  rate: '4.5034',
  happened_at: '2026-11-24T04:00:00Z',
  line_number: line,
});

interface Asked {
  path: string;
  body: unknown;
}

/** Answers as the console's services would. */
async function openConsole(page: Page, path: string, asked: Asked[] = []): Promise<void> {
  const answers: Record<string, unknown> = {
    '/account/session': {
      id: 'ses_1',
      user: { account: 'sta_1', person: PERSON, name: 'Mere Tane', email: 'mere@ferrypay.example', language: 'en' },
      roles: ['finance'],
      permissions: ['reconciliation:read', 'reconciliation:write', 'reconciliation:approve'],
      break_glass_until: null,
      ends_at: '2026-11-28T23:00:00Z',
      stepped_up_until: '2026-11-28T23:00:00Z',
    },
    '/approvals_waiting': { data: [] },
    '/reconciliation/days': DAYS,
    '/reconciliation/days/wechat-live/2026-11-24': DAY,
    '/reconciliation/differences/dif_12/sides': { theirs: side('30.01', 7), ours: side('30.00', null) },
    '/differences': { object: 'list', data: [DIFFERENCE], has_more: false, next_cursor: null },
    '/differences/standing': {
      object: 'difference_standing',
      open: 4,
      overdue: 1,
      by_type: { amount: 2, fee: 1, status: 1 },
      age: [0, 1, 3, 0],
      booked: [
        { livemode: true, account: 'suspense', amount: '-29.99', currency: 'NZD' },
        { livemode: true, account: 'channel-claim', amount: '12.50', currency: 'NZD' },
      ],
    },
    '/differences/dif_12': {
      difference: DIFFERENCE,
      timeline: [{ at: '2026-11-25T03:12:00Z', what: 'opened', who: 'system', detail: {} }],
    },
    '/differences/dif_12:ask': { object: 'approval_request', approval: 'apr_1' },
  };
  await page.route(`${ORIGIN}/**`, async (route) => {
    const url = new URL(route.request().url());
    if (url.pathname.startsWith('/console/api/')) {
      const name = url.pathname.slice('/console/api'.length);
      asked.push({ path: name, body: route.request().postDataJSON() });
      const body = answers[name];
      await route.fulfill(body === undefined ? { status: 404, json: { code: 'not_found' } } : { json: body });
      return;
    }
    const file = url.pathname.startsWith('/console/assets/') ? url.pathname.slice('/console/'.length) : 'index.html';
    await route.fulfill({ body: await readFile(join(DIST, file)), contentType: TYPES[extname(file)] ?? 'application/octet-stream' });
  });
  await page.goto(`${ORIGIN}/console${path}`);
}

for (const [locale, board, differs] of [
  ['en-NZ', 'Reconciliation', 'Differs'],
  ['zh-CN', '对账', '有差异'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale });
    test('the board shows channels and days', async ({ page }) => {
      await openConsole(page, '/reconciliation');
      await expect(page.getByRole('heading', { level: 1, name: board })).toBeVisible();
      await expect(page.getByRole('link', { name: differs }).first()).toBeVisible();
      await expect(page.locator('.chart canvas')).toBeVisible();
      await looksRight(page, `console-reconciliation-${locale}`);
    });
  });
}

test('somebody looks at both sides and proposes what to do', async ({ page }) => {
  const asked: Asked[] = [];
  await openConsole(page, '/reconciliation', asked);
  await page.getByRole('link', { name: /wechat-live, 2026-11-24:.*Differs/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'wechat-live · 2026-11-24' })).toBeVisible();
  await looksRight(page, 'console-reconciliation-day');

  await page.getByRole('button', { name: /^Look/ }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('cell', { name: '30.01 NZD' }).first()).toBeVisible();
  await expect(drawer.getByRole('radio', { name: 'Write off (Suggested)' })).toBeChecked();
  await looksRight(page, 'console-reconciliation-difference');
  await drawer.getByLabel('Reason').fill('A cent of rounding');
  await drawer.getByRole('button', { name: 'Propose' }).click();

  await expect(page.getByText('Proposed; somebody else approves it.')).toBeVisible();
  expect(asked.find(({ path }) => path.endsWith(':ask'))?.body).toEqual({
    version: 3,
    action: 'write_off',
    reason: 'A cent of rounding',
  });
});

test('what fails is said, and can be tried again', async ({ page }) => {
  await openConsole(page, '/reconciliation/wechat-live/2026-11-23');
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' }).first()).toBeVisible();
});
