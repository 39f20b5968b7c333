import { Copyable } from '@ferrypay/desk/ui/copyable.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { call } from '../../api/http';
import type { LedgerAccount, List, Merchant } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useMay } from '../../session/session';

/** All about one merchant. */
export default function MerchantPage() {
  const { id } = useParams({ from: '/shell/merchants/$id' });
  const say = useText();
  const may = useMay();
  const merchant = useQuery({ queryKey: ['merchant', id], queryFn: () => call<Merchant>('GET', `/merchants/${id}`) });
  return (
    <Loaded asked={merchant} rows={6}>
      {(found) => (
        <Page title={found.display_name}>
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
          {may('ledger:read') ? (
            <>
              <Owed merchant={found.id} book="live" />
              <Owed merchant={found.id} book="test" />
            </>
          ) : null}
        </Page>
      )}
    </Loaded>
  );
}

function Owed({ merchant, book }: { merchant: string; book: 'live' | 'test' }) {
  const say = useText();
  const accounts = useQuery({
    queryKey: ['ledger', 'owed', merchant, book],
    queryFn: () => call<List<LedgerAccount>>('GET', '/ledger/accounts', { query: { book, type: 'merchant-payable', owner: merchant } }),
  });
  return (
    <Card title={book === 'live' ? say('merchant.owedLive') : say('merchant.owedTest')}>
      <Loaded asked={accounts} rows={2}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>{say('merchant.owedNothing')}</Empty>
          ) : (
            <Facts
              facts={data.map((account): [string, string] => [
                account.currency,
                // A liability stands as a credit, which the books write with a minus.
                account.balance.startsWith('-') ? account.balance.slice(1) : `-${account.balance}`,
              ])}
            />
          )
        }
      </Loaded>
    </Card>
  );
}
