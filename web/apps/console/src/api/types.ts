// Written after the services' controllers: the console's API has no OpenAPI description.

export interface Session {
  id: string;
  user: { account: string; person: string; name: string; email: string; language: string };
  roles: string[];
  permissions: string[];
  break_glass_until: string | null;
  ends_at: string;
  stepped_up_until: string;
}

export interface List<T> {
  data: T[];
  has_more?: boolean;
  next_cursor?: string | null;
}

export interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

export interface Approval {
  id: string;
  kind: string;
  subject: string;
  status: string;
  version: number;
  diff: Change[];
  reason: string;
  maker: string;
  approvers_needed: number;
  decisions: { person: string; verdict: string; reason: string | null; decided_at: string }[];
  created_at: string;
  expires_at: string;
  closed_at: string | null;
  mine: boolean;
  decidable: boolean;
  bulk: boolean;
}

export interface BulkAnswer {
  results: { id: string; approval: Approval | null; refused_by: string | null }[];
}

export interface Waiting {
  data: { kind: string; count: number; oldest: string }[];
}

export interface Application {
  id: string;
  merchant_id: string;
  merchant_name: string;
  status: string;
  version: number;
  high_risk: boolean;
  reviewer: string | null;
  approved_by: string | null;
  submitted_at: string;
}

export interface ApplicationFile extends Omit<Application, 'merchant_name'> {
  rejection_reason: string | null;
  sections: Record<string, { version: number; data: unknown }>;
  items: { item: string; kind: string; status: string; reason: string | null; documents: number }[];
  documents: { id: string; kind: string; name: string; media_type: string; size: number; scan: string }[];
  screening: {
    outcome: string;
    at: string;
    hits: { where: string; list: string; entry_id: string; entry_name: string; birth_date: string }[];
  } | null;
  remarks: { item: string; reason: string; asked_by: string; asked_at: string; resolved_at: string | null }[];
  steps: { version: number; step: string; who: string; reason: string | null; at: string }[];
}

export interface Merchant {
  id: string;
  name: string;
  display_name: string;
  country: string;
  currency: string;
  status: string;
  allowed_methods: string[];
  created_at: string;
  stores: number;
  people: number;
  keys: number;
  onboarding: string | null;
  onboarding_status: string | null;
}

export interface TrialBalance {
  lines: { type: string; side: string; currency: string; accounts: number; debit: string; credit: string; balance: string }[];
  totals: { currency: string; debit: string; credit: string; balanced: boolean }[];
}

export interface LedgerAccount {
  id: string;
  path: string;
  currency: string;
  side: string;
  balance: string;
  entries: number;
}

export interface Journal {
  book: string;
  sequence: number;
  event_id: string;
  kind: string;
  subject: string;
  payment: string | null;
  happened_at: string;
  posted_at: string;
  hash: string;
  entries: { account: string; currency: string; amount: string }[];
}

export interface StaffAccount {
  id: string;
  person: string;
  employee_number: string;
  name: string;
  email: string;
  status: string;
  roles: string[];
}

export interface RoleMatrix {
  permissions: string[];
  roles: { role: string; permissions: string[] }[];
}

export interface AuditEntry {
  sequence: number;
  at: string;
  service: string;
  who: string;
  account: string | null;
  address: string | null;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
  reason: string | null;
  hash: string;
}

export interface AuditReport {
  entries: number;
  violations: number;
  examples: string[];
  head: { sequence: number; hash: string };
}

export interface ChannelDay {
  account: string;
  channel: string;
  livemode: boolean;
  day: string;
  state: string;
  refused_reason: string | null;
  file: {
    format: string;
    sha256: string;
    bytes: number;
    verified: boolean;
    handed_in_by: string | null;
    confirmed: boolean;
  } | null;
  counts: {
    version: number;
    lines: number;
    matched: number;
    differing: number;
    carried: number;
    bad: number;
    records: number;
    records_matched: number;
    records_differing: number;
    records_carried: number;
    records_elsewhere: number;
    added: number;
    gone: number;
  } | null;
  open: Record<string, number>;
  decided: number;
  changed_at: string;
}

export interface ChannelDays {
  today: string;
  data: ChannelDay[];
}

export interface Stake {
  amount: string;
  currency: string;
}

export interface Difference {
  id: string;
  version: number;
  status: string;
  livemode: boolean;
  channel: string;
  account: string;
  day: string;
  type: string;
  kind: string;
  order_number: string | null;
  refund_number: string | null;
  channel_reference: string | null;
  line_number: number | null;
  theirs: string | null;
  ours: string | null;
  their_amount: Stake | null;
  our_amount: Stake | null;
  merchant_id: string | null;
  owner_id: string | null;
  stakes: Stake[];
  booked_in: string | null;
  assigned_to: string | null;
  asked: number;
  proposed: string;
  actions: string[];
  action: string | null;
  opened_at: string;
  due_at: string;
  decided_at: string | null;
  ended_at: string | null;
}

export interface DifferenceWhole {
  difference: Difference;
  timeline: { at: string; what: string; who: string; detail: Record<string, string | null> }[];
}

export interface DifferenceStanding {
  open: number;
  overdue: number;
  by_type: Record<string, number>;
  age: number[];
  booked: { livemode: boolean; account: string; amount: string; currency: string }[];
}

export interface Side {
  kind: string;
  status: string;
  order_number: string | null;
  refund_number: string | null;
  channel_reference: string | null;
  channel_merchant: string | null;
  amount: string;
  currency: string;
  yuan: string | null;
  settled: string | null;
  settled_currency: string | null;
  fee: string | null;
  rate: string | null;
  happened_at: string | null;
  line_number: number | null;
}

export interface Sides {
  theirs: Side | null;
  ours: Side | null;
}
