import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { answer, portal } from '../../api/http';
import type { Passkey } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { addPasskey, knowsPasskeys } from '../../session/passkeys';

const RENEWS = [['passkeys'], ['second-factor'], ['session'], ['team']];

export function Passkeys({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const say = useText();
  const passkeys = useQuery({ queryKey: ['passkeys'], queryFn: () => answer(portal.GET('/portal/api/passkeys')) });
  const [adding, setAdding] = useState(false);
  const [renamed, setRenamed] = useState<Passkey>();
  const [removed, setRemoved] = useState<Passkey>();
  return (
    <Card
      title={say('passkeys.title')}
      actions={
        knowsPasskeys() ? (
          <Button size="small" onClick={() => setAdding(true)}>
            {say('passkeys.add')}
          </Button>
        ) : undefined
      }
    >
      <p>{say(knowsPasskeys() ? 'passkeys.why' : 'passkeys.unknown')}</p>
      <Loaded asked={passkeys} rows={2}>
        {({ data }) => (
          <ul className="rows">
            {(data ?? []).map((passkey) => (
              <li key={passkey.id}>
                <span>
                  <span className="words">{passkey.name}</span>
                  {passkey.doubted_at ? <Notice kind="warning">{say('passkeys.doubted')}</Notice> : null}
                  {passkey.unproven_since ? <Notice kind="warning">{say('passkeys.unproven')}</Notice> : null}
                  <span className="faint">{say(passkey.backup ? 'passkeys.backup' : 'passkeys.here')}</span>
                </span>
                <span className="faint">
                  {passkey.last_used_at ? (
                    <>
                      {say('security.lastSeen')} <When at={passkey.last_used_at} />
                    </>
                  ) : (
                    say('passkeys.neverUsed')
                  )}
                </span>
                <span className="row-actions">
                  <Button size="small" onClick={() => setRenamed(passkey)} aria-label={`${say('passkeys.rename')}: ${passkey.name}`}>
                    {say('passkeys.rename')}
                  </Button>
                  <Button size="small" danger onClick={() => setRemoved(passkey)} aria-label={`${say('passkeys.remove')}: ${passkey.name}`}>
                    {say('passkeys.remove')}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <Modal open={adding} title={say('passkeys.add')} footer={null} onCancel={() => setAdding(false)} destroyOnHidden>
        <Add
          onEnd={(codes) => {
            setAdding(false);
            if (codes.length > 0) {
              onCodes(codes);
            }
          }}
        />
      </Modal>
      <Modal
        open={renamed !== undefined}
        title={say('passkeys.rename')}
        footer={null}
        onCancel={() => setRenamed(undefined)}
        destroyOnHidden
      >
        {renamed === undefined ? null : <Rename passkey={renamed} onEnd={() => setRenamed(undefined)} />}
      </Modal>
      <Modal
        open={removed !== undefined}
        title={say('passkeys.remove')}
        footer={null}
        onCancel={() => setRemoved(undefined)}
        destroyOnHidden
      >
        {removed === undefined ? null : <Remove passkey={removed} onEnd={() => setRemoved(undefined)} />}
      </Modal>
    </Card>
  );
}

function NameField() {
  const say = useText();
  return (
    <Form.Item
      name="name"
      label={say('passkeys.name')}
      rules={[{ required: true, whitespace: true, max: 60, message: say('rule.required') }]}
    >
      <Input autoComplete="off" maxLength={60} autoFocus />
    </Form.Item>
  );
}

function Add({ onEnd }: { onEnd: (codes: string[]) => void }) {
  const say = useText();
  const add = useChange({ run: addPasskey, renews: RENEWS, done: say('passkeys.added'), quiet: true, onDone: onEnd });
  return (
    <Form layout="vertical" requiredMark={false} onFinish={({ name }: { name: string }) => add.mutate(name)}>
      <p>{say('passkeys.addHelp')}</p>
      <NameField />
      {add.error ? <Notice kind="error">{problemText(add.error)}</Notice> : null}
      <DialogButtons busy={add.isPending} onCancel={() => onEnd([])} text={say('action.continue')} />
    </Form>
  );
}

function Rename({ passkey, onEnd }: { passkey: Passkey; onEnd: () => void }) {
  const say = useText();
  const rename = useChange({
    run: (body: { name: string }) => portal.PATCH('/portal/api/passkeys/{id}', { params: { path: { id: passkey.id ?? '' } }, body }),
    renews: [['passkeys']],
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form layout="vertical" requiredMark={false} initialValues={passkey} onFinish={(body: { name: string }) => rename.mutate(body)}>
      <NameField />
      {rename.error ? <Notice kind="error">{problemText(rename.error)}</Notice> : null}
      <DialogButtons busy={rename.isPending} onCancel={onEnd} text={say('action.save')} />
    </Form>
  );
}

function Remove({ passkey, onEnd }: { passkey: Passkey; onEnd: () => void }) {
  const say = useText();
  const remove = useChange({
    run: () => portal.DELETE('/portal/api/passkeys/{id}', { params: { path: { id: passkey.id ?? '' } } }),
    renews: RENEWS,
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form layout="vertical" onFinish={() => remove.mutate(undefined)}>
      <p>{say('passkeys.removeHelp', { name: passkey.name ?? '' })}</p>
      {remove.error ? <Notice kind="error">{problemText(remove.error)}</Notice> : null}
      <DialogButtons busy={remove.isPending} onCancel={onEnd} text={say('passkeys.remove')} danger />
    </Form>
  );
}
