import { useSpeech } from '@ferrypay/desk/language.tsx';
import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { BEIJING, formatMoney, NEW_ZEALAND } from '@ferrypay/desk/ui/format.ts';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { Loaded, Loading } from '@ferrypay/desk/ui/states.tsx';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { answer, balances } from '../../api/http';
import { useMode } from '../../api/mode';
import type { BalanceHistory as History } from '../../api/types';
import { useText } from '../../i18n/use-text';

const Chart = lazy(() => import('@ferrypay/desk/ui/chart.tsx'));

/** What was owed at the end of each day, as a picture and as a table. */
export function BalanceHistory({ currencies }: { currencies: string[] }) {
  const say = useText();
  const mode = useMode();
  const [chosen, setChosen] = useState(currencies[0] ?? '');
  const [zone, setZone] = useState(NEW_ZEALAND);
  const currency = currencies.includes(chosen) ? chosen : (currencies[0] ?? '');
  const history = useQuery({
    queryKey: ['balance-history', mode, currency, zone],
    queryFn: () => answer(balances.GET('/v2/balance_history', { params: { query: { currency, time_zone: zone } } })),
  });
  return (
    <Card
      title={say('balance.history')}
      actions={
        <span className="row-actions">
          {currencies.length < 2 ? null : (
            <Choices
              label={say('accounts.currency')}
              value={currency}
              onChange={setChosen}
              options={currencies.map((one) => ({ value: one, label: one }))}
            />
          )}
          <Choices
            label={say('filter.days')}
            value={zone}
            onChange={setZone}
            options={[
              { value: NEW_ZEALAND, label: say('place.nz') },
              { value: BEIJING, label: say('place.beijing') },
            ]}
          />
        </span>
      }
    >
      <Loaded asked={history}>{(answered) => <Drawn history={answered} currency={currency} />}</Loaded>
    </Card>
  );
}

function Drawn({ history, currency }: { history: History; currency: string }) {
  const say = useText();
  const { language } = useSpeech();
  const days = useMemo(() => history.data ?? [], [history]);
  const option = useMemo(
    () => ({
      animation: false,
      aria: { enabled: false },
      grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        valueFormatter: (_: unknown, at: number) => formatMoney(days[at]?.closing ?? '0', currency, language),
      },
      xAxis: { type: 'category', data: days.map(({ date }) => date?.slice(5)), axisLabel: { color: '#49535f', hideOverlap: true } },
      yAxis: { type: 'value', axisLabel: { color: '#49535f' }, splitLine: { lineStyle: { color: '#e3e8ee' } } },
      // The height of a point is a picture, no amount: what is read is the platform's own text.
      series: [
        {
          type: 'line',
          name: say('balance.closing'),
          data: days.map(({ closing }) => Number(closing)),
          showSymbol: days.length === 1,
          itemStyle: { color: '#0b5cad' },
          lineStyle: { color: '#0b5cad', width: 2 },
        },
      ],
    }),
    [days, currency, language, say],
  );
  return (
    <>
      <Suspense fallback={<Loading rows={5} />}>
        <Chart option={option} label={say('balance.chart', { currency })} />
      </Suspense>
      <p className="faint">{say('balance.historyNote')}</p>
      <details>
        <summary>{say('home.asTable')}</summary>
        <table className="plain">
          <caption>{say('balance.history')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('home.day')}</th>
              <th scope="col">{say('balance.incoming')}</th>
              <th scope="col">{say('balance.outgoing')}</th>
              <th scope="col">{say('balance.closing')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.date}>
                <th scope="row">{day.date}</th>
                <td>
                  <Amount amount={day.incoming} currency={currency} />
                </td>
                <td>
                  <Amount amount={day.outgoing} currency={currency} />
                </td>
                <td>
                  <Amount amount={day.closing} currency={currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
