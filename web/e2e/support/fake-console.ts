import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Answer, type Asked, list, ok, problem } from './fake-portal';

const DIST = resolve(import.meta.dirname, '../../apps/console/dist');
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.html': 'text/html' };

/** Everything that anybody may do; a test takes away. */
const PERMISSIONS = [
  'approvals:read',
  'audit:read',
  'ledger:read',
  'merchants:read',
  'onboarding:read',
  'payments:read',
  'risk:read',
  'risk:write',
  'risk:decide',
  'risk:approve',
  'staff:read',
];

export function staffSession(more: Record<string, unknown> = {}) {
  return {
    id: 'ses_1',
    user: { account: 'sta_1', person: 'per_1', name: 'Aroha Ngata', email: 'aroha@ferrypay.example', language: 'en' },
    roles: ['reviewer'],
    permissions: PERMISSIONS,
    break_glass_until: null,
    ends_at: '2026-11-28T12:00:00Z',
    stepped_up_until: '2026-11-28T12:00:00Z',
    ...more,
  };
}

/** The console's own files, and an API that answers what a test says. */
export class FakeConsole {
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));
  private readonly answers = new Map<string, (asked: Asked) => Answer>();
  /** Every change that was asked for. */
  asked: Asked[] = [];

  constructor() {
    this.says('GET /account/session', () => ok(staffSession()));
    this.says('GET /staff', () => list());
  }

  /** What a request such as `GET /risk/rules` is answered; paths begin behind `/console/api`. */
  says(what: string, answer: (asked: Asked) => Answer): void {
    this.answers.set(what, answer);
  }

  async open(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}/console`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://any');
    if (pathname.startsWith('/console/api/')) {
      await this.api(pathname.slice('/console/api'.length), searchParams, request, response);
      return;
    }
    const asset = pathname.startsWith('/console/assets/');
    const file = join(DIST, asset ? pathname.slice('/console'.length) : 'index.html');
    const body = await readFile(file).catch(() => null);
    const nonce = randomBytes(18).toString('base64url');
    // As the gateway sends it with the page.
    response.writeHead(body === null ? 404 : 200, {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy':
        `default-src 'self'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; connect-src 'self'; font-src 'self';` +
        " object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(asset ? body : body?.toString().replace('{style-nonce}', nonce));
  }

  private async api(path: string, query: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const sent = await text(request);
    const asked: Asked = { method, path, query, headers: request.headers, body: sent === '' ? null : JSON.parse(sent) };
    if (method !== 'GET') {
      this.asked.push(asked);
    }
    const forged = method !== 'GET' && request.headers['x-xsrf-token'] !== 'token';
    const answer = forged
      ? problem(403, 'csrf_token_invalid')
      : (this.answers.get(`${method} ${path}`) ?? (() => problem(404, 'not_found')))(asked);
    response.writeHead(answer.status, {
      'Content-Type': answer.status < 400 ? 'application/json' : 'application/problem+json',
      'Set-Cookie': 'XSRF-TOKEN=token; Path=/console; SameSite=Strict',
    });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }
}
