// What the console's API says of money; written after the services' controllers.

/** A decimal string in the currency that stands beside it. */
type Amount = string;

export interface PriceHead {
  scope: string;
  currency: string;
  version: number;
  effective_from: string;
  in_force: number | null;
}

export interface PriceRule {
  method: string;
  from: Amount;
  /** A fraction: `0.008` is 0.8 per cent. */
  rate: string;
  fixed: Amount;
  least: Amount | null;
  most: Amount | null;
}

export interface PriceList {
  kind: string;
  scope: string;
  currency: string;
  version: number;
  effective_from: string;
  refund_fee: string | null;
  rules: PriceRule[];
  changes: { before: PriceRule | null; after: PriceRule | null }[];
  reason: string;
  decided_by: string;
  decided_at: string;
}

export interface MerchantTier {
  merchant_id: string;
  tier: string;
  version: number;
  effective_from: string;
  reason: string;
  decided_by: string;
}

export interface PricePreview {
  amount: Amount;
  fee: Amount;
  net: Amount;
  currency: string;
  fee_list: string | null;
  tier: string;
  margin: string | null;
  margin_list: string | null;
}

export interface FxResult {
  day: string;
  channel: string;
  exchanges: number;
  bought: Amount;
  currency: string;
  taken: Amount;
  cost: Amount;
  result: Amount;
  result_currency: string;
}

/** A request that now waits for another person. */
export interface Asked {
  approval: string;
}

export interface Withdrawal {
  id: string;
  livemode: boolean;
  merchant: string;
  amount: Amount;
  currency: string;
  status: string;
  failure: string | null;
  reference: string;
  holder: string;
  masked: string;
  batch: string | null;
  created_at: string;
  changed_at: string;
}

export interface WithdrawalsWaiting {
  data: { livemode: boolean; status: string; count: number; oldest: string }[];
}

export interface Batch {
  id: string;
  livemode: boolean;
  currency: string;
  cut_for: string;
  withdrawals: number;
  total: Amount;
  cut_at: string;
}

export interface BatchDetail {
  batch: Batch;
  parts: { status: string; count: number; total: Amount }[];
  answers: { sha256: string; lines: number; received_by: string; received_at: string }[];
}

export interface BankAnswer {
  /** The request that another person has to approve before the file counts. */
  approval: string | null;
  applied: {
    paid: number;
    failed: number;
    returned: number;
    unknown: number;
    ignored: number;
    contradicting: number;
    repeated: boolean;
  } | null;
}

export interface SettlementState {
  reconciliation_gate: 'enforced' | 'not_enforced';
  problems: string[];
}

export interface Hold {
  id: string;
  livemode: boolean;
  merchant: string;
  amount: Amount;
  currency: string;
  reason: string;
  placed_by: string;
  placed_at: string;
}

export interface KnownYear {
  calendar: string;
  year: number;
  source: string;
  days: { day: string; closed: boolean; name: string }[];
}

export interface MerchantMoney {
  balances: {
    currency: string;
    available: Amount;
    pending: Amount;
    reserved: Amount;
    next_available: { on: string; amount: Amount }[] | null;
  }[];
  settlements: { id: string; currency: string; first_day: string; last_day: string; payments: number; net: Amount; settled_at: string }[];
}

export interface FinanceReport {
  by: string;
  complete: boolean;
  money: { key: string; currency: string; payments: number; volume: Amount; refunds: number; refunded: Amount; fees: Amount }[];
  fx: {
    key: string;
    currency: string;
    exchanges: number;
    bought: Amount;
    taken: Amount;
    cost: Amount;
    result: Amount;
    result_currency: string;
  }[];
}

export interface AccountStatement {
  account: string;
  currency: string;
  from: string;
  to: string;
  opening: Amount;
  closing: Amount;
  movement_count: number;
  complete: boolean;
  movements: {
    sequence: number;
    posted_at: string;
    kind: string;
    subject: string;
    payment: string | null;
    amount: Amount;
    balance: Amount;
  }[];
}

export interface MerchantNote {
  id: string;
  text: string;
  written_by: string;
  written_at: string;
}
