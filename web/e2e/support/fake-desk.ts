import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const APPS = resolve(import.meta.dirname, '../../apps');
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.html': 'text/html' };

export type Answer = { status: number; body?: unknown; svg?: string; csv?: string };
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was sent
  body: any;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const list = (...data: unknown[]): Answer => ok({ object: 'list', data, has_more: false, next_cursor: null });
export const problem = (status: number, code: string): Answer => ({ status, body: { code, request_id: 'req_01JDC3VZ6Q8S7M2K4T9R5XN1AB' } });

/** Serves one of the built apps for desks and plays the platform behind it, as a test tells it to. */
export class FakeDesk {
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));
  private readonly answers = new Map<string, (asked: Asked) => Answer>();
  /** Every change that was asked for. */
  asked: Asked[] = [];
  /** Every request, as `GET /v2/payments`. */
  heard: Asked[] = [];

  constructor(
    private readonly app: 'portal' | 'console',
    private readonly csvName: string,
  ) {}

  /** What a request such as `GET /v2/payments` is answered; paths begin behind `/…/api`. */
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

  /** `localhost`: what needs a safe place, such as random ids, works there without TLS. */
  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}/${this.app}`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://any');
    if (pathname.startsWith(`/${this.app}/api/`)) {
      await this.api(pathname.slice(`/${this.app}/api`.length), searchParams, request, response);
      return;
    }
    const asset = pathname.startsWith(`/${this.app}/assets/`);
    const file = join(APPS, this.app, 'dist', asset ? pathname.slice(`/${this.app}`.length) : 'index.html');
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
    const asked: Asked = {
      method,
      path,
      query,
      headers: request.headers,
      body: request.headers['content-type'] === 'application/json' ? JSON.parse(sent) : sent,
    };
    this.heard.push(asked);
    if (method !== 'GET') {
      this.asked.push(asked);
    }
    const forged = method !== 'GET' && request.headers['x-xsrf-token'] !== 'token';
    const answer = forged
      ? problem(403, 'csrf_token_invalid')
      : (this.answers.get(`${method} ${path}`) ?? (() => problem(404, 'not_found')))(asked);
    response.writeHead(answer.status, {
      ...(answer.csv === undefined ? {} : { 'Content-Disposition': `attachment; filename="${this.csvName}"` }),
      'Content-Type':
        answer.csv !== undefined
          ? 'text/csv;charset=UTF-8'
          : answer.svg !== undefined
            ? 'image/svg+xml'
            : answer.status < 400
              ? 'application/json'
              : 'application/problem+json',
      'Set-Cookie': `XSRF-TOKEN=token; Path=/${this.app}; SameSite=Strict`,
    });
    response.end(answer.csv ?? answer.svg ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body)));
  }
}
