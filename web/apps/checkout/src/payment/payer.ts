import type { Bank } from './api';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** 18 characters, the last one the check digit of the others (ISO 7064 MOD 11-2). The platform checks again. */
export function isChineseIdNumber(text: string): boolean {
  const number = text.trim().toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) {
    return false;
  }
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  return CHECK_DIGITS[sum % 11] === number[17];
}

/** By either name, by pinyin, by its initial or by its code. */
export function matches(bank: Bank, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return (
    wanted === '' ||
    [bank.name_zh, bank.name_en, bank.pinyin, bank.code].some((name) => name.toLowerCase().includes(wanted)) ||
    bank.initial.toLowerCase() === wanted
  );
}
