// Written after ChannelController of payment-channel-service and MaintenanceController of trade-admin-service.

export interface ChannelAccount {
  id: string;
  channel: string;
  method: string;
  livemode: boolean;
  takes_new_orders: boolean;
  available: boolean;
  success_percent: number | null;
  maintenance_until: string | null;
  calls: {
    operation: string;
    state: string;
    success_percent: number | null;
    calls: number;
    mean_millis: number | null;
    longest_millis: number | null;
  }[];
  orders: Record<string, number>;
  credentials: { kind: string; identifier: string; expires_at: string | null }[];
}

export interface Maintenance {
  id: string;
  version: number;
  account: string;
  starts_at: string;
  ends_at: string;
  planned_at: string;
  ended_by: string | null;
}
