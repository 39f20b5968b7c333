import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { firstLanguage, type Language, rememberLanguage, type Say, sayIn } from './texts';

interface Speech {
  language: Language;
  say: Say;
  money(amount: string, currency: string): string;
  /** With the currency's name, for a voice to say. */
  spokenMoney(amount: string, currency: string): string;
  time(moment: string, zone: string): string;
  choose(language: Language): void;
}

const Context = createContext<Speech | null>(null);

export function SpeechProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo<Speech>(
    () => ({
      language,
      say: sayIn(language),
      money: (amount, currency) => {
        const decimals = amount.split('.')[1]?.length ?? 0;
        const style = { style: 'currency', currency, minimumFractionDigits: decimals, maximumFractionDigits: decimals } as const;
        // The digits are the platform's; only signs and separators are added.
        return new Intl.NumberFormat(language, style).format(amount as unknown as number);
      },
      spokenMoney: (amount, currency) => {
        const style = { style: 'currency', currency, currencyDisplay: 'name', minimumFractionDigits: 0 } as const;
        return new Intl.NumberFormat(language, style).format(amount as unknown as number);
      },
      time: (moment, timeZone) =>
        new Intl.DateTimeFormat(language, {
          month: 'short',
          day: 'numeric',
          hour: '2-digit',
          minute: '2-digit',
          second: '2-digit',
          timeZone,
        }).format(new Date(moment)),
      choose: (next) => {
        rememberLanguage(next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <Context.Provider value={speech}>{children}</Context.Provider>;
}

export function useSpeech(): Speech {
  const speech = useContext(Context);
  if (speech === null) {
    throw new Error('no SpeechProvider');
  }
  return speech;
}
