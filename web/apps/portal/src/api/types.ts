import type { components as BalancesComponents } from './balances.gen';
import type { components as MerchantsComponents } from './merchants.gen';
import type { components as NotificationsComponents } from './notifications.gen';
import type { components as PaymentsComponents } from './payments.gen';
import type { components as PortalComponents } from './portal.gen';

export type Payment = PaymentsComponents['schemas']['Payment'];
export type Refund = PaymentsComponents['schemas']['Refund'];
export type FxRate = PaymentsComponents['schemas']['FxRate'];
export type FxRateHistory = PaymentsComponents['schemas']['FxRateHistory'];
export type Export = PaymentsComponents['schemas']['Export'];
export type PaymentStatistics = PaymentsComponents['schemas']['PaymentStatisticsOfCurrency'];
export type BalanceOfCurrency = BalancesComponents['schemas']['BalanceOfCurrency'];
export type BalanceEntry = BalancesComponents['schemas']['BalanceEntry'];
export type BalanceHistory = BalancesComponents['schemas']['BalanceHistory'];
export type BankAccount = BalancesComponents['schemas']['BankAccount'];
export type Settlement = BalancesComponents['schemas']['Settlement'];
export type Withdrawal = BalancesComponents['schemas']['Withdrawal'];
export type LoggedRequest = MerchantsComponents['schemas']['LoggedRequest'];
export type ApiKey = MerchantsComponents['schemas']['ApiKey'];
export type Store = MerchantsComponents['schemas']['Store'];
export type StaticCode = MerchantsComponents['schemas']['StaticCode'];
export type WebhookEndpoint = NotificationsComponents['schemas']['WebhookEndpoint'];
export type FerryEvent = NotificationsComponents['schemas']['Event'];
export type Delivery = NotificationsComponents['schemas']['Delivery'];
export type DeliveryTry = NotificationsComponents['schemas']['DeliveryTry'];
export type WechatBinding = NotificationsComponents['schemas']['WechatBinding'];
export type WechatMessage = NotificationsComponents['schemas']['WechatMessage'];
export type Session = PortalComponents['schemas']['PortalSession'];
export type TeamMember = PortalComponents['schemas']['TeamMember'];
export type Passkey = PortalComponents['schemas']['Passkey'];
export type Invitation = PortalComponents['schemas']['Invitation'];
export type SeenSession = PortalComponents['schemas']['SeenSession'];

/** A page of a list, newest first. */
export type { Page } from '@ferrypay/desk/ui/cursor-table.tsx';
