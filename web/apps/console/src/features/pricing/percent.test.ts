import { describe, expect, it } from 'vitest';
import { fractionOf, percentOf } from './percent';

describe('percentages', () => {
  it('are the same number, written otherwise', () => {
    for (const [fraction, percent] of [
      ['0.008', '0.8'],
      ['0.012', '1.2'],
      ['0', '0'],
      ['0.5', '50'],
      ['0.00000001', '0.000001'],
      ['0.99999999', '99.999999'],
      ['0.1', '10'],
    ] as const) {
      expect(percentOf(fraction)).toBe(percent);
      expect(fractionOf(percent)).toBe(fraction);
    }
  });

  it('are refused where they are none', () => {
    for (const text of ['', '100', '-1', '1,5', '0.1234567', '1.', 'x', '1e1']) {
      expect(fractionOf(text)).toBeNull();
    }
    expect(fractionOf('01.50')).toBe('0.015');
  });
});
