// Amounts are decimal strings from the key to the wire: no floating point touches them.

export type Typed = { amount: string } | { problem: 'empty' | 'malformed' | 'decimals' | 'zero' };

/** What a person typed, with exactly as many decimals as the currency has. Some keyboards have a comma and no point. */
export function typed(text: string, decimals: number): Typed {
  const plain = text.trim().replace(',', '.');
  if (plain === '') {
    return { problem: 'empty' };
  }
  const match = /^(\d*)(?:\.(\d*))?$/.exec(plain);
  const whole = (match?.[1] ?? '').replace(/^0+/, '');
  const fraction = match?.[2] ?? '';
  if (match === null || plain === '.' || whole.length > 11) {
    return { problem: 'malformed' };
  }
  if (fraction.length > decimals) {
    return { problem: 'decimals' };
  }
  const padded = fraction + '0'.repeat(decimals - fraction.length);
  if (/^0*$/.test(whole + padded)) {
    return { problem: 'zero' };
  }
  return { amount: (whole || '0') + (decimals === 0 ? '' : `.${padded}`) };
}

/** Negative, zero or positive, as the first amount is less than, the same as, or more than the second. */
export function compare(one: string, other: string): number {
  const places = Math.max(decimalsOf(one), decimalsOf(other));
  const [left, right] = [digits(one, places), digits(other, places)];
  if (left.length !== right.length) {
    return left.length - right.length;
  }
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * What an amount comes to in yuan: to the nearest fen, halves up; or up to the next fen where that is what will be
 * charged.
 */
export function inYuan(amount: string, rate: string, up: boolean): string {
  const scale = decimalsOf(amount) + decimalsOf(rate);
  const exact = product(digits(amount, decimalsOf(amount)), digits(rate, decimalsOf(rate))).padStart(scale + 1, '0');
  const wanted = exact.length - scale + 2;
  const [kept, rest] = [exact.slice(0, wanted).padEnd(wanted, '0'), exact.slice(wanted)];
  const more = up ? /[1-9]/.test(rest) : rest.charAt(0) >= '5';
  const fen = (more ? plusOne(kept) : kept).replace(/^0+(?=\d{3})/, '');
  return `${fen.slice(0, -2)}.${fen.slice(-2)}`;
}

function decimalsOf(decimal: string): number {
  return decimal.split('.')[1]?.length ?? 0;
}

/** A decimal as a whole number of its last of so many places, without leading zeros. */
function digits(decimal: string, places: number): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  return (whole + fraction + '0'.repeat(places - fraction.length)).replace(/^0+/, '');
}

/** Multiplied as on paper: old wallet browsers know no BigInt. */
function product(one: string, other: string): string {
  const sums = new Array<number>(one.length + other.length).fill(0);
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      const sum = (sums[i + j + 1] ?? 0) + Number(one[i]) * Number(other[j]);
      sums[i + j + 1] = sum % 10;
      sums[i + j] = (sums[i + j] ?? 0) + Math.floor(sum / 10);
    }
  }
  return sums.join('');
}

function plusOne(number: string): string {
  const nines = /9*$/.exec(number)?.[0].length ?? 0;
  const head = number.slice(0, number.length - nines);
  const last = head === '' ? '1' : head.slice(0, -1) + String(Number(head.slice(-1)) + 1);
  return last + '0'.repeat(nines);
}
