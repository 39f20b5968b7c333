import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { Copyable } from '@ferrypay/desk/ui/copyable.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/http';
import type { Merchant } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import { WithdrawalTable } from '../../ui/withdrawal-table';
import { Balance, Figures } from './money';
import { Notes } from './notes';
import { Prices } from './prices';
import { Cases } from './risk';

/** All about one merchant, as far as the person may see it. */
export default function MerchantPage() {
  const { id } = useParams({ from: '/shell/merchants/$id' });
  const merchant = useQuery({ queryKey: ['merchant', id], queryFn: () => call<Merchant>('GET', `/merchants/${id}`) });
  return (
    <Loaded asked={merchant} rows={6}>
      {(found) => (
        <Page title={found.display_name}>
          <div className="two-columns">
            <About merchant={found} />
            <Notes merchant={id} />
          </div>
          <Money merchant={found} />
          <Cases merchant={id} />
        </Page>
      )}
    </Loaded>
  );
}

function About({ merchant: found }: { merchant: Merchant }) {
  const say = useText();
  const may = useMay();
  return (
    <Card title={say('merchant.facts')}>
      <Facts
        facts={[
          ['ID', <Copyable key="id" text={found.id} />],
          [say('merchants.legalName'), found.name],
          [say('field.status'), <StatusTag key="status" status={found.status} />],
          [say('merchant.country'), found.country],
          [say('merchants.currency'), found.currency],
          [say('merchant.methods'), found.allowed_methods.join(', ')],
          [say('merchants.since'), <When key="since" at={found.created_at} />],
          [say('merchant.stores'), String(found.stores)],
          [say('merchant.people'), String(found.people)],
          [say('merchant.keys'), String(found.keys)],
          [
            say('onboarding.title'),
            found.onboarding === null || found.onboarding_status === null ? null : may('onboarding:read') &&
              found.onboarding_status !== 'draft' ? (
              <Link key="onboarding" to="/onboarding/$id" params={{ id: found.onboarding }}>
                <StatusTag status={found.onboarding_status} />
              </Link>
            ) : (
              <StatusTag key="onboarding" status={found.onboarding_status} />
            ),
          ],
        ]}
      />
    </Card>
  );
}

function Money({ merchant }: { merchant: Merchant }) {
  const say = useText();
  const may = useMay();
  const [mode, setMode] = useState('live');
  return (
    <>
      {may('ledger:read') || may('settlements:read') || may('withdrawals:read') ? (
        <div className="filters">
          <Choices
            label={say('money.mode')}
            value={mode}
            options={[
              { value: 'live', label: say('ledger.live') },
              { value: 'test', label: say('ledger.test') },
            ]}
            onChange={setMode}
          />
        </div>
      ) : null}
      <div className="two-columns">
        {may('ledger:read') ? <Figures merchant={merchant.id} book={mode} /> : null}
        {may('settlements:read') ? <Balance merchant={merchant.id} livemode={mode === 'live'} /> : null}
      </div>
      {may('withdrawals:read') ? (
        <Card title={say('withdrawals.all')}>
          <WithdrawalTable query={{ merchant: merchant.id, livemode: String(mode === 'live') }} empty={say('withdrawals.none')} />
        </Card>
      ) : null}
      {may('pricing:read') ? <Prices merchant={merchant} /> : null}
    </>
  );
}
