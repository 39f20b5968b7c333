import type { Loaders } from '@ferrypay/desk/language.tsx';
import type { Texts } from './zh';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    keySeparator: false;
    resources: { translation: Texts };
  }
}

export const LOADERS: Loaders = {
  'zh-CN': () => Promise.all([import('./zh'), import('antd/es/locale/zh_CN')]),
  en: () => Promise.all([import('./en'), import('antd/es/locale/en_US')]),
};
