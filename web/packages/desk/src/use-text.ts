import { useTranslation } from 'react-i18next';

/** The sentences of the language that is spoken. Each app brings them; what this kit says is under `action`, `state`, `place` and `problem`. */
export function useText(): (key: string, values?: Record<string, string | number>) => string {
  return useTranslation().t as unknown as (key: string, values?: Record<string, string | number>) => string;
}

/** For words the platform may extend: falls back to the word itself. */
export function useWord(): (group: string, word: string | null | undefined) => string {
  const { t, i18n } = useTranslation();
  return (group, word) => {
    if (word === null || word === undefined || word === '') {
      return '';
    }
    const key = `${group}.${word}`;
    return (i18n.exists as (key: string) => boolean)(key) ? (t as unknown as (key: string) => string)(key) : word;
  };
}
