import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { POLICY } from './fake-platform';

const DIST = resolve(import.meta.dirname, '../../apps/spotpay/dist');
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.html': 'text/html',
  '.webmanifest': 'application/manifest+json',
};

export type Session = Record<string, unknown> & { id: string; status: string };

export interface Heard {
  method: string;
  address: string;
  headers: IncomingMessage['headers'];
  body: string;
}

const CASHIER = { id: 'cas_01JDC3VZ6Q8S7M2K4T9R5XN1AB', name: 'Mei' };

/** Serves the built till and plays the platform behind it, as a test tells it to. */
export class FakeTill {
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));
  private sales: Session[] = [];
  /** What a cancel makes of the session; null: the channel does not vouch for anything. */
  cancelGives: Partial<Session> = { status: 'canceled' };
  /** What becomes of a charge of a shown code at once. */
  chargeGives: Partial<Session> = { status: 'processing' };
  /** Every call is cut off without an answer. */
  silent = false;
  refuses: { status: number; code: string; headers?: Record<string, string> } | null = null;
  readonly heard: Heard[] = [];
  private waiting: (() => void)[] = [];

  async open(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
  }

  async close(): Promise<void> {
    this.wake();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  get url(): string {
    // Keys are only to be had on localhost or by https.
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  get newest(): Session {
    return this.sales[0] as Session;
  }

  becomes(change: Partial<Session>): void {
    Object.assign(this.newest, change);
    this.wake();
  }

  calls(part: string): Heard[] {
    return this.heard.filter((each) => each.address.includes(part));
  }

  private wake(): void {
    const woken = this.waiting;
    this.waiting = [];
    for (const each of woken) {
      each();
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = request.url ?? '/';
    const path = new URL(address, 'http://any').pathname;
    if (path.startsWith('/v2/')) {
      const body = await text(request);
      this.heard.push({ method: request.method ?? '', address, headers: request.headers, body });
      if (this.silent) {
        request.socket.destroy();
        return;
      }
      if (this.refuses !== null) {
        response.writeHead(this.refuses.status, { 'Content-Type': 'application/problem+json', ...this.refuses.headers });
        response.end(JSON.stringify({ code: this.refuses.code }));
        return;
      }
      const [status, answer] = await this.api(request.method ?? '', address, body);
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(answer === null ? '' : JSON.stringify(answer));
      return;
    }
    const name = path.slice(path.lastIndexOf('/') + 1);
    const file =
      path.startsWith('/assets/') || name === 'service-worker.js' || name === 'manifest.webmanifest'
        ? join(DIST, path)
        : join(DIST, 'spotpay/index.html');
    const body = await readFile(file).catch(() => null);
    response.writeHead(body === null ? 404 : 200, {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
  }

  private async api(method: string, address: string, body: string): Promise<[number, unknown]> {
    const path = new URL(address, 'http://any').pathname;
    if (path === '/v2/devices:pair') {
      return [200, { id: 'dev_01JDC3VZ6Q8S7M2K4T9R5XN1AB', key_id: 'dk_test_0123456789abcdefghijklmn', livemode: false }];
    }
    if (path === '/v2/spotpay/device') {
      return [
        200,
        {
          id: 'dev_01JDC3VZ6Q8S7M2K4T9R5XN1AB',
          livemode: false,
          name: 'Till 1',
          merchant: 'Harbour Honey Co',
          store: { id: 'store_1', name: 'Viaduct' },
          time_zone: 'Pacific/Auckland',
          currency: 'NZD',
          methods: ['wechat', 'alipay', 'jdpay', 'onlinebank'],
          cashiers: [CASHIER],
          shift: { cashier: CASHIER, began_at: '2026-11-27T20:00:00Z' },
        },
      ];
    }
    if (path === '/v2/spotpay/sessions' && method === 'POST') {
      this.sales.unshift(sale(this.sales.length, JSON.parse(body) as Record<string, unknown>));
      return [201, this.shown(this.newest)];
    }
    if (path === '/v2/spotpay/charges') {
      const { pay_code: _, ...wish } = JSON.parse(body) as Record<string, unknown>;
      const charged = { ...wish, ...this.chargeGives, shown_by: 'shopper', method: 'wechat', qr: null };
      this.sales.unshift(sale(this.sales.length, charged));
      return [201, this.shown(this.newest)];
    }
    if (path === '/v2/spotpay/sessions') {
      return [200, { object: 'list', data: this.sales.map((each) => this.shown(each)) }];
    }
    const session = this.sales.find((each) => path.includes(each.id));
    if (session === undefined) {
      return [404, { code: 'not_found' }];
    }
    if (path.endsWith(':cancel')) {
      Object.assign(session, this.cancelGives);
      this.wake();
    } else if (address.includes('wait=')) {
      await new Promise<void>((done) => {
        this.waiting.push(done);
        setTimeout(done, 3_000);
      });
    }
    return [200, this.shown(session)];
  }

  private shown(session: Session): Session {
    return { ...session, server_time: new Date().toISOString() };
  }
}

function sale(count: number, wish: Record<string, unknown>): Session {
  const now = Date.now();
  return {
    id: `spot_${count}`,
    object: 'spotpay_session',
    livemode: false,
    status: 'waiting_scan',
    payment: `pay_${count}`,
    merchant_reference: `T1-00048${count}`,
    payer_amount: '164.90',
    payer_currency: 'CNY',
    shown_by: 'shop',
    reversing: false,
    paid_by: null,
    qr: { content: `http://localhost/q/${'x'.repeat(43)}`, expires_at: new Date(now + 180_000).toISOString() },
    failure: null,
    refunded_amount: '0.00',
    refunding_amount: '0.00',
    channel_reference: null,
    created_at: new Date(now).toISOString(),
    expires_at: new Date(now + 180_000).toISOString(),
    paid_at: null,
    ...wish,
  } as Session;
}
