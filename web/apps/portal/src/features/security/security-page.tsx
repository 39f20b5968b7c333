import { Copyable } from '@ferrypay/desk/ui/copyable.tsx';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import { answer, portal } from '../../api/http';
import '../../i18n/account';
import { useText } from '../../i18n/use-text';
import { SubmitButton } from '../../session/proof-fields';
import { Passkeys } from './passkeys-card';

export default function SecurityPage() {
  const say = useText();
  const [codes, setCodes] = useState<string[]>();
  return (
    <Page title={say('security.title')}>
      <SecondFactor codes={codes} onCodes={setCodes} />
      <Passkeys onCodes={setCodes} />
      <Password />
      <Sessions />
    </Page>
  );
}

function SecondFactor({ codes, onCodes }: { codes: string[] | undefined; onCodes: (codes: string[] | undefined) => void }) {
  const say = useText();
  const factor = useQuery({ queryKey: ['second-factor'], queryFn: () => answer(portal.GET('/portal/api/second_factor')) });
  const [switchingOff, setSwitchingOff] = useState(false);
  const offer = useChange({ run: () => answer(portal.POST('/portal/api/second_factor:offer')) });
  const newCodes = useChange({
    run: () => answer(portal.POST('/portal/api/second_factor:new_recovery_codes')),
    renews: [['second-factor']],
    onDone: (made) => onCodes(made.recovery_codes ?? []),
  });
  return (
    <Card title={say('security.secondFactor')}>
      <Loaded asked={factor} rows={2}>
        {(status) =>
          status.totp || status.passkeys ? (
            <>
              <p>
                <StatusTag group="factor" status="active" /> {say('security.codesLeft', { count: status.recovery_codes_left ?? 0 })}
              </p>
              <div className="row-actions">
                <Button onClick={() => newCodes.mutate(undefined)} loading={newCodes.isPending}>
                  {say('security.newCodes')}
                </Button>
                {status.totp ? (
                  <Button danger onClick={() => setSwitchingOff(true)}>
                    {say('security.switchOff')}
                  </Button>
                ) : (
                  <Button onClick={() => offer.mutate(undefined)} loading={offer.isPending}>
                    {say('security.addApp')}
                  </Button>
                )}
              </div>
            </>
          ) : (
            <>
              <p>{say('security.why')}</p>
              <Button type="primary" onClick={() => offer.mutate(undefined)} loading={offer.isPending}>
                {say('security.switchOn')}
              </Button>
            </>
          )
        }
      </Loaded>
      <Modal open={offer.data !== undefined} title={say('security.switchOn')} footer={null} onCancel={() => offer.reset()} destroyOnHidden>
        {offer.data === undefined ? null : (
          <Confirm
            uri={offer.data.uri ?? ''}
            secret={offer.data.secret ?? ''}
            onDone={(shown) => {
              offer.reset();
              onCodes(shown);
            }}
          />
        )}
      </Modal>
      <Modal
        open={codes !== undefined}
        title={say('security.codes')}
        okText={say('secret.kept')}
        onOk={() => onCodes(undefined)}
        onCancel={() => onCodes(undefined)}
        cancelButtonProps={{ className: 'gone' }}
        mask={{ closable: false }}
        destroyOnHidden
      >
        <Notice kind="warning">{say('security.codesOnce')}</Notice>
        <ul className="recovery-codes">
          {codes?.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <Button onClick={() => void navigator.clipboard.writeText((codes ?? []).join('\n'))}>{say('security.copyCodes')}</Button>
      </Modal>
      <Modal open={switchingOff} title={say('security.switchOff')} footer={null} onCancel={() => setSwitchingOff(false)} destroyOnHidden>
        <SwitchOff onEnd={() => setSwitchingOff(false)} />
      </Modal>
    </Card>
  );
}

function Confirm({ uri, secret, onDone }: { uri: string; secret: string; onDone: (codes: string[]) => void }) {
  const say = useText();
  const confirm = useChange({
    run: (body: { totp: string }) => answer(portal.POST('/portal/api/second_factor:confirm', { body })),
    renews: [['second-factor'], ['session'], ['team']],
    quiet: true,
    onDone: (made) => onDone(made.recovery_codes ?? []),
  });
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(body: { totp: string }) => confirm.mutate(body)}>
      <p>{say('security.scan')}</p>
      <div className="totp">
        <QRCodeSVG value={uri} size={180} marginSize={4} level="M" title={say('security.qr')} />
      </div>
      <p className="faint">{say('security.type')}</p>
      <Copyable text={secret} label={say('secret.name')} />
      <Form.Item
        name="totp"
        label={say('field.totp')}
        className="after"
        rules={[{ required: true, pattern: /^\d{6}$/, message: say('rule.sixDigits') }]}
      >
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} className="code-input" />
      </Form.Item>
      {confirm.error ? <Notice kind="error">{problemText(confirm.error)}</Notice> : null}
      <SubmitButton busy={confirm.isPending}>{say('security.switchOn')}</SubmitButton>
    </Form>
  );
}

function SwitchOff({ onEnd }: { onEnd: () => void }) {
  const say = useText();
  const off = useChange({
    run: () => portal.POST('/portal/api/second_factor:switch_off'),
    renews: [['second-factor'], ['session'], ['team']],
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form layout="vertical" onFinish={() => off.mutate(undefined)}>
      <p>{say('security.switchOffHelp')}</p>
      {off.error ? <Notice kind="error">{problemText(off.error)}</Notice> : null}
      <DialogButtons busy={off.isPending} onCancel={onEnd} text={say('security.switchOff')} danger />
    </Form>
  );
}

interface Passwords {
  current_password: string;
  password: string;
}

function Password() {
  const say = useText();
  const [form] = Form.useForm<Passwords>();
  const change = useChange({
    run: (body: Passwords) => portal.POST('/portal/api/password', { body }),
    renews: [['sessions']],
    done: say('security.passwordChanged'),
    quiet: true,
    onDone: () => form.resetFields(),
  });
  return (
    <Card title={say('security.password')}>
      <Form<Passwords> form={form} layout="vertical" requiredMark={false} className="narrow" onFinish={(body) => change.mutate(body)}>
        <Form.Item name="current_password" label={say('field.currentPassword')} rules={[{ required: true, message: say('rule.required') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="password"
          label={say('field.newPassword')}
          extra={say('field.newPasswordHelp')}
          rules={[{ required: true, min: 12, max: 128, message: say('rule.password') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {change.error ? <Notice kind="error">{problemText(change.error)}</Notice> : null}
        <Button htmlType="submit" loading={change.isPending}>
          {say('security.changePassword')}
        </Button>
      </Form>
    </Card>
  );
}

function Sessions() {
  const say = useText();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => answer(portal.GET('/portal/api/sessions')) });
  const end = useChange({
    run: (id: string) => portal.DELETE('/portal/api/sessions/{id}', { params: { path: { id } } }),
    renews: [['sessions']],
  });
  const endOthers = useChange({
    run: () => portal.POST('/portal/api/sessions:end_others'),
    renews: [['sessions']],
    done: say('security.othersEnded'),
  });
  return (
    <Card
      title={say('security.sessions')}
      actions={
        <Button size="small" onClick={() => endOthers.mutate(undefined)} loading={endOthers.isPending}>
          {say('security.endOthers')}
        </Button>
      }
    >
      <Loaded asked={sessions} rows={2}>
        {({ data }) => (
          <ul className="rows">
            {(data ?? []).map((session) => (
              <li key={session.id}>
                <span>
                  <span className="words">{session.user_agent}</span>
                  <span className="faint">{session.address}</span>
                </span>
                <span className="faint">
                  {say('security.lastSeen')} <When at={session.last_seen_at} />
                </span>
                {session.current ? (
                  <StatusTag group="session" status="active" />
                ) : (
                  <Button
                    size="small"
                    onClick={() => end.mutate(session.id ?? '')}
                    aria-label={`${say('security.end')}: ${session.user_agent} ${session.address}`}
                  >
                    {say('security.end')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}
