import { useCallback, useEffect, useRef, useState } from 'react';
import { Refused, type Session, type Till } from '../till/api';

const PAUSE_MILLIS = 2_000;
/** How often a channel that would not vouch for anything is asked again. */
const ASK_AGAIN_MILLIS = 8_000;

export function isOver(session: Session): boolean {
  return session.status === 'paid' || session.status === 'expired' || session.status === 'canceled';
}

/**
 * What a reload or a crash interrupted is gone on with: the newest sale that is not over. One that
 * a wallet refused, too: it can be paid until it is canceled.
 */
export function interrupted(last: Session[]): Session | undefined {
  const newest = last[0];
  return newest === undefined || isOver(newest) ? undefined : newest;
}

export interface Watched {
  session: Session;
  canceling: boolean;
  /** When the platform last said how it stands. */
  heardAt: number;
  /** How much longer the code can be paid, in milliseconds at the moment it was heard. */
  leftWhenHeard: number;
  cancel(): void;
}

/** Keeps asking how a session stands, whatever the network does, until it is over. */
export function useSession(till: Till, first: Session): Watched {
  const [session, setSession] = useState(first);
  const [heard, setHeard] = useState(() => ({ at: Date.now(), left: leftOf(first) }));
  const [canceling, setCanceling] = useState(false);
  const newest = useRef(first);
  const underWay = useRef(false);

  const take = useCallback((next: Session) => {
    newest.current = next;
    setHeard({ at: Date.now(), left: leftOf(next) });
    setSession(next);
  }, []);

  /** The channel is asked first; money that was quicker wins. */
  const cancel = useCallback(async () => {
    if (underWay.current) {
      return;
    }
    underWay.current = true;
    setCanceling(true);
    try {
      take(await till.cancel(first.id));
    } catch {
      // Nothing is assumed: it is asked again.
    } finally {
      underWay.current = false;
      setCanceling(false);
    }
  }, [till, first.id, take]);

  useEffect(() => {
    const stop = new AbortController();
    const pause = (millis: number) => new Promise((done) => setTimeout(done, millis));
    const watch = async () => {
      while (!stop.signal.aborted && !isOver(newest.current)) {
        const before = newest.current.status;
        try {
          if (before === 'failed') {
            // Whoever was refused must not pay later while the cashier starts anew.
            take(keepingFailure(newest.current, await till.cancel(first.id)));
            if (newest.current.status === 'failed') {
              await pause(ASK_AGAIN_MILLIS); // A channel would not vouch for it.
            }
          } else if (before === 'unknown') {
            await pause(ASK_AGAIN_MILLIS);
            take(await till.cancel(first.id));
          } else {
            take(await till.wait(first.id, stop.signal));
          }
        } catch (error) {
          if (error instanceof Refused && error.code === 'device_revoked') {
            return;
          }
          await pause(PAUSE_MILLIS);
        }
      }
    };
    void watch();
    return () => stop.abort();
  }, [till, first.id, take]);

  return { session, canceling, heardAt: heard.at, leftWhenHeard: heard.left, cancel: () => void cancel() };
}

function leftOf(session: Session): number {
  return Date.parse(session.expires_at) - Date.parse(session.server_time);
}

/** What was closed after a refusal still says why. */
function keepingFailure(failed: Session, closed: Session): Session {
  return closed.status === 'canceled'
    ? { ...closed, failure: closed.failure ?? failed.failure ?? { code: 'declined', decline_code: null } }
    : closed;
}
