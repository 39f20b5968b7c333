import { expect, it } from 'vitest';
import { TEXTS, type TextKey } from './texts';

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

it('says every sentence in both languages, with the same places to fill', () => {
  const keys = Object.keys(TEXTS['zh-CN']) as TextKey[];
  expect(Object.keys(TEXTS.en).sort()).toEqual([...keys].sort());
  for (const key of keys) {
    expect(TEXTS.en[key].trim(), key).not.toBe('');
    expect(places(TEXTS.en[key]), key).toEqual(places(TEXTS['zh-CN'][key]));
  }
});
