import type { ReactNode } from 'react';

/** Something to be noticed; what went wrong is said aloud. */
export function Notice({ kind, action, children }: { kind: 'error' | 'warning' | 'info'; action?: ReactNode; children: ReactNode }) {
  return (
    <div className={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'note'}>
      <div>{children}</div>
      {action}
    </div>
  );
}
