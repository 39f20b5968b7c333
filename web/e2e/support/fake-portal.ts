import { type Answer, type Asked, FakeDesk, list, ok, problem } from './fake-desk';

export { type Answer, type Asked, list, ok, problem };

const OWNER = [
  'payments:read',
  'payments:write',
  'refunds:read',
  'refunds:write',
  'webhooks:read',
  'webhooks:write',
  'messages:read',
  'messages:write',
  'static_codes:read',
  'static_codes:write',
  'exports:read',
  'exports:write',
  'balances:read',
  'withdrawals:read',
  'withdrawals:write',
  'devices:read',
  'devices:write',
  'keys:read',
  'keys:write',
  'merchant:read',
  'onboarding:read',
  'onboarding:write',
  'team:read',
  'team:write',
];

export function session(more: Record<string, unknown> = {}) {
  return {
    id: 'ses_1',
    user: { id: 'usr_1', email: 'mere@harbourhoney.example', name: 'Mere Tane', language: 'en' },
    merchant: { id: 'mer_1', display_name: 'Harbour Honey Co', currency: 'NZD', status: 'draft', live_enabled: false },
    role: 'owner',
    permissions: OWNER,
    memberships: [{ merchant_id: 'mer_1', display_name: 'Harbour Honey Co', role: 'owner' }],
    ...more,
  };
}

export function payment(more: Record<string, unknown> = {}) {
  return {
    id: 'pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
    object: 'payment',
    livemode: false,
    status: 'paid',
    merchant_reference: 'ORDER-10023',
    amount: '120.00',
    currency: 'NZD',
    payer_amount: '557.40',
    payer_currency: 'CNY',
    fx: { pair: 'NZD/CNY', rate: '4.645', kind: 'executed', as_of: '2026-11-27T12:11:40Z', source: 'wechat', locked_until: null },
    refunded_amount: '20.00',
    refund_state: 'partial',
    refundable_amount: '100.00',
    surplus_amount: null,
    payment_method: { type: 'wechat', flow: 'qr', bank_code: null, channel_reference: '4200000000202501010000000001' },
    failure: null,
    product_name: 'Mānuka honey 蜂蜜, 500 g',
    description: null,
    metadata: { cart_id: 'c_991' },
    created_at: '2026-11-27T12:09:16.123Z',
    expires_at: '2026-11-27T12:24:16.123Z',
    ended_at: '2026-11-27T12:11:40Z',
    paid_at: '2026-11-27T12:11:40Z',
    paid_late: false,
    static_code: null,
    ...more,
  };
}

export function refund(more: Record<string, unknown> = {}) {
  return {
    id: 're_01JDC4VZ6Q8S7M2K4T9R5XN1AB',
    object: 'refund',
    kind: 'requested',
    payment: 'pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
    status: 'succeeded',
    amount: '20.00',
    currency: 'NZD',
    payer_amount: '92.90',
    payer_currency: 'CNY',
    reason: 'one jar broken',
    failure: null,
    created_at: '2026-11-27T20:00:00Z',
    ended_at: '2026-11-27T20:00:09Z',
    ...more,
  };
}

export const EVENT = {
  id: 'evt_01JDCA2M9Q8S7M2K4T9R5XN1AB',
  type: 'payment.paid',
  timestamp: '2026-11-27T12:11:41Z',
  api_version: '2026-11-01',
  livemode: false,
  data: { object: payment(), previous: { status: 'pending' } },
};

const ENDPOINT = {
  id: 'we_01JDCA2M9Q8S7M2K4T9R5XN1AB',
  url: 'https://shop.example/hooks/ferrypay',
  description: 'Shop',
  event_types: ['payment.*', 'refund.*'],
  status: 'enabled',
  disabled_reason: null,
  failing_since: '2026-11-27T10:00:00Z',
  old_secret_ends_at: null,
  created_at: '2026-11-20T00:00:00Z',
};

const KEY = {
  id: 'key_01JDCA2M9Q8S7M2K4T9R5XN1AB',
  object: 'api_key',
  kind: 'restricted',
  name: 'Web shop',
  masked: 'rk_test_…x4Qz',
  scopes: ['payments:read', 'payments:write'],
  ip_allow_list: [],
  status: 'active',
  replaces: null,
  created_at: '2026-11-20T00:00:00Z',
  expires_at: null,
  revoked_at: null,
};

export const STORE = {
  id: 'store_01JDCA2M9Q8S7M2K4T9R5XN1AB',
  object: 'store',
  name: 'Viaduct Harbour',
  address: '12 Quay Street, Auckland 1010',
  time_zone: 'Pacific/Auckland',
  status: 'open',
  created_at: '2026-11-20T00:00:00Z',
  closed_at: null,
};

export const CODE = {
  id: 'sc_01JDC6VZ6Q8S7M2K4T9R5XN1AB',
  object: 'static_code',
  livemode: false,
  status: 'active',
  store: STORE.id,
  label: 'Counter 1',
  serial: 'S-4F7K2-01',
  url: 'https://pay.ferrypay.example/s/4f7k2q8m3n5p',
  currency: 'NZD',
  amount: null,
  min_amount: '0.10',
  max_amount: '2000.00',
  daily_limit: null,
  created_at: '2026-11-20T00:00:00Z',
  updated_at: '2026-11-20T00:00:00Z',
};

export const UNUSUAL = {
  id: 'uu_01JDC6VZ6Q8S7M2K4T9R5XN1AB',
  object: 'unusual_use',
  livemode: false,
  static_code: CODE.id,
  label: CODE.label,
  serial: CODE.serial,
  store_name: STORE.name,
  kind: 'large_amount',
  payments: null,
  usual_payments: null,
  amount: '1999.00',
  usual_amount: '42.10',
  currency: 'NZD',
  hour: null,
  began_at: '2026-11-27T20:00:00Z',
  last_seen_at: '2026-11-27T20:05:00Z',
  ended_at: null,
  dismissed_at: null,
};

export const TILL = {
  id: 'dev_01JDCA2M9Q8S7M2K4T9R5XN1AB',
  object: 'device',
  livemode: false,
  store: STORE.id,
  name: 'Counter till',
  status: 'active',
  key_id: 'dk_test_0123456789abcdefghijklmn',
  cashier: 'cas_01JDCA2M9Q8S7M2K4T9R5XN1AB',
  pairing_ends_at: null,
  created_at: '2026-11-20T00:00:00Z',
  paired_at: '2026-11-20T00:05:00Z',
  last_seen_at: '2026-11-27T20:05:00Z',
  revoked_at: null,
};

export const CASHIER = {
  id: 'cas_01JDCA2M9Q8S7M2K4T9R5XN1AB',
  object: 'cashier',
  livemode: false,
  store: STORE.id,
  name: 'Mei',
  status: 'active',
  sale_limit: '500.00',
  daily_sales_limit: null,
  refund_limit: '50.00',
  daily_refunds_limit: null,
  created_at: '2026-11-20T00:00:00Z',
  disabled_at: null,
};

function tillsRow(more: Record<string, unknown> = {}) {
  return {
    date: '2026-11-28',
    store: STORE.id,
    device: TILL.id,
    cashier: CASHIER.id,
    currency: 'NZD',
    sales: 41,
    sales_amount: '1250.40',
    refunds: 1,
    refunds_amount: '20.00',
    net_amount: '1230.40',
    ...more,
  };
}

// Not a code that can be scanned: the platform draws the real one.
const QR = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 37 37"><path fill="#fff" d="M0 0h37v37H0z"/><path d="M4 4h7v7h-7zM26 4h7v7h-7zM4 26h7v7h-7zM14 14h9v9h-9z"/></svg>`;

function statistics(query: URLSearchParams): Answer {
  const days = [];
  const to = query.get('to') ?? '';
  for (let day = query.get('from') ?? ''; day <= to; day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)) {
    const paid = Number(day.slice(8)) % 7;
    days.push({ date: day, figures: { made: paid + 1, paid, paid_amount: `${paid * 120}.00`, refunded_amount: '0.00' } });
  }
  const total = { made: 31, paid: 24, paid_amount: '2880.00', refunded_amount: '20.00' };
  const methods = [
    { method: 'wechat', figures: { ...total, paid_amount: '1880.00' } },
    { method: 'alipay', figures: { ...total, paid_amount: '1000.00' } },
  ];
  return ok({ object: 'payment_statistics', data: [{ currency: 'NZD', total, days, methods }] });
}

function item(name: string, kind: string, status: string, more: Record<string, unknown> = {}) {
  return { item: name, kind, status, reason: null, documents: 0, missing: [], ...more };
}

export function onboarding(more: Record<string, unknown> = {}) {
  return {
    object: 'onboarding',
    id: 'onb_1',
    status: 'needs_changes',
    version: 12,
    items: [
      item('business', 'section', 'fix', { reason: 'The NZBN is another company’s.' }),
      item('people', 'section', 'needed', { missing: [{ pointer: '/people/0/birth_date', code: 'required', message: 'is missing' }] }),
      item('bank_account', 'section', 'ready'),
      item('methods', 'section', 'accepted'),
      item('sites', 'section', 'needed'),
      item('identity', 'document', 'ready', { documents: 1 }),
      item('shop_photo', 'document', 'needed'),
      item('other', 'document', 'optional'),
    ],
    rejection_reason: null,
    submitted_at: '2026-11-27T12:00:00Z',
    decided_at: null,
    ...more,
  };
}

function section(name: string, version: number, data: Record<string, unknown>) {
  return { section: name, version, data, missing: [], updated_at: null, onboarding_version: 12 };
}

export function sections(businessVersion = 3) {
  return {
    object: 'onboarding_sections',
    business: section('business', businessVersion, { type: 'company', legal_name: 'Harbour Honey Limited', nzbn: null, address: null }),
    people: section('people', 1, {
      people: [{ name: 'Mere Tane', birth_date: null, nationality: 'NZ', director: true, share_percent: '60.00' }],
      all_listed: null,
    }),
    bank_account: section('bank_account', 1, { holder_name: 'Harbour Honey Limited', account_number: '01-0902-0068389-00' }),
    methods: section('methods', 0, { methods: null, expected_monthly: null, expected_average: null }),
    sites: section('sites', 0, { stores: null, websites: null }),
  };
}

function rate(method: string, more: Record<string, unknown> = {}) {
  return {
    object: 'fx_rate',
    base: 'NZD',
    quote: 'CNY',
    rate: '4.645',
    inverse: '0.21528525',
    method,
    includes_margin: false,
    as_of: '2026-11-27T20:00:00Z',
    source: 'wechat-test',
    ...more,
  };
}

function logged(more: Record<string, unknown> = {}) {
  return {
    object: 'request',
    request_id: 'req_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
    at: '2026-11-27T20:00:00Z',
    method: 'POST',
    path: '/v2/payments',
    status: 201,
    millis: 18,
    key: { id: KEY.id, name: KEY.name, masked: KEY.masked },
    ...more,
  };
}

export function exported(more: Record<string, unknown> = {}) {
  return {
    id: 'exp_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
    object: 'export',
    livemode: false,
    kind: 'payments',
    filters: { status: 'paid', created_gte: '2026-11-01T11:00:00Z', amount_lte: '120.00' },
    time_zone: 'Pacific/Auckland',
    status: 'ready',
    progress: 100,
    rows: 1207,
    total_rows: 1207,
    size: 301_750,
    failure_code: null,
    created_at: '2026-11-27T20:00:00Z',
    ended_at: '2026-11-27T20:00:02Z',
    expires_at: '2026-12-04T20:00:02Z',
    ...more,
  };
}

function rateHistory(query: URLSearchParams): Answer {
  const from = Date.parse(`${query.get('from')}T00:00:00Z`) - 13 * 3_600_000;
  const days = (Date.parse(query.get('to') ?? '') - Date.parse(query.get('from') ?? '')) / 86_400_000 + 1;
  const points = (first: number, base: number) =>
    Array.from({ length: days - first }, (_, at) => ({
      starts_at: new Date(from + (first + at) * 86_400_000).toISOString(),
      rate: (base + Math.sin((first + at) / 4) / 50).toFixed(4),
      as_of: '2026-11-27T20:00:00Z',
      source: 'operator',
    }));
  return ok({
    object: 'fx_rate_history',
    base: query.get('base'),
    quote: 'CNY',
    data: [
      { method: 'wechat', includes_margin: false, points: points(0, 4.64) },
      // One that came later: its line begins later, too.
      { method: 'jdpay', includes_margin: true, points: points(3, 4.7) },
    ],
  });
}

/** Serves the built portal and plays the platform behind it, as a test tells it to. */
export class FakePortal extends FakeDesk {
  constructor() {
    super('portal', 'payments-test-20261128-090000.csv');
    this.says('GET /session', () => ok(session()));
    this.says('POST /sign_out', () => ({ status: 204 }));
    this.says('GET /second_factor', () => ok({ totp: false, passkeys: 0, recovery_codes_left: 0 }));
    this.says('GET /passkeys', () =>
      list({
        id: 'pk_1',
        name: 'Phone',
        backup: true,
        created_at: '2026-11-26T19:00:00Z',
        last_used_at: null,
        doubted_at: '2026-11-27T19:00:00Z',
        unproven_since: '2026-11-27T18:00:00Z',
      }),
    );
    this.says('GET /sessions', () =>
      list(
        {
          id: 'ses_1',
          current: true,
          signed_in_at: '2026-11-27T19:00:00Z',
          last_seen_at: '2026-11-27T20:00:00Z',
          address: '203.0.113.7',
          user_agent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15',
        },
        {
          id: 'ses_2',
          current: false,
          signed_in_at: '2026-11-26T19:00:00Z',
          last_seen_at: '2026-11-26T20:00:00Z',
          address: '198.51.100.4',
          user_agent: 'Mozilla/5.0 (Linux; Android 14) Chrome/140 Mobile',
        },
      ),
    );
    this.says('GET /team', () =>
      list(
        {
          user_id: 'usr_1',
          name: 'Mere Tane',
          email: 'mere@harbourhoney.example',
          role: 'owner',
          second_factor: true,
          since: '2026-11-01T00:00:00Z',
        },
        {
          user_id: 'usr_2',
          name: '王芳',
          email: 'fang@harbourhoney.example',
          role: 'cashier',
          second_factor: false,
          since: '2026-11-10T00:00:00Z',
        },
      ),
    );
    this.says('GET /team_rules', () => ok({ second_factor_required: false }));
    this.says('GET /team_invitations', () =>
      list({ id: 'inv_1', email: 'sam@harbourhoney.example', role: 'developer', expires_at: '2026-12-03T00:00:00Z' }),
    );
    this.says('GET /v2/payments', () =>
      list(
        payment(),
        payment({
          id: 'pay_2',
          merchant_reference: 'ORDER-10022',
          status: 'pending',
          refund_state: 'none',
          refunded_amount: '0.00',
          payment_method: { type: 'alipay', flow: 'qr' },
          amount: '35.50',
          payer_amount: '164.90',
          paid_at: null,
          ended_at: null,
        }),
        payment({
          id: 'pay_3',
          merchant_reference: 'ORDER-10021',
          status: 'expired',
          refund_state: 'none',
          payment_method: null,
          paid_at: null,
        }),
        payment({
          id: 'pay_4',
          merchant_reference: 'ORDER-10020',
          status: 'failed',
          refund_state: 'none',
          payment_method: { type: 'jdpay', flow: 'desktop' },
          failure: { code: 'declined', decline_code: 'insufficient_funds' },
          paid_at: null,
        }),
        payment({ id: 'pay_5', merchant_reference: 'ORDER-10019', status: 'under_review', refund_state: 'none', paid_at: null }),
      ),
    );
    this.says(`GET /v2/payments/${payment().id}`, () => ok(payment()));
    this.says(`GET /v2/payments/${payment().id}/refunds`, () => list(refund()));
    this.says('GET /v2/refunds', () =>
      list(
        refund({ id: 're_2', status: 'pending', amount: '5.00', payer_amount: '23.20', reason: null }),
        refund(),
        refund({ id: 're_3', status: 'failed', failure: { code: 'channel_refused', decline_code: 'NOTENOUGH' } }),
      ),
    );
    this.says('GET /v2/payment_statistics', ({ query }) => statistics(query));
    this.says('GET /v2/fx/rates', () =>
      list(rate('wechat'), rate('alipay'), rate('jdpay', { rate: '4.70074', includes_margin: true, source: 'operator' })),
    );
    this.says('GET /v2/request_log', () =>
      list(
        logged(),
        logged({
          request_id: 'req_01JDC3VZ6Q8S7M2K4T9R5XN1AC',
          method: 'GET',
          path: '/v2/payments/by-reference/…',
          status: 404,
          millis: 4,
        }),
        logged({ request_id: 'req_01JDC3VZ6Q8S7M2K4T9R5XN1AD', status: 502, millis: 3001 }),
      ),
    );
    this.says('GET /v2/exports', () =>
      list(
        exported({ id: 'exp_3', status: 'running', progress: 42, rows: 420, total_rows: 1000, ended_at: null, expires_at: null }),
        exported(),
        exported({ id: 'exp_2', kind: 'refunds', filters: {}, status: 'failed', failure_code: 'too_many_rows', expires_at: null }),
      ),
    );
    this.says('GET /v2/fx/rate_history', ({ query }) => rateHistory(query));
    this.says('GET /v2/api_keys', () =>
      list(KEY, {
        ...KEY,
        id: 'key_2',
        kind: 'secret',
        name: 'Old shop',
        masked: 'sk_test_…7fQa',
        scopes: [],
        status: 'revoked',
        revoked_at: '2026-11-25T00:00:00Z',
      }),
    );
    this.says('GET /v2/webhook_endpoints', () =>
      list(ENDPOINT, {
        ...ENDPOINT,
        id: 'we_2',
        url: 'https://old.example/hook',
        status: 'disabled',
        disabled_reason: 'failing',
        failing_since: null,
      }),
    );
    this.says('GET /v2/events', () =>
      list(EVENT, { ...EVENT, id: 'evt_2', type: 'payment.pending' }, { ...EVENT, id: 'evt_3', type: 'payment.created' }),
    );
    this.says(`GET /v2/events/${EVENT.id}`, () => ok(EVENT));
    this.says(`GET /v2/events/${EVENT.id}/deliveries`, () =>
      ok({
        data: [
          {
            id: 1,
            endpoint_id: ENDPOINT.id,
            url: ENDPOINT.url,
            status: 'dead',
            attempts: 2,
            next_attempt_at: null,
            last_status: 500,
            last_error: null,
            log: [
              {
                number: 2,
                at: '2026-11-27T12:16:41Z',
                duration_millis: 31,
                status: 500,
                error: null,
                request_headers: 'webhook-id: evt_1',
                answer: 'oops',
              },
              {
                number: 1,
                at: '2026-11-27T12:11:41Z',
                duration_millis: 15_000,
                status: null,
                error: 'no_answer',
                request_headers: 'webhook-id: evt_1',
                answer: '',
              },
            ],
          },
        ],
      }),
    );
    this.says('GET /onboarding', () => ok(onboarding()));
    this.says('GET /onboarding/sections', () => ok(sections()));
    this.says('GET /onboarding/documents', () =>
      list({
        id: 'doc_1',
        kind: 'identity',
        name: 'passport.pdf',
        media_type: 'application/pdf',
        size: 123456,
        uploaded_at: '2026-11-26T00:00:00Z',
      }),
    );
    this.says('GET /v2/stores', () => list(STORE));
    this.says(`GET /v2/stores/${STORE.id}`, () => ok(STORE));
    this.says('GET /v2/static_codes', () =>
      list(CODE, { ...CODE, id: 'sc_2', label: 'Old counter', status: 'disabled', serial: 'S-AAAA2-01' }),
    );
    this.says(`GET /v2/static_codes/${CODE.id}`, () => ok(CODE));
    this.says(`GET /v2/static_codes/${CODE.id}/qr.svg`, () => ({ status: 200, svg: QR }));
    this.says('GET /v2/unusual_uses', () => list());
    this.says('GET /v2/devices', () =>
      list(
        {
          ...TILL,
          id: 'dev_2',
          name: 'Terrace till',
          status: 'unpaired',
          key_id: null,
          cashier: null,
          paired_at: null,
          last_seen_at: null,
        },
        TILL,
        { ...TILL, id: 'dev_3', name: 'Old till', status: 'revoked', cashier: null, revoked_at: '2026-11-25T00:00:00Z' },
      ),
    );
    this.says(`GET /v2/devices/${TILL.id}`, () => ok(TILL));
    this.says('GET /v2/cashiers', () =>
      list({ ...CASHIER, id: 'cas_2', name: 'Tama', status: 'disabled', sale_limit: null, refund_limit: null }, CASHIER),
    );
    this.says('GET /v2/spotpay/reports', ({ query }) =>
      ok({
        object: 'spotpay_reports',
        livemode: false,
        from: query.get('from'),
        to: query.get('to'),
        time_zone: query.get('time_zone'),
        data: [
          tillsRow(),
          tillsRow({ cashier: null, sales: 3, sales_amount: '60.00', refunds: 0, refunds_amount: '0.00', net_amount: '60.00' }),
          tillsRow({
            date: '2026-11-27',
            device: 'dev_3',
            sales: 2,
            sales_amount: '19.00',
            refunds: 0,
            refunds_amount: '0.00',
            net_amount: '19.00',
          }),
        ],
        totals: [{ currency: 'NZD', sales: 46, sales_amount: '1329.40', refunds: 1, refunds_amount: '20.00', net_amount: '1309.40' }],
      }),
    );
    this.says('GET /v2/wechat_bindings', () =>
      list(
        {
          id: 'wxb_1',
          label: '王芳',
          event_types: ['payment.paid', 'refund.failed'],
          status: 'bound',
          ended_reason: null,
          code_expires_at: '2026-11-20T00:10:00Z',
          created_at: '2026-11-20T00:00:00Z',
          bound_at: '2026-11-20T00:01:00Z',
          ended_at: null,
        },
        {
          id: 'wxb_2',
          label: 'Sam',
          event_types: ['payment.paid'],
          status: 'ended',
          ended_reason: 'unfollowed',
          code_expires_at: '2026-11-20T00:10:00Z',
          created_at: '2026-11-20T00:00:00Z',
          bound_at: null,
          ended_at: '2026-11-21T00:00:00Z',
        },
      ),
    );
    this.says('GET /v2/wechat_messages', () =>
      list({
        id: 'wxm_1',
        binding: 'wxb_1',
        event: EVENT.id,
        type: 'payment.paid',
        subject: payment().id,
        status: 'sent',
        arrival: 'delivered',
        attempts: 1,
        last_error: null,
        next_attempt_at: null,
        created_at: '2026-11-27T12:11:41Z',
        finished_at: '2026-11-27T12:11:42Z',
      }),
    );
  }

  signedOut(): void {
    this.says('GET /session', () => problem(401, 'unauthenticated'));
  }
}
