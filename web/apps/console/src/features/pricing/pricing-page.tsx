import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { MerchantTier, PriceHead } from '../../api/books';
import { call } from '../../api/http';
import type { List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import { Calculator } from './calculator';
import { NewList } from './new-list';
import { EVERYBODY, useScope } from './scope';
import { TierDialog } from './tier-dialog';

const FxResults = lazy(() => import('./fx-results'));

/** What merchants pay us, what we put on top where we exchange, and what exchanges brought. */
export default function PricingPage() {
  const say = useText();
  return (
    <Page title={say('pricing.title')} intro={say('pricing.intro')}>
      <PriceLists />
      <Calculator />
      <Tiers />
      <Suspense fallback={null}>
        <FxResults />
      </Suspense>
    </Page>
  );
}

function PriceLists() {
  const say = useText();
  const word = useWord();
  const may = useMay();
  const nameOf = useScope();
  const [kind, setKind] = useState('margin');
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title={say('pricing.lists')}
      actions={may('pricing:write') ? <Button onClick={() => setAdding(true)}>{say('pricing.newList')}</Button> : undefined}
    >
      <div className="filters">
        <Choices
          label={say('approvals.kind')}
          value={kind}
          options={['margin', 'fee'].map((value) => ({ value, label: word('priceKind', value) }))}
          onChange={setKind}
        />
      </div>
      <CursorTable<PriceHead>
        queryKey={['pricing', 'index', kind]}
        fetchPage={(cursor) => call<List<PriceHead>>('GET', '/pricing/list-index', { query: { kind, cursor } })}
        rowKey={({ scope, currency }) => `${scope} ${currency}`}
        label={say('pricing.lists')}
        empty={say('pricing.noLists')}
        columns={[
          {
            title: kind === 'fee' ? say('field.merchant') : say('pricing.tier'),
            render: (_, { scope, currency }) => (
              <Link to="/pricing/$kind/$currency/$scope" params={{ kind, currency, scope: scope === '' ? EVERYBODY : scope }}>
                {nameOf(kind, scope)}
              </Link>
            ),
          },
          { title: say('merchants.currency'), dataIndex: 'currency' },
          { title: say('pricing.versionInForce'), render: (_, { in_force }) => in_force ?? '—' },
          { title: say('pricing.newestVersion'), dataIndex: 'version' },
          { title: say('pricing.begins'), render: (_, { effective_from }) => <When at={effective_from} /> },
        ]}
      />
      {adding ? <NewList kind={kind} onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

function Tiers() {
  const say = useText();
  const may = useMay();
  const nameOf = useScope();
  const [open, setOpen] = useState<{ merchant: string; tier: string } | null>(null);
  return (
    <Card
      title={say('pricing.tiers')}
      actions={
        may('pricing:write') ? <Button onClick={() => setOpen({ merchant: '', tier: '' })}>{say('pricing.assignTier')}</Button> : undefined
      }
    >
      <CursorTable<MerchantTier>
        queryKey={['pricing', 'tiers']}
        fetchPage={(cursor) => call<List<MerchantTier>>('GET', '/pricing/tiers', { query: { cursor } })}
        rowKey={({ merchant_id }) => merchant_id}
        label={say('pricing.tiers')}
        empty={say('pricing.noTiers')}
        columns={[
          {
            title: say('field.merchant'),
            render: (_, { merchant_id }) => (
              <Link to="/merchants/$id" params={{ id: merchant_id }}>
                {merchant_id}
              </Link>
            ),
          },
          { title: say('pricing.tier'), render: (_, { tier }) => nameOf('margin', tier) },
          { title: say('pricing.begins'), render: (_, { effective_from }) => <When at={effective_from} /> },
          { title: say('field.reason'), dataIndex: 'reason', className: 'words' },
          ...(may('pricing:write')
            ? [
                {
                  title: <span className="unseen">{say('pricing.assignTier')}</span>,
                  render: (_: unknown, { merchant_id, tier }: MerchantTier) => (
                    <Button
                      size="small"
                      aria-label={say('pricing.changeTierOf', { merchant: merchant_id })}
                      onClick={() => setOpen({ merchant: merchant_id, tier })}
                    >
                      {say('pricing.changeTier')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {open === null ? null : <TierDialog {...open} onClose={() => setOpen(null)} />}
    </Card>
  );
}
