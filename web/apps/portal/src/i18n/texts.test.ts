// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACCOUNT as enAccount } from './account.en';
import { ACCOUNT as zhAccount } from './account.zh';
import { DEVELOPERS as enDevelopers } from './developers.en';
import { DEVELOPERS as zhDevelopers } from './developers.zh';
import { DEVICES as enDevices } from './devices.en';
import { DEVICES as zhDevices } from './devices.zh';
import { TEXTS as enTexts } from './en';
import { MONEY as enMoney } from './money.en';
import { MONEY as zhMoney } from './money.zh';
import { ONBOARDING as enOnboarding } from './onboarding.en';
import { ONBOARDING as zhOnboarding } from './onboarding.zh';
import { STORES as enStores } from './stores.en';
import { STORES as zhStores } from './stores.zh';
import { WECHAT as enWechat } from './wechat.en';
import { WECHAT as zhWechat } from './wechat.zh';
import { type TextKey, TEXTS as zhTexts } from './zh';

const zh = { ...zhTexts, ...zhAccount, ...zhDevelopers, ...zhDevices, ...zhMoney, ...zhOnboarding, ...zhStores, ...zhWechat };
const en = { ...enTexts, ...enAccount, ...enDevelopers, ...enDevices, ...enMoney, ...enOnboarding, ...enStores, ...enWechat };

/** What is in both languages at once. */
const TWO_TONGUES = /poster|language-button|unspoken/;

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
const sources = readdirSync(new URL('..', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.(test|gen)\.tsx?$/.test(file) && !/i18n.(\w+\.)?(zh|en)\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(new URL(`../${file}`, import.meta.url), 'utf8') }));

const kit = readdirSync(new URL('../../../../packages/desk/src', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(new URL(`../../../../packages/desk/src/${file}`, import.meta.url), 'utf8'));

describe('texts', () => {
  it('say every sentence in both languages, with the same places to fill', () => {
    const keys = Object.keys(zh) as TextKey[];
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
    for (const key of keys) {
      expect(zh[key].trim(), key).not.toBe('');
      expect(en[key].trim(), key).not.toBe('');
      expect(places(en[key]), key).toEqual(places(zh[key]));
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
