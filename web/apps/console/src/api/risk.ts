// Written after RuleController and CaseController of trade-admin-service and DryRunController of payment-channel-service.

export type Comparison = 'lt' | 'lte' | 'eq' | 'gte' | 'gt';

/** A condition as `docs/api/console.md` describes it. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { field: 'amount'; op: Comparison; currency: string; value: string }
  | { field: NameField; op: 'in'; values: string[] }
  | { field: NameField; op: 'is_set' }
  | { field: 'ip'; op: 'in'; values: string[] }
  | { field: 'time'; zone: string; from: string; to: string }
  | { field: 'count'; of: string; window_minutes: number; op: Comparison; value: number }
  | { field: 'sum'; of: string; window_minutes: number; op: Comparison; currency: string; value: string };

export type NameField = 'method' | 'channel' | 'merchant' | 'store' | 'static_code' | 'device' | 'payer';

export interface RiskRule {
  id: string;
  version: number;
  name: string;
  merchant_id: string | null;
  action: string;
  priority: number;
  effective_from: string;
  condition: Condition;
  enabled: boolean;
  written_by: string;
  written_at: string;
  published_version: number | null;
}

export interface RiskCase {
  id: string;
  version: number;
  kind: string;
  status: string;
  payment: string;
  merchant_id: string;
  livemode: boolean;
  merchant_reference: string;
  amount: string;
  currency: string;
  method: string | null;
  channel: string | null;
  store: string | null;
  static_code: string | null;
  device: string | null;
  payer: string | null;
  assigned_to: string | null;
  decision: string | null;
  opened_at: string;
  closed_at: string | null;
}

export interface WholeCase {
  risk_case: RiskCase;
  timeline: { at: string; what: string; who: string; detail: CaseDetail }[];
  linked: RiskCase[];
}

export interface CaseDetail {
  stage?: string | null;
  rules?: { id: string; version: number; name: string; action: string }[];
  text?: string;
  to?: string | null;
  decision?: string;
  reason?: string;
}

export interface DryRun {
  id: string;
  livemode: boolean;
  status: string;
  progress_percent: number;
  failure_code: string | null;
  result: DryResult | null;
}

export interface DryResult {
  payments: number;
  hits: number;
  hits_at_creation: number;
  sums: { currency: string; amount: string }[];
  days: { day: string; payments: number; hits: number }[];
  outcomes: Record<string, number>;
  sample: {
    payment: string;
    merchant_id: string;
    merchant_reference: string;
    amount: string;
    currency: string;
    created_at: string;
    stage: string;
    outcome: string;
  }[];
}
