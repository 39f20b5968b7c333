import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { withMoney } from '../support/fake-money';
import { list, ok, problem, session } from '../support/fake-portal';
import { expect, looksRight, PHONE, test } from '../support/test';

// As for people who asked their device for stillness; it also saves the tests the wait.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

test.beforeEach(({ portal }) => withMoney(portal));

/** Movement is over: a thing that fades in has too little contrast on its way. */
async function still(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations === Infinity),
  );
}

async function open(page: Page, name: string) {
  const dialog = page.getByRole('dialog', { name });
  await expect(dialog).toBeVisible();
  await still(page);
  return dialog;
}

for (const { language, path, heading, shows } of [
  { language: 'en', path: '/balance', heading: 'Balance', shows: 'What comes next' },
  { language: 'zh-CN', path: '/balance', heading: '余额', shows: '即将可用' },
  { language: 'en', path: '/withdrawals', heading: 'Withdrawals', shows: 'One of us looks at it' },
  { language: 'zh-CN', path: '/withdrawals', heading: '提现', shows: '请勿重复提现' },
]) {
  test(`${path} in ${language}`, async ({ page, portal }) => {
    await page.addInitScript((value) => localStorage.setItem('ferrypay.language', value), language);
    await page.goto(portal.url + path);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expect(page.getByText(shows).or(page.getByText('The bank’s answer was not clear')).first()).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await still(page);
    await looksRight(page, `portal${path.replace('/', '-')}-${language}`);
  });
}

test('a balance is told by the platform’s own figures, and read as a table, too', async ({ page, portal }) => {
  await page.goto(`${portal.url}/balance`);
  const nzd = page.getByRole('region', { name: 'NZD' });
  await expect(nzd).toContainText('NZ$8,421.55');
  await expect(nzd.getByRole('row', { name: '2026-11-30' })).toContainText('NZ$640.20');
  const aud = page.getByRole('region', { name: 'AUD' });
  await expect(aud).toContainText('Below zero');
  await expect(aud).toContainText('The days are known once the holidays');

  await page.getByText('Show as a table').click();
  const table = page.getByRole('table', { name: 'The last 30 days' });
  await expect(table.getByRole('row')).toHaveCount(31);
  await expect(table.getByRole('row', { name: '2026-11-19' })).toContainText('-NZ$5,000.00');
  const history = page.getByRole('region', { name: 'The last 30 days' });
  await history.getByRole('radio', { name: 'AUD' }).check();
  await history.getByRole('radio', { name: 'Beijing' }).check();
  await expect
    .poll(() =>
      portal.heard
        .filter(({ path }) => path === '/v2/balance_history')
        .at(-1)
        ?.query.toString(),
    )
    .toBe('currency=AUD&time_zone=Asia%2FShanghai');

  // Which lines are shown stands in the address.
  const entries = page.getByLabel('Every line of the balance');
  const which = page.getByRole('heading', { name: 'Every line of the balance' }).locator('..').getByRole('radio', { name: 'AUD' });
  await which.check();
  await expect(page).toHaveURL(`${portal.url}/balance?currency=AUD`);
  await expect(entries.getByRole('row', { name: /Refund/ })).toContainText('-A$12.00');
  await page.reload();
  await expect(which).toBeChecked();

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV: 2026-11-24 NZD' }).click(),
  ]);
  expect(await readFile(await file.path(), 'utf8')).toBe('payment,net\npay_1,118.56\n');
});

test('money is asked for once, by whoever proves who it is', async ({ page, portal }) => {
  let proven = false;
  portal.says('POST /step_up', () => {
    proven = true;
    return ok(session());
  });
  portal.says('POST /v2/withdrawals', ({ body }) =>
    !proven ? problem(403, 'step_up_required') : body.amount === '9000.00' ? problem(422, 'insufficient_balance') : ok(body),
  );
  await page.goto(`${portal.url}/withdrawals`);
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  const asking = await open(page, 'Withdraw');
  await expect(asking).toContainText('NZ$8,421.55');
  // Only an account that can be used now is offered.
  await asking.getByLabel('To', { exact: true }).click();
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await asking.getByLabel('Amount in NZD').fill('1,5');
  await asking.getByRole('button', { name: 'Withdraw' }).click();
  await expect(asking.getByText('Please write an amount such as 12.50')).toBeVisible();
  await asking.getByLabel('Amount in NZD').fill('9000.00');
  await asking.getByLabel('Reference').fill('WK48');
  await asking.getByRole('button', { name: 'Withdraw' }).click();
  const proving = await open(page, 'Is it you?');
  await proving.getByLabel('Password').fill('correct horse battery');
  await proving.getByRole('button', { name: 'Continue' }).click();
  await expect(asking.getByRole('alert')).toHaveText('Less than this is available.');
  await still(page);
  await looksRight(page, 'portal-withdraw');
  await asking.getByRole('button', { name: 'All of it' }).click();
  await asking.getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByText('The withdrawal is asked for')).toBeVisible();

  const asked = portal.asked.filter(({ path }) => path === '/v2/withdrawals');
  expect(asked.map(({ body }) => body.amount)).toEqual(['9000.00', '9000.00', '8421.55']);
  expect(asked.at(-1)?.body).toEqual({ amount: '8421.55', currency: 'NZD', bank_account: 'ba_1', reference: 'WK48' });
  // What was proven meanwhile is the same request.
  expect(new Set(asked.slice(0, 2).map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
});

test('what has not left is canceled; bank accounts come and go', async ({ page, portal }) => {
  portal.says('POST /v2/withdrawals/wd_1:cancel', () => problem(409, 'not_cancelable'));
  portal.says('POST /v2/bank_accounts', ({ body }) => ok(body));
  portal.says('POST /v2/bank_accounts/ba_1:remove', () => ok({}));
  await page.goto(`${portal.url}/withdrawals`);
  await expect(page.getByRole('button', { name: /^Cancel the withdrawal/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Cancel the withdrawal: 5000.00 NZD WK47' }).click();
  const canceling = await open(page, 'Cancel the withdrawal');
  await canceling.getByRole('button', { name: 'Cancel the withdrawal' }).click();
  await expect(canceling.getByRole('alert')).toHaveText('It has left, or is over.');
  portal.says('POST /v2/withdrawals/wd_1:cancel', () => ok({}));
  await canceling.getByRole('button', { name: 'Cancel the withdrawal' }).click();
  await expect(page.getByText('The withdrawal is canceled')).toBeVisible();

  const accounts = page.getByRole('region', { name: 'Bank accounts' });
  await expect(accounts.getByRole('listitem').filter({ hasText: '王芳' })).toContainText(/Can be used from .*2099/);
  await accounts.getByRole('button', { name: 'Add a bank account' }).click();
  const adding = await open(page, 'Add a bank account');
  await adding.getByRole('button', { name: 'Add a bank account' }).click();
  await expect(adding.getByText('Please fill this in')).toHaveCount(2);
  await adding.getByLabel('Name of the holder').fill('Harbour Honey Limited');
  await adding.getByLabel('Account number').fill('01-0902-0068389-00');
  await looksRight(page, 'portal-bank-account');
  await adding.getByRole('button', { name: 'Add a bank account' }).click();
  await expect(page.getByText('The bank account is added')).toBeVisible();
  await accounts.getByRole('button', { name: 'Remove: Harbour Honey Limited' }).click();
  const removing = await open(page, 'Remove');
  await expect(removing).toContainText('01-0902-0****89-00');
  await removing.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('The bank account is removed')).toBeVisible();
  expect(portal.asked.find(({ path }) => path === '/v2/bank_accounts')?.body).toEqual({
    holder: 'Harbour Honey Limited',
    number: '01-0902-0068389-00',
    currency: 'NZD',
  });
});

test('money is withdrawn by itself, and a statement is fetched', async ({ page, portal }) => {
  portal.says('POST /v2/withdrawal_schedules', () => problem(409, 'schedule_exists'));
  portal.says('POST /v2/withdrawal_schedules/ws_1:pause', () => ok({}));
  portal.says('POST /v2/withdrawal_schedules/ws_1:end', () => ok({}));
  await page.goto(`${portal.url}/withdrawals`);
  const schedules = page.getByRole('region', { name: 'Regular withdrawals' });
  await expect(schedules).toContainText('Weekly Friday');
  await expect(schedules).toContainText('Next on 2026-12-04');
  await schedules.getByRole('button', { name: 'Pause: Weekly NZD' }).click();
  await expect.poll(() => portal.asked.at(-1)?.path).toBe('/v2/withdrawal_schedules/ws_1:pause');
  await schedules.getByRole('button', { name: 'Withdraw regularly' }).click();
  const adding = await open(page, 'Withdraw regularly');
  await adding.getByLabel('Only if more than this is available, in NZD').fill('500.00');
  await adding.getByRole('button', { name: 'Withdraw regularly' }).click();
  await expect(adding.getByRole('alert')).toHaveText('There is a schedule in this currency already.');
  expect(portal.asked.at(-1)?.body).toEqual({ every: 'week', weekday: 'friday', bank_account: 'ba_1', above: '500.00', currency: 'NZD' });
  await looksRight(page, 'portal-schedule');
  await adding.getByRole('button', { name: 'Cancel' }).click();
  await schedules.getByRole('button', { name: 'End: Weekly NZD' }).click();
  const ending = await open(page, 'End');
  await ending.getByRole('button', { name: 'End' }).click();
  await expect(ending).toBeHidden();

  await page.goto(`${portal.url}/balance`);
  const statement = page.getByRole('region', { name: 'Statement' });
  await statement.getByLabel('From').fill('2026-11-01');
  await statement.getByLabel('To').fill('2026-11-27');
  await Promise.all([page.waitForEvent('download'), statement.getByRole('button', { name: 'Download' }).click()]);
  expect(portal.heard.at(-1)?.query.toString()).toBe('currency=NZD&from=2026-11-01&to=2026-11-27&format=pdf');
});

test('who may only read moves nothing, and what is empty or failed says so', async ({ page, portal }) => {
  portal.says('GET /session', () => ok(session({ role: 'read_only', permissions: ['balances:read', 'withdrawals:read'] })));
  await page.goto(`${portal.url}/withdrawals`);
  await expect(page.getByText('WK47')).toBeVisible();
  await expect(page.getByRole('button', { name: /Withdraw|Cancel|Add|Remove|Pause|End/ })).toHaveCount(0);

  for (const what of ['withdrawals', 'bank_accounts', 'withdrawal_schedules']) {
    portal.says(`GET /v2/${what}`, () => list());
  }
  portal.says('GET /v2/balances', () => ok({ object: 'balance', as_of: '2026-11-27T20:00:00Z', balances: [] }));
  await page.reload();
  await expect(page.getByText('There are no withdrawals yet.')).toBeVisible();
  await expect(page.getByText('There is no bank account yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Balance' }).click();
  await expect(page.getByText('You have not been paid yet.')).toBeVisible();
  portal.says('GET /v2/balances', () => problem(500, 'internal_error'));
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('Something went wrong on our side', { timeout: 15_000 });
});

test.describe('on a phone', () => {
  test.use({ viewport: PHONE });

  test('nothing of the money sticks out sideways', async ({ page, portal }) => {
    for (const path of ['/balance', '/withdrawals']) {
      await page.goto(portal.url + path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
      await still(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, path).toBeLessThanOrEqual(0);
    }
  });
});
