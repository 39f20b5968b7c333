import type { Language } from '../i18n/texts';

/** Formats a decimal string; the digits are the platform's, only signs and separators are added. */
export function formatMoney(amount: string, currency: string, language: Language): string {
  const decimals = amount.split('.')[1]?.length ?? 0;
  const formatter = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return formatter.format(amount as unknown as number);
}

/** A moment as it stands on the clocks of both ends. */
export function bothClocks(moment: string, language: Language): { beijing: string; newZealand: string } {
  const at = (timeZone: string) =>
    new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false, timeZone }).format(new Date(moment));
  return { beijing: at('Asia/Shanghai'), newZealand: at('Pacific/Auckland') };
}

/** Hours, minutes and seconds as the clock on this wall shows them. */
export function timeOfDay(millis: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(
    new Date(millis),
  );
}

export function dateAndTime(moment: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(moment));
}
