import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Form } from 'antd';
import { answer, portal } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { SubmitButton } from '../../session/proof-fields';
import { NewPasswordField, NoToken, Title, Trouble, useEnter, useToken } from './parts';

export default function CompleteSignUpPage() {
  const say = useText();
  const token = useToken();
  const enter = useEnter();
  const complete = useChange({
    run: ({ password }: { password: string }) => answer(portal.POST('/portal/api/sign_up:complete', { body: { token, password } })),
    quiet: true,
    onDone: (session) => enter(session),
  });
  return (
    <>
      <Title>{say('completeSignUp.title')}</Title>
      {token === '' ? (
        <NoToken />
      ) : (
        <>
          <Trouble error={complete.error} />
          <Form layout="vertical" requiredMark={false} onFinish={(chosen: { password: string }) => complete.mutate(chosen)}>
            <NewPasswordField label={say('field.choosePassword')} />
            <SubmitButton busy={complete.isPending}>{say('completeSignUp.do')}</SubmitButton>
          </Form>
        </>
      )}
    </>
  );
}
