import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Link } from '@tanstack/react-router';
import { Form, Result } from 'antd';
import { portal } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { SubmitButton } from '../../session/proof-fields';
import { NewPasswordField, NoToken, Title, Trouble, useToken } from './parts';

export default function ResetPasswordPage() {
  const say = useText();
  const token = useToken();
  const reset = useChange({
    run: ({ password }: { password: string }) => portal.POST('/portal/api/password_reset:complete', { body: { token, password } }),
    quiet: true,
  });
  if (reset.isSuccess) {
    return <Result status="success" title={say('reset.done')} extra={<Link to="/sign-in">{say('signIn.do')}</Link>} />;
  }
  return (
    <>
      <Title>{say('reset.title')}</Title>
      {token === '' ? (
        <NoToken />
      ) : (
        <>
          <Trouble error={reset.error} />
          <Form layout="vertical" requiredMark={false} onFinish={(chosen: { password: string }) => reset.mutate(chosen)}>
            <NewPasswordField />
            <SubmitButton busy={reset.isPending}>{say('reset.do')}</SubmitButton>
          </Form>
        </>
      )}
    </>
  );
}
