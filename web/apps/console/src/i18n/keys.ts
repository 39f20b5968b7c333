// Types only: the texts of a part of the console are loaded with its pages (see `parts.ts`).

import type { TEXTS as CHANNELS } from './channels/zh';
import type { TEXTS as LEDGER } from './ledger/zh';
import type { TEXTS as MERCHANT } from './merchant/zh';
import type { TEXTS as MONEY } from './money/zh';
import type { TEXTS as PAYMENTS } from './payments/zh';
import type { TEXTS as PRICING } from './pricing/zh';
import type { TEXTS as RECONCILIATION } from './reconciliation/zh';
import type { TEXTS as REPORTS } from './reports/zh';
import type { TEXTS as RISK } from './risk/zh';
import type { TEXTS as ALWAYS } from './zh';

/** What can be said. */
export type TextKey = keyof (typeof ALWAYS &
  typeof CHANNELS &
  typeof LEDGER &
  typeof MERCHANT &
  typeof MONEY &
  typeof PAYMENTS &
  typeof PRICING &
  typeof RECONCILIATION &
  typeof REPORTS &
  typeof RISK);
