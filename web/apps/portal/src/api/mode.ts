import { useSyncExternalStore } from 'react';

/** Which of the merchant's two worlds the portal shows: in test mode no money moves. */
export type Mode = 'test' | 'live';

const REMEMBERED = 'ferrypay.portal.mode';
const listeners = new Set<() => void>();
let mode: Mode = remembered();

function remembered(): Mode {
  try {
    return window.localStorage.getItem(REMEMBERED) === 'live' ? 'live' : 'test';
  } catch {
    return 'test';
  }
}

export function currentMode(): Mode {
  return mode;
}

export function switchMode(next: Mode): void {
  mode = next;
  try {
    window.localStorage.setItem(REMEMBERED, next);
  } catch {
    // It holds for this page at least.
  }
  for (const listener of listeners) {
    listener();
  }
}

export function useMode(): Mode {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentMode);
}
