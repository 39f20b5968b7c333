import { describe, expect, it } from 'vitest';
import { fill, LANGUAGES, TEXTS, type TextKey } from './texts';

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

describe('texts', () => {
  it('say every sentence in every language, with the same places to fill', () => {
    const keys = Object.keys(TEXTS['zh-CN']) as TextKey[];
    for (const language of LANGUAGES) {
      expect(Object.keys(TEXTS[language]).sort()).toEqual([...keys].sort());
      for (const key of keys) {
        expect(TEXTS[language][key].trim(), `${language} ${key}`).not.toBe('');
        expect(places(TEXTS[language][key]), `${language} ${key}`).toEqual(places(TEXTS['zh-CN'][key]));
      }
    }
  });

  it('keep a place nobody filled visible', () => {
    expect(fill('Back in {seconds} s, {name}', { seconds: '5' })).toBe('Back in 5 s, {name}');
  });
});
