import { type FakePortal, list, ok, payment } from './fake-portal';

const ACCOUNT = {
  object: 'bank_account',
  id: 'ba_1',
  livemode: false,
  currency: 'NZD',
  holder: 'Harbour Honey Limited',
  masked: '01-0902-0****89-00',
  bic: null,
  status: 'active',
  created_at: '2026-11-01T00:00:00Z',
  usable_from: '2026-11-01T00:00:00Z',
};

function withdrawal(more: Record<string, unknown> = {}) {
  return {
    object: 'withdrawal',
    id: 'wd_1',
    livemode: false,
    status: 'approved',
    amount: '5000.00',
    currency: 'NZD',
    bank_account: ACCOUNT.id,
    reference: 'WK47',
    failure: null,
    batch: null,
    created_at: '2026-11-27T20:00:00Z',
    changed_at: '2026-11-27T20:00:00Z',
    ...more,
  };
}

function entry(more: Record<string, unknown> = {}) {
  return {
    object: 'balance_entry',
    id: 'be_9_1',
    kind: 'payment',
    source: payment().id,
    payment: payment().id,
    amount: '120.00',
    currency: 'NZD',
    fee: '1.44',
    net_amount: '118.56',
    happened_at: '2026-11-27T12:11:40Z',
    created_at: '2026-11-27T12:11:41Z',
    ...more,
  };
}

function history() {
  return Array.from({ length: 30 }, (_, at) => ({
    date: new Date(Date.UTC(2026, 9, 30 + at)).toISOString().slice(0, 10),
    incoming: (300 + at * 7).toFixed(2),
    outgoing: at === 20 ? '-5000.00' : (-10 - at).toFixed(2),
    closing: (at < 20 ? 4000 + at * 300 : 1500 + at * 270).toFixed(2),
  }));
}

/** Lets a shop have money: a balance in two currencies, and some of it on its way. */
export function withMoney(portal: FakePortal): void {
  portal.says('GET /v2/balances', () =>
    ok({
      object: 'balance',
      livemode: false,
      as_of: '2026-11-27T20:00:00Z',
      reconciliation_gate: 'not_enforced',
      balances: [
        {
          currency: 'NZD',
          available: '8421.55',
          pending: '1290.10',
          reserved: '5000.00',
          next_available: [
            { on: '2026-11-30', amount: '640.20' },
            { on: '2026-12-01', amount: '649.90' },
          ],
        },
        { currency: 'AUD', available: '-12.00', pending: '0.00', reserved: '0.00', next_available: null },
      ],
    }),
  );
  portal.says('GET /v2/balance_history', ({ query }) =>
    ok({
      object: 'balance_history',
      livemode: false,
      currency: query.get('currency'),
      time_zone: query.get('time_zone'),
      opening: '4000.00',
      data: history(),
    }),
  );
  portal.says('GET /v2/balance_entries', ({ query }) =>
    query.get('currency') === 'AUD'
      ? list(
          entry({
            id: 'be_7_1',
            kind: 'refund',
            source: 're_3',
            payment: 'pay_3',
            amount: '-12.00',
            currency: 'AUD',
            fee: null,
            net_amount: null,
          }),
        )
      : list(
          entry(),
          entry({ id: 'be_9_2', kind: 'fee', amount: '-1.44', fee: null, net_amount: null }),
          entry({ id: 'be_8_1', kind: 'withdrawal', source: 'wd_2', payment: null, amount: '-250.00', fee: null, net_amount: null }),
        ),
  );
  portal.says('GET /v2/settlements', () =>
    list({
      object: 'settlement',
      id: 'stl_1',
      livemode: false,
      currency: 'NZD',
      first_day: '2026-11-24',
      last_day: '2026-11-25',
      payments: 41,
      opening: '2390.00',
      gross: '6120.00',
      fees: '-73.44',
      refunds: '-20.00',
      net: '6026.56',
      closing: '8416.56',
      reconciliation_gate: 'not_enforced',
      settled_at: '2026-11-27T10:00:00Z',
    }),
  );
  portal.says('GET /v2/settlements/stl_1/statement.csv', () => ({ status: 200, csv: 'payment,net\npay_1,118.56\n' }));
  portal.says('GET /v2/bank_accounts', () =>
    list(ACCOUNT, {
      ...ACCOUNT,
      id: 'ba_2',
      holder: '王芳',
      masked: '12-3456-0****11-00',
      status: 'pending_approval',
      usable_from: '2099-11-28T20:00:00Z',
    }),
  );
  portal.says('GET /v2/withdrawals', () =>
    list(
      withdrawal(),
      withdrawal({ id: 'wd_2', status: 'paid', amount: '250.00', reference: 'WK46', batch: 'wdb_1' }),
      withdrawal({ id: 'wd_3', status: 'unknown', amount: '99.00', reference: 'WK45', batch: 'wdb_1' }),
      withdrawal({ id: 'wd_4', status: 'canceled', amount: '1.00', reference: 'WK44', failure: 'bank_account_removed' }),
      withdrawal({ id: 'wd_5', status: 'returned', amount: '7.00', reference: 'WK43', batch: 'wdb_1', failure: 'AC04' }),
    ),
  );
  portal.says('GET /v2/withdrawal_schedules', () =>
    list({
      object: 'withdrawal_schedule',
      id: 'ws_1',
      livemode: false,
      status: 'active',
      currency: 'NZD',
      bank_account: ACCOUNT.id,
      every: 'week',
      weekday: 'friday',
      month_day: null,
      above: '1000.00',
      keep: '200.00',
      reference: 'FerryPay',
      next_on: '2026-12-04',
      created_at: '2026-11-01T00:00:00Z',
      changed_at: '2026-11-01T00:00:00Z',
      runs: [],
    }),
  );
  portal.says('GET /v2/balance_statements', () => ({ status: 200, csv: 'opening,closing\n' }));
}
