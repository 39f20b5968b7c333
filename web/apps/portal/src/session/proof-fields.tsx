import { Button, Form, Input } from 'antd';
import { useText } from '../i18n/use-text';

export interface Proof {
  password?: string;
  totp?: string;
  recovery_code?: string;
}

/** The one field that proves somebody. */
export function ProofField({ kind }: { kind: keyof Proof }) {
  const say = useText();
  if (kind === 'password') {
    return (
      <Form.Item name="password" label={say('field.password')} rules={[{ required: true, message: say('rule.required') }]}>
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
    );
  }
  return kind === 'totp' ? (
    <Form.Item
      name="totp"
      label={say('field.totp')}
      extra={say('field.totpHelp')}
      rules={[{ required: true, pattern: /^\d{6}$/, message: say('rule.sixDigits') }]}
    >
      <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus className="code-input" />
    </Form.Item>
  ) : (
    <Form.Item name="recovery_code" label={say('field.recoveryCode')} rules={[{ required: true, message: say('rule.required') }]}>
      <Input autoComplete="off" autoFocus className="code-input" />
    </Form.Item>
  );
}

export function SubmitButton({ busy, children }: { busy: boolean; children: string }) {
  return (
    <Button type="primary" htmlType="submit" block loading={busy}>
      {children}
    </Button>
  );
}
