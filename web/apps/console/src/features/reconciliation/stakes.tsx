import type { Stake } from '../../api/types';

/** Signed amounts, one a currency. */
export function StakeList({ stakes }: { stakes: Stake[] }) {
  return stakes.length === 0 ? (
    <span className="faint">—</span>
  ) : (
    stakes.map(({ amount, currency }) => (
      <div key={currency} className="amount">
        {amount.startsWith('-') ? amount : `+${amount}`} {currency}
      </div>
    ))
  );
}

/** In the words of its type; an amount stands there in the smallest unit, and is shown as one. */
export function told(words: string | null, amount: Stake | null): string {
  const isAmount = words !== null && amount !== null && words === amount.amount.replace('.', '').replace(/^(-?)0+(?=\d)/, '$1');
  return isAmount ? `${amount.amount} ${amount.currency}` : (words ?? '—');
}
