import { FakeDesk, list, ok } from './fake-desk';

/** Everything that anybody may do; a test takes away. */
const PERMISSIONS = [
  'approvals:read',
  'audit:read',
  'channels:read',
  'channels:write',
  'ledger:read',
  'merchants:note',
  'merchants:read',
  'onboarding:read',
  'payments:read',
  'pricing:approve',
  'pricing:read',
  'pricing:write',
  'risk:approve',
  'risk:decide',
  'risk:read',
  'risk:write',
  'settlements:approve',
  'settlements:hold',
  'settlements:read',
  'staff:read',
  'withdrawals:approve',
  'withdrawals:export',
  'withdrawals:read',
];

export function staffSession(more: Record<string, unknown> = {}) {
  return {
    id: 'ses_1',
    user: { account: 'sta_1', person: 'per_1', name: 'Aroha Ngata', email: 'aroha@ferrypay.example', language: 'en' },
    roles: ['finance'],
    permissions: PERMISSIONS,
    break_glass_until: null,
    ends_at: '2026-11-28T12:00:00Z',
    stepped_up_until: '2026-11-28T12:00:00Z',
    ...more,
  };
}

export const MERCHANT = {
  id: 'mer_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
  name: 'Kauri Books Limited',
  display_name: 'Kauri Books',
  country: 'NZ',
  currency: 'NZD',
  status: 'active',
  allowed_methods: ['wechat', 'onlinebank'],
  created_at: '2026-11-01T00:00:00Z',
  stores: 2,
  people: 3,
  keys: 1,
  onboarding: 'onb_1',
  onboarding_status: 'approved',
};

export const BATCH = {
  id: 'wdb_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
  book: 'live',
  livemode: true,
  currency: 'NZD',
  cut_for: '2026-11-27',
  withdrawals: 2,
  total: '1500.00',
  cut_at: '2026-11-27T02:00:00Z',
};

function withdrawal(more: Record<string, unknown> = {}) {
  return {
    id: 'wd_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
    livemode: true,
    merchant: MERCHANT.id,
    amount: '1200.00',
    currency: 'NZD',
    status: 'in_batch',
    failure: null,
    reference: 'KAURI 11',
    holder: 'Kauri Books Limited',
    masked: '01-0902-****389-00',
    batch: BATCH.id,
    created_at: '2026-11-26T20:00:00Z',
    changed_at: '2026-11-27T02:00:00Z',
    ...more,
  };
}

const rule = (more: Record<string, unknown> = {}) => ({
  method: '',
  from: '0.00',
  rate: '0.012',
  fixed: '0.00',
  least: null,
  most: null,
  ...more,
});

export function margins() {
  const list = { kind: 'margin', scope: 'gold', currency: 'NZD', refund_fee: null, decided_by: 'apr_1', reason: 'Costs have risen' };
  return [
    {
      ...list,
      version: 2,
      effective_from: '2026-11-20T00:00:00Z',
      decided_at: '2026-11-20T00:00:00Z',
      rules: [rule(), rule({ method: 'onlinebank', rate: '0.015' }), rule({ method: 'onlinebank', from: '1000.00', rate: '0.009' })],
      changes: [
        { before: null, after: rule({ method: 'onlinebank', from: '1000.00', rate: '0.009' }) },
        { before: rule({ method: 'onlinebank', rate: '0.02' }), after: rule({ method: 'onlinebank', rate: '0.015' }) },
      ],
    },
    {
      ...list,
      version: 1,
      effective_from: '2026-11-01T00:00:00Z',
      decided_at: '2026-11-01T00:00:00Z',
      rules: [rule(), rule({ method: 'onlinebank', rate: '0.02' })],
      changes: [
        { before: null, after: rule() },
        { before: null, after: rule({ method: 'onlinebank', rate: '0.02' }) },
      ],
    },
  ];
}

const exchange = (day: string, result: string) => ({
  day,
  channel: 'payease',
  exchanges: 4,
  bought: '400.00',
  currency: 'NZD',
  taken: '1880.28',
  cost: '1858.00',
  result,
  result_currency: 'CNY',
});

export const APPROVAL = {
  id: 'apr_1',
  kind: 'withdrawal',
  subject: 'wd_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
  status: 'pending',
  version: 1,
  diff: [{ field: 'amount', before: null, after: '12000.00' }],
  reason: 'More than 10000 a day',
  maker: MERCHANT.id,
  approvers_needed: 1,
  decisions: [],
  created_at: '2026-11-27T20:00:00Z',
  expires_at: '2026-12-04T20:00:00Z',
  closed_at: null,
  mine: false,
  decidable: true,
  bulk: true,
};

function report(by: string) {
  const keys = { day: ['2026-11-26', '2026-11-27'], channel: ['payease', 'wechat'], method: ['onlinebank', 'wechat'] }[by] ?? [MERCHANT.id];
  return {
    book: 'live',
    from: '2026-11-01',
    to: '2026-11-28',
    by,
    complete: true,
    money: keys.map((key, at) => ({
      key,
      currency: 'NZD',
      payments: 12 + at,
      volume: `${1200 + 300 * at}.50`,
      refunds: at,
      refunded: `${20 * at}.00`,
      fees: `${12 + 3 * at}.05`,
    })),
    fx: keys.map((key, at) => ({
      key,
      currency: 'NZD',
      exchanges: 4,
      bought: '400.00',
      taken: '1880.28',
      cost: '1858.00',
      result: at === 0 ? '22.28' : '-3.10',
      result_currency: 'CNY',
    })),
  };
}

const JOURNAL = {
  book: 'live',
  sequence: 41,
  event_id: 'evt_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
  kind: 'payment',
  subject: 'pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
  payment: 'pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
  happened_at: '2026-11-27T12:11:40Z',
  posted_at: '2026-11-27T12:11:41Z',
  hash: 'b1946ac92492d2347c6235b4d2611184',
  entries: [
    { account: 'channel-receivable/wechat', currency: 'NZD', amount: '120.00' },
    { account: `merchant-payable/${MERCHANT.id}`, currency: 'NZD', amount: '-120.00' },
  ],
};

/** Serves the built console and plays the platform behind it, as a test tells it to. */
export class FakeConsole extends FakeDesk {
  constructor() {
    super('console', 'finance.csv');
    this.says('GET /account/session', () => ok(staffSession()));
    this.says('GET /staff', () => list());
    this.says('GET /approvals_waiting', () =>
      ok({
        data: [
          { kind: 'withdrawal', count: 3, oldest: new Date(Date.now() - 9 * 3_600_000).toISOString() },
          { kind: 'price_list', count: 1, oldest: new Date(Date.now() - 30 * 3_600_000).toISOString() },
          { kind: 'bank_answer', count: 1, oldest: new Date(Date.now() - 600_000).toISOString() },
        ],
      }),
    );
    this.says('GET /approvals', () =>
      list(
        APPROVAL,
        { ...APPROVAL, id: 'apr_2', subject: 'wd_2' },
        { ...APPROVAL, id: 'apr_3', kind: 'price_list', subject: 'margin/gold/NZD', bulk: false },
        { ...APPROVAL, id: 'apr_4', kind: 'hold_release', subject: 'hold_1' },
      ),
    );
    this.says('GET /onboarding/applications', () => list());
    this.says(`GET /merchants/${MERCHANT.id}`, () => ok(MERCHANT));
    this.money();
    this.books();
  }

  private money(): void {
    this.says('GET /pricing/list-index', ({ query }) =>
      query.get('kind') === 'fee'
        ? list({ scope: '', currency: 'NZD', version: 1, effective_from: '2026-11-01T00:00:00Z', in_force: 1 })
        : list(
            { scope: '', currency: 'NZD', version: 1, effective_from: '2026-11-01T00:00:00Z', in_force: 1 },
            { scope: 'gold', currency: 'NZD', version: 2, effective_from: '2026-11-20T00:00:00Z', in_force: 2 },
          ),
    );
    this.says('GET /pricing/lists', ({ query }) => ok({ data: query.get('kind') === 'margin' ? margins() : [] }));
    this.says('GET /pricing/tiers', () =>
      list({
        merchant_id: MERCHANT.id,
        tier: 'gold',
        version: 1,
        effective_from: '2026-11-20T00:00:00Z',
        reason: 'Many payments',
        decided_by: 'apr_2',
      }),
    );
    this.says('GET /pricing/preview', () =>
      ok({
        amount: '100.00',
        fee: '1.20',
        net: '98.80',
        currency: 'NZD',
        fee_list: '/1',
        tier: 'gold',
        margin: '0.015',
        margin_list: 'gold/2',
      }),
    );
    this.says('GET /pricing/fx-results', () => ok({ data: [exchange('2026-11-26', '22.28'), exchange('2026-11-27', '-3.10')] }));
    this.says('GET /withdrawals', () =>
      list(
        withdrawal(),
        withdrawal({ id: 'wd_2', amount: '300.00', status: 'approved', failure: 'balance_below_zero', batch: null }),
        withdrawal({ id: 'wd_3', status: 'returned', failure: 'AC04' }),
      ),
    );
    this.says('GET /withdrawals_waiting', () =>
      ok({
        data: [
          { livemode: true, status: 'in_batch', count: 2, oldest: '2026-11-20T02:00:00Z' },
          { livemode: true, status: 'pending_approval', count: 3, oldest: '2026-11-27T20:00:00Z' },
          { livemode: false, status: 'approved', count: 9, oldest: '2026-11-27T20:00:00Z' },
        ],
      }),
    );
    this.says('GET /withdrawal-batches', () => ok({ data: [BATCH] }));
    this.says(`GET /withdrawal-batches/${BATCH.id}`, () =>
      ok({
        batch: BATCH,
        parts: [
          { status: 'in_batch', count: 1, total: '1200.00' },
          { status: 'paid', count: 1, total: '300.00' },
        ],
        answers: [{ sha256: '9f86d081884c7d659a2feaa0c55ad015', lines: 1, received_by: 'per_1', received_at: '2026-11-27T20:00:00Z' }],
      }),
    );
    this.says('GET /settlement-state', () => ok({ reconciliation_gate: 'not_enforced', problems: [] }));
    this.says('GET /balance-holds', () =>
      list({
        id: 'hold_1',
        livemode: true,
        merchant: MERCHANT.id,
        amount: '200.00',
        currency: 'NZD',
        reason: 'Doubtful refunds',
        placed_by: 'per_1',
        placed_at: '2026-11-26T20:00:00Z',
      }),
    );
    this.says('GET /settlement-calendars', () =>
      ok({
        data: [
          {
            calendar: 'NZ',
            year: 2026,
            source: 'Holidays Act 2003',
            days: [{ day: '2026-12-25', closed: true, name: 'Christmas Day' }],
          },
        ],
      }),
    );
    this.says('GET /balances', () =>
      ok({
        balances: [
          {
            currency: 'NZD',
            available: '900.00',
            pending: '150.00',
            reserved: '200.00',
            next_available: [{ on: '2026-12-01', amount: '150.00' }],
          },
        ],
        settlements: [
          {
            id: 'stl_1',
            currency: 'NZD',
            first_day: '2026-11-24',
            last_day: '2026-11-24',
            payments: 4,
            net: '480.00',
            settled_at: '2026-11-26T00:00:00Z',
          },
        ],
      }),
    );
    this.says('GET /merchant-notes', () =>
      list({ id: 'note_1', text: 'Called about the new shop.', written_by: 'per_1', written_at: '2026-11-26T20:00:00Z' }),
    );
    this.says('GET /risk/cases', () => list());
  }

  private books(): void {
    this.says('GET /ledger/trial-balance', () =>
      ok({
        book: 'live',
        lines: [
          { type: 'channel-receivable', side: 'asset', currency: 'NZD', accounts: 1, debit: '120.00', credit: '0.00', balance: '120.00' },
          {
            type: 'merchant-payable',
            side: 'liability',
            currency: 'NZD',
            accounts: 1,
            debit: '0.00',
            credit: '120.00',
            balance: '-120.00',
          },
        ],
        totals: [{ currency: 'NZD', debit: '120.00', credit: '120.00', balanced: true }],
      }),
    );
    this.says('GET /ledger/accounts', () =>
      ok({
        data: [{ id: '7', path: `merchant-payable/${MERCHANT.id}`, currency: 'NZD', side: 'liability', balance: '-120.00', entries: 1 }],
        next: null,
      }),
    );
    this.says('GET /ledger/journals', () => ok({ data: [JOURNAL], next: null }));
    this.says('GET /ledger/accounts/7/statement', () =>
      ok({
        account: `merchant-payable/${MERCHANT.id}`,
        currency: 'NZD',
        from: '2026-10-29T11:00:00Z',
        to: '2026-11-28T11:00:00Z',
        opening: '0.00',
        closing: '-120.00',
        movement_count: 1,
        complete: true,
        movements: [
          {
            sequence: 41,
            posted_at: JOURNAL.posted_at,
            happened_at: JOURNAL.happened_at,
            kind: 'payment',
            subject: JOURNAL.subject,
            payment: JOURNAL.payment,
            amount: '-120.00',
            balance: '-120.00',
          },
        ],
      }),
    );
    this.says('GET /reports/finance', ({ query }) => ok(report(query.get('by') ?? 'day')));
    this.says('GET /reports/finance.csv', () => ({ status: 200, csv: 'line,key\n' }));
  }
}
