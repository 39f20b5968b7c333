import type { Page } from '@playwright/test';
import { CODE, exported, list, ok, onboarding, payment, problem, STORE, sections, session } from '../support/fake-portal';
import { expect, looksRight, test } from '../support/test';

// As for people who asked their device for stillness; it also saves the tests the wait.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** A dialog that has come in; what fades is not looked at. */
async function open(page: Page, name: string) {
  const dialog = page.getByRole('dialog', { name });
  await expect(dialog).toBeVisible();
  await page.waitForFunction(() =>
    document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations === Infinity),
  );
  return dialog;
}

test('a second factor is asked for, and the person comes to where they wanted to be', async ({ page, portal }) => {
  portal.signedOut();
  portal.says('POST /sign_in', () => ok({ status: 'second_factor_required', second_factors: ['totp', 'recovery_code'] }));
  portal.says('POST /sign_in:second_factor', ({ body }) => (body.totp === '123456' ? ok(session()) : problem(401, 'wrong_code')));
  await page.goto(`${portal.url}/refunds?status=failed`);
  await page.getByLabel('Email address').fill('mere@harbourhoney.example');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();

  await page.getByLabel('Code').fill('000000');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText('This code is wrong, or was used before.');
  await looksRight(page, 'portal-second-factor');
  await page.getByLabel('Code').fill('123456');
  portal.says('GET /session', () => ok(session()));
  await page.getByRole('button', { name: 'Sign in' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Refunds' })).toBeVisible();
  await expect(page).toHaveURL(`${portal.url}/refunds?status=failed`);
  expect(portal.asked.map(({ path }) => path)).toEqual(['/sign_in', '/sign_in:second_factor', '/sign_in:second_factor']);
});

test('nobody is led to another site by a link to the sign-in', async ({ page, portal }) => {
  portal.signedOut();
  portal.says('POST /sign_in', () => ok({ status: 'signed_in', session: session() }));
  await page.goto(`${portal.url}/sign-in?next=${encodeURIComponent('//evil.example/x')}`);
  await page.getByLabel('Email address').fill('mere@harbourhoney.example');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
  expect(page.url()).toMatch(/\/portal\/?$/);
});

test('the token of a mail is taken out of the address, and posted', async ({ page, portal }) => {
  portal.signedOut();
  portal.says('POST /sign_up:complete', () => ({ status: 201, body: session() }));
  await page.goto(`${portal.url}/complete-sign-up#token=tok_1`);
  await page.getByLabel('Choose a password').fill('short');
  await page.getByRole('button', { name: 'Open the account' }).click();
  await expect(page.getByText('12 to 128 characters are needed')).toBeVisible();
  expect(page.url()).not.toContain('tok_1');

  await page.getByLabel('Choose a password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Open the account' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
  expect(portal.asked.map(({ body }) => body)).toEqual([{ token: 'tok_1', password: 'correct horse battery' }]);
});

test('what is dangerous asks who it is, and is then done once', async ({ page, portal }) => {
  let proven = false;
  portal.says('GET /second_factor', () => ok({ totp: true, recovery_codes_left: 9 }));
  portal.says('POST /step_up', ({ body }) => {
    proven = body.totp === '123456';
    return proven ? ok(session()) : problem(401, 'wrong_code');
  });
  portal.says('POST /v2/api_keys', () =>
    proven ? { status: 201, body: { id: 'key_9', secret: 'rk_test_onlyonce' } } : problem(403, 'step_up_required'),
  );
  await page.goto(`${portal.url}/developers/keys`);
  await page.getByRole('button', { name: 'Make a key' }).click();
  const making = await open(page, 'Make a key');
  await making.getByLabel('Name').fill('Till');
  await making.getByRole('checkbox', { name: 'payments:write' }).check();
  await expect(making.getByRole('checkbox', { name: 'team:write' })).toHaveCount(0);
  await looksRight(page, 'portal-make-key');
  await making.getByRole('button', { name: 'Make a key' }).click();

  const who = await open(page, 'Is it you?');
  await looksRight(page, 'portal-step-up');
  await who.getByLabel('Code').fill('123456');
  await who.getByRole('button', { name: 'Continue' }).click();

  await expect(page.getByText('rk_test_onlyonce')).toBeVisible();
  await open(page, 'Your new key');
  await looksRight(page, 'portal-secret');
  const tries = portal.asked.filter(({ path }) => path === '/v2/api_keys');
  expect(tries).toHaveLength(2);
  expect(tries[1]?.body).toEqual({ name: 'Till', kind: 'restricted', scopes: ['payments:write'] });
  expect(tries[1]?.headers['idempotency-key']).toBe(tries[0]?.headers['idempotency-key']);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByText('rk_test_onlyonce')).toBeHidden();
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('a refund that was refused says why, and is sent again under the same key', async ({ page, portal }) => {
    const refunds = `POST /v2/payments/${payment().id}/refunds`;
    portal.says(refunds, () => problem(422, 'refund_exceeds_balance'));
    await page.goto(`${portal.url}/payments?payment=${payment().id}`);
    await page.getByRole('button', { name: '退款', exact: true }).click();
    const dialog = await open(page, '退款给付款人');
    await expect(dialog.getByText('NZ$100.00')).toBeVisible();
    await dialog.getByRole('radio', { name: '部分金额' }).check();
    await dialog.getByLabel('金额（NZD）').fill('100.01');
    await looksRight(page, 'portal-refund');
    await dialog.getByRole('button', { name: '退款' }).click();
    await expect(dialog.getByRole('alert')).toHaveText('超过了可退金额。');

    portal.says(refunds, () => ({ status: 201, body: {} }));
    await dialog.getByLabel('金额（NZD）').fill('12.5');
    await dialog.getByRole('button', { name: '退款' }).click();

    await expect(page.getByText('退款已提交，渠道很快会处理')).toBeVisible();
    const sent = portal.asked.filter(({ path }) => path.endsWith('/refunds'));
    expect(sent.map(({ body }) => body)).toEqual([{ amount: '100.01' }, { amount: '12.5' }]);
    expect(sent[1]?.headers['idempotency-key']).toBe(sent[0]?.headers['idempotency-key']);
  });
});

test('filters stand in the address, and the list goes on', async ({ page, portal }) => {
  portal.says('GET /v2/payments', ({ query }) =>
    query.get('cursor') === null
      ? ok({ data: [payment()], has_more: true, next_cursor: 'next' })
      : list(payment({ id: 'pay_9', merchant_reference: 'ORDER-09' })),
  );
  await page.goto(`${portal.url}/payments?from=2026-11-27&to=2026-11-28&days=beijing`);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(page.getByText('ORDER-09')).toBeVisible();
  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.getByTitle('Paid', { exact: true }).click();

  await expect(page).toHaveURL(/status=paid/);
  await expect
    .poll(() =>
      portal.heard
        .filter(({ path }) => path === '/v2/payments')
        .at(-1)
        ?.query.toString(),
    )
    .toBe(
      new URLSearchParams({
        limit: '20',
        status: 'paid',
        created_gte: '2026-11-26T16:00:00.000Z',
        created_lt: '2026-11-28T16:00:00.000Z',
      }).toString(),
    );
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(`${portal.url}/payments`);
});

test('a cashier sees what a cashier may do', async ({ page, portal }) => {
  portal.says('GET /session', () =>
    ok(
      session({ role: 'cashier', permissions: ['payments:read', 'payments:write', 'refunds:read', 'static_codes:read', 'merchant:read'] }),
    ),
  );
  await page.goto(`${portal.url}/payments?payment=${payment().id}`);
  await expect(page.getByText('one jar broken').first()).toBeVisible();

  await expect(page.getByRole('button', { name: 'Refund' })).toHaveCount(0);
  const side = page.getByRole('navigation', { name: 'Main navigation', includeHidden: true });
  await expect(side.getByRole('link', { includeHidden: true })).toHaveText([
    /Home/,
    /Payments/,
    /Refunds/,
    /Rates/,
    /Stores and codes/,
    /Test simulator/,
    /Security/,
  ]);
  expect(portal.heard.filter(({ path }) => path.startsWith('/v2/webhook'))).toEqual([]);
});

test('live mode is another world, and opens only for who is approved', async ({ page, portal }) => {
  await page.goto(portal.url);
  await expect(page.getByRole('radio', { name: 'Live' })).toBeDisabled();

  portal.says('GET /session', () =>
    ok(session({ merchant: { id: 'mer_1', display_name: 'Harbour Honey Co', currency: 'NZD', status: 'active', live_enabled: true } })),
  );
  await page.goto(`${portal.url}/refunds`);
  await expect(page.getByText('NOTENOUGH')).toBeVisible();
  await page.getByText('Live', { exact: true }).click();

  await expect.poll(() => portal.heard.filter(({ path }) => path === '/v2/refunds').at(-1)?.headers['ferry-mode']).toBe('live');
  await expect(page.locator('.shell-live')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Test simulator' })).toHaveCount(0);
});

test('whoever acts for two merchants sees one of them at a time', async ({ page, portal }) => {
  const memberships = [
    { merchant_id: 'mer_1', display_name: 'Harbour Honey Co', role: 'owner' },
    { merchant_id: 'mer_2', display_name: 'Otago Wines', role: 'owner' },
  ];
  portal.says('GET /session', () => ok(session({ memberships })));
  portal.says('POST /session:switch', () =>
    ok(
      session({
        memberships,
        merchant: { id: 'mer_2', display_name: 'Otago Wines', currency: 'NZD', status: 'draft', live_enabled: false },
      }),
    ),
  );
  await page.goto(`${portal.url}/payments`);
  await expect(page.getByText('ORDER-10023')).toBeVisible();
  portal.says('GET /v2/payments', () => list(payment({ id: 'pay_w', merchant_reference: 'WINE-1' })));
  await page.getByLabel('Merchant').selectOption('Otago Wines');

  await expect(page.getByText('WINE-1')).toBeVisible();
  await expect(page.getByText('ORDER-10023')).toHaveCount(0);
  expect(portal.asked.at(-1)?.body).toEqual({ merchant_id: 'mer_2' });
});

test('a session that is over leads to the sign-in and back', async ({ page, portal }) => {
  await page.goto(`${portal.url}/refunds`);
  await expect(page.getByText('NOTENOUGH')).toBeVisible();
  portal.signedOut();
  portal.says('GET /v2/fx/rates', () => problem(401, 'unauthenticated'));
  await page.getByRole('link', { name: 'Rates' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await expect(page).toHaveURL(/next=%2Frates/);
});

test('a second factor is switched on by a code that is drawn here', async ({ page, portal }) => {
  portal.says('POST /second_factor:offer', () =>
    ok({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/FerryPay:mere?secret=JBSWY3DPEHPK3PXP&issuer=FerryPay' }),
  );
  portal.says('POST /second_factor:confirm', () => ok({ recovery_codes: Array.from({ length: 10 }, (_, index) => `aaaa-bbb${index}`) }));
  await page.goto(`${portal.url}/security`);
  await page.getByRole('button', { name: 'Switch the second factor on' }).click();
  const dialog = await open(page, 'Switch the second factor on');
  await expect(dialog.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
  await looksRight(page, 'portal-totp');
  portal.says('GET /second_factor', () => ok({ totp: true, recovery_codes_left: 10 }));
  await dialog.getByLabel('Code').fill('123456');
  await dialog.getByRole('button', { name: 'Switch the second factor on' }).click();

  const codes = await open(page, 'Recovery codes');
  await expect(codes.getByRole('listitem')).toHaveCount(10);
  await looksRight(page, 'portal-recovery-codes');
  await codes.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByText('10 recovery codes are left.')).toBeVisible();
});

test('a poster fits its paper, with a code that can be scanned from a step away', async ({ page, portal }) => {
  await page.goto(`${portal.url}/poster/${CODE.id}`);
  await page.emulateMedia({ media: 'print' });
  for (const [size, width, height] of [
    ['A4', 210, 297],
    ['A5', 148, 210],
    ['A6', 105, 148],
  ] as const) {
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('radio', { name: size }).check();
    await page.emulateMedia({ media: 'print' });
    const millimetres = await page.evaluate(() => {
      const of = (element: Element | null) => element?.getBoundingClientRect();
      const sheet = document.querySelector('.sheet');
      const inner = [...(sheet?.querySelectorAll('*') ?? [])].map((element) => element.getBoundingClientRect().bottom);
      return {
        width: ((of(sheet)?.width ?? 0) * 25.4) / 96,
        height: ((of(sheet)?.height ?? 0) * 25.4) / 96,
        code: ((of(document.querySelector('.sheet-code'))?.width ?? 0) * 25.4) / 96,
        sticksOut: Math.max(...inner) > (of(sheet)?.bottom ?? 0) + 1,
      };
    });
    expect(millimetres.width).toBeCloseTo(width, 0);
    expect(millimetres.height).toBeCloseTo(height, 0);
    // 29 of 37 modules are the code, the rest is its quiet zone.
    expect((millimetres.code * 29) / 37).toBeGreaterThanOrEqual(40);
    expect(millimetres.sticksOut, size).toBe(false);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g), `${size} is one page`).toHaveLength(1);
    await page.screenshot({ path: `test-results/screens/portal-poster-print-${size}.png`, fullPage: true });
  }
});

test('a page whose texts did not come says so in both languages', async ({ page, portal }) => {
  await page.route('**/assets/en-*.js', (route) => route.abort());
  await page.goto(portal.url);

  await expect(page.getByText('The page could not be loaded.')).toBeVisible();
  await page.unroute('**/assets/en-*.js');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
});

test('an application is filled in, with files, and handed in', async ({ page, portal }) => {
  portal.says('PUT /onboarding/business', () => problem(409, 'section_changed'));
  portal.says('PUT /onboarding/people', ({ body }) => ok(body));
  portal.says('POST /onboarding/documents', () => ({ status: 201, body: { id: 'doc_2' } }));
  portal.says('POST /onboarding:submit', () => ({
    status: 422,
    body: { code: 'onboarding_incomplete', errors: [{ pointer: '/sites', code: 'required', message: 'is missing' }] },
  }));
  await page.goto(`${portal.url}/onboarding`);

  // Somebody else was faster: what they saved is read, and the form begins anew.
  await page.getByRole('button', { name: 'Change: Business' }).click();
  const business = await open(page, 'Business');
  await business.getByLabel('Legal name').fill('Harbour Honey Ltd');
  await looksRight(page, 'portal-onboarding-business');
  await business.getByRole('button', { name: 'Save' }).click();
  await expect(business.getByRole('alert')).toContainText('Somebody else was faster');
  portal.says('GET /onboarding/sections', () => ok(sections(4)));
  portal.says('PUT /onboarding/business', ({ body }) => ok(body));
  await business.getByRole('button', { name: 'Read it again' }).click();
  await expect(business.getByLabel('Legal name')).toHaveValue('Harbour Honey Limited');
  await business.getByLabel('City').fill('Auckland');
  await business.getByRole('button', { name: 'Save' }).click();
  await expect(business).toBeHidden();

  await page.getByRole('button', { name: 'Change: Directors and owners' }).click();
  const people = await open(page, 'Directors and owners');
  await people.getByRole('button', { name: 'Add a person' }).click();
  await people.getByRole('group', { name: 'Person 2' }).getByLabel('Name').fill('王芳');
  await looksRight(page, 'portal-onboarding-people');
  await people.getByRole('button', { name: 'Save' }).click();
  await expect(people).toBeHidden();
  const saved = portal.asked.filter(({ method }) => method === 'PUT').map(({ body }) => body);
  expect(saved).toEqual([
    { version: 3, data: { type: 'company', legal_name: 'Harbour Honey Ltd' } },
    { version: 4, data: { type: 'company', legal_name: 'Harbour Honey Limited', address: { city: 'Auckland' } } },
    { version: 1, data: { people: [{ name: 'Mere Tane', nationality: 'NZ', director: true, share_percent: '60.00' }, { name: '王芳' }] } },
  ]);

  await page
    .getByLabel('Upload: Photo of the shop')
    .first()
    .setInputFiles({ name: 'shop.png', mimeType: 'image/png', buffer: Buffer.from('pixels') });
  await expect.poll(() => portal.asked.find(({ path }) => path === '/onboarding/documents')?.body).toBe('pixels');
  const sent = portal.asked.find(({ path }) => path === '/onboarding/documents');
  expect(sent?.query.toString()).toBe('kind=shop_photo&name=shop.png');
  expect(sent?.headers['content-type']).toBe('image/png');

  await page.getByRole('button', { name: 'Submit for review' }).click();
  const handing = await open(page, 'Submit for review');
  await handing.getByRole('button', { name: 'Submit for review' }).click();
  await expect(handing.getByText('Please confirm this before you submit')).toBeVisible();
  await handing.getByRole('checkbox').check();
  await handing.getByRole('button', { name: 'Submit for review' }).click();
  await expect(handing.getByRole('alert')).toContainText('Stores and websites');
  portal.says('POST /onboarding:submit', ({ body }) => ok(body));
  portal.says('GET /onboarding', () => ok(onboarding({ status: 'submitted' })));
  await handing.getByRole('button', { name: 'Submit for review' }).click();
  await expect(page.getByText('Handed in', { exact: true })).toBeVisible();
  expect(portal.asked.at(-1)?.body).toEqual({ version: 12, agrees: true });
  await expect(page.getByRole('button', { name: 'Change: Business' })).toHaveCount(0);
});

test('rates are drawn, and are read as a table by whoever does not see the picture', async ({ page, portal }) => {
  await page.goto(`${portal.url}/rates`);
  await expect(page.getByRole('img', { name: 'How many CNY one NZD was worth' })).toBeVisible();
  await page.getByText('Show as a table').click();
  const table = page.getByRole('table', { name: 'How many CNY one NZD was worth' });
  await expect(table.getByRole('row')).toHaveCount(31);
  const first = table.getByRole('row').nth(1);
  await expect(first.getByRole('cell')).toHaveText(['4.6400', '—']);
  await expect(table.getByRole('row').last().getByRole('cell')).toHaveText([/^4\.6\d+$/, /^4\.7\d+$/]);
  await looksRight(page, 'portal-rates-table');

  await page.getByRole('radio', { name: '7 days' }).check();
  await page.getByText('Show as a table').click();
  await expect(table.getByRole('row')).toHaveCount(8);
  expect(portal.heard.at(-1)?.query.get('interval')).toBe('hour');

  portal.says('GET /v2/fx/rate_history', () => ok({ object: 'fx_rate_history', base: 'NZD', quote: 'CNY', data: [] }));
  await page.reload();
  await expect(page.getByText('No rates have been kept for this time.')).toBeVisible();
});

test('payments are narrowed by amount, and the address keeps it', async ({ page, portal }) => {
  await page.goto(`${portal.url}/payments`);
  const least = page.getByLabel('Amount from');
  await least.fill('7.5.1');
  await expect(least).toHaveAttribute('aria-invalid', 'true');
  await least.fill('7.5');
  await least.press('Enter');
  await expect(page).toHaveURL(/least=%227\.50%22|least=7\.50?/);
  await page.getByLabel('Amount to').fill('120');
  await page.getByLabel('Amount to').blur();
  await expect.poll(() => portal.heard.at(-1)?.query.get('amount_lte')).toBe('120.00');
  expect(portal.heard.at(-1)?.query.get('amount_gte')).toBe('7.50');

  await page.reload();
  await expect(page.getByLabel('Amount from')).toHaveValue('7.50');
  await looksRight(page, 'portal-payments-by-amount');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByLabel('Amount from')).toHaveValue('');
  await expect.poll(() => portal.heard.at(-1)?.query.get('amount_gte')).toBeNull();
});

test('the list in view becomes a file, and its progress is seen', async ({ page, portal }) => {
  let progress = 0;
  portal.says('POST /v2/exports', () => ({ status: 201, body: exported({ status: 'waiting', progress: 0 }) }));
  portal.says('GET /v2/exports', () =>
    list(
      progress === 100
        ? exported()
        : exported({ status: 'running', progress, rows: progress * 12, total_rows: 1200, ended_at: null, expires_at: null }),
    ),
  );
  portal.says(`GET /v2/exports/${exported().id}/content`, () => ({ status: 200, csv: '\uFEFFid\r\n' }));
  await page.goto(`${portal.url}/payments?status=paid&days=beijing&from=2026-11-01`);
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Exports' })).toBeVisible();
  expect(portal.asked.at(-1)?.body).toEqual({
    kind: 'payments',
    filters: { status: 'paid', created_gte: '2026-10-31T16:00:00.000Z' },
    time_zone: 'Asia/Shanghai',
  });
  progress = 42;
  await expect(page.getByRole('progressbar', { name: 'How far the export is' })).toHaveAttribute('aria-valuenow', '42');
  await expect(page.getByText('504 / 1200')).toBeVisible();
  progress = 100;
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
  expect(file.suggestedFilename()).toBe('payments-test-20261128-090000.csv');

  // One at a time; and a role that may only read sees what is there.
  portal.says('POST /v2/exports', () => problem(409, 'export_in_progress'));
  await page.goto(`${portal.url}/refunds`);
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  await expect(page.getByText('Another export is being written.')).toBeVisible();
  portal.says('GET /session', () => ok(session({ role: 'read_only', permissions: ['refunds:read', 'exports:read'] })));
  await page.reload();
  await expect(page.getByRole('link', { name: 'Exports' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export as CSV' })).toHaveCount(0);
});

test('a developer finds the request that went wrong', async ({ page, portal }) => {
  await page.goto(`${portal.url}/developers/requests?status=4xx`);
  await expect(page.getByText('/v2/payments/by-reference/…')).toBeVisible();
  expect(portal.heard.at(-1)?.query.get('status')).toBe('4xx');
  await page.getByLabel('Request', { exact: true }).fill('req_01JDC3VZ6Q8S7M2K4T9R5XN1AC');
  await page.getByLabel('Request', { exact: true }).press('Enter');
  await expect.poll(() => portal.heard.at(-1)?.query.get('request_id')).toBe('req_01JDC3VZ6Q8S7M2K4T9R5XN1AC');
  await expect(page).toHaveURL(/request=req_01JDC3VZ6Q8S7M2K4T9R5XN1AC/);
  portal.says('GET /v2/request_log', () => list());
  await page.reload();
  await expect(page.getByText('There is no such request.')).toBeVisible();
});

test('a store is changed, and closed only by whoever types its name', async ({ page, portal }) => {
  portal.says(`PATCH /v2/stores/${STORE.id}`, ({ body }) => ok({ ...STORE, ...body }));
  portal.says(`POST /v2/stores/${STORE.id}:close`, () => ok({ ...STORE, status: 'closed' }));
  await page.goto(`${portal.url}/stores`);
  await page.getByRole('button', { name: 'Change: Viaduct Harbour' }).click();
  const changing = page.getByRole('dialog', { name: 'Change the store' });
  await changing.getByLabel('Name of the store').fill('Pier 4');
  await changing.getByRole('button', { name: 'Save' }).click();
  await expect(changing).toHaveCount(0);
  expect(portal.asked.at(-1)?.body).toEqual({ name: 'Pier 4', address: STORE.address, time_zone: 'Pacific/Auckland' });

  await page.getByRole('button', { name: 'Close the store: Viaduct Harbour' }).click();
  const closing = page.getByRole('dialog', { name: 'Close the store' });
  const typed = closing.getByLabel('Type “Viaduct Harbour” to close it');
  await typed.fill('Viaduct');
  await closing.getByRole('button', { name: 'Close the store' }).click();
  await expect(closing.getByText('This is not the name of the store.')).toBeVisible();
  expect(portal.asked).toHaveLength(1);
  await typed.fill('Viaduct Harbour');
  portal.says('GET /v2/stores', () => list({ ...STORE, status: 'closed' }));
  await closing.getByRole('button', { name: 'Close the store' }).click();
  await expect(closing).toHaveCount(0);
  await expect(page.getByText('Closed', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Make a code' })).toHaveCount(0);
});

test('a team may want a second factor of everybody, and shuts nobody out for good', async ({ page, portal }) => {
  let required = false;
  portal.says('GET /team_rules', () => ok({ second_factor_required: required }));
  portal.says('PUT /team_rules', () => problem(409, 'second_factor_first'));
  await page.goto(`${portal.url}/team`);
  const rules = page.getByRole('region', { name: 'For everybody' });
  await expect(rules).toContainText('everybody’s own choice');
  await rules.getByRole('button', { name: 'Everybody must have a second factor' }).click();
  const asking = await open(page, 'Everybody must have a second factor');
  await expect(asking).toContainText('until they have set one up: 1.');
  await asking.getByRole('button', { name: 'Ask for it' }).click();
  await expect(asking.getByRole('alert')).toHaveText('Set up a second factor of your own first.');
  await looksRight(page, 'portal-team-rule');
  portal.says('PUT /team_rules', ({ body }) => {
    required = body.second_factor_required;
    return ok(body);
  });
  await asking.getByRole('button', { name: 'Ask for it' }).click();
  await expect(rules).toContainText('can do nothing here but set one up');
  expect(portal.asked.at(-1)?.body).toEqual({ second_factor_required: true });

  // Somebody who has none sees the way to one, and nothing else.
  portal.says('GET /session', () => ok(session({ role: 'cashier', permissions: ['payments:read'], second_factor_needed: true })));
  await page.goto(`${portal.url}/payments`);
  await expect(page.getByText('Your team wants a second factor of everybody.')).toBeVisible();
  await looksRight(page, 'portal-barred');
  const side = page.getByRole('navigation', { name: 'Main navigation' });
  await expect(side.getByRole('link')).toHaveText([/Security/]);
  await page.getByRole('note').getByRole('link', { name: 'Security' }).click();
  await expect(page.getByRole('button', { name: 'Switch the second factor on' })).toBeVisible();
  expect(portal.heard.filter(({ path }) => path === '/v2/payments')).toEqual([]);
});
