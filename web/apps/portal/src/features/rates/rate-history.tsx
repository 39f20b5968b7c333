import { useSpeech } from '@ferrypay/desk/language.tsx';
import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { dayIn, momentAt, NEW_ZEALAND } from '@ferrypay/desk/ui/format.ts';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded, Loading } from '@ferrypay/desk/ui/states.tsx';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { answer, payments } from '../../api/http';
import { useMode } from '../../api/mode';
import type { FxRateHistory } from '../../api/types';
import { useText, useWord } from '../../i18n/use-text';
import { type Line, linesOf } from './lines';

const Chart = lazy(() => import('@ferrypay/desk/ui/chart.tsx'));
const DAY_MILLIS = 86_400_000;
/** Told apart by more than their colour. */
const LOOKS = [
  { color: '#0b5cad', type: 'solid' },
  { color: '#b4520a', type: 'dashed' },
  { color: '#1b7a3d', type: 'dotted' },
  { color: '#6b3fa0', type: [12, 4] },
] as const;

/** How rates went, as a picture and as a table. */
export function RateHistory({ base }: { base: string }) {
  const say = useText();
  const mode = useMode();
  const [days, setDays] = useState(30);
  const to = dayIn(NEW_ZEALAND, new Date());
  const from = new Date(Date.parse(`${to}T00:00:00Z`) - (days - 1) * DAY_MILLIS).toISOString().slice(0, 10);
  const interval = days === 7 ? 'hour' : 'day';
  const history = useQuery({
    queryKey: ['rate-history', mode, base, from, to, interval],
    queryFn: () =>
      answer(payments.GET('/v2/fx/rate_history', { params: { query: { base, from, to, interval, time_zone: NEW_ZEALAND } } as never })),
  });
  return (
    <Card
      title={say('rates.history')}
      actions={
        <Choices
          label={say('rates.span')}
          value={days}
          onChange={setDays}
          options={[7, 30, 90].map((count) => ({ value: count, label: say('home.days', { count }) }))}
        />
      }
    >
      <Loaded asked={history}>
        {(answered) =>
          (answered.data ?? []).length === 0 ? (
            <Empty>{say('rates.noHistory')}</Empty>
          ) : (
            <Drawn history={answered} hourly={interval === 'hour'} />
          )
        }
      </Loaded>
    </Card>
  );
}

function Drawn({ history, hourly }: { history: FxRateHistory; hourly: boolean }) {
  const say = useText();
  const word = useWord();
  const { language } = useSpeech();
  const { moments, lines } = useMemo(() => linesOf(history), [history]);
  const named = useMemo(
    () => moments.map((moment) => (hourly ? momentAt(moment, NEW_ZEALAND, language) : dayIn(NEW_ZEALAND, new Date(moment)))),
    [moments, hourly, language],
  );
  const option = useMemo(() => {
    const name = (line: Line) => word('method', line.method);
    return {
      animation: false,
      aria: { enabled: false },
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      legend: { top: 0, data: lines.map(name), textStyle: { color: '#49535f' } },
      tooltip: { trigger: 'axis', renderMode: 'richText' },
      xAxis: { type: 'category', data: named, axisLabel: { color: '#49535f', hideOverlap: true } },
      yAxis: { type: 'value', scale: true, axisLabel: { color: '#49535f' }, splitLine: { lineStyle: { color: '#e3e8ee' } } },
      // The height of a point is a picture, no rate: what is read is the platform's own text.
      series: lines.map((line, index) => {
        const look = LOOKS[index % LOOKS.length];
        return {
          type: 'line',
          name: name(line),
          data: line.rates.map((rate) => (rate === null ? null : Number(rate))),
          connectNulls: false,
          showSymbol: moments.length === 1,
          itemStyle: { color: look?.color },
          lineStyle: { color: look?.color, type: look?.type, width: 2 },
          tooltip: { valueFormatter: (_: unknown, at: number) => line.rates[at] ?? '—' },
        };
      }),
    };
  }, [lines, moments, named, word]);
  const pair = { base: history.base ?? '', quote: history.quote ?? '' };
  return (
    <>
      <Suspense fallback={<Loading rows={5} />}>
        <Chart option={option} label={say('rates.chart', pair)} />
      </Suspense>
      <p className="faint">{say('rates.historyNote')}</p>
      <details>
        <summary>{say('home.asTable')}</summary>
        <section className="table-scroll">
          <table className="plain">
            <caption>{say('rates.chart', pair)}</caption>
            <thead>
              <tr>
                <th scope="col">{hourly ? say('rates.hour') : say('home.day')}</th>
                {lines.map((line) => (
                  <th key={line.method} scope="col">
                    {word('method', line.method)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {moments.map((moment, at) => (
                <tr key={moment}>
                  <th scope="row">{named[at]}</th>
                  {lines.map((line) => (
                    <td key={line.method}>{line.rates[at] ?? '—'}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </>
  );
}
