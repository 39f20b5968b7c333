import { useSpeech } from '../language.tsx';
import { formatMoney } from './format.ts';

/** An amount of money as the platform tells it; nothing where there is none. */
export function Amount({ amount, currency, strong }: { amount?: string | null; currency?: string | null; strong?: boolean }) {
  const { language } = useSpeech();
  if (!amount || !currency) {
    return <span className="faint">—</span>;
  }
  const shown = formatMoney(amount, currency, language);
  return strong ? <strong className="amount">{shown}</strong> : <span className="amount">{shown}</span>;
}
