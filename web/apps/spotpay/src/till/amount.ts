/** What a cashier typed, as the platform wants it; or why it is no amount. Digits are moved and never calculated with. */
export function typed(text: string, decimals: number): { amount: string } | { problem: 'empty' | 'malformed' | 'decimals' | 'zero' } {
  const plain = text.trim().replace(',', '.');
  if (plain === '' || plain === '.') {
    return { problem: 'empty' };
  }
  const match = /^(\d{0,9})(?:\.(\d*))?$/.exec(plain);
  if (match === null) {
    return { problem: 'malformed' };
  }
  const whole = (match[1] ?? '').replace(/^0+(?=\d)/, '') || '0';
  const part = match[2] ?? '';
  if (part.length > decimals) {
    return { problem: 'decimals' };
  }
  if (/^0*$/.test(whole + part)) {
    return { problem: 'zero' };
  }
  return { amount: decimals === 0 ? whole : `${whole}.${part.padEnd(decimals, '0')}` };
}

/** What a key of the pad makes of what is typed. */
export function press(text: string, key: string, decimals: number): string {
  if (key === 'delete') {
    return text.slice(0, -1);
  }
  if (key === '.') {
    return decimals === 0 || text.includes('.') ? text : `${text === '' ? '0' : text}.`;
  }
  const next = text === '0' ? key : text + key;
  const part = next.split('.')[1] ?? '';
  return part.length > decimals || next.length > 12 ? text : next;
}

export function isMore(one: string, other: string): boolean {
  const digits = (text: string) => BigInt(text.replace('.', ''));
  return digits(one) > digits(other);
}

/** What is left of an amount; all have the currency's decimals. */
export function less(amount: string, ...parts: string[]): string {
  const decimals = amount.split('.')[1]?.length ?? 0;
  const digits = (text: string) => BigInt(text.replace('.', ''));
  const left = parts.reduce((sum, part) => sum - digits(part), digits(amount));
  const text = left.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

export function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
