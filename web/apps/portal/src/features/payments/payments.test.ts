import { describe, expect, it } from 'vitest';
import type { Payment, Refund } from '../../api/types';
import { asQuery, typedAmount } from './filters';
import { historyOf } from './history';

describe('filters', () => {
  it('ask for the days of the shop, the last one included', () => {
    expect(asQuery({ from: '2026-11-27', to: '2026-11-28' })).toEqual({
      created_gte: '2026-11-26T11:00:00.000Z',
      created_lt: '2026-11-28T11:00:00.000Z',
    });
  });

  it('ask for the days of the wallets', () => {
    expect(asQuery({ to: '2026-11-28', days: 'beijing', status: 'paid', reference: 'A-1', code: 'sc_1' })).toEqual({
      status: 'paid',
      merchant_reference: 'A-1',
      static_code: 'sc_1',
      created_lt: '2026-11-28T16:00:00.000Z',
    });
  });

  it('ask for amounts as they were typed', () => {
    expect(asQuery({ least: '7.50', most: '100.00' })).toEqual({ amount_gte: '7.50', amount_lte: '100.00' });
    expect(['7.5', ' 1,200 ', '0', '007.', ''].map(typedAmount)).toEqual(['7.50', '1200.00', '0.00', '7.00', undefined]);
    expect(['-1', '1.234', 'a', '1e3', '.5', '9999999999999'].map(typedAmount)).toEqual([null, null, null, null, null, null]);
  });
  it('ask for everything where nothing is chosen', () => {
    expect(asQuery({})).toEqual({});
  });
});

describe('a history', () => {
  const paid: Payment = {
    status: 'paid',
    created_at: '2026-11-27T12:00:00Z',
    paid_at: '2026-11-27T12:02:00Z',
    ended_at: '2026-11-27T12:02:00Z',
  };
  const texts = (payment: Payment, refunds: Refund[] = []) => historyOf(payment, refunds).map(({ text }) => text);

  it('begins with the newest', () => {
    const refund: Refund = { kind: 'requested', status: 'succeeded', created_at: '2026-11-28T12:00:00Z', ended_at: '2026-11-28T12:00:09Z' };
    expect(texts(paid, [refund])).toEqual(['history.refunded', 'history.refundAsked', 'history.paid', 'history.created']);
  });

  it('tells late money from the end it came after', () => {
    expect(texts({ ...paid, paid_late: true })).toEqual(['history.paidLate', 'history.created']);
    expect(texts({ status: 'expired', created_at: '2026-11-27T12:00:00Z', ended_at: '2026-11-27T12:15:00Z' })).toEqual([
      'history.expired',
      'history.created',
    ]);
  });

  it('leaves open what is under way', () => {
    const pending: Refund = { kind: 'surplus', status: 'pending', created_at: '2026-11-28T12:00:00Z' };
    expect(texts({ status: 'pending', created_at: '2026-11-27T12:00:00Z' })).toEqual(['history.created']);
    expect(texts(paid, [pending])).toEqual(['history.surplus', 'history.paid', 'history.created']);
  });
});
