import { useSpeech } from '@ferrypay/desk/language.tsx';
import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { BEIJING, dayIn, formatMoney, NEW_ZEALAND } from '@ferrypay/desk/ui/format.ts';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded, Loading } from '@ferrypay/desk/ui/states.tsx';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { answer, payments } from '../../api/http';
import { useMode } from '../../api/mode';
import type { PaymentStatistics } from '../../api/types';
import { useText, useWord } from '../../i18n/use-text';

const Chart = lazy(() => import('@ferrypay/desk/ui/chart.tsx'));
const DAY_MILLIS = 86_400_000;

/** What came in, by the day of the shop or of the wallets. All sums are the platform's. */
export function Figures() {
  const say = useText();
  const mode = useMode();
  const [days, setDays] = useState(7);
  const [zone, setZone] = useState(NEW_ZEALAND);
  const to = dayIn(zone, new Date());
  const from = new Date(Date.parse(`${to}T00:00:00Z`) - (days - 1) * DAY_MILLIS).toISOString().slice(0, 10);
  const statistics = useQuery({
    queryKey: ['statistics', mode, from, to, zone],
    queryFn: () => answer(payments.GET('/v2/payment_statistics', { params: { query: { from, to, time_zone: zone } } })),
  });
  return (
    <Card
      title={say('home.figures')}
      actions={
        <span className="row-actions">
          <Choices
            label={say('home.span')}
            value={days}
            onChange={setDays}
            options={[
              { value: 1, label: say('home.today') },
              { value: 7, label: say('home.days', { count: 7 }) },
              { value: 30, label: say('home.days', { count: 30 }) },
            ]}
          />
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
      <Loaded asked={statistics}>
        {({ data }) =>
          data === undefined || data.length === 0 ? (
            <Empty>{say('home.noFigures')}</Empty>
          ) : (
            data.map((one) => <OfCurrency key={one.currency} figures={one} days={days} />)
          )
        }
      </Loaded>
    </Card>
  );
}

function OfCurrency({ figures, days }: { figures: PaymentStatistics; days: number }) {
  const say = useText();
  const word = useWord();
  const { language } = useSpeech();
  const currency = figures.currency ?? '';
  const option = useMemo(
    () => ({
      animation: false,
      aria: { enabled: false },
      grid: { left: 8, right: 8, top: 16, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        valueFormatter: (_: unknown, index: number) => formatMoney(figures.days?.[index]?.figures?.paid_amount ?? '0', currency, language),
      },
      xAxis: { type: 'category', data: figures.days?.map((day) => day.date?.slice(5)), axisLabel: { color: '#49535f' } },
      yAxis: { type: 'value', axisLabel: { color: '#49535f' }, splitLine: { lineStyle: { color: '#e3e8ee' } } },
      // The height of a bar is a picture, no amount: what is read is the platform's own text.
      series: [
        {
          type: 'bar',
          name: say('home.paidAmount'),
          data: figures.days?.map((day) => Number(day.figures?.paid_amount)),
          itemStyle: { color: '#0b5cad' },
          barMaxWidth: 40,
        },
      ],
    }),
    [figures, currency, language, say],
  );
  return (
    <>
      <dl className="figures">
        <Figure name={say('home.paidAmount')}>
          <Amount amount={figures.total?.paid_amount} currency={currency} strong />
        </Figure>
        <Figure name={say('home.refundedAmount')}>
          <Amount amount={figures.total?.refunded_amount} currency={currency} />
        </Figure>
        <Figure name={say('home.paid')}>{say('home.paidOf', { paid: figures.total?.paid ?? 0, made: figures.total?.made ?? 0 })}</Figure>
        {figures.methods?.map((one) => (
          <Figure key={one.method} name={word('method', one.method)}>
            <Amount amount={one.figures?.paid_amount} currency={currency} />
          </Figure>
        ))}
      </dl>
      {days === 1 ? null : (
        <Suspense fallback={<Loading rows={5} />}>
          <Chart option={option} label={say('home.chart', { currency })} />
        </Suspense>
      )}
      {days === 1 ? null : (
        <details>
          <summary>{say('home.asTable')}</summary>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{say('home.day')}</th>
                <th scope="col">{say('home.paid')}</th>
                <th scope="col">{say('home.paidAmount')}</th>
                <th scope="col">{say('home.refundedAmount')}</th>
              </tr>
            </thead>
            <tbody>
              {figures.days?.map((day) => (
                <tr key={day.date}>
                  <th scope="row">{day.date}</th>
                  <td>{say('home.paidOf', { paid: day.figures?.paid ?? 0, made: day.figures?.made ?? 0 })}</td>
                  <td>
                    <Amount amount={day.figures?.paid_amount} currency={currency} />
                  </td>
                  <td>
                    <Amount amount={day.figures?.refunded_amount} currency={currency} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}

function Figure({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
