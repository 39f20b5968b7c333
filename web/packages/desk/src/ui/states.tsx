import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../use-text.ts';
import { Notice } from './notice.tsx';
import { problemText, requestIdOf } from './problem-text.ts';

export function Loading({ rows = 4 }: { rows?: number }) {
  const say = useText();
  return (
    <div className="loading" role="status" aria-label={say('state.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars that are all alike
        <span key={row} className="loading-bar" />
      ))}
    </div>
  );
}

export function Failed({ error, again }: { error: unknown; again?: () => void }) {
  const say = useText();
  const requestId = requestIdOf(error);
  return (
    <Notice kind="error" action={again === undefined ? undefined : <Button onClick={again}>{say('action.tryAgain')}</Button>}>
      {problemText(error)}
      {requestId === null ? null : <div className="faint">{say('state.requestId', { id: requestId })}</div>}
    </Notice>
  );
}

export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  );
}

interface Asked<T> {
  data: T | undefined;
  error: unknown;
  refetch(): unknown;
}

/** What was asked for, or that it is on its way or failed. */
export function Loaded<T>({ asked, rows, children }: { asked: Asked<T>; rows?: number; children: (data: T) => ReactNode }) {
  if (asked.data !== undefined) {
    return <>{children(asked.data)}</>;
  }
  return asked.error ? <Failed error={asked.error} again={() => void asked.refetch()} /> : <Loading rows={rows ?? 4} />;
}
