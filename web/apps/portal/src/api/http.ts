import { guardedFetch } from '@ferrypay/desk/http.ts';
import createClient from 'openapi-fetch';
import type { paths as BalancesPaths } from './balances.gen';
import { shownMerchant } from './merchant';
import { currentMode } from './mode';
import type { paths as PaymentsPaths } from './payments.gen';
import type { paths as PortalPaths } from './portal.gen';

const UPLOAD_LIMIT_MILLIS = 300_000;

export { arrange } from '@ferrypay/desk/http.ts';

/** Asking who is signed in, signing in and out and changing the merchant are about no merchant. */
function isAboutTheSession(request: Request): boolean {
  return /^\/portal\/api\/(session|sign_)/.test(new URL(request.url).pathname);
}

/**
 * Sends a request as the portal must: besides what all our pages do, it says which mode and merchant are shown.
 */
export async function ferryFetch(request: Request, limitMillis?: number): Promise<Response> {
  if (!request.headers.has('Ferry-Mode')) {
    request.headers.set('Ferry-Mode', currentMode());
  }
  const merchant = shownMerchant();
  if (merchant !== null && !isAboutTheSession(request)) {
    request.headers.set('Ferry-Merchant', merchant);
  }
  return guardedFetch(request, limitMillis);
}

const API = `${window.location.origin}/portal/api`;

/** The merchant's API with the rights of the person's role: what `payments-v2.json` describes. */
export const payments = createClient<PaymentsPaths>({ baseUrl: API, fetch: (request) => ferryFetch(request) });

/** Balances, settlements and withdrawals: what `balances-v2.json` describes. */
export const balances = createClient<BalancesPaths>({ baseUrl: API, fetch: (request) => ferryFetch(request) });

/** The portal's own API: what `portal-v1.json` describes. */
export const portal = createClient<PortalPaths>({ baseUrl: window.location.origin, fetch: (request) => ferryFetch(request) });

/** The answer of a described operation. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  return (await call).data as NonNullable<T>;
}

interface Options {
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** Makes a repeated request do what it does once. */
  idempotencyKey?: string;
}

/** Calls what no description covers yet; `path` begins behind `/portal/api`. */
export async function call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, options: Options = {}): Promise<T> {
  const url = new URL(API + path);
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined && value !== '') {
      url.searchParams.set(name, String(value));
    }
  }
  const headers = new Headers({ Accept: 'application/json' });
  if (options.body !== undefined) {
    headers.set('Content-Type', 'application/json');
  }
  if (options.idempotencyKey !== undefined) {
    headers.set('Idempotency-Key', options.idempotencyKey);
  }
  const body = options.body === undefined ? null : JSON.stringify(options.body);
  const response = await ferryFetch(new Request(url, { method, headers, body }));
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Fetches a picture or other text. */
export async function callText(path: string, accept: string): Promise<string> {
  return (await ferryFetch(new Request(API + path, { headers: { Accept: accept } }))).text();
}

/** Sends one file as it is, without a form around it. */
export async function upload<T>(path: string, file: File): Promise<T> {
  return (await ferryFetch(new Request(API + path, { method: 'POST', body: file }), UPLOAD_LIMIT_MILLIS)).json() as Promise<T>;
}

/** As long as the gateway lets a file be on its way. */
const DOWNLOAD_LIMIT_MILLIS = 600_000;

/** Fetches a file and hands it to the person under the name the platform gave it. */
export async function download(path: string): Promise<void> {
  const response = await ferryFetch(new Request(API + path), DOWNLOAD_LIMIT_MILLIS);
  const name = /filename="([\w.-]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'ferrypay';
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Not at once: the browser has not begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
