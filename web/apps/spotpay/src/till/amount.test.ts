import { expect, it } from 'vitest';
import { isMore, less, press, typed } from './amount';

it('reads what a cashier types', () => {
  expect(typed('35.5', 2)).toEqual({ amount: '35.50' });
  expect(typed('035,50', 2)).toEqual({ amount: '35.50' });
  expect(typed('.5', 2)).toEqual({ amount: '0.50' });
  expect(typed('7', 0)).toEqual({ amount: '7' });
  expect(typed('', 2)).toEqual({ problem: 'empty' });
  expect(typed('0.00', 2)).toEqual({ problem: 'zero' });
  expect(typed('1.005', 2)).toEqual({ problem: 'decimals' });
  for (const text of ['1e3', '-5', '1 000', '1.2.3', '٣', '9999999999']) {
    expect(typed(text, 2), text).toEqual({ problem: 'malformed' });
  }
});

it('takes keys as a till does', () => {
  const after = (...keys: string[]) => keys.reduce((text, key) => press(text, key, 2), '');
  expect(after('3', '5', '.', '5', '0', '9')).toBe('35.50');
  expect(after('.', '5')).toBe('0.5');
  expect(after('0', '0', '7')).toBe('7');
  expect(after('1', '.', '.', '2')).toBe('1.2');
  expect(after('1', '2', 'delete')).toBe('1');
  expect(press('5', '.', 0)).toBe('5');
});

it('subtracts without losing a cent', () => {
  expect(less('20.00', '7.50', '0.05')).toBe('12.45');
  expect(less('0.30', '0.10', '0.20')).toBe('0.00');
  expect(less('99999999999.99', '0.01')).toBe('99999999999.98');
  expect(less('500', '20')).toBe('480');
  expect(isMore('12.46', '12.45')).toBe(true);
  expect(isMore('12.45', '12.45')).toBe(false);
});
