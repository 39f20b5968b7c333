import type { TextLoaders } from '@ferrypay/desk/language.tsx';

// What only some pages say, and is loaded with them.

export const LEDGER: TextLoaders = { 'zh-CN': () => import('./ledger/zh'), en: () => import('./ledger/en') };
export const MERCHANT: TextLoaders = { 'zh-CN': () => import('./merchant/zh'), en: () => import('./merchant/en') };
export const MONEY: TextLoaders = { 'zh-CN': () => import('./money/zh'), en: () => import('./money/en') };
export const CHANNELS: TextLoaders = { 'zh-CN': () => import('./channels/zh'), en: () => import('./channels/en') };
export const PAYMENTS: TextLoaders = { 'zh-CN': () => import('./payments/zh'), en: () => import('./payments/en') };
export const PRICING: TextLoaders = { 'zh-CN': () => import('./pricing/zh'), en: () => import('./pricing/en') };
export const RECONCILIATION: TextLoaders = { 'zh-CN': () => import('./reconciliation/zh'), en: () => import('./reconciliation/en') };
export const REPORTS: TextLoaders = { 'zh-CN': () => import('./reports/zh'), en: () => import('./reports/en') };
export const RISK: TextLoaders = { 'zh-CN': () => import('./risk/zh'), en: () => import('./risk/en') };
