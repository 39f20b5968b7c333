import type { Method } from '../payment/view';

export interface CodeView {
  livemode: boolean;
  status: 'waiting_scan' | 'scanned' | 'processing' | 'paid' | 'failed' | 'expired' | 'canceled' | 'unknown';
  merchant: string;
  store: string;
  amount: string;
  currency: string;
  payer_amount: string | null;
  payer_currency: string | null;
  /** In whose browser this page is open; null in any other. */
  wallet: Method | null;
  taken_by_other: boolean;
  /** Of the payment's page, for the phone that may pay. */
  link: string | null;
}

/** A refusal with the platform's stable code, or `offline` when nothing was heard. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

const LIMIT_MILLIS = 20_000;

export function tokenOf(path: string): string | null {
  return /^\/q\/([A-Za-z0-9_-]{43})\/?$/.exec(path)?.[1] ?? null;
}

/** Asks to be the phone that pays. */
export function openCode(token: string, phone: string): Promise<CodeView> {
  return call(`/dynamic-codes/${token}:open`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ phone }),
  });
}

/** Only looks. */
export function lookAtCode(token: string): Promise<CodeView> {
  return call(`/dynamic-codes/${token}`, { method: 'GET' });
}

const REMEMBERED = 'ferrypay.phone';
let here: string | null = null;

/** 128 random bits by which this phone is known again when it scans the code again; to nobody else. */
export function phone(): string {
  try {
    here ??= window.localStorage.getItem(REMEMBERED);
  } catch {
    // Some wallet browsers forbid storage: then it is known while the page is open.
  }
  if (here === null || !/^[0-9a-f]{32}$/.test(here)) {
    here = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
    try {
      window.localStorage.setItem(REMEMBERED, here);
    } catch {
      // As above.
    }
  }
  return here;
}

async function call(url: string, init: RequestInit): Promise<CodeView> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LIMIT_MILLIS);
  try {
    const response = await fetch(url, { ...init, signal: stop.signal, cache: 'no-store', credentials: 'omit' });
    const body: unknown = await response.json();
    if (response.ok) {
      return body as CodeView;
    }
    throw new Refused((body as { code?: string }).code ?? 'internal_error');
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('offline');
  } finally {
    clearTimeout(timer);
  }
}
