import { describe, expect, it } from 'vitest';
import { compare, inYuan, typed } from './amount';

describe('what a person types', () => {
  it.each([
    ['35.5', '35.50'],
    ['35', '35.00'],
    ['35.', '35.00'],
    ['.5', '0.50'],
    ['007.10', '7.10'],
    ['35,50', '35.50'],
    [' 12 ', '12.00'],
    ['0.01', '0.01'],
    ['99999999999', '99999999999.00'],
  ])('%s is %s', (text, amount) => {
    expect(typed(text, 2)).toEqual({ amount });
  });

  it.each([
    ['', 'empty'],
    [' ', 'empty'],
    ['.', 'malformed'],
    ['-5', 'malformed'],
    ['1e3', 'malformed'],
    ['1.2.3', 'malformed'],
    ['1,000.00', 'malformed'],
    ['５', 'malformed'],
    ['123456789012', 'malformed'],
    ['1.005', 'decimals'],
    ['0', 'zero'],
    ['0.00', 'zero'],
  ])('%s is refused as %s', (text, problem) => {
    expect(typed(text, 2)).toEqual({ problem });
  });

  it('has no decimals in yen', () => {
    expect(typed('120', 0)).toEqual({ amount: '120' });
    expect(typed('120.5', 0)).toEqual({ problem: 'decimals' });
  });
});

describe('comparing', () => {
  it('goes by value and not by letters', () => {
    expect(compare('9.99', '10.00')).toBeLessThan(0);
    expect(compare('10.00', '9.99')).toBeGreaterThan(0);
    expect(compare('0.10', '0.1')).toBe(0);
    expect(compare('2000.01', '2000.00')).toBeGreaterThan(0);
  });
});

describe('yuan', () => {
  it('rounds for showing and for covering', () => {
    expect(inYuan('35.50', '4.645', false)).toBe('164.90');
    expect(inYuan('0.01', '4.645', false)).toBe('0.05');
    expect(inYuan('0.01', '0.0001', false)).toBe('0.00');
    expect(inYuan('0.01', '0.0001', true)).toBe('0.01');
    expect(inYuan('1.00', '9.999', false)).toBe('10.00');
    expect(inYuan('120', '0.0465', false)).toBe('5.58');
    expect(inYuan('1.00', '5', true)).toBe('5.00');
    expect(inYuan('0.10', '4.6450000001', true)).toBe('0.47');
  });

  it('is the same as exact arithmetic, whatever the amount and the rate', () => {
    let seed = 20261127;
    const next = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 3000; round++) {
      const minor = next(round % 2 === 0 ? 1000 : 2000000000) + 1;
      const decimals = next(11);
      const units = BigInt(next(2000000000)) + 1n;
      const rate = `${units / 10n ** BigInt(decimals)}${decimals === 0 ? '' : `.${String(units % 10n ** BigInt(decimals)).padStart(decimals, '0')}`}`;
      const amount = `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
      const up = round % 3 === 0;
      const scale = 10n ** BigInt(decimals);
      const exact = BigInt(minor) * units;
      const fen = up ? (exact + scale - 1n) / scale : (exact * 2n + scale) / (scale * 2n);
      expect(inYuan(amount, rate, up), `${amount} × ${rate}`).toBe(`${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`);
    }
  });
});
