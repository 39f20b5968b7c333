import { describe, expect, it } from 'vitest';
import { bothClocks, formatMoney } from './format';

describe('money', () => {
  it('keeps every digit the platform sent, also where a double would not', () => {
    expect(formatMoney('90071992547409.93', 'NZD', 'en')).toContain('90,071,992,547,409.93');
  });

  it('shows as many decimals as it was given', () => {
    expect(formatMoney('1200', 'JPY', 'en')).toBe('¥1,200');
    expect(formatMoney('120.50', 'NZD', 'en')).toBe('NZ$120.50');
    expect(formatMoney('557.40', 'CNY', 'zh-CN')).toBe('¥557.40');
  });
});

describe('a moment', () => {
  it('is told on the clocks of both ends', () => {
    expect(bothClocks('2026-11-24T06:00:00Z', 'en')).toEqual({ beijing: '14:00', newZealand: '19:00' });
  });
});
