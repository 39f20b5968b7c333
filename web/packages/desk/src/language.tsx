import type { Locale } from 'antd/es/locale';
import i18next from 'i18next';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { Unspoken } from './unspoken.tsx';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const REMEMBERED = 'ferrypay.language';

i18next.use(initReactI18next).init({
  lng: 'none',
  fallbackLng: false,
  keySeparator: false,
  nsSeparator: false,
  resources: {},
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
});

/** How an app's texts and the kit's own are loaded: only what is spoken is. */
export type Loaders = Record<Language, () => Promise<[{ TEXTS: Record<string, string> }, { default: Locale }]>>;

/** How the texts of a part of an app are loaded. */
export type TextLoaders = Record<Language, () => Promise<{ TEXTS: Record<string, string> }>>;

const brought = new Set<TextLoaders>();

const learn = async (language: Language, loaders: TextLoaders) => {
  i18next.addResourceBundle(language, 'translation', (await loaders[language]()).TEXTS, true, true);
};

/** Texts that come with a part of the app: now in the language that is spoken, and from then on in whichever is chosen. */
export async function bringTexts(loaders: TextLoaders): Promise<void> {
  brought.add(loaders);
  let language: Language;
  do {
    language = i18next.language as Language;
    await learn(language, loaders);
  } while (language !== i18next.language);
}

interface Speech {
  language: Language;
  /** The kit's texts. */
  locale: Locale;
  choose(language: Language): void;
}

const Context = createContext<Speech | null>(null);

function known(candidate: string | null | undefined): Language | null {
  return LANGUAGES.find((language) => language.slice(0, 2) === candidate?.slice(0, 2)) ?? null;
}

function remembered(): Language | null {
  try {
    return known(window.localStorage.getItem(REMEMBERED));
  } catch {
    return null;
  }
}

export function Speaking({ loaders, children }: { loaders: Loaders; children: ReactNode }) {
  const [wanted, setWanted] = useState<Language>(() => remembered() ?? known(navigator.language) ?? 'en');
  const [failed, setFailed] = useState(false);
  const [spoken, setSpoken] = useState<{ language: Language; locale: Locale } | null>(null);

  useEffect(() => {
    let current = true;
    loaders[wanted]()
      .then(async ([texts, kit]) => {
        i18next.addResourceBundle(wanted, 'translation', texts.TEXTS, true, true);
        await Promise.all([...brought].map((part) => learn(wanted, part)));
        await i18next.changeLanguage(wanted);
        if (current) {
          document.documentElement.lang = wanted;
          setSpoken({ language: wanted, locale: kit.default });
        }
      })
      .catch(() => setFailed(true));
    return () => {
      current = false;
    };
  }, [wanted, loaders]);

  const choose = useCallback((next: Language) => {
    try {
      window.localStorage.setItem(REMEMBERED, next);
    } catch {
      // It holds for this page at least.
    }
    setWanted(next);
  }, []);
  const speech = useMemo(() => (spoken === null ? null : { ...spoken, choose }), [spoken, choose]);
  if (speech === null) {
    // A moment: the texts come with the page's own files. Without them there are no words but these.
    return failed ? <Unspoken /> : null;
  }
  return (
    <I18nextProvider i18n={i18next}>
      <Context.Provider value={speech}>{children}</Context.Provider>
    </I18nextProvider>
  );
}

export function useSpeech(): Speech {
  const speech = useContext(Context);
  if (speech === null) {
    throw new Error('useSpeech needs <Speaking>');
  }
  return speech;
}
