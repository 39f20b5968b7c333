import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PriceList, PricePreview } from '../../api/books';
import { call } from '../../api/http';
import type { List, Merchant } from '../../api/types';
import { useText } from '../../i18n/use-text';

/** Which prices the merchant has; the pages of prices say the rest. */
export function Prices({ merchant: { id, currency } }: { merchant: Merchant }) {
  const say = useText();
  const asked = useQuery({
    queryKey: ['merchant', id, 'prices'],
    queryFn: async () => {
      const [preview, own] = await Promise.all([
        call<PricePreview>('GET', '/pricing/preview', { query: { merchant: id, method: 'onlinebank', amount: '100', currency } }),
        call<List<PriceList>>('GET', '/pricing/lists', { query: { kind: 'fee', scope: id, currency } }),
      ]);
      return { preview, own: own.data.length };
    },
  });
  const list = (kind: string, scope: string, text: string) => (
    <Link to="/pricing/$kind/$currency/$scope" params={{ kind, currency, scope: scope === '' ? '-' : scope }}>
      {text}
    </Link>
  );
  return (
    <Card title={say('pricing.title')}>
      <Loaded asked={asked} rows={2}>
        {({ preview, own }) => (
          <Facts
            facts={[
              [
                say('merchant.feeList'),
                own === 0 ? list('fee', '', say('merchant.everybodysFees')) : list('fee', id, say('merchant.ownFees', { versions: own })),
              ],
              [say('merchant.tier'), list('margin', preview.tier, preview.tier === '' ? say('merchant.everybodysTier') : preview.tier)],
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
