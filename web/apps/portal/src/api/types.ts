import type { components as PaymentsComponents } from './payments.gen';
import type { components as PortalComponents } from './portal.gen';

export type Payment = PaymentsComponents['schemas']['Payment'];
export type Refund = PaymentsComponents['schemas']['Refund'];
export type FxRate = PaymentsComponents['schemas']['FxRate'];
export type PaymentStatistics = PaymentsComponents['schemas']['PaymentStatisticsOfCurrency'];
export type Session = PortalComponents['schemas']['PortalSession'];
export type TeamMember = PortalComponents['schemas']['TeamMember'];
export type Invitation = PortalComponents['schemas']['Invitation'];
export type SeenSession = PortalComponents['schemas']['SeenSession'];

/** A page of a list, newest first. */
export type { Page } from '@ferrypay/desk/ui/cursor-table.tsx';

// What follows is not in an OpenAPI description: written after the services' controllers.

export interface ApiKey {
  id: string;
  kind: string;
  name: string;
  masked: string;
  scopes: string[];
  ip_allow_list: string[];
  status: 'active' | 'expired' | 'revoked';
  replaces: string | null;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  /** Only in the answer that made it. */
  secret?: string;
}

export interface WebhookEndpoint {
  id: string;
  url: string;
  description: string;
  event_types: string[];
  status: 'enabled' | 'disabled';
  disabled_reason: string | null;
  failing_since: string | null;
  old_secret_ends_at: string | null;
  created_at: string;
  /** Only in the answer that made or exchanged it. */
  secret?: string;
}

export interface FerryEvent {
  id: string;
  type: string;
  timestamp: string;
  livemode: boolean;
  data: { object: Record<string, unknown> };
}

export interface DeliveryTry {
  number: number;
  at: string;
  duration_millis: number;
  status: number | null;
  error: string | null;
  request_headers: string;
  answer: string;
}

export interface Delivery {
  id: number;
  endpoint_id: string | null;
  url: string;
  status: string;
  attempts: number;
  next_attempt_at: string | null;
  last_status: number | null;
  last_error: string | null;
  log: DeliveryTry[];
}

export interface Store {
  id: string;
  name: string;
  address: string;
  time_zone: string;
  created_at: string;
}

export interface StaticCode {
  id: string;
  livemode: boolean;
  status: 'active' | 'disabled' | 'replaced';
  store: string;
  label: string;
  serial: string;
  url: string;
  qr_svg_url: string;
  currency: string;
  amount: string | null;
  min_amount: string | null;
  max_amount: string | null;
  daily_limit: string | null;
  created_at: string;
  updated_at: string;
}

export interface WechatBinding {
  id: string;
  label: string;
  event_types: string[];
  status: string;
  ended_reason: string | null;
  code_expires_at: string;
  created_at: string;
  bound_at: string | null;
  ended_at: string | null;
  /** Only in the answer that made it. */
  bind_url?: string;
}

export interface WechatMessage {
  id: string;
  binding: string;
  event: string;
  type: string;
  subject: string;
  status: string;
  attempts: number;
  last_error: string | null;
  next_attempt_at: string | null;
  created_at: string;
  finished_at: string | null;
}
