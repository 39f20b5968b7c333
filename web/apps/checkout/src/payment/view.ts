/** What the platform tells this page. Amounts are decimal strings and stay so: nothing here calculates with money. */
export type PaymentStatus = 'created' | 'pending' | 'processing' | 'paid' | 'failed' | 'canceled' | 'expired' | 'under_review';

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
  methods: { type: string; flow: string }[];
  attempt: { method: string; flow: string; status: string; qr: { content: string; expires_at: string | null } | null } | null;
  created_at: string;
  expires_at: string;
  server_time: string;
  return_url: string | null;
  cancel_url: string | null;
  failure: { code: string; decline_code: string | null } | null;
  paid_at: string | null;
  locale: string | null;
  simulator_url: string | null;
  version: number;
}

const ENDS: readonly PaymentStatus[] = ['paid', 'canceled', 'expired'];

/** Whether nothing will change any more by itself. */
export function isOver(view: View): boolean {
  return ENDS.includes(view.status);
}

/** The code to scan, if there is one that still works at this moment. */
export function usableQr(view: View, nowMillis: number): string | null {
  const qr = view.attempt?.qr;
  if (!qr || isOver(view) || view.status === 'failed') {
    return null;
  }
  return qr.expires_at !== null && Date.parse(qr.expires_at) <= nowMillis ? null : qr.content;
}
