import type { TextKey } from '../i18n/texts';

/** Why whoever is signed in may not take this: the shop limits its cashiers. */
export const LIMIT_COMPLAINTS: Record<string, TextKey> = {
  over_cashier_limit: 'overLimit',
  cashier_daily_limit_reached: 'dayLimit',
  cashier_required: 'signInFirst',
};
