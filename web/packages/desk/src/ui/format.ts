import type { Language } from '../language.tsx';

export const NEW_ZEALAND = 'Pacific/Auckland';
export const BEIJING = 'Asia/Shanghai';

/** Formats a decimal string; the digits are the platform's, only signs and separators are added. */
export function formatMoney(amount: string, currency: string, language: Language): string {
  const decimals = amount.split('.')[1]?.length ?? 0;
  const formatter = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'symbol',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  // A decimal string keeps all its digits here, which a number would not.
  return formatter.format(amount as unknown as number);
}

/** English days are written as in New Zealand. */
function dates(language: Language): string {
  return language === 'en' ? 'en-NZ' : language;
}

/** A day and minute on the clock of a place, with the zone's name where that is short. */
export function momentAt(moment: string, timeZone: string, language: Language): string {
  return new Intl.DateTimeFormat(dates(language), {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone,
  }).format(new Date(moment));
}

/** The same with seconds. */
export function exactMomentAt(moment: string, timeZone: string, language: Language): string {
  return new Intl.DateTimeFormat(dates(language), { dateStyle: 'medium', timeStyle: 'medium', hour12: false, timeZone }).format(
    new Date(moment),
  );
}

/** When a day begins in a place, as the API wants it. `day` is `2026-11-28`. */
export function startOfDay(day: string, timeZone: string): string {
  return onClock(`${day}T00:00`, timeZone);
}

/** The moment at which a place's clock shows a time such as `2026-11-28T09:30`, as the API wants it. */
export function onClock(time: string, timeZone: string): string {
  const utc = Date.parse(`${time}Z`);
  // Twice: the first guess may stand on the other side of a change of clocks.
  const guess = utc - offsetMillis(utc, timeZone);
  return new Date(utc - offsetMillis(guess, timeZone)).toISOString();
}

/** The day after; days have no zone. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** What day it is in a place. */
export function dayIn(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(at);
}

function offsetMillis(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).formatToParts(new Date(at));
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - Math.floor(at / 1000) * 1000
  );
}
