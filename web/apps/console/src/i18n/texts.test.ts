// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TEXTS as alwaysEn } from './en';
import * as parts from './parts';
import { TEXTS as alwaysZh } from './zh';

/** What is in both languages at once. */
const TWO_TONGUES = /language-button|unspoken|templates/;

const loaded = async (language: 'zh-CN' | 'en') =>
  (await Promise.all(Object.values(parts).map((part) => part[language]()))).map(({ TEXTS }) => TEXTS);
const zhParts: Record<string, string>[] = [alwaysZh, ...(await loaded('zh-CN'))];
const enParts: Record<string, string>[] = [alwaysEn, ...(await loaded('en'))];
const zh: Record<string, string> = Object.assign({}, ...zhParts);

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
const sources = readdirSync(new URL('..', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.(test|gen)\.tsx?$/.test(file) && !/i18n\W.*(zh|en)\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(new URL(`../${file}`, import.meta.url), 'utf8') }));

const kit = readdirSync(new URL('../../../../packages/desk/src', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(new URL(`../../../../packages/desk/src/${file}`, import.meta.url), 'utf8'));

describe('texts', () => {
  it('say every sentence in both languages, with the same places to fill', () => {
    for (const [part, texts] of zhParts.entries()) {
      const english = enParts[part] ?? {};
      expect(Object.keys(english).sort()).toEqual(Object.keys(texts).sort());
      for (const [key, text] of Object.entries(texts)) {
        expect(text.trim(), key).not.toBe('');
        expect(english[key]?.trim(), key).not.toBe('');
        expect(places(english[key] ?? ''), key).toEqual(places(text));
      }
    }
  });

  it('say each sentence in one part only', () => {
    const keys = zhParts.flatMap((texts) => Object.keys(texts));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it('have no sentence that nobody says', () => {
    const everything = [...sources.map(({ text }) => text), ...kit].join('\n');
    // Words of the platform, such as `status.paid`, are looked up by group.
    const groups = new Set([...everything.matchAll(/(?:word\(|group=|group = )['"](\w+)['"]/g)].map(([, group]) => group));
    groups.add('problem');
    const unsaid = Object.keys(zh).filter((key) => !everything.includes(`'${key}'`) && !groups.has(key.split('.')[0] ?? ''));
    expect(unsaid).toEqual([]);
  });

  it('are where the words are: no page has a sentence of its own', () => {
    const own = sources.filter(({ file, text }) => !TWO_TONGUES.test(file) && /[\u4e00-\u9fff]/.test(text));
    expect(own.map(({ file }) => file)).toEqual([]);
    const bare = sources.filter(
      ({ file, text }) => !TWO_TONGUES.test(file) && />\s*[A-Z][a-z]+ [a-z]+[^<{]*</.test(text.replaceAll(/=>|\/\/.*$/gm, '')),
    );
    expect(bare.map(({ file }) => file)).toEqual([]);
  });
});
