import type { TextLoaders } from '@ferrypay/desk/language.tsx';

// What only some pages say, and is loaded with them.

export const CHANNELS: TextLoaders = { 'zh-CN': () => import('./channels/zh'), en: () => import('./channels/en') };
export const PAYMENTS: TextLoaders = { 'zh-CN': () => import('./payments/zh'), en: () => import('./payments/en') };
export const RISK: TextLoaders = { 'zh-CN': () => import('./risk/zh'), en: () => import('./risk/en') };
