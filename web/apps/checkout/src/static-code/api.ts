export type Method = 'wechat' | 'alipay' | 'jdpay' | 'onlinebank';

export interface CodeView {
  livemode: boolean;
  status: 'active' | 'replaced' | 'disabled' | 'limit_reached';
  merchant: string;
  store: string;
  label: string;
  serial: string;
  currency: string;
  decimals: number;
  /** Null when the shopper types it. */
  amount: string | null;
  min_amount: string | null;
  max_amount: string | null;
  methods: {
    type: Method;
    available: boolean;
    flows: string[];
    /** `exact`: this is charged, rounded up to the fen; else the wallet's own rate is about that. */
    rate: { yuan_per_unit: string; exact: boolean } | null;
  }[];
}

/** A refusal with the platform's stable code, or `offline` when nothing was heard. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

const LIMIT_MILLIS = 20_000;

export function linkOf(path: string): string | null {
  return /^\/s\/([2-9a-z]{12})\/?$/.exec(path)?.[1] ?? null;
}

export function fetchCode(link: string): Promise<CodeView> {
  return call(`/static-codes/${link}`, { method: 'GET' });
}

/** The same token is the same payment, however often it is sent. */
export function createPayment(link: string, wish: { token: string; amount?: string; locale: string }): Promise<{ redirect_url: string }> {
  return call(`/static-codes/${link}/payments`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(wish),
  });
}

/** 128 random bits. */
export function newToken(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function call<T>(url: string, init: RequestInit): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LIMIT_MILLIS);
  try {
    const response = await fetch(url, { ...init, signal: stop.signal, cache: 'no-store', credentials: 'omit' });
    const body: unknown = await response.json();
    if (response.ok) {
      return body as T;
    }
    throw new Refused((body as { code?: string }).code ?? 'internal_error');
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('offline');
  } finally {
    clearTimeout(timer);
  }
}
