import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Failed } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { call } from '../../api/http';
import type { Condition, DryResult, DryRun } from '../../api/risk';
import { useText } from '../../i18n/use-text';

const Chart = lazy(() => import('@ferrypay/desk/ui/chart.tsx'));
const ASK_EVERY = 1_000;

/** What the rule would have done to the payments of the last weeks. */
export function DryRunPanel({ condition, merchantId }: { condition: () => Condition; merchantId: string | null }) {
  const say = useText();
  const [mode, setMode] = useState('live');
  const [id, setId] = useState<string | null>(null);
  const begin = useChange({
    run: () =>
      call<DryRun>('POST', '/risk/dry_runs', { body: { condition: condition(), merchant_id: merchantId, livemode: mode === 'live' } }),
    onDone: (run) => setId(run.id),
  });
  const run = useQuery({
    queryKey: ['risk', 'dry-run', id],
    queryFn: () => call<DryRun>('GET', `/risk/dry_runs/${id}`),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.status === 'waiting' || state.data?.status === 'running' ? ASK_EVERY : false),
  });
  const busy = run.data?.status === 'waiting' || run.data?.status === 'running';
  return (
    <Card title={say('dry.title')}>
      <p className="faint">{say('dry.intro')}</p>
      <div className="filters">
        <Choices
          label={say('dry.mode')}
          value={mode}
          options={[
            { value: 'live', label: say('dry.live') },
            { value: 'test', label: say('dry.test') },
          ]}
          onChange={setMode}
        />
        <Button onClick={() => begin.mutate(undefined)} loading={begin.isPending || busy}>
          {say('dry.start')}
        </Button>
      </div>
      {run.error ? <Failed error={run.error} again={() => void run.refetch()} /> : null}
      {busy ? <p role="status">{say('dry.running', { percent: run.data?.progress_percent ?? 0 })}</p> : null}
      {run.data?.status === 'failed' ? <Notice kind="error">{say('dry.failed', { code: run.data.failure_code ?? '' })}</Notice> : null}
      {run.data?.result ? <Found result={run.data.result} /> : null}
    </Card>
  );
}

function Found({ result }: { result: DryResult }) {
  const say = useText();
  const word = useWord();
  const chart = useMemo(
    () => ({
      aria: { enabled: false },
      animation: false,
      grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
      legend: { type: 'plain', top: 4 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: result.days.map(({ day }) => day) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        { name: say('dry.hits'), type: 'bar', stack: 'all', color: '#b3261e', data: result.days.map(({ hits }) => hits) },
        {
          name: say('dry.others'),
          type: 'bar',
          stack: 'all',
          color: '#9fb6cf',
          data: result.days.map(({ payments, hits }) => payments - hits),
        },
      ],
    }),
    [result, say],
  );
  const share = result.payments === 0 ? '0 %' : `${((100 * result.hits) / result.payments).toFixed(1)} %`;
  return (
    <>
      <Facts
        facts={[
          [say('dry.hits'), String(result.hits)],
          [say('dry.payments'), String(result.payments)],
          [say('dry.share'), share],
          [
            say('dry.sum'),
            result.sums.length === 0 ? null : (
              <span key="sums" className="words">
                {result.sums.map(({ currency, amount }) => (
                  <Amount key={currency} amount={amount} currency={currency} />
                ))}
              </span>
            ),
          ],
          [say('dry.atCreation'), String(result.hits_at_creation)],
        ]}
      />
      {result.hits === 0 ? (
        <Empty>{say('dry.none')}</Empty>
      ) : (
        <>
          <h3>{say('dry.outcomes')}</h3>
          <Facts
            facts={Object.entries(result.outcomes)
              .filter(([, count]) => count > 0)
              .map(([outcome, count]): [string, string] => [word('dryOutcome', outcome), String(count)])}
          />
          <p className="faint">{say('dry.false')}</p>
          <Suspense fallback={null}>
            <Chart option={chart} label={say('dry.chart')} />
          </Suspense>
          <details>
            <summary>{say('dry.table')}</summary>
            <Table
              size="small"
              pagination={false}
              rowKey={({ day }) => day}
              dataSource={result.days}
              columns={[
                { title: say('dry.day'), dataIndex: 'day' },
                { title: say('dry.payments'), dataIndex: 'payments', align: 'right' },
                { title: say('dry.hits'), dataIndex: 'hits', align: 'right' },
              ]}
            />
          </details>
          <h3>{say('dry.sample')}</h3>
          <Table
            size="small"
            pagination={false}
            rowKey={({ payment }) => payment}
            dataSource={result.sample}
            columns={[
              { title: say('case.reference'), dataIndex: 'merchant_reference' },
              { title: say('field.merchant'), render: (_, { merchant_id }) => <code>{merchant_id}</code> },
              {
                title: say('cases.amount'),
                align: 'right',
                render: (_, { amount, currency }) => <Amount amount={amount} currency={currency} />,
              },
              { title: say('dry.made'), render: (_, { created_at }) => <When at={created_at} /> },
              { title: say('dry.outcome'), render: (_, { outcome }) => word('dryOutcome', outcome) },
            ]}
          />
        </>
      )}
    </>
  );
}
