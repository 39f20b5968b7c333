import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { Moment, When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Form, Input, InputNumber, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/http';
import type { Difference, DifferenceWhole, Side, Sides } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';
import { useMay, useSession } from '../../session/session';
import { StakeList, told } from './stakes';

/** One difference: both sides, what is suggested, and what has happened to it. */
export function DifferenceDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const word = useWord();
  const whole = useQuery({
    queryKey: ['differences', 'one', id],
    queryFn: () => call<DifferenceWhole>('GET', `/differences/${id}`),
  });
  const type = whole.data?.difference.type;
  return (
    <Drawer open size="large" title={type === undefined ? id : `${word('differenceType', type)} · ${id}`} onClose={onClose}>
      <Loaded asked={whole} rows={8}>
        {({ difference, timeline }) => (
          <>
            <About difference={difference} />
            <BothSides id={id} />
            {difference.status === 'open' ? <Handle difference={difference} /> : null}
            <History timeline={timeline} />
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

function About({ difference: one }: { difference: Difference }) {
  const say = useText();
  const word = useWord();
  return (
    <Facts
      facts={[
        [say('reconciliation.status'), word('differenceStatus', one.status)],
        [say('reconciliation.stake'), one.stakes.length === 0 ? null : <StakeList key="stakes" stakes={one.stakes} />],
        [say('reconciliation.bookedIn'), one.booked_in === null ? null : <code key="booked">{one.booked_in}</code>],
        [say('reconciliation.theirs'), told(one.theirs, one.their_amount)],
        [say('reconciliation.ours'), told(one.ours, one.our_amount)],
        [say('field.merchant'), one.merchant_id],
        [say('reconciliation.timesAsked'), one.asked === 0 ? null : one.asked],
        [say('reconciliation.decidedAs'), one.action === null ? null : word('differenceAction', one.action)],
        [say('reconciliation.owner'), one.assigned_to === null ? null : <Person key="owner" id={one.assigned_to} />],
        [say('reconciliation.due'), one.status === 'open' ? <When key="due" at={one.due_at} /> : null],
      ]}
    />
  );
}

function BothSides({ id }: { id: string }) {
  const say = useText();
  const sides = useQuery({
    queryKey: ['reconciliation', 'sides', id],
    queryFn: () => call<Sides>('GET', `/reconciliation/differences/${id}/sides`),
  });
  const money = (amount: string | null, currency: string | null) => (amount === null ? null : `${amount} ${currency ?? ''}`);
  const rows: [string, (side: Side) => ReactNode][] = [
    [say('reconciliation.kindOf'), ({ kind }) => kind],
    [say('reconciliation.status'), ({ status }) => status],
    [say('reconciliation.number'), ({ order_number }) => order_number],
    [say('reconciliation.refundNumber'), ({ refund_number }) => refund_number],
    [say('reconciliation.reference'), ({ channel_reference }) => channel_reference],
    [say('reconciliation.shop'), ({ channel_merchant }) => channel_merchant],
    [say('reconciliation.amount'), ({ amount, currency }) => money(amount, currency)],
    [say('reconciliation.yuan'), ({ yuan }) => money(yuan, 'CNY')],
    [say('reconciliation.settled'), ({ settled, settled_currency }) => money(settled, settled_currency)],
    [say('reconciliation.fee'), ({ fee }) => fee],
    [say('reconciliation.rate'), ({ rate }) => rate],
    [say('reconciliation.happened'), ({ happened_at }) => (happened_at === null ? null : <Moment at={happened_at} />)],
    [say('reconciliation.line'), ({ line_number }) => line_number],
  ];
  return (
    <section aria-label={say('reconciliation.sides')}>
      <h3>{say('reconciliation.sides')}</h3>
      <Loaded asked={sides} rows={4}>
        {({ theirs, ours }) => (
          <table className="diff sides">
            <thead>
              <tr>
                <th scope="col">{say('reconciliation.field')}</th>
                <th scope="col">{say('reconciliation.theirs')}</th>
                <th scope="col">{say('reconciliation.ours')}</th>
              </tr>
            </thead>
            <tbody>
              {theirs === null || ours === null ? (
                <tr>
                  <th scope="row" />
                  <td>{theirs === null ? say('reconciliation.notThere') : null}</td>
                  <td>{ours === null ? say('reconciliation.notThere') : null}</td>
                </tr>
              ) : null}
              {rows.map(([name, show]) => {
                const left = theirs === null ? null : show(theirs);
                const right = ours === null ? null : show(ours);
                return left === null && right === null ? null : (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{left}</td>
                    <td>{right}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </Loaded>
    </section>
  );
}

type Proposal = { action: string; reason: string };

function Handle({ difference: one }: { difference: Difference }) {
  const say = useText();
  const word = useWord();
  const may = useMay();
  const { user } = useSession();
  const [waits, setWaits] = useState(false);
  const renews = [['differences'], ['approvals']];
  const propose = useChange({
    run: ({ action, reason }: Proposal) =>
      call<{ approval: string }>('POST', `/differences/${one.id}:ask`, { body: { version: one.version, action, reason } }),
    renews,
    done: say('reconciliation.proposed'),
    quiet: true,
  });
  const assign = useChange({
    run: (to: string | null) => call<Difference>('POST', `/differences/${one.id}:assign`, { body: { version: one.version, to } }),
    renews,
    done: say('reconciliation.taken'),
  });
  const wait = useChange({
    run: ({ days, reason }: { days: number; reason: string }) =>
      call<Difference>('POST', `/differences/${one.id}:wait`, { body: { version: one.version, days, reason } }),
    renews,
    done: say('reconciliation.waits'),
    onDone: () => setWaits(false),
    quiet: true,
  });
  if (!may('reconciliation:write')) {
    return (
      <p>
        {say('reconciliation.suggested')}: {word('differenceAction', one.proposed)}
      </p>
    );
  }
  const mine = one.assigned_to === user.person;
  return (
    <section aria-label={say('reconciliation.propose')}>
      <h3>{say('reconciliation.propose')}</h3>
      {propose.error ? <Notice kind="error">{problemText(propose.error)}</Notice> : null}
      <Form<Proposal>
        layout="vertical"
        requiredMark={false}
        initialValues={{ action: one.proposed }}
        onFinish={(form) => propose.mutate(form)}
      >
        <Form.Item name="action" label={say('reconciliation.action')}>
          <Radio.Group
            options={one.actions.map((value) => ({
              value,
              label: `${word('differenceAction', value)}${value === one.proposed ? ` (${say('reconciliation.suggested')})` : ''}`,
            }))}
            vertical
          />
        </Form.Item>
        <Form.Item name="reason" label={say('field.reason')} rules={[{ required: true, whitespace: true, message: say('rule.required') }]}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <div className="filters">
          <Button type="primary" htmlType="submit" loading={propose.isPending}>
            {say('reconciliation.propose')}
          </Button>
          <Button onClick={() => assign.mutate(mine ? null : user.person)} loading={assign.isPending}>
            {say(mine ? 'reconciliation.release' : 'reconciliation.take')}
          </Button>
          <Button onClick={() => setWaits(!waits)} aria-expanded={waits}>
            {say('reconciliation.wait')}
          </Button>
        </div>
      </Form>
      {waits ? (
        <Form<{ days: number; reason: string }>
          layout="vertical"
          requiredMark={false}
          initialValues={{ days: 3 }}
          onFinish={(form) => wait.mutate(form)}
          aria-label={say('reconciliation.waitTitle')}
        >
          {wait.error ? <Notice kind="error">{problemText(wait.error)}</Notice> : null}
          <Form.Item name="days" label={say('reconciliation.waitDays')}>
            <InputNumber min={1} max={30} precision={0} />
          </Form.Item>
          <Form.Item
            name="reason"
            label={say('field.reason')}
            rules={[{ required: true, whitespace: true, message: say('rule.required') }]}
          >
            <Input.TextArea rows={2} maxLength={1000} />
          </Form.Item>
          <DialogButtons busy={wait.isPending} onCancel={() => setWaits(false)} text={say('reconciliation.wait')} />
        </Form>
      ) : null}
    </section>
  );
}

function History({ timeline }: { timeline: DifferenceWhole['timeline'] }) {
  const say = useText();
  const word = useWord();
  return (
    <section aria-label={say('reconciliation.history')}>
      <h3>{say('reconciliation.history')}</h3>
      <ol className="fields">
        {timeline.map(({ at, what, who, detail }) => (
          <li key={`${at} ${what}`}>
            <When at={at} /> · {word('differenceEvent', what)}
            {who === 'system' ? null : (
              <>
                {' '}
                · <Person id={who} />
              </>
            )}
            {detail.action === undefined || detail.action === null ? null : ` · ${word('differenceAction', detail.action)}`}
            {detail.reason === undefined || detail.reason === null ? null : ` · ${detail.reason}`}
          </li>
        ))}
      </ol>
    </section>
  );
}
