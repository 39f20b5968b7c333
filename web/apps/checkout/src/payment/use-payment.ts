import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError, type Choice, fetchView, startAttempt } from './api';
import { ServerClock } from './clock';
import { goAndPay } from './go-and-pay';
import { LiveView } from './live';
import type { View } from './view';

export interface Payment {
  view: View | null;
  clock: ServerClock;
  /** What went wrong with the last thing asked, as the platform's code. */
  trouble: string | null;
  gone: boolean;
  reachable: boolean;
  busy: boolean;
  start(choice: Choice): void;
  /** Asks how it stands now. */
  check(): void;
}

export function usePayment(nonce: string): Payment {
  const clock = useMemo(() => new ServerClock(), []);
  const [view, setView] = useState<View | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  const [reachable, setReachable] = useState(true);
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);

  const take = useCallback(
    (next: View) => {
      clock.learn(next.server_time);
      setView((old) => (old !== null && old.version > next.version ? old : next));
    },
    [clock],
  );

  useEffect(() => {
    const live = new LiveView(nonce, { view: take, reachable: setReachable, gone: () => setGone(true) });
    live.start();
    return () => live.stop();
  }, [nonce, take]);

  const start = useCallback(
    (choice: Choice) => {
      if (underWay.current) {
        return; // A second tap while the first is on its way.
      }
      underWay.current = true;
      setBusy(true);
      setTrouble(null);
      startAttempt(nonce, choice)
        .then((next) => {
          take(next);
          goAndPay(next);
        })
        .catch((error: unknown) => setTrouble(error instanceof ApiError ? error.code : 'internal_error'))
        .finally(() => {
          underWay.current = false;
          setBusy(false);
        });
    },
    [nonce, take],
  );

  const check = useCallback(() => {
    setTrouble(null);
    fetchView(nonce)
      .then(take)
      .catch((error: unknown) => setTrouble(error instanceof ApiError ? error.code : 'internal_error'));
  }, [nonce, take]);

  return { view, clock, trouble, gone, reachable, busy, start, check };
}
