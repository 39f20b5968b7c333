import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Link } from '@tanstack/react-router';
import { Form, Result } from 'antd';
import { answer, portal } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { SubmitButton } from '../../session/proof-fields';
import { EmailField, Title, Trouble } from './parts';

export default function ForgotPasswordPage() {
  const say = useText();
  const ask = useChange({
    run: (body: { email: string }) => answer(portal.POST('/portal/api/password_reset', { body })),
    quiet: true,
  });
  if (ask.isSuccess) {
    return <Result status="info" title={say('forgot.mailSent')} subTitle={say('forgot.mailSentHelp')} />;
  }
  return (
    <>
      <Title>{say('forgot.title')}</Title>
      <p className="faint">{say('forgot.help')}</p>
      <Trouble error={ask.error} />
      <Form layout="vertical" requiredMark={false} onFinish={(body: { email: string }) => ask.mutate(body)}>
        <EmailField />
        <SubmitButton busy={ask.isPending}>{say('forgot.do')}</SubmitButton>
      </Form>
      <p className="outside-links">
        <Link to="/sign-in">{say('signUp.haveAccount')}</Link>
      </p>
    </>
  );
}
