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
