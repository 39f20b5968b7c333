import { list, ok } from '../support/fake-desk';
import { expect, looksRight, test } from '../support/test';

const RULE = {
  id: 'rsk_1',
  version: 2,
  name: 'Many payments of one payer',
  merchant_id: null,
  action: 'hold',
  priority: 10,
  effective_from: '2026-11-20T00:00:00Z',
  condition: {
    all: [
      { field: 'count', of: 'payer', window_minutes: 60, op: 'gte', value: 5 },
      {
        any: [
          { field: 'amount', op: 'gte', currency: 'NZD', value: '500.00' },
          { field: 'static_code', op: 'is_set' },
        ],
      },
    ],
  },
  enabled: true,
  written_by: 'per_1',
  written_at: '2026-11-20T00:00:00Z',
  published_version: 1,
};

const CASE = {
  id: 'rcs_1',
  version: 3,
  kind: 'hold',
  status: 'open',
  payment: 'pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
  merchant_id: 'mer_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
  livemode: true,
  merchant_reference: 'ORDER-10023',
  amount: '5200.00',
  currency: 'NZD',
  method: 'wechat',
  channel: 'wechat',
  store: null,
  static_code: 'sc_1',
  device: null,
  payer: 'payer_5f2b8e',
  assigned_to: null,
  decision: null,
  opened_at: '2026-11-27T12:11:40Z',
  closed_at: null,
};

const FOUND = {
  id: 'dry_1',
  livemode: true,
  status: 'done',
  progress_percent: 100,
  failure_code: null,
  result: {
    payments: 400,
    hits: 3,
    hits_at_creation: 1,
    sums: [{ currency: 'NZD', amount: '1830.00' }],
    days: Array.from({ length: 30 }, (_, day) => ({
      day: `2026-11-${String(day + 1).padStart(2, '0')}`,
      payments: 10 + (day % 7),
      hits: day % 13 === 1 ? 1 : 0,
    })),
    outcomes: { kept: 2, refunded: 1, refused: 0, held: 0, unpaid: 0 },
    sample: [
      {
        payment: CASE.payment,
        merchant_id: CASE.merchant_id,
        merchant_reference: 'ORDER-10023',
        amount: '610.00',
        currency: 'NZD',
        created_at: '2026-11-27T12:11:40Z',
        stage: 'success',
        outcome: 'kept',
      },
    ],
  },
};

test('a rule is put together, tried on the past, saved and sent to another person', async ({ page, desk }) => {
  let saved = RULE;
  desk.says('GET /risk/rules', () => list(saved));
  desk.says('GET /risk/rules/rsk_1', () => list(saved, { ...RULE, version: 1, priority: 20 }));
  desk.says('POST /risk/dry_runs', () => ({ status: 202, body: { ...FOUND, status: 'waiting', result: null } }));
  let asked = 0;
  desk.says('GET /risk/dry_runs/dry_1', () =>
    ok(asked++ === 0 ? { ...FOUND, status: 'running', progress_percent: 40, result: null } : FOUND),
  );
  desk.says('POST /risk/rules/rsk_1', ({ body }) => {
    saved = { ...RULE, ...body, version: 3 };
    return ok(saved);
  });
  desk.says('POST /risk/rules/rsk_1:publish', () => ({ status: 202, body: { approval: 'apr_1' } }));
  await page.goto(`${desk.url}/risk/rules`);
  await expect(page.getByRole('cell', { name: 'In force, a newer version is not' })).toBeVisible();
  await looksRight(page, 'console-risk-rules');
  await page.getByRole('link', { name: RULE.name }).click();

  // A third part beside the two that are there.
  await page.getByRole('button', { name: 'Add a comparison' }).last().click();
  await page.getByRole('combobox', { name: 'What is looked at' }).last().click();
  await page.getByTitle('payer', { exact: true }).last().click();
  await page.getByRole('textbox', { name: 'One of these (one a line)' }).fill('payer_1\npayer_2\n');
  await page.getByText('As it is stored').click();
  await expect(page.locator('pre')).toContainText('"payer_2"');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByText('Judging: 40 %')).toBeVisible();
  await expect(page.getByRole('img', { name: 'Payments and hits of each day' })).toBeVisible();
  await expect(page.getByText('0.8 %')).toBeVisible();
  await page.getByRole('button', { name: 'Changes of version 2' }).click();
  await looksRight(page, 'console-risk-rule');
  const condition = {
    all: [...RULE.condition.all, { field: 'payer', op: 'in', values: ['payer_1', 'payer_2'] }],
  };
  expect(desk.asked.at(-1)?.body).toEqual({ condition, merchant_id: null, livemode: true });

  await page.getByRole('button', { name: 'Save as version 3' }).click();
  await expect(page.getByText('Version 3 is written. It is not in force yet.')).toBeVisible();
  expect(desk.asked.at(-1)?.body).toMatchObject({ based_on: 2, condition, action: 'hold', priority: 10 });
  await page.getByRole('button', { name: 'Put version 3 in force' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('seen twice');
  await page.getByRole('dialog').getByRole('button', { name: 'Ask for it' }).click();
  await expect(page.getByText('It waits for another person.')).toBeVisible();
  expect(desk.asked.at(-1)?.body).toEqual({ version: 3, reason: 'seen twice' });
});

test('what the platform finds wrong in a rule is shown where it is', async ({ page, desk }) => {
  desk.says('GET /risk/rules', () => list());
  desk.says('POST /risk/rules', () => ({
    status: 400,
    body: {
      code: 'invalid_request',
      errors: [{ pointer: '/condition/all/0/value', code: 'no_amount', message: 'is no amount' }],
    },
  }));
  await page.goto(`${desk.url}/risk/rules`);
  await expect(page.getByText('There are no rules yet.')).toBeVisible();
  await page.getByRole('button', { name: 'New rule' }).click();
  await page.getByLabel('Name').fill('Large');
  await page.getByRole('button', { name: 'Save as version 1' }).click();
  await expect(page.getByText('Something in the rule is not right.')).toBeVisible();
  await expect(page.locator('.condition-wrong')).toContainText('Please check this.');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('heading', { name: '新规则' })).toBeVisible();
  await looksRight(page, 'console-risk-rule-wrong');
});

test('a case is taken, noted, and decided', async ({ page, desk }) => {
  let one = CASE;
  const timeline = [
    {
      at: '2026-11-27T12:11:40Z',
      what: 'held',
      who: 'system',
      detail: { stage: 'success', rules: [{ id: 'rsk_1', version: 1, name: RULE.name, action: 'hold' }] },
    },
    { at: '2026-11-27T12:20:40Z', what: 'note', who: 'per_1', detail: { text: 'The shop knows the buyer.' } },
  ];
  const whole = () =>
    ok({ risk_case: one, timeline, linked: [{ ...CASE, id: 'rcs_2', merchant_reference: 'ORDER-10022', decision: 'refuse' }] });
  desk.says('GET /risk/cases', () => list(one, { ...CASE, id: 'rcs_2', kind: 'alert', merchant_reference: 'ORDER-10020' }));
  desk.says('GET /risk/cases/rcs_1', whole);
  desk.says('POST /risk/cases/rcs_1:assign', ({ body }) => {
    one = { ...one, version: 4, assigned_to: body.to };
    return ok(one);
  });
  desk.says('POST /risk/cases/rcs_1:decide', () => {
    one = { ...one, version: 5, status: 'closed', decision: 'release' } as unknown as typeof CASE;
    return ok({ risk_case: one, approval: null });
  });
  await page.goto(`${desk.url}/risk`);
  await expect(page.getByRole('link', { name: 'ORDER-10020' })).toBeVisible();
  await looksRight(page, 'console-risk-cases');
  await page.getByRole('link', { name: 'ORDER-10023' }).click();
  await expect(page.getByText('The shop knows the buyer.')).toBeVisible();
  await looksRight(page, 'console-risk-case');
  await page.getByRole('button', { name: 'Block the payer' }).click();
  await expect(page.getByRole('textbox', { name: 'One of these (one a line)' })).toHaveValue('payer_5f2b8e');
  await expect(page.getByText('Make no payment')).toBeVisible();
  await page.goBack();
  await page.getByRole('button', { name: 'Assign to me' }).click();
  await expect(page.getByRole('button', { name: 'Give it back' })).toBeVisible();
  await page.getByRole('button', { name: 'Release' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('known to the shop');
  await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
  await expect(page.getByText('It is decided.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Refuse' })).toHaveCount(0);
  expect(desk.asked.map(({ body }) => body)).toEqual([
    { version: 3, to: 'per_1' },
    { version: 4, decision: 'release', reason: 'known to the shop' },
  ]);
});

test('payments are found by any number, and one of them is shown whole', async ({ page, desk }) => {
  const line = {
    id: CASE.payment,
    merchant_id: CASE.merchant_id,
    merchant_name: 'Harbour Honey Co',
    livemode: true,
    merchant_reference: 'ORDER-10023',
    status: 'paid',
    amount: '120.00',
    currency: 'NZD',
    refunded_amount: '20.00',
    payer_amount: '557.40',
    payer_currency: 'CNY',
    method: 'wechat',
    created_at: '2026-11-27T12:10:00Z',
    paid_at: '2026-11-27T12:11:40Z',
  };
  const refund = {
    id: 're_1',
    kind: 'requested',
    payment: line.id,
    merchant_id: line.merchant_id,
    merchant_name: line.merchant_name,
    merchant_reference: null,
    status: 'succeeded',
    amount: '20.00',
    currency: 'NZD',
    channel_amount: '20.00',
    channel_currency: 'NZD',
    order_number: 'FP01',
    account: 'wechat-test',
    refund_number: 'FR01',
    channel_reference: '5000',
    reason: null,
    failure_code: null,
    decline_code: null,
    created_at: '2026-11-28T01:00:00Z',
    ended_at: '2026-11-28T01:00:03Z',
  };
  let first = true;
  const searched: string[] = [];
  desk.says('GET /payments', ({ query }) => {
    searched.push(query.toString());
    if (query.get('number') === null) {
      return list(line);
    }
    // The first part of the search finds nothing, and there is more to look at.
    const empty = first;
    first = false;
    return ok({ data: empty ? [] : [line], has_more: empty, next_cursor: empty ? 'pay_2' : null });
  });
  desk.says('GET /refunds', () => list(refund));
  desk.says(`GET /payments/${line.id}`, () =>
    ok({
      payment: line,
      product_name: 'Mānuka honey 蜂蜜, 500 g',
      static_code: null,
      store: null,
      device: null,
      channel_reference: '4200000000202501010000000001',
      failure_code: null,
      decline_code: null,
      surplus_amount: '0.00',
      paid_late: false,
      held_when_made: false,
      expires_at: '2026-11-27T12:25:00Z',
      ended_at: '2026-11-27T12:11:41Z',
      payer: { id: 'payer_5f2b8e', ip: '203.0.113.7', email: null, user_agent: 'Mozilla/5.0' },
      attempts: [
        {
          order_number: 'FP01',
          channel: 'wechat',
          account: 'wechat-test',
          method: 'wechat',
          flow: 'qr',
          status: 'paid',
          amount: '120.00',
          currency: 'NZD',
          channel_reference: '4200000000202501010000000001',
          decline_code: null,
          created_at: '2026-11-27T12:10:30Z',
          ended_at: '2026-11-27T12:11:41Z',
        },
      ],
      refunds: [refund],
    }),
  );
  await page.goto(`${desk.url}/payments`);
  await expect(page.getByRole('link', { name: 'ORDER-10023' })).toBeVisible();
  await looksRight(page, 'console-payments');
  await page.getByRole('textbox', { name: 'From amount' }).fill('100.00');
  await page.getByRole('textbox', { name: 'From day' }).fill('2026-11-20');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect.poll(() => searched.at(-1)).toBe('mode=live&least=100.00&currency=NZD&from=2026-11-19T11%3A00%3A00.000Z');
  await page.getByRole('textbox', { name: 'Any number' }).fill('4200000000202501010000000001');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect.poll(() => searched.at(-1)).toBe('number=4200000000202501010000000001&cursor=pay_2');
  await page.getByText('Refunds', { exact: true }).click();
  await expect(page.getByText('re_1')).toBeVisible();
  await page.getByRole('link', { name: line.id }).click();
  await expect(page.getByText('Refund of 20.00 NZD: Succeeded')).toBeVisible();
  await looksRight(page, 'console-payment');
});

test('channels show how they do, and maintenance is planned and ended', async ({ page, desk }) => {
  const account = {
    id: 'wechat-nz',
    channel: 'wechat',
    method: 'wechat',
    livemode: true,
    takes_new_orders: true,
    available: true,
    success_percent: 98,
    maintenance_until: null,
    calls: [
      { operation: 'order', state: 'closed', success_percent: 98, calls: 50, mean_millis: 120, longest_millis: 900 },
      { operation: 'query', state: 'open', success_percent: null, calls: 3, mean_millis: null, longest_millis: null },
    ],
    orders: { paid: 90, closed: 9, declined: 1, ready: 3 },
    credentials: [{ kind: 'platform_certificate', identifier: '5157F09EFDC096DE', expires_at: '2020-01-01T00:00:00Z' }],
  };
  let planned: object[] = [];
  desk.says('GET /channels', () =>
    list(account, { ...account, id: 'wechat-nz-old', takes_new_orders: false, calls: [], orders: {}, credentials: [] }),
  );
  desk.says('GET /maintenance', () => list(...planned));
  desk.says('POST /maintenance', () => ({ status: 202, body: { approval: 'apr_1' } }));
  desk.says('POST /maintenance/mnt_1:end', () => {
    planned = [];
    return ok({});
  });
  await page.goto(`${desk.url}/channels`);
  await expect(page.getByText('90.0 %')).toBeVisible();
  await expect(page.getByText('None is planned.')).toBeVisible();
  await looksRight(page, 'console-channels');
  await page.getByRole('button', { name: 'Plan maintenance' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Account' }).click();
  await page.getByTitle('wechat-nz', { exact: true }).click();
  await dialog.getByLabel('From (New Zealand)').fill('2026-12-01T22:00');
  await dialog.getByLabel('To (New Zealand)').fill('2026-12-02T01:30');
  await dialog.getByLabel('Reason').fill('They told us');
  planned = [
    {
      id: 'mnt_1',
      version: 1,
      account: 'wechat-nz',
      starts_at: '2026-12-01T09:00:00Z',
      ends_at: '2099-12-01T12:30:00Z',
      planned_at: '',
      ended_by: null,
    },
  ];
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await expect(page.getByText('It waits for another person.')).toBeVisible();
  expect(desk.asked.at(-1)?.body).toEqual({
    account: 'wechat-nz',
    starts_at: '2026-12-01T09:00:00.000Z',
    ends_at: '2026-12-01T12:30:00.000Z',
    reason: 'They told us',
  });
  await page.reload();
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('They are back');
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
  await expect(page.getByText('It is over.')).toBeVisible();
});
