import { useSpeech } from '@ferrypay/desk/language.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Link } from '@tanstack/react-router';
import { Form, Input, Result } from 'antd';
import { answer, portal } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { SubmitButton } from '../../session/proof-fields';
import { EmailField, Title, Trouble } from './parts';

interface NewMerchant {
  business_name: string;
  name: string;
  email: string;
}

export default function SignUpPage() {
  const say = useText();
  const { language } = useSpeech();
  const signUp = useChange({
    run: (wanted: NewMerchant) => answer(portal.POST('/portal/api/sign_up', { body: { ...wanted, language } })),
    quiet: true,
  });
  if (signUp.isSuccess) {
    return <Result status="info" title={say('signUp.mailSent')} subTitle={say('signUp.mailSentHelp')} />;
  }
  return (
    <>
      <Title>{say('signUp.title')}</Title>
      <p className="faint">{say('signUp.help')}</p>
      <Trouble error={signUp.error} />
      <Form<NewMerchant> layout="vertical" requiredMark={false} onFinish={(wanted) => signUp.mutate(wanted)}>
        <Form.Item
          name="business_name"
          label={say('field.businessName')}
          rules={[{ required: true, max: 120, message: say('rule.required') }]}
        >
          <Input autoComplete="organization" />
        </Form.Item>
        <Form.Item name="name" label={say('field.yourName')} rules={[{ required: true, max: 120, message: say('rule.required') }]}>
          <Input autoComplete="name" />
        </Form.Item>
        <EmailField />
        <SubmitButton busy={signUp.isPending}>{say('signUp.do')}</SubmitButton>
      </Form>
      <p className="outside-links">
        <Link to="/sign-in">{say('signUp.haveAccount')}</Link>
      </p>
    </>
  );
}
