import type { Identity } from './keys';
import { sha256, signed } from './sign';

export type Method = 'wechat' | 'alipay' | 'jdpay';
export type SessionStatus = 'waiting_scan' | 'scanned' | 'processing' | 'paid' | 'failed' | 'expired' | 'canceled' | 'unknown';

export interface Name {
  id: string;
  name: string;
}

export interface Shift {
  cashier: Name;
  began_at: string;
}

/** What the platform knows of this till. */
export interface TillView {
  id: string;
  livemode: boolean;
  name: string;
  merchant: string;
  store: Name;
  time_zone: string;
  currency: string;
  methods: string[];
  cashiers: Name[];
  shift: Shift | null;
}

/** Amounts are decimal strings and stay so: nothing here calculates with money. */
export interface Session {
  id: string;
  livemode: boolean;
  status: SessionStatus;
  merchant_reference: string;
  amount: string;
  currency: string;
  payer_amount: string | null;
  payer_currency: string | null;
  /** `shopper`: this till charged the code they showed. */
  shown_by: 'shop' | 'shopper';
  /** The charge is being taken back, and it is not known yet that it is. */
  reversing: boolean;
  method: Method | null;
  paid_by: Method | null;
  qr: { content: string; expires_at: string } | null;
  failure: { code: string; decline_code: string | null } | null;
  refunded_amount: string;
  refunding_amount: string;
  channel_reference: string | null;
  created_at: string;
  expires_at: string;
  paid_at: string | null;
  server_time: string;
}

export interface Totals {
  method: Method | null;
  sales: number;
  sales_amount: string;
  refunds: number;
  refunds_amount: string;
  net_amount: string;
}

export interface Report {
  from: string;
  until: string;
  currency: string;
  time_zone: string;
  methods: Totals[];
  total: Totals;
  unresolved: number;
}

export interface Proof {
  cashier: Name;
  proof: string;
  expires_at: string;
  shift: Shift;
}

/** A refusal with the platform's stable code, or `offline` when nothing was heard. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly refundable: string | null = null,
    /** Of the answer; 0 when there was none. */
    readonly status = 0,
  ) {
    super(code);
  }
}

const LIMIT_MILLIS = 15_000;
export const WAIT_SECONDS = 20;

interface Call {
  method: 'GET' | 'POST';
  address: string;
  body?: unknown;
  headers?: Record<string, string>;
  patience?: number;
  signal?: AbortSignal;
}

/** What a refund's proof is given for, to the last byte. */
const refundOf = (amount: string) => ({ amount });

/** Asks the platform in this device's name. */
export class Till {
  /** How much the device's own clock is behind, in seconds. */
  private behind = 0;

  constructor(
    private readonly identity: Identity,
    private readonly reachable: (yes: boolean) => void,
  ) {}

  look(): Promise<TillView> {
    return this.call({ method: 'GET', address: '/v2/spotpay/device' });
  }

  signIn(cashier: string, pin: string): Promise<Proof> {
    return this.call({ method: 'POST', address: '/v2/spotpay/cashiers:sign_in', body: { cashier, pin } });
  }

  /** The proof is good for that refund of that amount and nothing else. */
  async authorizeRefund(
    cashier: string,
    pin: string,
    refund: { session: string; key: string; amount: string },
  ): Promise<{ proof: string }> {
    const asked = await sha256(JSON.stringify(refundOf(refund.amount)));
    const body = { cashier, pin, session: refund.session, idempotency_key: refund.key, body_sha256: asked };
    return this.call({ method: 'POST', address: '/v2/spotpay/cashiers:authorize_refund', body });
  }

  async signOut(): Promise<void> {
    await this.call({ method: 'POST', address: '/v2/spotpay/cashiers:sign_out', body: {} });
  }

  /** The same key is the same sale, however often it is sent. */
  start(key: string, wish: { amount: string; currency: string; method: Method | null }): Promise<Session> {
    return this.call({ method: 'POST', address: '/v2/spotpay/sessions', body: wish, headers: { 'Idempotency-Key': key } });
  }

  /** The same key is the same charge, and its reference. It may take the wallet a while. */
  charge(key: string, wish: { amount: string; currency: string; pay_code: string }): Promise<Session> {
    return this.call({
      method: 'POST',
      address: '/v2/spotpay/charges',
      body: { ...wish, merchant_reference: key },
      headers: { 'Idempotency-Key': key },
      patience: 40_000,
    });
  }

  fetch(id: string): Promise<Session> {
    return this.call({ method: 'GET', address: `/v2/spotpay/sessions/${id}` });
  }

  /** Held until it changes. */
  wait(id: string, signal: AbortSignal): Promise<Session> {
    return this.call({
      method: 'GET',
      address: `/v2/spotpay/sessions/${id}?wait=${WAIT_SECONDS}`,
      patience: (WAIT_SECONDS + 10) * 1_000,
      signal,
    });
  }

  /** As it then stands: money that was quicker wins. */
  cancel(id: string): Promise<Session> {
    return this.call({ method: 'POST', address: `/v2/spotpay/sessions/${id}:cancel`, body: {}, patience: 30_000 });
  }

  async last(): Promise<Session[]> {
    return (await this.call<{ data: Session[] }>({ method: 'GET', address: '/v2/spotpay/sessions' })).data;
  }

  async refund(id: string, key: string, proof: string, amount: string): Promise<void> {
    await this.call({
      method: 'POST',
      address: `/v2/spotpay/sessions/${id}/refunds`,
      body: refundOf(amount),
      headers: { 'Idempotency-Key': key, 'Ferry-Cashier': proof },
    });
  }

  report(from: string | null): Promise<Report> {
    const query = from === null ? '' : `?from=${encodeURIComponent(from)}`;
    return this.call({ method: 'GET', address: `/v2/spotpay/report${query}` });
  }

  private async call<T>(what: Call, again = false): Promise<T> {
    const body = what.body === undefined ? '' : JSON.stringify(what.body);
    const created = Math.floor(Date.now() / 1_000) + this.behind;
    const headers = await signed(this.identity, what.method, what.address, body, created);
    try {
      return await ask<T>(what, body, headers, this.reachable);
    } catch (error) {
      if (error instanceof ClockSkewed && !again) {
        this.behind = error.rightTime - Math.floor(Date.now() / 1_000);
        return await this.call<T>(what, true);
      }
      if (error instanceof Refused && error.code === 'nonce_used' && !again) {
        return await this.call<T>(what, true); // The network sent it twice; the second one was answered.
      }
      throw error;
    }
  }
}

/** Hands the device's public key over; it has no identity yet. */
export function pair(pairingCode: string, publicKey: string): Promise<{ id: string; key_id: string; livemode: boolean }> {
  const body = JSON.stringify({ pairing_code: pairingCode, public_key: publicKey });
  return ask({ method: 'POST', address: '/v2/devices:pair' }, body, {}, () => undefined);
}

class ClockSkewed extends Refused {
  constructor(readonly rightTime: number) {
    super('clock_skewed');
  }
}

async function ask<T>(what: Call, body: string, headers: Record<string, string>, reachable: (yes: boolean) => void): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), what.patience ?? LIMIT_MILLIS);
  const leave = () => stop.abort();
  what.signal?.addEventListener('abort', leave);
  try {
    const response = await fetch(what.address, {
      method: what.method,
      headers: { ...headers, ...what.headers, ...(body === '' ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === '' ? {} : { body }),
      signal: stop.signal,
      cache: 'no-store',
      credentials: 'omit',
    });
    const text = await response.text();
    reachable(true);
    if (response.ok) {
      return (text === '' ? undefined : JSON.parse(text)) as T;
    }
    const problem = JSON.parse(text) as { code?: string; refundable_amount?: string };
    const rightTime = response.headers.get('Ferry-Time');
    throw problem.code === 'clock_skewed' && rightTime !== null
      ? new ClockSkewed(Number(rightTime))
      : new Refused(problem.code ?? 'internal_error', problem.refundable_amount ?? null, response.status);
  } catch (error) {
    if (error instanceof Refused) {
      throw error;
    }
    if (what.signal?.aborted !== true) {
      reachable(false);
    }
    throw new Refused('offline');
  } finally {
    clearTimeout(timer);
    what.signal?.removeEventListener('abort', leave);
  }
}
