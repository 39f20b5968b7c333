import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { fill, LANGUAGES, type Language, TEXTS, type TextKey } from './texts';

const REMEMBERED = 'ferrypay.language';

interface Speech {
  language: Language;
  say(key: TextKey, values?: Record<string, string>): string;
  /** The payer's own choice; it is remembered. */
  choose(language: Language): void;
  /** What the shop asked for; only counts until the payer chooses. */
  suggest(language: string | null): void;
}

const Context = createContext<Speech | null>(null);

function known(candidate: string | null | undefined): Language | null {
  return LANGUAGES.find((language) => language.slice(0, 2) === candidate?.slice(0, 2)) ?? null;
}

function remembered(): Language | null {
  try {
    return known(window.localStorage.getItem(REMEMBERED));
  } catch {
    return null; // Some wallet browsers forbid storage.
  }
}

export function Speaking({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState<Language | null>(remembered);
  const [suggested, setSuggested] = useState<Language | null>(null);
  const language = chosen ?? suggested ?? known(navigator.language) ?? 'zh-CN';

  const choose = useCallback((next: Language) => {
    setChosen(next);
    try {
      window.localStorage.setItem(REMEMBERED, next);
    } catch {
      // It holds for this page at least.
    }
  }, []);
  const suggest = useCallback((next: string | null) => setSuggested(known(next)), []);
  const say = useCallback((key: TextKey, values: Record<string, string> = {}) => fill(TEXTS[language][key], values), [language]);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const speech = useMemo(() => ({ language, say, choose, suggest }), [language, say, choose, suggest]);
  return <Context.Provider value={speech}>{children}</Context.Provider>;
}

export function useSpeech(): Speech {
  const speech = useContext(Context);
  if (speech === null) {
    throw new Error('useSpeech needs <Speaking>');
  }
  return speech;
}
