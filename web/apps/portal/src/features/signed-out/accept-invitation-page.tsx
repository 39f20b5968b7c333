import { useSpeech } from '@ferrypay/desk/language.tsx';
import { ApiProblem } from '@ferrypay/desk/problem.ts';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Form, Input } from 'antd';
import { answer, portal } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { SubmitButton } from '../../session/proof-fields';
import { sessionQuery } from '../../session/session';
import { dropInvitation, keepInvitation, keptInvitation, NewPasswordField, NoToken, Title, Trouble, useEnter, useToken } from './parts';

export default function AcceptInvitationPage() {
  const say = useText();
  const token = useToken(keptInvitation);
  const enter = useEnter();
  const { language } = useSpeech();
  const { data: session } = useQuery(sessionQuery);
  const accept = useChange({
    run: (given: { name?: string; password?: string }) =>
      answer(
        portal.POST('/portal/api/team_invitations:accept', {
          body: { token, language, name: given.name ?? session?.user?.name ?? '', ...(given.password ? { password: given.password } : {}) },
        }),
      ),
    quiet: true,
    onDone: (accepted) => {
      dropInvitation();
      enter(accepted);
    },
  });
  const signInFirst = accept.error instanceof ApiProblem && accept.error.code === 'sign_in_first';
  return (
    <>
      <Title>{say('accept.title')}</Title>
      <Trouble error={accept.error} />
      {token === '' ? (
        <NoToken />
      ) : session ? (
        <Form layout="vertical" onFinish={() => accept.mutate({})}>
          <p>{say('accept.as', { email: session.user?.email ?? '' })}</p>
          <SubmitButton busy={accept.isPending}>{say('accept.do')}</SubmitButton>
        </Form>
      ) : signInFirst ? (
        <p>
          <Link to="/sign-in" search={{ next: '/accept-invitation' }} onClick={() => keepInvitation(token)}>
            {say('signIn.do')}
          </Link>
        </p>
      ) : (
        <Form layout="vertical" requiredMark={false} onFinish={(given: { name: string; password: string }) => accept.mutate(given)}>
          <Form.Item name="name" label={say('field.yourName')} rules={[{ required: true, max: 120, message: say('rule.required') }]}>
            <Input autoComplete="name" />
          </Form.Item>
          <NewPasswordField label={say('field.choosePassword')} />
          <SubmitButton busy={accept.isPending}>{say('accept.do')}</SubmitButton>
        </Form>
      )}
    </>
  );
}
