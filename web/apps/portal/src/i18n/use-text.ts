import { useTranslation } from 'react-i18next';
import type { TextKey } from './zh';

export type Say = (key: TextKey, values?: Record<string, string | number>) => string;

/** The sentences of the language that is spoken. */
export function useText(): Say {
  const { t } = useTranslation();
  return t as unknown as Say;
}

/** For words the platform may extend: falls back to the word itself. */
export function useWord(): (group: string, word: string | null | undefined) => string {
  const { t, i18n } = useTranslation();
  return (group, word) => {
    if (word === null || word === undefined || word === '') {
      return '';
    }
    const key = `${group}.${word}`;
    return i18n.exists(key) ? (t as unknown as (key: string) => string)(key) : word;
  };
}
