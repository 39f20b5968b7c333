import { describe, expect, it } from 'vitest';
import type { ChannelDay } from '../../api/types';
import { isAged, matchedPercent, trendOf } from './figures';

const counts = (lines: number, matched: number) => ({
  version: 1,
  lines,
  matched,
  differing: lines - matched,
  carried: 0,
  bad: 0,
  records: lines,
  records_matched: matched,
  records_differing: lines - matched,
  records_carried: 0,
  records_elsewhere: 0,
  added: 0,
  gone: 0,
});

const day = (date: string, over: Partial<ChannelDay> = {}): ChannelDay => ({
  account: 'wechat-1',
  channel: 'wechat',
  livemode: true,
  day: date,
  state: 'compared',
  refused_reason: null,
  file: null,
  counts: counts(1000, 999),
  open: {},
  decided: 0,
  changed_at: '2026-11-24T03:00:00Z',
  ...over,
});

describe('figures of days', () => {
  it('never round up to all', () => {
    expect(matchedPercent(day('2026-11-24', { counts: counts(100_000, 99_999) }))).toBe('99.9');
    expect(matchedPercent(day('2026-11-24', { counts: counts(3, 3) }))).toBe('100');
    expect(matchedPercent(day('2026-11-24', { counts: counts(0, 0) }))).toBe('100');
    expect(matchedPercent(day('2026-11-24', { counts: null }))).toBeNull();
  });

  it('say what is open for too long', () => {
    const open = { open: { amount: 1 } };
    expect(isAged(day('2026-11-24', open), '2026-11-27')).toBe(false);
    expect(isAged(day('2026-11-24', open), '2026-11-28')).toBe(true);
    expect(isAged(day('2026-11-24'), '2026-11-28')).toBe(false);
  });

  it('take all accounts of a day together, oldest first', () => {
    const trend = trendOf([
      day('2026-11-25', { counts: null }),
      day('2026-11-24', { counts: counts(10, 10), open: { amount: 2, fee: 1 } }),
      day('2026-11-24', { account: 'jdpay-1', counts: counts(10, 5) }),
    ]);
    expect(trend).toEqual([
      { day: '2026-11-24', percent: 75, open: 3 },
      { day: '2026-11-25', percent: null, open: 0 },
    ]);
  });
});
