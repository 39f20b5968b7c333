import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import { call } from '../../api/http';
import type { Session } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Title, Trouble, useEnter } from './parts';

/** Sets the second factor up, which nobody comes in without. */
export default function SetUp() {
  const say = useText();
  const enter = useEnter();
  const [done, setDone] = useState<{ recovery_codes: string[]; session: Session } | null>(null);
  const offer = useQuery({
    queryKey: ['second-factor-offer'],
    queryFn: () => call<{ secret: string; uri: string }>('POST', '/account/second_factor:offer', { body: {} }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const confirm = useChange({
    run: (body: { code: string }) =>
      call<{ recovery_codes: string[]; session: Session }>('POST', '/account/second_factor:confirm', { body }),
    quiet: true,
    onDone: setDone,
  });
  if (done !== null) {
    return (
      <>
        <Title>{say('setUp.recovery')}</Title>
        <p>{say('setUp.recoveryWhy')}</p>
        <ul className="fields">
          {done.recovery_codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <Button type="primary" block onClick={() => enter(done.session)}>
          {say('setUp.kept')}
        </Button>
      </>
    );
  }
  return (
    <>
      <Title>{say('setUp.title')}</Title>
      <p>{say('setUp.why')}</p>
      <Loaded asked={offer} rows={4}>
        {({ secret, uri }) => (
          <>
            <p>
              <QRCodeSVG value={uri} size={168} title={say('setUp.qr')} />
            </p>
            <p className="faint">
              {say('setUp.secret')} <code data-testid="totp-secret">{secret}</code>
            </p>
          </>
        )}
      </Loaded>
      <Trouble error={confirm.error} />
      <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={(body) => confirm.mutate(body)}>
        <Form.Item name="code" label={say('field.totp')} rules={[{ required: true, pattern: /^\d{6}$/, message: say('rule.sixDigits') }]}>
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} className="code-input" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={confirm.isPending}>
          {say('action.continue')}
        </Button>
      </Form>
    </>
  );
}
