import { BEIJING, NEW_ZEALAND, nextDay, startOfDay } from '@ferrypay/desk/ui/format.ts';

/** What of the payments is shown; it stands in the address, so that it can be kept and handed on. */
export interface PaymentFilters {
  status?: string;
  reference?: string;
  /** What came by one printed code. */
  code?: string;
  from?: string;
  to?: string;
  /** From this amount to that, both included: decimal strings in the merchant's currency. */
  least?: string;
  most?: string;
  /** Whose days `from` and `to` are: New Zealand's unless `beijing`. */
  days?: 'beijing';
}

export const PAYMENT_STATUSES = ['created', 'pending', 'processing', 'paid', 'failed', 'canceled', 'expired', 'under_review'] as const;

/** The filters as the API takes them. */
export function asQuery({ status, reference, code, from, to, least, most, days }: PaymentFilters): Record<string, string> {
  const zone = days === 'beijing' ? BEIJING : NEW_ZEALAND;
  return {
    ...(status ? { status } : {}),
    ...(reference ? { merchant_reference: reference } : {}),
    ...(code ? { static_code: code } : {}),
    ...(least ? { amount_gte: least } : {}),
    ...(most ? { amount_lte: most } : {}),
    ...(from ? { created_gte: startOfDay(from, zone) } : {}),
    ...(to ? { created_lt: startOfDay(nextDay(to), zone) } : {}),
  };
}

/**
 * An amount as somebody typed it, as the API takes it: `7.5` is `7.50`; `undefined` for nothing typed, and `null` for what is no amount of a
 * currency with two decimals.
 */
export function typedAmount(text: string): string | null | undefined {
  const [, whole, decimals] = /^0*(\d{1,12})(?:\.(\d{0,2}))?$/.exec(text.trim().replace(/,/g, '')) ?? [];
  if (whole === undefined) {
    return text.trim() === '' ? undefined : null;
  }
  return `${whole}.${(decimals ?? '').padEnd(2, '0')}`;
}
