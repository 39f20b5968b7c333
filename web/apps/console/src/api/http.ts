import { guardedFetch } from '@ferrypay/desk/http.ts';

const API = `${window.location.origin}/console/api`;

interface Options {
  query?: Record<string, string | number | undefined>;
  body?: unknown;
}

function request(method: 'GET' | 'POST' | 'DELETE', path: string, options: Options): Request {
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
  return new Request(url, { method, headers, body: options.body === undefined ? null : JSON.stringify(options.body) });
}

/** Calls the console's API (`docs/api/console.md`); `path` begins behind `/console/api`. */
export async function call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, options: Options = {}): Promise<T> {
  const response = await guardedFetch(request(method, path, options));
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Sends a file as it is, of one of the types that the address takes. */
export async function sendFile<T>(path: string, file: Blob, type: string): Promise<T> {
  const request = new Request(API + path, { method: 'POST', headers: { Accept: 'application/json', 'Content-Type': type }, body: file });
  return (await (await guardedFetch(request)).json()) as T;
}

/** Fetches a file. */
export async function callBytes(path: string): Promise<Blob> {
  return (await guardedFetch(new Request(API + path))).blob();
}
