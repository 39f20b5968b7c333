import { Loading } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Button, Form, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { call } from '../../api/http';
import type { Session } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { type Proof, ProofFields } from '../../session/proof-fields';
import { Title, Trouble, useEnter } from './parts';

// Once in a person's life, and it draws a code: it need not keep everybody else waiting.
const SetUp = lazy(() => import('./set-up'));

type Step = 'password' | 'second_factor_required' | 'second_factor_set_up_required';

export default function SignInPage() {
  const [step, setStep] = useState<Step>('password');
  switch (step) {
    case 'password':
      return <Password onNext={setStep} />;
    case 'second_factor_required':
      return <SecondFactor />;
    case 'second_factor_set_up_required':
      return (
        <Suspense fallback={<Loading />}>
          <SetUp />
        </Suspense>
      );
  }
}

function Password({ onNext }: { onNext: (step: Step) => void }) {
  const say = useText();
  const signIn = useChange({
    run: (body: { email: string; password: string }) => call<{ status: Step }>('POST', '/account/sign_in', { body }),
    quiet: true,
    onDone: ({ status }) => onNext(status),
  });
  return (
    <>
      <Title>{say('signIn.title')}</Title>
      <Trouble error={signIn.error} />
      <Form<{ email: string; password: string }> layout="vertical" requiredMark={false} onFinish={(body) => signIn.mutate(body)}>
        <Form.Item name="email" label={say('field.email')} rules={[{ required: true, type: 'email', message: say('rule.email') }]}>
          <Input type="email" autoComplete="username" inputMode="email" />
        </Form.Item>
        <Form.Item name="password" label={say('field.password')} rules={[{ required: true, message: say('rule.required') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {say('signIn.do')}
        </Button>
      </Form>
    </>
  );
}

function SecondFactor() {
  const say = useText();
  const enter = useEnter();
  const complete = useChange({
    run: (body: Proof) => call<Session>('POST', '/account/sign_in:second_factor', { body }),
    quiet: true,
    onDone: enter,
  });
  return (
    <>
      <Title>{say('signIn.secondFactor')}</Title>
      <Trouble error={complete.error} />
      <Form<Proof> layout="vertical" requiredMark={false} onFinish={(body) => complete.mutate(body)}>
        <ProofFields busy={complete.isPending} text={say('signIn.do')} />
      </Form>
    </>
  );
}
