import { useTranslation } from 'react-i18next';
import type { TextKey } from './keys';

export type Say = (key: TextKey, values?: Record<string, string | number>) => string;

/** The sentences of the language that is spoken. */
export function useText(): Say {
  const { t } = useTranslation();
  return t as unknown as Say;
}

export { useWord } from '@ferrypay/desk/use-text.ts';
