import { useSpeech } from '@ferrypay/desk/language.tsx';
import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import type { ReconciliationKey } from './reconciliation.zh';
import { useText } from './use-text';
import type { TextKey } from './zh';

const BUNDLES = { 'zh-CN': () => import('./reconciliation.zh'), en: () => import('./reconciliation.en') };

/** Whether the sentences of these pages are there in the language that is spoken; they come with the pages. */
export function useReconciliationTexts() {
  const { language } = useSpeech();
  return useQuery({
    queryKey: ['texts', 'reconciliation', language],
    queryFn: async () => {
      i18next.addResourceBundle(language, 'translation', (await BUNDLES[language]()).TEXTS, true);
      return language;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useReconciliationText(): (key: ReconciliationKey | TextKey, values?: Record<string, string | number>) => string {
  return useText() as (key: ReconciliationKey | TextKey, values?: Record<string, string | number>) => string;
}
