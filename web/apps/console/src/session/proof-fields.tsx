import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useText } from '../i18n/use-text';

export interface Proof {
  totp?: string;
  recovery_code?: string;
}

/** The second factor, by the app or by a recovery code, and the button below it. */
export function ProofFields({ busy, text }: { busy: boolean; text: string }) {
  const say = useText();
  const [recovery, setRecovery] = useState(false);
  return (
    <>
      {recovery ? (
        <Form.Item
          key="recovery"
          name="recovery_code"
          label={say('field.recoveryCode')}
          rules={[{ required: true, message: say('rule.required') }]}
        >
          <Input autoComplete="off" autoFocus className="code-input" />
        </Form.Item>
      ) : (
        <Form.Item
          key="totp"
          name="totp"
          label={say('field.totp')}
          rules={[{ required: true, pattern: /^\d{6}$/, message: say('rule.sixDigits') }]}
        >
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus className="code-input" />
        </Form.Item>
      )}
      <p>
        <button type="button" className="link" onClick={() => setRecovery(!recovery)}>
          {recovery ? say('stepUp.useApp') : say('stepUp.useRecovery')}
        </button>
      </p>
      <Button type="primary" htmlType="submit" block loading={busy}>
        {text}
      </Button>
    </>
  );
}
