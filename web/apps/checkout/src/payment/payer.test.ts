import { expect, test } from 'vitest';
import type { Bank } from './api';
import { isChineseIdNumber, matches } from './payer';

test.each([
  ['11010519491231002X', true],
  ['11010519491231002x', true],
  [' 11010519491231002X ', true],
  ['110105194912310021', false],
  ['1101051949123100', false],
  ['11010519491231002Y', false],
  ['', false],
])('an identity card number has a check digit: %s', (text, good) => {
  expect(isChineseIdNumber(text)).toBe(good);
});

test('a bank is found by name, pinyin, initial and code', () => {
  const icbc: Bank = {
    code: 'ICBC',
    name_zh: '中国工商银行',
    name_en: 'ICBC',
    pinyin: 'zhongguogongshangyinhang',
    initial: 'G',
    single_limit: null,
    daily_limit: null,
    available: true,
  };
  for (const search of ['', '工商', 'gongshang', 'g', 'icbc']) {
    expect(matches(icbc, search), search).toBe(true);
  }
  expect(matches(icbc, '建设')).toBe(false);
});
