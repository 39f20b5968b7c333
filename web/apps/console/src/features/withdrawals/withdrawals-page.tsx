import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Scroll } from '@ferrypay/desk/ui/scroll.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select, Table } from 'antd';
import { useState } from 'react';
import type { Batch, WithdrawalsWaiting } from '../../api/books';
import { call } from '../../api/http';
import type { List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import { WithdrawalTable } from '../../ui/withdrawal-table';

const STATUSES = ['pending_approval', 'approved', 'in_batch', 'unknown', 'paid', 'failed', 'returned', 'rejected', 'canceled'];

/** Money on its way to merchants' banks. */
export default function WithdrawalsPage() {
  const say = useText();
  const word = useWord();
  const may = useMay();
  const [mode, setMode] = useState('live');
  const [status, setStatus] = useState('');
  const livemode = String(mode === 'live');
  // Real money leaves by the clock only.
  const cut = useChange({
    run: () => call<{ batches: number }>('POST', '/withdrawal-batches:cut_test', { body: {} }),
    renews: [['withdrawals']],
    done: ({ batches }) => say('withdrawals.wasCut', { batches }),
  });
  return (
    <Page
      title={say('withdrawals.title')}
      intro={say('withdrawals.intro')}
      actions={
        mode === 'test' && may('withdrawals:export') ? (
          <Button onClick={() => cut.mutate(undefined)} loading={cut.isPending}>
            {say('withdrawals.cutTest')}
          </Button>
        ) : undefined
      }
    >
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
      <Waiting livemode={mode === 'live'} onStatus={setStatus} />
      <Batches livemode={livemode} />
      <Card
        title={say('withdrawals.all')}
        actions={
          <Select
            aria-label={say('field.status')}
            value={status}
            onChange={setStatus}
            className="status-select"
            options={[{ value: '', label: say('money.every') }, ...STATUSES.map((value) => ({ value, label: word('status', value) }))]}
          />
        }
      >
        <WithdrawalTable query={{ livemode, status }} empty={say('withdrawals.none')} />
      </Card>
    </Page>
  );
}

function Waiting({ livemode, onStatus }: { livemode: boolean; onStatus: (status: string) => void }) {
  const say = useText();
  const word = useWord();
  const waiting = useQuery({
    queryKey: ['withdrawals', 'waiting'],
    queryFn: () => call<WithdrawalsWaiting>('GET', '/withdrawals_waiting'),
  });
  return (
    <Card title={say('withdrawals.waiting')}>
      <Loaded asked={waiting} rows={2}>
        {({ data }) => {
          const ours = data.filter((part) => part.livemode === livemode);
          return ours.length === 0 ? (
            <Empty>{say('withdrawals.nothingWaits')}</Empty>
          ) : (
            <div className="tiles">
              {ours.map(({ status, count, oldest }) =>
                status === 'pending_approval' ? (
                  <Link key={status} to="/approvals" className="tile">
                    <strong>{count}</strong>
                    {word('status', status)}
                    <div className="faint">
                      {say('withdrawals.since')} <When at={oldest} />
                    </div>
                  </Link>
                ) : (
                  <button key={status} type="button" className="tile" onClick={() => onStatus(status)}>
                    <strong>{count}</strong>
                    {word('status', status)}
                    <div className="faint">
                      {say('withdrawals.since')} <When at={oldest} />
                    </div>
                  </button>
                ),
              )}
            </div>
          );
        }}
      </Loaded>
    </Card>
  );
}

function Batches({ livemode }: { livemode: string }) {
  const say = useText();
  const batches = useQuery({
    queryKey: ['withdrawals', 'batches', livemode],
    queryFn: () => call<List<Batch>>('GET', '/withdrawal-batches', { query: { livemode } }),
  });
  return (
    <Card title={say('withdrawals.batches')}>
      <Loaded asked={batches} rows={4}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>{say('withdrawals.noBatches')}</Empty>
          ) : (
            <Scroll label={say('withdrawals.batches')} className="batches">
              <Table<Batch>
                size="small"
                pagination={false}
                rowKey={({ id }) => id}
                dataSource={data}
                columns={[
                  {
                    title: say('withdrawals.batch'),
                    render: (_, { id }) => (
                      <Link to="/withdrawals/batches/$id" params={{ id }}>
                        {id}
                      </Link>
                    ),
                  },
                  { title: say('withdrawals.cutFor'), dataIndex: 'cut_for' },
                  { title: say('withdrawals.count'), dataIndex: 'withdrawals', align: 'right' },
                  {
                    title: say('withdrawals.total'),
                    align: 'right',
                    render: (_, { total, currency }) => <Amount amount={total} currency={currency} strong />,
                  },
                  { title: say('withdrawals.cutAt'), render: (_, { cut_at }) => <When at={cut_at} /> },
                ]}
              />
            </Scroll>
          )
        }
      </Loaded>
    </Card>
  );
}
