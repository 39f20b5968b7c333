// The pad under the amount: what each of its keys makes of the text typed so far.

export type PadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '.' | 'delete';

export const KEYS: readonly PadKey[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0', 'delete'];

const MOST_WHOLE_DIGITS = 11;

/** A key that makes no sense at this place changes nothing. */
export function press(text: string, key: PadKey, decimals: number): string {
  const plain = text.trim().replace(',', '.');
  if (key === 'delete') {
    return plain.slice(0, -1);
  }
  const [whole = '', fraction] = plain.split('.');
  if (key === '.') {
    return decimals === 0 || fraction !== undefined ? plain : `${whole || '0'}.`;
  }
  if (fraction !== undefined) {
    return fraction.length < decimals ? plain + key : plain;
  }
  if (whole === '0') {
    return key;
  }
  return whole.length < MOST_WHOLE_DIGITS ? plain + key : plain;
}
