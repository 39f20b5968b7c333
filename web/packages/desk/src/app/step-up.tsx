import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { type ComponentType, Suspense, useEffect, useRef, useState } from 'react';
import { arrange } from '../http.ts';

/**
 * Asks who it is before something dangerous, once for all requests that wait; they are then repeated. Also says what happens when the session
 * is over.
 *
 * `Dialog` asks; `session` is what the cache knows of who is signed in, which a proof changes.
 */
export function StepUp({
  Dialog,
  session,
  onSignedOut,
}: {
  Dialog: ComponentType<{ open: boolean; onEnd: (proven: boolean) => void }>;
  session: QueryKey;
  onSignedOut: () => void;
}) {
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
      void cache.invalidateQueries({ queryKey: session });
    }
  };
  return needed ? (
    <Suspense fallback={null}>
      <Dialog open={open} onEnd={end} />
    </Suspense>
  ) : null;
}
