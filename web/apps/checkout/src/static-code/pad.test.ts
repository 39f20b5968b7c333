import { describe, expect, it } from 'vitest';
import { KEYS, type PadKey, press } from './pad';

function typing(keys: string, decimals = 2): string {
  return [...keys].reduce((text, key) => press(text, key === '<' ? 'delete' : (key as PadKey), decimals), '');
}

describe('the pad', () => {
  it.each([
    ['35.50', '35.50'],
    ['.5', '0.5'],
    ['007', '7'],
    ['0.05', '0.05'],
    ['12.345', '12.34'],
    ['1..2', '1.2'],
    ['12<3', '13'],
    ['1<<', ''],
    ['1.<2', '12'],
    ['1234567890123', '12345678901'],
  ])('%s makes %s', (keys, text) => {
    expect(typing(keys)).toBe(text);
  });

  it('has no point where the currency has no decimals', () => {
    expect(typing('12.5', 0)).toBe('125');
  });

  it('goes on from what was typed with a comma', () => {
    expect(press('12,', '5', 2)).toBe('12.5');
  });

  it('has every digit once', () => {
    expect([...KEYS].sort().join('')).toBe('.0123456789delete');
  });
});
