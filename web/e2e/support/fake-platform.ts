import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const DIST = resolve(import.meta.dirname, '../../apps/checkout/dist');
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.html': 'text/html' };

// As the gateway sends it with pages.
export const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self';" +
  " object-src 'none'; base-uri 'none'; form-action https://bank.example; frame-ancestors 'none'";

export const NONCE = 'Zm9yLWJyb3dzZXItdGVzdHMtb25seS0x';

export const LINK = '4f7k2q8m3n5p';

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

const TOKEN = 'Zm9yLWJyb3dzZXItdGVzdHMtb25seS0tLS0tLS0tLS0';

/** A till's code, as the platform tells it. */
export function tillCode(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    livemode: false,
    status: 'scanned',
    merchant: 'Harbour Honey Co',
    store: 'Viaduct Harbour',
    amount: '35.50',
    currency: 'NZD',
    payer_amount: '164.90',
    payer_currency: 'CNY',
    wallet: null,
    taken_by_other: false,
    link: null,
    expires_at: inMinutes(3),
    server_time: inMinutes(0),
    ...more,
  };
}

export type View = Record<string, unknown> & { version: number; status: string };

/** One of the ways to pay, as the platform tells it for this device. */
export function way(type: string, ...flows: string[]) {
  return { type, flows, available: flows.length > 0, reason: flows.length > 0 ? null : 'other_device' };
}

/** What was offered for another way to pay. */
export function offered(method: string, flow: string, offer: Record<string, unknown>, more: Partial<View> = {}): View {
  const kind = Object.keys(offer)[0];
  return qrView({
    methods: [way('wechat', 'qr'), way('alipay', 'qr', 'desktop'), way('jdpay', 'qr'), way('onlinebank', 'bank')],
    attempt: {
      method,
      flow,
      bank_code: null,
      status: 'ready',
      offer_kind: kind,
      offer_expires_at: inMinutes(15),
      qr: null,
      redirect: null,
      form: null,
      wallet_call: null,
      ...offer,
    },
    ...more,
  });
}

export const BANKS = [
  ['CMB', '招商银行', 'China Merchants Bank', 'zhaoshangyinhang', 'Z', null],
  ['CCB', '中国建设银行', 'China Construction Bank', 'zhongguojiansheyinhang', 'J', '50000.00'],
  ['ICBC', '中国工商银行', 'ICBC', 'zhongguogongshangyinhang', 'G', null],
].map(([code, name_zh, name_en, pinyin, initial, single_limit]) => ({
  code,
  name_zh,
  name_en,
  pinyin,
  initial,
  single_limit,
  daily_limit: null,
  available: code !== 'CMB',
}));

export function qrView(more: Partial<View> = {}): View {
  return {
    livemode: false,
    status: 'pending',
    merchant: { name: 'Harbour Honey Co' },
    product_name: 'Mānuka honey 蜂蜜, 500 g',
    merchant_reference: 'A-1007',
    amount: '120.00',
    currency: 'NZD',
    payer_amount: '557.40',
    payer_currency: 'CNY',
    fx: { rate: '4.6450', as_of: '2026-11-24T01:30:00Z', source: 'configured' },
    methods: [way('wechat', 'qr')],
    attempt: {
      method: 'wechat',
      flow: 'qr',
      bank_code: null,
      status: 'ready',
      offer_kind: 'qr',
      offer_expires_at: inMinutes(15),
      redirect: null,
      form: null,
      wallet_call: null,
      qr: { content: 'weixin://wxpay/s/An4baqw', expires_at: inMinutes(15) },
    },
    created_at: inMinutes(0),
    expires_at: inMinutes(15),
    return_url: null,
    cancel_url: 'https://shop.example/cart',
    failure: null,
    paid_at: null,
    at_counter: false,
    locale: null,
    simulator_url: null,
    identify_url: null,
    version: 1,
    ...more,
  };
}

/** A printed code, as the platform tells it. */
export function printedCode(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    livemode: false,
    status: 'active',
    merchant: 'Harbour Honey Co',
    store: 'Viaduct Harbour',
    label: 'Counter 1',
    serial: 'S-4F7K2-01',
    currency: 'NZD',
    decimals: 2,
    amount: null,
    min_amount: '0.10',
    max_amount: '2000.00',
    methods: [
      {
        type: 'wechat',
        flows: ['qr'],
        available: true,
        rate: { yuan_per_unit: '4.645', exact: false, as_of: inMinutes(0), source: 'configured' },
      },
    ],
    ...more,
  };
}

/** Serves the built page and plays the platform behind it, as a test tells it to. */
export class FakePlatform {
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));
  private readonly streams = new Set<ServerResponse>();
  private view: View = qrView();
  private afterStart: View = qrView({ version: 2 });
  private failure: { status: number; code: string } | null = null;
  streaming = true;
  /** The printed code; null is none. */
  code: Record<string, unknown> | null = printedCode();
  /** The code on a till; null is none. */
  dynamicCode: Record<string, unknown> | null = null;
  /** By which phones it was opened. */
  opens: string[] = [];
  /** How a payment by the printed code is refused; null makes it. */
  codeRefuses: { status: number; code: string } | null = null;
  /** The bodies of all requests for a payment by the printed code. */
  taps: Record<string, string>[] = [];
  /** Holds back answers about the payment until the promise ends. */
  hold: Promise<void> = Promise.resolve();
  asked = 0;
  started = 0;
  /** The body of the last request for a way to pay. */
  asking = '';

  async open(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
  }

  async close(): Promise<void> {
    this.cutStreams();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get page(): string {
    return `${this.url}/pay/${NONCE}`;
  }

  get tillPage(): string {
    return `${this.url}/q/${TOKEN}`;
  }

  get codePage(): string {
    return `${this.url}/s/${LINK}`;
  }

  /** What the payment is from now on; open streams hear it at once. */
  becomes(view: View): void {
    this.view = view;
    for (const stream of this.streams) {
      this.say(stream);
    }
  }

  startingGives(view: View): void {
    this.afterStart = view;
  }

  /** Every call about the payment is refused like this; null ends it. */
  fails(failure: { status: number; code: string } | null): void {
    this.failure = failure;
  }

  cutStreams(): void {
    for (const stream of this.streams) {
      stream.destroy();
    }
    this.streams.clear();
  }

  private say(stream: ServerResponse): void {
    stream.write(`id: ${this.view.version}\nevent: state\ndata: ${this.json()}\n\n`);
  }

  private json(): string {
    return JSON.stringify({ ...this.view, server_time: new Date().toISOString() });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://any').pathname;
    if (path.startsWith('/checkout/')) {
      await this.hold;
      await this.api(path, request, response);
      return;
    }
    if (path.startsWith('/static-codes/')) {
      await this.hold;
      await this.printed(path, request, response);
      return;
    }
    if (path.startsWith('/dynamic-codes/')) {
      await this.dynamic(path, request, response);
      return;
    }
    const page = path.startsWith('/s/') ? 'static-code.html' : path.startsWith('/q/') ? 'dynamic-code.html' : 'index.html';
    const file = join(DIST, path.startsWith('/assets/') ? path : page);
    const body = await readFile(file).catch(() => null);
    response.writeHead(body === null ? 404 : 200, {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
  }

  private async dynamic(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path.endsWith(':open')) {
      this.opens.push((JSON.parse(await text(request)) as { phone: string }).phone);
    }
    const status = this.dynamicCode === null ? 404 : 200;
    const view = this.dynamicCode === null ? { code: 'unknown_dynamic_code' } : { ...this.dynamicCode };
    if (!path.endsWith(':open')) {
      Object.assign(view, { link: null });
    }
    response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' });
    response.end(JSON.stringify(view));
  }

  private async printed(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' });
      response.end(JSON.stringify(body));
    };
    if (this.failure !== null || this.code === null) {
      const failure = this.failure ?? { status: 404, code: 'unknown_static_code' };
      answer(failure.status, { code: failure.code });
    } else if (!path.endsWith('/payments')) {
      answer(200, this.code);
    } else {
      this.taps.push(JSON.parse(await text(request)) as Record<string, string>);
      if (this.codeRefuses !== null) {
        answer(this.codeRefuses.status, { code: this.codeRefuses.code });
      } else {
        answer(201, { redirect_url: this.page });
      }
    }
  }

  private async api(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path.endsWith('/events')) {
      if (!this.streaming) {
        response.writeHead(503).end();
        return;
      }
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      this.streams.add(response);
      response.on('close', () => this.streams.delete(response));
      this.say(response);
      return;
    }
    if (path.endsWith('/banks')) {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data: BANKS }));
      return;
    }
    if (path.endsWith('/attempts')) {
      this.started += 1;
      this.asking = await text(request);
      if (this.failure === null) {
        this.view = this.afterStart;
      }
    } else {
      this.asked += 1;
    }
    if (this.failure !== null) {
      response.writeHead(this.failure.status, { 'Content-Type': 'application/problem+json' });
      response.end(JSON.stringify({ ...this.failure, request_id: 'req_01JDC3VZ6Q8S7M2K4T9R5XN1AB' }));
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(this.json());
  }
}
