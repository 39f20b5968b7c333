import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { BEIJING, dayIn } from '@ferrypay/desk/ui/format.ts';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { FinanceReport, MerchantMoney } from '../../api/books';
import { call } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import { HoldDialog } from '../../ui/hold-dialog';

/** What was paid to the merchant in thirty days, and what we earned by it. */
export function Figures({ merchant, book }: { merchant: string; book: string }) {
  const say = useText();
  const query = {
    merchant,
    book,
    by: 'merchant',
    from: dayIn(BEIJING, new Date(Date.now() - 29 * 86_400_000)),
    to: dayIn(BEIJING, new Date()),
  };
  const report = useQuery({
    queryKey: ['merchant', merchant, 'figures', query],
    queryFn: () => call<FinanceReport>('GET', '/reports/finance', { query }),
  });
  return (
    <Card title={say('merchant.figures')}>
      <Loaded asked={report} rows={4}>
        {({ money, fx }) =>
          money.length === 0 ? (
            <Empty>{say('merchant.noFigures')}</Empty>
          ) : (
            <>
              {money.map((line) => (
                <Facts
                  key={line.currency}
                  facts={[
                    [
                      say('merchant.volume'),
                      <span key="volume">
                        <Amount amount={line.volume} currency={line.currency} strong /> ({line.payments})
                      </span>,
                    ],
                    [
                      say('merchant.refunded'),
                      <span key="refunded">
                        <Amount amount={line.refunded} currency={line.currency} /> ({line.refunds})
                      </span>,
                    ],
                    [say('merchant.fees'), <Amount key="fees" amount={line.fees} currency={line.currency} />],
                  ]}
                />
              ))}
              <Facts
                facts={fx.map((line) => [
                  say('merchant.fx', { currency: line.currency }),
                  <Amount key={line.currency} amount={line.result} currency={line.result_currency} />,
                ])}
              />
            </>
          )
        }
      </Loaded>
    </Card>
  );
}

export function Balance({ merchant, livemode }: { merchant: string; livemode: boolean }) {
  const say = useText();
  const may = useMay();
  const [holding, setHolding] = useState(false);
  const money = useQuery({
    queryKey: ['merchant', merchant, 'money', livemode],
    queryFn: () => call<MerchantMoney>('GET', '/balances', { query: { merchant, livemode: String(livemode) } }),
  });
  // Real money is by its terms only.
  const settle = useChange({
    run: () => call<{ currencies: number }>('POST', '/balances:settle_test', { body: { merchant } }),
    renews: [['merchant', merchant, 'money']],
    done: ({ currencies }) => (currencies === 0 ? say('merchant.nothingPending') : say('merchant.settled')),
  });
  return (
    <Card
      title={say('merchant.balance')}
      actions={
        may('settlements:hold') ? (
          <span className="row-actions">
            {livemode ? null : (
              <Button onClick={() => settle.mutate(undefined)} loading={settle.isPending}>
                {say('merchant.settleTest')}
              </Button>
            )}
            <Button onClick={() => setHolding(true)}>{say('hold.place')}</Button>
          </span>
        ) : undefined
      }
    >
      <Loaded asked={money} rows={4}>
        {({ balances, settlements }) =>
          balances.length === 0 ? (
            <Empty>{say('merchant.noBalance')}</Empty>
          ) : (
            <>
              {balances.map((balance) => (
                <Facts
                  key={balance.currency}
                  facts={[
                    [say('merchant.available'), <Amount key="available" amount={balance.available} currency={balance.currency} strong />],
                    [say('merchant.pending'), <Amount key="pending" amount={balance.pending} currency={balance.currency} />],
                    [say('merchant.reserved'), <Amount key="reserved" amount={balance.reserved} currency={balance.currency} />],
                    [
                      say('merchant.next'),
                      balance.next_available === null
                        ? say('merchant.nextUnknown')
                        : balance.next_available.map(({ on, amount }) => (
                            <div key={on}>
                              {on}: <Amount amount={amount} currency={balance.currency} />
                            </div>
                          )),
                    ],
                  ]}
                />
              ))}
              {settlements.length === 0 ? null : (
                <>
                  <h3>{say('merchant.settlements')}</h3>
                  <ul className="rows">
                    {settlements.map((settlement) => (
                      <li key={settlement.id}>
                        <span>
                          {settlement.first_day === settlement.last_day
                            ? settlement.first_day
                            : `${settlement.first_day} – ${settlement.last_day}`}
                          <span className="faint">{say('merchant.paymentsOf', { count: settlement.payments })}</span>
                        </span>
                        <Amount amount={settlement.net} currency={settlement.currency} />
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </>
          )
        }
      </Loaded>
      {holding ? <HoldDialog merchant={merchant} onClose={() => setHolding(false)} /> : null}
    </Card>
  );
}
