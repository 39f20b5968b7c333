import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Loading } from '@ferrypay/desk/ui/states.tsx';
import { useToasts } from '@ferrypay/desk/ui/toasts.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../api/http';
import type { Device } from '../../api/types';
import { useText } from '../../i18n/use-text';
import './devices.css';

const LOOK_MILLIS = 3_000;

/** Makes a till, or gives one another name. */
export function TillForm({
  store,
  till,
  onMade,
  onEnd,
}: {
  store: string | undefined;
  till: Device | null;
  onMade?: (made: Device) => void;
  onEnd: () => void;
}) {
  const say = useText();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const save = useChange({
    run: (body: { name: string }) =>
      till === null
        ? call<Device>('POST', '/v2/devices', { idempotencyKey, body: { ...body, store } })
        : call<Device>('PATCH', `/v2/devices/${till.id}`, { body }),
    renews: [['devices']],
    quiet: true,
    onDone: (made) => (onMade === undefined ? onEnd() : onMade(made)),
  });
  return (
    <Form<{ name: string }>
      layout="vertical"
      requiredMark={false}
      initialValues={{ name: till?.name ?? '' }}
      onFinish={(wish) => save.mutate(wish)}
    >
      <Form.Item
        name="name"
        label={say('devices.name')}
        rules={[{ required: true, whitespace: true, max: 60, message: say('rule.required') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      {save.error ? <Notice kind="error">{problemText(save.error)}</Notice> : null}
      <DialogButtons busy={save.isPending} onCancel={onEnd} text={till === null ? say('devices.add') : say('action.save')} />
    </Form>
  );
}

/** The code that pairs a till, while it is good; it is asked for when the device came without one. */
export function NewCode({ first, onEnd }: { first: Device; onEnd: () => void }) {
  const say = useText();
  const cache = useQueryClient();
  const { tell } = useToasts();
  const [given, setGiven] = useState<Device | null>(first.pairing_code ? first : null);
  const renew = useChange({
    run: () => call<Device>('POST', `/v2/devices/${first.id}:new_pairing_code`),
    renews: [['devices']],
    quiet: true,
    onDone: setGiven,
  });
  const asked = useRef(false);
  const ask = renew.mutate;
  useEffect(() => {
    if (!first.pairing_code && !asked.current) {
      asked.current = true;
      ask(undefined);
    }
  }, [first.pairing_code, ask]);
  const now = useQuery({
    queryKey: ['device', first.id],
    queryFn: () => call<Device>('GET', `/v2/devices/${first.id}`),
    refetchInterval: LOOK_MILLIS,
    gcTime: 0,
  });
  const paired = now.data?.status === 'active' && now.data.paired_at !== first.paired_at;
  useEffect(() => {
    if (paired) {
      tell('good', say('devices.paired', { name: first.name ?? '' }));
      void cache.invalidateQueries({ queryKey: ['devices'] });
      onEnd();
    }
  }, [paired, tell, say, first.name, cache, onEnd]);
  if (renew.error) {
    return <Notice kind="error">{problemText(renew.error)}</Notice>;
  }
  if (given === null || renew.isPending) {
    return <Loading rows={2} />;
  }
  return (
    <>
      <p>{say('devices.codeHelp')}</p>
      {first.status === 'active' ? <p className="faint">{say('devices.newCodeHelp')}</p> : null}
      <Countdown code={given.pairing_code ?? ''} until={given.pairing_ends_at ?? ''} onRenew={() => renew.mutate(undefined)} />
    </>
  );
}

function Countdown({ code, until, onRenew }: { code: string; until: string; onRenew: () => void }) {
  const say = useText();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000));
  if (left === 0) {
    return (
      <Notice kind="warning" action={<Button onClick={onRenew}>{say('devices.newCode')}</Button>}>
        {say('devices.codeOver')}
      </Notice>
    );
  }
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return (
    <div>
      <p>
        <span className="unseen">{say('devices.code')} </span>
        <output className="pairing-digits">
          {code.slice(0, 4)} {code.slice(4)}
        </output>
      </p>
      <p className="faint" role="timer">
        {say('devices.codeEnds', { time })}
      </p>
    </div>
  );
}
