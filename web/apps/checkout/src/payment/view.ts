/** What the platform tells this page. Amounts are decimal strings and stay so: nothing here calculates with money. */
export type PaymentStatus = 'created' | 'pending' | 'processing' | 'paid' | 'failed' | 'canceled' | 'expired' | 'under_review';
export type Method = 'wechat' | 'alipay' | 'jdpay' | 'onlinebank';
/** How the payer gets to paying: by a code, inside the wallet's own browser, or on a page of the wallet or bank. */
export type Flow = 'qr' | 'in_wallet' | 'mobile' | 'desktop' | 'bank' | 'pay_code';

export interface Attempt {
  method: Method;
  flow: Flow;
  bank_code: string | null;
  status: string;
  offer_kind: 'qr' | 'redirect' | 'form' | 'wallet_call' | null;
  offer_expires_at: string | null;
  qr: { content: string; expires_at: string | null } | null;
  redirect: { url: string } | null;
  form: { action: string; charset: string; fields: Record<string, string> } | null;
  wallet_call: { parameters: Record<string, string> } | null;
}

export interface WayToPay {
  type: Method;
  flows: Flow[];
  available: boolean;
  reason: string | null;
  /** When a maintenance is planned to end, where that is the reason. */
  back_at?: string | null;
}

export interface View {
  livemode: boolean;
  status: PaymentStatus;
  merchant: { name: string };
  product_name: string;
  merchant_reference: string;
  amount: string;
  currency: string;
  payer_amount: string | null;
  payer_currency: string | null;
  fx: { rate: string; as_of: string; source: string } | null;
  methods: WayToPay[];
  attempt: Attempt | null;
  created_at: string;
  expires_at: string;
  server_time: string;
  return_url: string | null;
  cancel_url: string | null;
  failure: { code: string; decline_code: string | null } | null;
  paid_at: string | null;
  locale: string | null;
  /** Paid in a shop, where somebody wants to see that it was. */
  at_counter: boolean;
  simulator_url: string | null;
  identify_url: string | null;
  version: number;
}

const ENDS: readonly PaymentStatus[] = ['paid', 'canceled', 'expired'];

/** Whether nothing will change any more by itself. */
export function isOver(view: View): boolean {
  return ENDS.includes(view.status);
}

/** The code to scan, if there is one for this method that still works at this moment. */
export function usableQr(view: View, method: Method | null, nowMillis: number): string | null {
  const qr = view.attempt?.method === method ? view.attempt?.qr : null;
  if (!qr || isOver(view) || view.status === 'failed') {
    return null;
  }
  return qr.expires_at !== null && Date.parse(qr.expires_at) <= nowMillis ? null : qr.content;
}

/** Whether the payer was sent away to pay and may have come back. */
export function wentAway(view: View, method: Method | null): boolean {
  const attempt = view.attempt;
  return attempt !== null && attempt.method === method && attempt.status === 'ready' && attempt.offer_kind !== 'qr' && !isOver(view);
}

/** Whether asking for it only shows something here, so that it can be asked for without a tap. */
export function staysHere(way: WayToPay | undefined): boolean {
  return way?.flows[0] === 'qr';
}

/** Whether we convert and the amount in yuan is exact, rather than about what the wallet will charge. */
export function isExact(view: View): boolean {
  return view.status === 'paid' || view.attempt?.method === 'jdpay' || view.attempt?.method === 'onlinebank';
}
