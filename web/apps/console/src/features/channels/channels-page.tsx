import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { NEW_ZEALAND, onClock } from '@ferrypay/desk/ui/format.ts';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select, Table } from 'antd';
import { useState } from 'react';
import type { ChannelAccount, Maintenance } from '../../api/channels';
import { call } from '../../api/http';
import type { List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';
import { useMay } from '../../session/session';
import { ReasonDialog } from '../../ui/reason-dialog';

const RENEWED_EVERY = 30_000;
const SOON_MILLIS = 30 * 86_400_000;

/** How the companies behind us do, and when which of them is not offered. */
export default function ChannelsPage() {
  const say = useText();
  const accounts = useQuery({
    queryKey: ['channels'],
    queryFn: () => call<List<ChannelAccount>>('GET', '/channels'),
    refetchInterval: RENEWED_EVERY,
  });
  return (
    <Page title={say('channels.title')} intro={say('channels.intro')}>
      <Loaded asked={accounts} rows={8}>
        {({ data }) => (
          <>
            <Planned accounts={data.map(({ id }) => id)} />
            {data.length === 0 ? (
              <Empty>{say('channels.empty')}</Empty>
            ) : (
              data.map((account) => <Account key={account.id} account={account} />)
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Of the orders that are not under way any more, how many were paid. */
function paidShare(orders: Record<string, number>): string | null {
  const under = ['opening', 'ready', 'reversing'];
  const ended = Object.entries(orders).reduce((sum, [status, count]) => (under.includes(status) ? sum : sum + count), 0);
  return ended === 0 ? null : `${((100 * ((orders.paid ?? 0) + (orders.surplus ?? 0))) / ended).toFixed(1)} %`;
}

function Account({ account }: { account: ChannelAccount }) {
  const say = useText();
  const word = useWord();
  const state =
    account.maintenance_until !== null ? (
      <span className="tag tag-warn">
        {say('channels.maintenance')} <When at={account.maintenance_until} />
      </span>
    ) : account.available ? (
      <span className="tag tag-good">{say('channels.available')}</span>
    ) : (
      <span className="tag tag-bad">{say('channels.down')}</span>
    );
  return (
    <Card title={account.id} actions={state}>
      {account.takes_new_orders ? null : <p className="faint">{say('channels.older')}</p>}
      <Facts
        facts={[
          [say('channels.method'), account.method],
          [say('channels.mode'), account.livemode ? say('channels.live') : say('channels.test')],
          [
            say('channels.orders'),
            Object.entries(account.orders)
              .map(([status, count]) => `${status}: ${count}`)
              .join(', '),
          ],
          [say('channels.paidShare'), paidShare(account.orders)],
        ]}
      />
      {account.calls.length === 0 ? (
        <p className="faint">{say('channels.noCalls')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus
        <section className="table-scroll" aria-label={say('channels.calls', { account: account.id })} tabIndex={0}>
          <Table
            size="small"
            pagination={false}
            rowKey={({ operation }) => operation}
            dataSource={account.calls}
            columns={[
              { title: say('channels.operation'), dataIndex: 'operation' },
              { title: say('channels.breaker'), render: (_, { state: breaker }) => word('breaker', breaker) },
              {
                title: say('channels.success'),
                render: (_, { success_percent, calls }) =>
                  success_percent === null
                    ? say('channels.tooFew', { calls })
                    : say('channels.ofCalls', { percent: success_percent, calls }),
              },
              {
                title: say('channels.mean'),
                align: 'right',
                render: (_, { mean_millis }) => (mean_millis === null ? '—' : say('channels.millis', { millis: mean_millis })),
              },
              {
                title: say('channels.longest'),
                align: 'right',
                render: (_, { longest_millis }) => (longest_millis === null ? '—' : say('channels.millis', { millis: longest_millis })),
              },
            ]}
          />
        </section>
      )}
      {account.credentials.length === 0 ? null : (
        <>
          <h3>{say('channels.keys')}</h3>
          <Table
            size="small"
            pagination={false}
            rowKey={({ kind, identifier }) => `${kind} ${identifier}`}
            dataSource={account.credentials}
            columns={[
              { title: say('channels.keys'), render: (_, { kind }) => word('credential', kind) },
              { title: say('channels.serial'), render: (_, { identifier }) => <code>{identifier}</code> },
              {
                title: say('channels.expires'),
                render: (_, { expires_at }) => (
                  <>
                    <When at={expires_at} />{' '}
                    {expires_at !== null && Date.parse(expires_at) - Date.now() < SOON_MILLIS ? (
                      <strong className="tag tag-bad">{say('channels.expiresSoon')}</strong>
                    ) : null}
                  </>
                ),
              },
            ]}
          />
        </>
      )}
    </Card>
  );
}

function Planned({ accounts }: { accounts: string[] }) {
  const say = useText();
  const may = useMay();
  const [planning, setPlanning] = useState(false);
  const [ending, setEnding] = useState<Maintenance | null>(null);
  const planned = useQuery({ queryKey: ['maintenance'], queryFn: () => call<List<Maintenance>>('GET', '/maintenance') });
  const end = useChange({
    run: (reason: string) => call('POST', `/maintenance/${ending?.id}:end`, { body: { reason } }),
    renews: [['maintenance'], ['channels']],
    done: say('channels.ended'),
    onDone: () => setEnding(null),
    quiet: true,
  });
  return (
    <Card
      title={say('channels.planned')}
      actions={may('channels:write') ? <Button onClick={() => setPlanning(true)}>{say('channels.plan')}</Button> : undefined}
    >
      <Loaded asked={planned} rows={2}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>{say('channels.noPlans')}</Empty>
          ) : (
            <Table
              size="small"
              pagination={false}
              rowKey={({ id }) => id}
              dataSource={data}
              columns={[
                { title: say('channels.account'), dataIndex: 'account' },
                { title: say('channels.from'), render: (_, { starts_at }) => <When at={starts_at} /> },
                { title: say('channels.to'), render: (_, { ends_at }) => <When at={ends_at} /> },
                {
                  title: say('channels.state'),
                  render: (_, window) =>
                    window.ended_by === null ? (
                      Date.parse(window.ends_at) > Date.now() && may('channels:write') ? (
                        <Button size="small" onClick={() => setEnding(window)}>
                          {say('channels.endNow')}
                        </Button>
                      ) : null
                    ) : (
                      <>
                        {say('channels.endedBy')} <Person id={window.ended_by} />
                      </>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {planning ? <Plan accounts={accounts} onClose={() => setPlanning(false)} /> : null}
      {ending === null ? null : (
        <ReasonDialog
          title={say('channels.endOf', { account: ending.account })}
          action={say('channels.endNow')}
          busy={end.isPending}
          error={end.error}
          onDone={(reason) => end.mutate(reason)}
          onCancel={() => {
            end.reset();
            setEnding(null);
          }}
        />
      )}
    </Card>
  );
}

function Plan({ accounts, onClose }: { accounts: string[]; onClose: () => void }) {
  const say = useText();
  const ask = useChange({
    run: ({ account, from, to, reason }: { account: string; from: string; to: string; reason: string }) =>
      call('POST', '/maintenance', { body: { account, starts_at: onClock(from, NEW_ZEALAND), ends_at: onClock(to, NEW_ZEALAND), reason } }),
    renews: [['approvals']],
    done: say('channels.asked'),
    onDone: onClose,
    quiet: true,
  });
  const required = [{ required: true, whitespace: true, message: say('rule.required') }];
  return (
    <Modal open title={say('channels.plan')} footer={null} onCancel={onClose} destroyOnHidden>
      <p className="faint">{say('channels.planHelp')}</p>
      {ask.error ? <Notice kind="error">{problemText(ask.error)}</Notice> : null}
      <Form<{ account: string; from: string; to: string; reason: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={(wanted) => ask.mutate(wanted)}
      >
        <Form.Item name="account" label={say('channels.account')} rules={required}>
          <Select options={accounts.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="from" label={say('channels.start')} rules={required}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="to" label={say('channels.end')} rules={required}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="reason" label={say('field.reason')} rules={required}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        <DialogButtons busy={ask.isPending} onCancel={onClose} text={say('staff.ask')} />
      </Form>
    </Modal>
  );
}
