import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Form, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import type { Cashier } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useSession } from '../../session/session';

const PIN = /^\d{4,8}$/;
const AMOUNT = /^\d{1,9}(\.\d{1,3})?$/;

/** A PIN, twice: nobody can read it again later. */
function PinFields() {
  const say = useText();
  return (
    <>
      <Form.Item name="pin" label={say('devices.pin')} rules={[{ required: true, pattern: PIN, message: say('devices.pinRule') }]}>
        <Input.Password inputMode="numeric" autoComplete="new-password" maxLength={8} />
      </Form.Item>
      <Form.Item
        name="again"
        label={say('devices.pinAgain')}
        dependencies={['pin']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, typed) =>
              typed === getFieldValue('pin') ? Promise.resolve() : Promise.reject(new Error(say('devices.pinDiffers'))),
          }),
        ]}
      >
        <Input.Password inputMode="numeric" autoComplete="new-password" maxLength={8} />
      </Form.Item>
    </>
  );
}

export function CashierForm({ store, onEnd }: { store: string; onEnd: () => void }) {
  const say = useText();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const hire = useChange({
    run: ({ name, pin }: { name: string; pin: string }) =>
      call<Cashier>('POST', '/v2/cashiers', { idempotencyKey, body: { store, name, pin } }),
    renews: [['cashiers']],
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form<{ name: string; pin: string }> layout="vertical" requiredMark={false} onFinish={(wish) => hire.mutate(wish)}>
      <Form.Item
        name="name"
        label={say('devices.cashierName')}
        rules={[{ required: true, whitespace: true, max: 40, message: say('rule.required') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <PinFields />
      {hire.error ? <Notice kind="error">{problemText(hire.error)}</Notice> : null}
      <DialogButtons busy={hire.isPending} onCancel={onEnd} text={say('devices.hire')} />
    </Form>
  );
}

export function PinForm({ cashier, onEnd }: { cashier: Cashier; onEnd: () => void }) {
  const say = useText();
  const set = useChange({
    run: ({ pin }: { pin: string }) => call<Cashier>('POST', `/v2/cashiers/${cashier.id}:set_pin`, { body: { pin } }),
    done: say('devices.pinSet'),
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form<{ pin: string }> layout="vertical" requiredMark={false} onFinish={(wish) => set.mutate(wish)}>
      <PinFields />
      {set.error ? <Notice kind="error">{problemText(set.error)}</Notice> : null}
      <DialogButtons busy={set.isPending} onCancel={onEnd} text={say('devices.setPin')} />
    </Form>
  );
}

type Limits = Partial<Record<'sale_limit' | 'daily_sales_limit' | 'refund_limit' | 'daily_refunds_limit', string | null>>;

export function LimitsForm({ cashier, onEnd }: { cashier: Cashier; onEnd: () => void }) {
  const say = useText();
  const currency = useSession().merchant?.currency ?? 'NZD';
  const limit = useChange({
    run: (limits: Limits) =>
      call<Cashier>('PUT', `/v2/cashiers/${cashier.id}/limits`, {
        body: Object.fromEntries(Object.entries(limits).filter(([, amount]) => amount)),
      }),
    renews: [['cashiers']],
    quiet: true,
    onDone: onEnd,
  });
  const field = (name: keyof Limits, label: 'devices.saleIn' | 'devices.dailySalesIn' | 'devices.refundIn' | 'devices.dailyRefundsIn') => (
    <Form.Item name={name} label={say(label, { currency })} rules={[{ pattern: AMOUNT, message: say('rule.amount') }]}>
      <Input inputMode="decimal" autoComplete="off" className="amount-input" />
    </Form.Item>
  );
  return (
    <Form<Limits>
      layout="vertical"
      initialValues={{
        sale_limit: cashier.sale_limit,
        daily_sales_limit: cashier.daily_sales_limit,
        refund_limit: cashier.refund_limit,
        daily_refunds_limit: cashier.daily_refunds_limit,
      }}
      onFinish={(limits) => limit.mutate(limits)}
    >
      <p className="faint">{say('devices.limitsHelp')}</p>
      {field('sale_limit', 'devices.saleIn')}
      {field('daily_sales_limit', 'devices.dailySalesIn')}
      {field('refund_limit', 'devices.refundIn')}
      {field('daily_refunds_limit', 'devices.dailyRefundsIn')}
      {limit.error ? <Notice kind="error">{problemText(limit.error)}</Notice> : null}
      <DialogButtons busy={limit.isPending} onCancel={onEnd} text={say('action.save')} />
    </Form>
  );
}

/** What can't be taken back is asked once more. */
export function Sure({
  path,
  renews,
  text,
  help,
  onEnd,
}: {
  path: string;
  renews: 'devices' | 'cashiers';
  text: string;
  help: string;
  onEnd: () => void;
}) {
  const act = useChange({ run: () => call('POST', path), renews: [[renews], ['devices']], quiet: true, onDone: onEnd });
  return (
    <Form layout="vertical" onFinish={() => act.mutate(undefined)}>
      <p>{help}</p>
      {act.error ? <Notice kind="error">{problemText(act.error)}</Notice> : null}
      <DialogButtons busy={act.isPending} onCancel={onEnd} text={text} danger />
    </Form>
  );
}
