import type { Language } from '../i18n/texts';

const REMEMBERED = 'ferrypay.spotpay.spoken';

/** Whether this till says aloud what was paid; not before somebody wants it. */
export function isSpoken(): boolean {
  return 'speechSynthesis' in window && window.localStorage.getItem(REMEMBERED) === 'yes';
}

export function rememberSpoken(spoken: boolean): void {
  window.localStorage.setItem(REMEMBERED, spoken ? 'yes' : 'no');
}

/** Only the newest is said: whoever waits for the last sale's amount is gone. */
export function announce(text: string, language: Language): void {
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.lang = language === 'en' ? 'en-NZ' : 'zh-CN';
  window.speechSynthesis.cancel();
  window.speechSynthesis.speak(spoken);
}
