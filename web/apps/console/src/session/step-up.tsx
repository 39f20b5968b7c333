import { arrange } from '@ferrypay/desk/http.ts';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { sessionQuery } from './session';

const StepUpDialog = lazy(() => import('./step-up-dialog'));

/**
 * Asks who it is before something dangerous, once for all requests that wait; they are then repeated. Also says what happens when the session
 * is over.
 */
export function StepUp({ onSignedOut }: { onSignedOut: () => void }) {
  const cache = useQueryClient();
  const [open, setOpen] = useState(false);
  const [needed, setNeeded] = useState(false);
  const waiting = useRef<((proven: boolean) => void)[]>([]);

  useEffect(() => {
    arrange({
      prove: () =>
        new Promise((resolve) => {
          waiting.current.push(resolve);
          setNeeded(true);
          setOpen(true);
        }),
      signedOut: onSignedOut,
    });
  }, [onSignedOut]);

  const end = (proven: boolean) => {
    setOpen(false);
    for (const resolve of waiting.current.splice(0)) {
      resolve(proven);
    }
    if (proven) {
      void cache.invalidateQueries({ queryKey: sessionQuery.queryKey });
    }
  };
  return needed ? (
    <Suspense fallback={null}>
      <StepUpDialog open={open} onEnd={end} />
    </Suspense>
  ) : null;
}
