import { BEIJING, NEW_ZEALAND, nextDay, startOfDay } from '@ferrypay/desk/ui/format.ts';

/** What of the payments is shown; it stands in the address, so that it can be kept and handed on. */
export interface PaymentFilters {
  status?: string;
  reference?: string;
  /** What came by one printed code. */
  code?: string;
  from?: string;
  to?: string;
  /** Whose days `from` and `to` are: New Zealand's unless `beijing`. */
  days?: 'beijing';
}

export const PAYMENT_STATUSES = ['created', 'pending', 'processing', 'paid', 'failed', 'canceled', 'expired', 'under_review'] as const;

/** The filters as the API takes them. */
export function asQuery({ status, reference, code, from, to, days }: PaymentFilters): Record<string, string> {
  const zone = days === 'beijing' ? BEIJING : NEW_ZEALAND;
  return {
    ...(status ? { status } : {}),
    ...(reference ? { merchant_reference: reference } : {}),
    ...(code ? { static_code: code } : {}),
    ...(from ? { created_gte: startOfDay(from, zone) } : {}),
    ...(to ? { created_lt: startOfDay(nextDay(to), zone) } : {}),
  };
}
