import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Link, useSearch } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { answer, portal } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { knowsPasskeys, signInByPasskey } from '../../session/passkeys';
import { ProofField, SubmitButton } from '../../session/proof-fields';
import { EmailField, Title, Trouble, useEnter } from './parts';

interface Credentials {
  email: string;
  password: string;
}

export default function SignInPage() {
  const [ways, setWays] = useState<string[]>();
  return ways === undefined ? <Password onSecondFactor={setWays} /> : <SecondFactor ways={ways} onBack={() => setWays(undefined)} />;
}

/** Signs in by what the device holds, with or without the password before. */
function usePasskey() {
  const enter = useEnter();
  const { next } = useSearch({ strict: false });
  return useChange({ run: signInByPasskey, quiet: true, onDone: (session) => enter(session, next) });
}

function Password({ onSecondFactor }: { onSecondFactor: (ways: string[]) => void }) {
  const say = useText();
  const enter = useEnter();
  const { next } = useSearch({ strict: false });
  const passkey = usePasskey();
  const signIn = useChange({
    run: (body: Credentials) => answer(portal.POST('/portal/api/sign_in', { body })),
    quiet: true,
    onDone: ({ status, session, second_factors }) => {
      if (status === 'second_factor_required' || session === undefined) {
        onSecondFactor(second_factors ?? []);
      } else {
        enter(session, next);
      }
    },
  });
  return (
    <>
      <Title>{say('signIn.title')}</Title>
      <Trouble error={signIn.error ?? passkey.error} />
      <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(body) => signIn.mutate(body)}>
        <EmailField />
        <Form.Item name="password" label={say('field.password')} rules={[{ required: true, message: say('rule.required') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <SubmitButton busy={signIn.isPending}>{say('signIn.do')}</SubmitButton>
      </Form>
      {knowsPasskeys() ? (
        <Button block className="after" loading={passkey.isPending} onClick={() => passkey.mutate()}>
          {say('signIn.passkey')}
        </Button>
      ) : null}
      <p className="outside-links">
        <Link to="/forgot-password">{say('signIn.forgot')}</Link>
        <Link to="/sign-up">{say('signIn.signUp')}</Link>
      </p>
    </>
  );
}

function SecondFactor({ ways, onBack }: { ways: string[]; onBack: () => void }) {
  const say = useText();
  const enter = useEnter();
  const { next } = useSearch({ strict: false });
  const passkey = usePasskey();
  const app = ways.includes('totp');
  const [recovery, setRecovery] = useState(!app);
  const complete = useChange({
    run: (body: { totp?: string; recovery_code?: string }) => answer(portal.POST('/portal/api/sign_in:second_factor', { body })),
    quiet: true,
    onDone: (session) => enter(session, next),
  });
  return (
    <>
      <Title>{say('secondFactor.title')}</Title>
      <p className="faint">{recovery ? say('secondFactor.recoveryHelp') : say('secondFactor.help')}</p>
      <Trouble error={complete.error ?? passkey.error} />
      {ways.includes('passkey') && knowsPasskeys() ? (
        <Button block type={app ? 'default' : 'primary'} className="passkey" loading={passkey.isPending} onClick={() => passkey.mutate()}>
          {say('secondFactor.passkey')}
        </Button>
      ) : null}
      <Form layout="vertical" requiredMark={false} onFinish={(body) => complete.mutate(body)}>
        <ProofField key={String(recovery)} kind={recovery ? 'recovery_code' : 'totp'} />
        <SubmitButton busy={complete.isPending}>{say('signIn.do')}</SubmitButton>
      </Form>
      <p className="outside-links">
        {app ? (
          <button type="button" className="link" onClick={() => setRecovery(!recovery)}>
            {recovery ? say('stepUp.useApp') : say('stepUp.useRecovery')}
          </button>
        ) : null}
        <button type="button" className="link" onClick={onBack}>
          {say('action.back')}
        </button>
      </p>
    </>
  );
}
