import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import type { Store } from '../../api/types';
import { useText } from '../../i18n/use-text';

const ZONES = ['Pacific/Auckland', 'Pacific/Chatham', 'Australia/Sydney', 'Australia/Melbourne', 'Australia/Brisbane', 'Australia/Perth'];

interface StoreFields {
  name: string;
  address: string;
  time_zone: string;
}

/** Opens a store, or changes one. */
export function StoreForm({ store, onEnd }: { store: Store | null; onEnd: () => void }) {
  const say = useText();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const save = useChange({
    run: (body: StoreFields) =>
      store === null
        ? call<Store>('POST', '/v2/stores', { idempotencyKey, body })
        : call<Store>('PATCH', `/v2/stores/${store.id}`, { body }),
    renews: [['stores']],
    quiet: true,
    onDone: onEnd,
  });
  const zones = store === null || ZONES.includes(store.time_zone) ? ZONES : [store.time_zone, ...ZONES];
  return (
    <Form<StoreFields>
      layout="vertical"
      requiredMark={false}
      initialValues={store ?? { time_zone: 'Pacific/Auckland' }}
      onFinish={({ name, address, time_zone }) => save.mutate({ name, address, time_zone })}
    >
      {store === null ? null : <p>{say('stores.changeHelp')}</p>}
      <Form.Item
        name="name"
        label={say('stores.name')}
        rules={[{ required: true, whitespace: true, max: 60, message: say('rule.required') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="address"
        label={say('stores.address')}
        rules={[{ required: true, whitespace: true, max: 200, message: say('rule.required') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="time_zone" label={say('stores.zone')}>
        <Select options={zones.map((zone) => ({ value: zone, label: zone }))} />
      </Form.Item>
      {save.error ? <Notice kind="error">{problemText(save.error)}</Notice> : null}
      <DialogButtons busy={save.isPending} onCancel={onEnd} text={store === null ? say('stores.open') : say('action.save')} />
    </Form>
  );
}

/** For good, so the person types the store's name. */
export function CloseStore({ store, onEnd }: { store: Store; onEnd: () => void }) {
  const say = useText();
  const close = useChange({
    run: () => call<Store>('POST', `/v2/stores/${store.id}:close`),
    renews: [['stores'], ['static-codes'], ['devices']],
    done: say('stores.closed'),
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form layout="vertical" requiredMark={false} onFinish={() => close.mutate(undefined)}>
      <Notice kind="warning">{say('stores.closeHelp')}</Notice>
      <Form.Item
        name="typed"
        className="after"
        label={say('stores.typeName', { name: store.name })}
        rules={[
          { validator: (_, typed) => (typed === store.name ? Promise.resolve() : Promise.reject(new Error(say('stores.notTheName')))) },
        ]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      {close.error ? <Notice kind="error">{problemText(close.error)}</Notice> : null}
      <DialogButtons busy={close.isPending} onCancel={onEnd} text={say('stores.close')} danger />
    </Form>
  );
}
