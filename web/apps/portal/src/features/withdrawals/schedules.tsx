import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { answer, balances } from '../../api/http';
import { useMode } from '../../api/mode';
import type { BankAccount, WithdrawalSchedule, WithdrawalScheduleRequest } from '../../api/types';
import { useText, useWord } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import type { AskedAccounts } from './bank-accounts';

const AMOUNT = /^\d{1,12}(\.\d{1,3})?$/;
const EVERY = ['day', 'week', 'month'] as const;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const MONTH_DAYS = Array.from({ length: 31 }, (_, at) => at + 1);
const RENEWS = [['schedules']];

/** Withdrawals that ask for themselves. */
export function Schedules({ accounts }: { accounts: AskedAccounts }) {
  const say = useText();
  const mode = useMode();
  const write = useMay()('withdrawals:write');
  const [adding, setAdding] = useState(false);
  const [ended, setEnded] = useState<WithdrawalSchedule>();
  const schedules = useQuery({ queryKey: ['schedules', mode], queryFn: () => answer(balances.GET('/v2/withdrawal_schedules')) });
  return (
    <Card
      title={say('schedules.title')}
      actions={
        write ? (
          <Button size="small" onClick={() => setAdding(true)}>
            {say('schedules.add')}
          </Button>
        ) : undefined
      }
    >
      <Loaded asked={schedules} rows={1}>
        {({ data = [] }) =>
          data.length === 0 ? (
            <Empty>{say('schedules.none')}</Empty>
          ) : (
            <ul className="rows">
              {data.map((schedule) => (
                <OneSchedule
                  key={schedule.id}
                  schedule={schedule}
                  account={accounts.data?.data?.find(({ id }) => id === schedule.bank_account)}
                  onEnd={() => setEnded(schedule)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <Modal open={adding} title={say('schedules.add')} footer={null} onCancel={() => setAdding(false)} destroyOnHidden>
        <Add accounts={accounts.data?.data ?? []} onEnd={() => setAdding(false)} />
      </Modal>
      <Modal open={ended !== undefined} title={say('schedules.end')} footer={null} onCancel={() => setEnded(undefined)} destroyOnHidden>
        {ended === undefined ? null : <End schedule={ended} onEnd={() => setEnded(undefined)} />}
      </Modal>
    </Card>
  );
}

function OneSchedule({ schedule, account, onEnd }: { schedule: WithdrawalSchedule; account: BankAccount | undefined; onEnd: () => void }) {
  const say = useText();
  const word = useWord();
  const write = useMay()('withdrawals:write');
  const path = { id: schedule.id ?? '' };
  const paused = schedule.status === 'paused';
  const toggle = useChange({
    run: () =>
      answer(
        paused
          ? balances.POST('/v2/withdrawal_schedules/{id}:resume', { params: { path } })
          : balances.POST('/v2/withdrawal_schedules/{id}:pause', { params: { path } }),
      ),
    renews: RENEWS,
  });
  const name = `${word('every', schedule.every)} ${schedule.currency}`;
  return (
    <li>
      <span>
        <strong>
          {word('every', schedule.every)} {word('weekday', schedule.weekday)} {schedule.month_day ?? ''}
        </strong>{' '}
        <span className="faint">
          {schedule.currency} → {account?.holder} {account?.masked ?? schedule.bank_account}
        </span>
        {schedule.above ? (
          <span className="block faint">
            {say('schedules.aboveIs')} <Amount amount={schedule.above} currency={schedule.currency} />
          </span>
        ) : null}
        <span className="block faint">
          {say('schedules.keepIs')} <Amount amount={schedule.keep} currency={schedule.currency} />
        </span>
        {paused ? null : <span className="block faint">{say('schedules.next', { day: schedule.next_on ?? '' })}</span>}
      </span>
      <StatusTag group="scheduleStatus" status={schedule.status} />
      {write ? (
        <span className="row-actions">
          <Button
            size="small"
            loading={toggle.isPending}
            onClick={() => toggle.mutate(undefined)}
            aria-label={`${say(paused ? 'schedules.resume' : 'schedules.pause')}: ${name}`}
          >
            {say(paused ? 'schedules.resume' : 'schedules.pause')}
          </Button>
          <Button size="small" danger onClick={onEnd} aria-label={`${say('schedules.end')}: ${name}`}>
            {say('schedules.end')}
          </Button>
        </span>
      ) : null}
    </li>
  );
}

function Add({ accounts, onEnd }: { accounts: BankAccount[]; onEnd: () => void }) {
  const say = useText();
  const word = useWord();
  const [form] = Form.useForm<WithdrawalScheduleRequest>();
  const every = Form.useWatch('every', form) ?? 'week';
  const account = Form.useWatch('bank_account', form) ?? accounts[0]?.id;
  const currency = accounts.find(({ id }) => id === account)?.currency ?? '';
  const add = useChange({
    run: (wanted: WithdrawalScheduleRequest) =>
      answer(
        balances.POST('/v2/withdrawal_schedules', {
          body: { ...Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined && value !== '')), currency },
        }),
      ),
    renews: RENEWS,
    done: say('schedules.added'),
    quiet: true,
    onDone: onEnd,
  });
  if (accounts.length === 0) {
    return <Empty>{say('accounts.none')}</Empty>;
  }
  const amount = { pattern: AMOUNT, message: say('rule.amount') };
  return (
    <Form<WithdrawalScheduleRequest>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ every: 'week', weekday: 'friday', month_day: 1, bank_account: accounts[0]?.id }}
      onFinish={(wanted) => add.mutate(wanted)}
    >
      <p>{say('schedules.help')}</p>
      <Form.Item name="every" label={say('schedules.every')}>
        <Select options={EVERY.map((one) => ({ value: one, label: word('every', one) }))} />
      </Form.Item>
      {every === 'week' ? (
        <Form.Item name="weekday" label={say('schedules.weekday')}>
          <Select options={WEEKDAYS.map((one) => ({ value: one, label: word('weekday', one) }))} />
        </Form.Item>
      ) : null}
      {every === 'month' ? (
        <Form.Item name="month_day" label={say('schedules.monthDay')} extra={say('schedules.monthDayHelp')}>
          <Select options={MONTH_DAYS.map((one) => ({ value: one, label: one }))} />
        </Form.Item>
      ) : null}
      <Form.Item name="bank_account" label={say('withdrawals.account')}>
        <Select options={accounts.map((one) => ({ value: one.id, label: `${one.holder} ${one.masked} ${one.currency}` }))} />
      </Form.Item>
      <Form.Item name="above" label={say('schedules.above', { currency })} rules={[amount]}>
        <Input inputMode="decimal" autoComplete="off" className="amount-input" />
      </Form.Item>
      <Form.Item name="keep" label={say('schedules.keep', { currency })} rules={[amount]}>
        <Input inputMode="decimal" autoComplete="off" className="amount-input" />
      </Form.Item>
      {add.error ? <Notice kind="error">{problemText(add.error)}</Notice> : null}
      <DialogButtons busy={add.isPending} onCancel={onEnd} text={say('schedules.add')} />
    </Form>
  );
}

function End({ schedule, onEnd }: { schedule: WithdrawalSchedule; onEnd: () => void }) {
  const say = useText();
  const end = useChange({
    run: () => answer(balances.POST('/v2/withdrawal_schedules/{id}:end', { params: { path: { id: schedule.id ?? '' } } })),
    renews: RENEWS,
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form layout="vertical" onFinish={() => end.mutate(undefined)}>
      <p>{say('schedules.endHelp')}</p>
      {end.error ? <Notice kind="error">{problemText(end.error)}</Notice> : null}
      <DialogButtons busy={end.isPending} onCancel={onEnd} text={say('schedules.end')} danger />
    </Form>
  );
}
