import type { Language } from '../i18n/texts';

// The same as the pay page remembers.
const REMEMBERED = 'ferrypay.language';

/** What the shopper chose before, else what the browser speaks. */
export function firstLanguage(): Language {
  let remembered: string | null = null;
  try {
    remembered = window.localStorage.getItem(REMEMBERED);
  } catch {
    // Some wallet browsers forbid storage.
  }
  return (remembered ?? navigator.language).slice(0, 2) === 'en' ? 'en' : 'zh-CN';
}

export function remember(language: Language): void {
  try {
    window.localStorage.setItem(REMEMBERED, language);
  } catch {
    // It holds for this page at least.
  }
}
