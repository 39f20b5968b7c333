// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TEXTS as enFirst } from './en';
import { TEXTS as enReconciliation } from './reconciliation.en';
import { TEXTS as zhReconciliation } from './reconciliation.zh';
import { TEXTS as zhFirst } from './zh';

/** With those that come with their pages. */
const en: Record<string, string> = { ...enFirst, ...enReconciliation };
const zh: Record<string, string> = { ...zhFirst, ...zhReconciliation };

/** What is in both languages at once. */
const TWO_TONGUES = /language-button|unspoken|templates/;

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
const sources = readdirSync(new URL('..', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.(test|gen)\.tsx?$/.test(file) && !/i18n.(\w+\.)?(zh|en)\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(new URL(`../${file}`, import.meta.url), 'utf8') }));

const kit = readdirSync(new URL('../../../../packages/desk/src', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(new URL(`../../../../packages/desk/src/${file}`, import.meta.url), 'utf8'));

describe('texts', () => {
  it('say every sentence in both languages, with the same places to fill', () => {
    const keys = Object.keys(zh);
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
    for (const key of keys) {
      const chinese = zh[key] ?? '';
      const english = en[key] ?? '';
      expect(chinese.trim(), key).not.toBe('');
      expect(english.trim(), key).not.toBe('');
      expect(places(english), key).toEqual(places(chinese));
    }
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
