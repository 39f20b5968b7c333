import { describe, expect, it } from 'vitest';
import { BEIJING, dayIn, formatMoney, momentAt, NEW_ZEALAND, nextDay, startOfDay } from './format.ts';

describe('money', () => {
  it('keeps every digit the platform told', () => {
    expect(formatMoney('120.00', 'NZD', 'en')).toBe('NZ$120.00');
    expect(formatMoney('12345678901234567.89', 'NZD', 'en')).toBe('NZ$12,345,678,901,234,567.89');
    expect(formatMoney('500', 'JPY', 'en')).toBe('¥500');
    expect(formatMoney('-0.10', 'CNY', 'en')).toBe('-CN¥0.10');
  });
});

describe('days', () => {
  it('begin by the clock of the place, summer and winter', () => {
    expect(startOfDay('2026-11-28', NEW_ZEALAND)).toBe('2026-11-27T11:00:00.000Z');
    expect(startOfDay('2026-07-01', NEW_ZEALAND)).toBe('2026-06-30T12:00:00.000Z');
    expect(startOfDay('2026-11-28', BEIJING)).toBe('2026-11-27T16:00:00.000Z');
  });

  it('begin right also where the clocks change on that day or the day before', () => {
    // New Zealand puts its clocks forward on 27 September 2026 at 2:00 and back on 5 April at 3:00.
    expect(startOfDay('2026-09-27', NEW_ZEALAND)).toBe('2026-09-26T12:00:00.000Z');
    expect(startOfDay('2026-09-28', NEW_ZEALAND)).toBe('2026-09-27T11:00:00.000Z');
    expect(startOfDay('2026-04-05', NEW_ZEALAND)).toBe('2026-04-04T11:00:00.000Z');
    expect(startOfDay('2026-04-06', NEW_ZEALAND)).toBe('2026-04-05T12:00:00.000Z');
  });

  it('follow each other over the end of a month', () => {
    expect(nextDay('2026-02-28')).toBe('2026-03-01');
    expect(nextDay('2026-12-31')).toBe('2027-01-01');
  });

  it('differ between the shop and the wallets', () => {
    const at = new Date('2026-11-27T15:30:00Z');
    expect(dayIn(NEW_ZEALAND, at)).toBe('2026-11-28');
    expect(dayIn(BEIJING, at)).toBe('2026-11-27');
    expect(momentAt(at.toISOString(), NEW_ZEALAND, 'en')).toContain('28 Nov 2026');
    expect(momentAt(at.toISOString(), BEIJING, 'en')).toContain('27 Nov 2026');
  });
});
