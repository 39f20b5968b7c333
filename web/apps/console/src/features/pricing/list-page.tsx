import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { PriceList } from '../../api/books';
import { call } from '../../api/http';
import type { List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import { NewVersion } from './new-version';
import { RuleChanges, Rules } from './rules';
import { EVERYBODY, useScope } from './scope';

/** One price list: what counts now, what comes, what was, and what each version changed. */
export default function ListPage() {
  const { kind, currency, scope: place } = useParams({ from: '/shell/pricing/$kind/$currency/$scope' });
  const scope = place === EVERYBODY ? '' : place;
  const say = useText();
  const word = useWord();
  const may = useMay();
  const nameOf = useScope();
  const [writing, setWriting] = useState(false);
  const history = useQuery({
    queryKey: ['pricing', 'list', kind, currency, scope],
    queryFn: () => call<List<PriceList>>('GET', '/pricing/lists', { query: { kind, currency, scope } }),
  });
  const newest = history.data?.data[0];
  const now = Date.now();
  const inForce = history.data?.data.find(({ effective_from }) => Date.parse(effective_from) <= now);
  return (
    <Page
      title={say('pricing.listOf', { kind: word('priceKind', kind), scope: nameOf(kind, scope), currency })}
      intro={<Link to="/pricing">{say('pricing.back')}</Link>}
      actions={
        may('pricing:write') && history.data !== undefined ? (
          <Button type="primary" onClick={() => setWriting(true)}>
            {say('pricing.newVersion')}
          </Button>
        ) : undefined
      }
    >
      <Loaded asked={history} rows={6}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>{say('pricing.noVersions')}</Empty>
          ) : (
            data.map((list) => (
              <Card
                key={list.version}
                title={say('pricing.version', { version: list.version })}
                actions={
                  <span>
                    <span className={`tag tag-${list === inForce ? 'good' : Date.parse(list.effective_from) > now ? 'busy' : 'quiet'}`}>
                      {list === inForce
                        ? say('pricing.inForce')
                        : Date.parse(list.effective_from) > now
                          ? say('pricing.toCome')
                          : say('pricing.past')}
                    </span>{' '}
                    {say('pricing.since')} <When at={list.effective_from} />
                  </span>
                }
              >
                <Rules list={list} />
                {list.refund_fee === null ? null : <p>{word('refundFee', list.refund_fee)}</p>}
                <h3>{say('pricing.changed')}</h3>
                <RuleChanges list={list} />
                <p className="faint">
                  {say('pricing.decided', { reason: list.reason })} <code>{list.decided_by}</code>, <When at={list.decided_at} />
                </p>
              </Card>
            ))
          )
        }
      </Loaded>
      {writing ? <NewVersion kind={kind} currency={currency} scope={scope} newest={newest} onClose={() => setWriting(false)} /> : null}
    </Page>
  );
}
