/** What the platform says as a fraction people read and write per cent: the point moves by two places, and no digit is lost. */
export function percentOf(fraction: string): string {
  return moved(fraction, 2);
}

/** The other way round; null for what is no percentage from 0 to below 100 with at most six decimals. */
export function fractionOf(percent: string): string | null {
  return /^\d{1,2}(\.\d{1,6})?$/.test(percent) ? moved(percent, -2) : null;
}

function moved(decimal: string, places: number): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded = point < 1 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const tail = padded.slice(at).replace(/0+$/, '');
  return padded.slice(0, at).replace(/^0+(?=\d)/, '') + (tail === '' ? '' : `.${tail}`);
}
