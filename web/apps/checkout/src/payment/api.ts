import type { Flow, Method, View } from './view';

/** A refusal with the platform's stable code, or `offline` when nothing was heard. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly requestId: string | null,
  ) {
    super(code);
  }
}

const LIMIT_MILLIS = 20_000;

export function nonceOf(path: string): string | null {
  return /^\/pay\/([A-Za-z0-9_-]{16,128})\/?$/.exec(path)?.[1] ?? null;
}

export function eventsUrl(nonce: string): string {
  return `/checkout/${nonce}/events`;
}

export function fetchView(nonce: string): Promise<View> {
  return call(`/checkout/${nonce}`, { method: 'GET' });
}

export interface Choice {
  method: Method;
  flow?: Flow;
  bank_code?: string;
  payer?: { name: string; id_number: string };
}

export function startAttempt(nonce: string, choice: Choice): Promise<View> {
  return call(`/checkout/${nonce}/attempts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(choice),
  });
}

export interface Bank {
  code: string;
  name_zh: string;
  name_en: string;
  pinyin: string;
  initial: string;
  /** In yuan; null means that nobody has told us: the payer's bank knows. */
  single_limit: string | null;
  daily_limit: string | null;
  available: boolean;
}

export async function fetchBanks(nonce: string): Promise<Bank[]> {
  return (await call<{ data: Bank[] }>(`/checkout/${nonce}/banks`, { method: 'GET' })).data;
}

async function call<T = View>(url: string, init: RequestInit): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LIMIT_MILLIS);
  try {
    const response = await fetch(url, { ...init, signal: stop.signal, cache: 'no-store', credentials: 'omit' });
    const body: unknown = await response.json();
    if (response.ok) {
      return body as T;
    }
    const problem = body as { code?: string; request_id?: string };
    throw new ApiError(problem.code ?? 'internal_error', problem.request_id ?? null);
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError('offline', null);
  } finally {
    clearTimeout(timer);
  }
}
