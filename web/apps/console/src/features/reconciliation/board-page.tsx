import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded, Loading } from '@ferrypay/desk/ui/states.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { call } from '../../api/http';
import type { ChannelDay, ChannelDays, DifferenceStanding } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import { isAged, matchedPercent, trendOf } from './figures';
import { UploadDialog } from './upload-dialog';

const Chart = lazy(() => import('@ferrypay/desk/ui/chart.tsx'));
const DAYS = 14;
const AGES = ['reconciliation.age0', 'reconciliation.age1', 'reconciliation.age2', 'reconciliation.age3'] as const;

/** How channels' statements and our records agree: each account and day a tile. */
export default function BoardPage() {
  const say = useText();
  const may = useMay();
  const [mode, setMode] = useState<string | null>(null);
  const [uploads, setUploads] = useState(false);
  const days = useQuery({
    queryKey: ['reconciliation', 'days'],
    queryFn: () => call<ChannelDays>('GET', '/reconciliation/days', { query: { days: DAYS } }),
    refetchInterval: 60_000,
  });
  return (
    <Page
      title={say('reconciliation.title')}
      intro={say('reconciliation.intro')}
      actions={may('reconciliation:write') ? <Button onClick={() => setUploads(true)}>{say('reconciliation.upload')}</Button> : undefined}
    >
      <Standing />
      <Loaded asked={days} rows={6}>
        {({ data, today }) => {
          // Where there is no real money yet, the board begins with what there is.
          const shown = mode ?? (data.some(({ livemode }) => livemode) ? 'live' : 'test');
          const ofMode = data.filter(({ livemode }) => livemode === (shown === 'live'));
          return (
            <>
              <div className="filters">
                <Choices
                  label={say('reconciliation.mode')}
                  value={shown}
                  options={[
                    { value: 'live', label: say('reconciliation.live') },
                    { value: 'test', label: say('reconciliation.test') },
                  ]}
                  onChange={setMode}
                />
              </div>
              {ofMode.length === 0 ? (
                <Empty>{say('reconciliation.noDays')}</Empty>
              ) : (
                <>
                  <Tiles days={ofMode} today={today} />
                  <Trend days={ofMode} />
                </>
              )}
              {uploads ? <UploadDialog days={data} onClose={() => setUploads(false)} /> : null}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Standing() {
  const say = useText();
  const standing = useQuery({
    queryKey: ['differences', 'standing'],
    queryFn: () => call<DifferenceStanding>('GET', '/differences/standing'),
  });
  return (
    <Loaded asked={standing} rows={2}>
      {({ open, overdue, age, booked }) => {
        const sums = (account: string) => booked.filter((one) => one.livemode && one.account === account);
        return (
          <div className="tiles figures">
            <div className="tile">
              <strong>{open}</strong>
              {say('reconciliation.openDifferences')}
            </div>
            <div className={overdue > 0 ? 'tile tile-bad' : 'tile'}>
              <strong>{overdue}</strong>
              {say('reconciliation.overdue')}
            </div>
            <div className="tile">
              <span>{say('reconciliation.age')}</span>
              <ul className="fields">
                {AGES.map((name, index) => (
                  <li key={name}>
                    {say(name)}: {age[index]}
                  </li>
                ))}
              </ul>
            </div>
            <div className="tile">
              <span>{say('reconciliation.unexplained')}</span>
              <Sums sums={sums('suspense')} />
              <span>{say('reconciliation.claimed')}</span>
              <Sums sums={sums('channel-claim')} />
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}

function Sums({ sums }: { sums: { amount: string; currency: string }[] }) {
  const say = useText();
  return (
    <ul className="fields">
      {sums.length === 0 ? <li className="faint">{say('reconciliation.nothing')}</li> : null}
      {sums.map(({ amount, currency }) => (
        <li key={currency} className="amount">
          {amount} {currency}
        </li>
      ))}
    </ul>
  );
}

function Tiles({ days, today }: { days: ChannelDay[]; today: string }) {
  const say = useText();
  const accounts = [...new Set(days.map(({ account }) => account))].sort();
  const dates = [...new Set(days.map(({ day }) => day))].sort().reverse();
  const found = new Map(days.map((one) => [`${one.account} ${one.day}`, one]));
  return (
    <Card title={say('reconciliation.board')}>
      {/* The keyboard must reach what is to be scrolled sideways. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus */}
      <section className="table-scroll" aria-label={say('reconciliation.intro')} tabIndex={0}>
        <table className="day-board">
          <thead>
            <tr>
              <th scope="col">{say('reconciliation.account')}</th>
              {dates.map((date) => (
                <th scope="col" key={date}>
                  <time dateTime={date}>{date.slice(5)}</time>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {accounts.map((account) => (
              <tr key={account}>
                <th scope="row">{account}</th>
                {dates.map((date) => {
                  const one = found.get(`${account} ${date}`);
                  return <td key={date}>{one === undefined ? null : <Tile one={one} today={today} />}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}

const TONES: Record<string, string> = { closed: 'good', compared: 'warn', refused: 'bad', bad_hash: 'bad' };

function Tile({ one, today }: { one: ChannelDay; today: string }) {
  const say = useText();
  const word = useWord();
  const aged = isAged(one, today);
  const percent = matchedPercent(one);
  const types = Object.entries(one.open).sort(([, some], [, more]) => more - some);
  return (
    <Link
      to="/reconciliation/$account/$day"
      params={{ account: one.account, day: one.day }}
      className={`day-tile day-${aged ? 'bad' : (TONES[one.state] ?? 'quiet')}`}
    >
      <span className="unseen">{say('reconciliation.tile', { account: one.account, day: one.day })} </span>
      <span className="day-share">{percent === null ? '–' : `${percent}%`}</span>
      <span>{word('dayState', one.state)}</span>
      {types.slice(0, 2).map(([type, count]) => (
        <span key={type} className="day-type">
          {word('differenceType', type)} {count}
        </span>
      ))}
      {types.length > 2 ? <span className="day-type">+{types.length - 2}</span> : null}
      {aged ? <span className="day-type">{say('reconciliation.agedTile')}</span> : null}
    </Link>
  );
}

function Trend({ days }: { days: ChannelDay[] }) {
  const say = useText();
  const trend = useMemo(() => trendOf(days), [days]);
  const option = useMemo(
    () => ({
      animation: false,
      aria: { enabled: false },
      tooltip: { trigger: 'axis', renderMode: 'richText' },
      legend: { top: 0 },
      grid: { left: 48, right: 48, top: 40, bottom: 28 },
      xAxis: { type: 'category', data: trend.map(({ day }) => day.slice(5)) },
      yAxis: [
        { type: 'value', min: 0, max: 100 },
        { type: 'value', minInterval: 1, splitLine: { show: false } },
      ],
      series: [
        { name: say('reconciliation.matchedPercent'), type: 'line', data: trend.map(({ percent }) => percent), color: '#14572f' },
        {
          name: say('reconciliation.openDifferences'),
          type: 'bar',
          barMaxWidth: 36,
          yAxisIndex: 1,
          data: trend.map(({ open }) => open),
          color: '#b26a00',
        },
      ],
    }),
    [trend, say],
  );
  return (
    <Card title={say('reconciliation.trend')}>
      <Suspense fallback={<Loading rows={4} />}>
        <Chart option={option} label={say('reconciliation.trendLabel')} />
      </Suspense>
      <details>
        <summary>{say('reconciliation.figures')}</summary>
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col">{say('reconciliation.day')}</th>
              <th scope="col">{say('reconciliation.matchedPercent')}</th>
              <th scope="col">{say('reconciliation.openDifferences')}</th>
            </tr>
          </thead>
          <tbody>
            {trend.map(({ day, percent, open }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td>{percent ?? '–'}</td>
                <td>{open}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Card>
  );
}
