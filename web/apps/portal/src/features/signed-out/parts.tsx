import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { showMerchant } from '../../api/merchant';
import type { Session } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { sessionQuery } from '../../session/session';

/** The token of the mail that led here; it stands behind the `#`, so that it reaches no server log. Taken out of the address bar at once. */
export function useToken(otherwise: () => string = () => ''): string {
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? otherwise());
  useEffect(() => {
    if (window.location.hash !== '') {
      window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
    }
  }, []);
  return token;
}

const INVITATION = 'ferrypay.portal.invitation';

/** Keeps an invitation while its person signs in: in this tab only, and in no address. */
export function keepInvitation(token: string): void {
  window.sessionStorage.setItem(INVITATION, token);
}

export function dropInvitation(): void {
  window.sessionStorage.removeItem(INVITATION);
}

export function keptInvitation(): string {
  return window.sessionStorage.getItem(INVITATION) ?? '';
}

/** Goes inside, to where the person wanted to be. */
export function useEnter(): (session: Session, next?: string) => void {
  const cache = useQueryClient();
  const router = useRouter();
  return (session, next) => {
    showMerchant(session.merchant?.id ?? null);
    cache.clear();
    cache.setQueryData(sessionQuery.queryKey, session);
    // Never to another site: only a path of ours is followed.
    const inside = next?.startsWith('/') && !next.startsWith('//') ? next : '/';
    router.history.push(router.basepath + inside.replace(new RegExp(`^${router.basepath}(?=/|$)`), ''));
  };
}

export function Title({ children }: { children: string }) {
  useEffect(() => {
    document.title = `${children} · FerryPay`;
  }, [children]);
  return <h1>{children}</h1>;
}

export function Trouble({ error }: { error: unknown }) {
  return error ? <Notice kind="error">{problemText(error)}</Notice> : null;
}

export function EmailField({ name = 'email' }: { name?: string }) {
  const say = useText();
  return (
    <Form.Item name={name} label={say('field.email')} rules={[{ required: true, type: 'email', message: say('rule.email') }]}>
      <Input type="email" autoComplete="username" inputMode="email" />
    </Form.Item>
  );
}

/** A password to be chosen. */
export function NewPasswordField({ label }: { label?: string }) {
  const say = useText();
  return (
    <Form.Item
      name="password"
      label={label ?? say('field.newPassword')}
      extra={say('field.newPasswordHelp')}
      rules={[{ required: true, min: 12, max: 128, message: say('rule.password') }]}
    >
      <Input.Password autoComplete="new-password" />
    </Form.Item>
  );
}

export function NoToken() {
  const say = useText();
  return <Notice kind="warning">{say('outside.noToken')}</Notice>;
}
