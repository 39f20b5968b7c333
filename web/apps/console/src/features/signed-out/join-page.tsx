import { useSpeech } from '@ferrypay/desk/language.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { call } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { Title, Trouble } from './parts';
import SetUp from './set-up';

interface Wanted {
  name?: string;
  employee_number?: string;
  email?: string;
  password: string;
}

/** Where a link leads that lets somebody in for the first time. The token stands behind the `#` and is taken out of the address at once. */
export default function JoinPage() {
  const say = useText();
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '');
  const [joined, setJoined] = useState(false);
  useEffect(() => window.history.replaceState(window.history.state, '', window.location.pathname), []);
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: () => call<{ asks_who: boolean }>('POST', '/account/join:look', { body: { token } }),
    enabled: token !== '' && !joined,
  });
  if (joined) {
    return <SetUp />;
  }
  return (
    <>
      <Title>{say('join.title')}</Title>
      {token === '' ? (
        <Notice kind="warning">{say('join.noToken')}</Notice>
      ) : (
        <Loaded asked={link} rows={5}>
          {({ asks_who }) => <Joining token={token} asksWho={asks_who} onDone={() => setJoined(true)} />}
        </Loaded>
      )}
    </>
  );
}

function Joining({ token, asksWho, onDone }: { token: string; asksWho: boolean; onDone: () => void }) {
  const say = useText();
  const { language } = useSpeech();
  const join = useChange({
    run: ({ password, ...who }: Wanted) =>
      call('POST', '/account/join', {
        body: { token, password, language: language.slice(0, 2), newcomer: asksWho ? who : null },
      }),
    quiet: true,
    onDone,
  });
  const required = [{ required: true, message: say('rule.required') }];
  return (
    <>
      <Trouble error={join.error} />
      <Form<Wanted> layout="vertical" requiredMark={false} onFinish={(wanted) => join.mutate(wanted)}>
        {asksWho ? (
          <>
            <p>{say('join.first')}</p>
            <Form.Item name="name" label={say('field.name')} rules={required}>
              <Input autoComplete="name" maxLength={100} />
            </Form.Item>
            <Form.Item
              name="employee_number"
              label={say('field.employeeNumber')}
              rules={[{ required: true, pattern: /^[0-9A-Z-]{1,32}$/, message: say('rule.employeeNumber') }]}
            >
              <Input autoComplete="off" />
            </Form.Item>
            <Form.Item name="email" label={say('field.email')} rules={[{ required: true, type: 'email', message: say('rule.email') }]}>
              <Input type="email" autoComplete="username" />
            </Form.Item>
          </>
        ) : null}
        <Form.Item
          name="password"
          label={say('field.newPassword')}
          rules={[{ required: true, min: 12, max: 128, message: say('rule.password') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={join.isPending}>
          {say('action.continue')}
        </Button>
      </Form>
    </>
  );
}
