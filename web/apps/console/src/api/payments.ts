// Written after DeskController of payment-channel-service.

export interface PaymentLine {
  id: string;
  merchant_id: string;
  merchant_name: string | null;
  livemode: boolean;
  merchant_reference: string;
  status: string;
  amount: string;
  currency: string;
  refunded_amount: string;
  payer_amount: string | null;
  payer_currency: string | null;
  method: string | null;
  created_at: string;
  paid_at: string | null;
}

export interface RefundLine {
  id: string;
  kind: string;
  payment: string;
  merchant_id: string;
  merchant_name: string | null;
  merchant_reference: string | null;
  status: string;
  amount: string;
  currency: string;
  channel_amount: string;
  channel_currency: string;
  order_number: string;
  account: string;
  refund_number: string;
  channel_reference: string | null;
  reason: string | null;
  failure_code: string | null;
  decline_code: string | null;
  created_at: string;
  ended_at: string | null;
}

export interface AttemptLine {
  order_number: string;
  channel: string;
  account: string;
  method: string;
  flow: string;
  status: string;
  amount: string;
  currency: string;
  channel_reference: string | null;
  decline_code: string | null;
  created_at: string;
  ended_at: string | null;
}

export interface WholePayment {
  payment: PaymentLine;
  product_name: string;
  static_code: string | null;
  store: string | null;
  device: string | null;
  channel_reference: string | null;
  failure_code: string | null;
  decline_code: string | null;
  surplus_amount: string;
  paid_late: boolean;
  held_when_made: boolean;
  expires_at: string;
  ended_at: string | null;
  payer: { id: string | null; ip: string | null; email: string | null; user_agent: string | null };
  attempts: AttemptLine[];
  refunds: RefundLine[];
}
