/** What an endpoint can be told of; the platform takes patterns such as `refund.*`, too. */
export const EVENT_TYPES = [
  '*',
  'payment.*',
  'payment.created',
  'payment.pending',
  'payment.processing',
  'payment.paid',
  'payment.paid_late',
  'payment.failed',
  'payment.canceled',
  'payment.expired',
  'payment.under_review',
  'refund.*',
  'refund.created',
  'refund.succeeded',
  'refund.failed',
  'static_code.unusual_use',
] as const;
