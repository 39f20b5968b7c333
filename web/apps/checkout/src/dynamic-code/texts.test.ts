import { expect, test } from 'vitest';
import { TEXTS } from './texts';

test('both languages say the same things with the same blanks', () => {
  const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, text] of Object.entries(TEXTS.en)) {
    const other = TEXTS['zh-CN'][key as keyof (typeof TEXTS)['zh-CN']];
    expect(other, key).toBeTruthy();
    expect(blanks(other), key).toEqual(blanks(text));
  }
});
