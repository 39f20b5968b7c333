import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Session } from '../../api/types';
import { sessionQuery } from '../../session/session';

export function Title({ children }: { children: string }) {
  useEffect(() => {
    document.title = `${children} · FerryPay`;
  }, [children]);
  return <h1>{children}</h1>;
}

export function Trouble({ error }: { error: unknown }) {
  return error ? <Notice kind="error">{problemText(error)}</Notice> : null;
}

/** Goes inside. */
export function useEnter(): (session: Session) => void {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return (session) => {
    cache.clear();
    cache.setQueryData(sessionQuery.queryKey, session);
    void navigate({ to: '/' });
  };
}
