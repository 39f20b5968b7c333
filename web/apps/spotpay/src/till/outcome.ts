import { Refused } from './api';

/**
 * Whether a refusal says that nothing was made. One of the first try ends it; one of a later try
 * may have nothing to do with the first, unless the platform says it only where the key is known
 * not to have been used.
 */
export function madeNothing(error: unknown, first: boolean, always: ReadonlySet<string>): boolean {
  if (!(error instanceof Refused)) {
    return false;
  }
  if (always.has(error.code)) {
    return true;
  }
  const refused = error.status >= 400 && error.status < 500 && error.status !== 408;
  return first && refused && error.code !== 'idempotency_in_progress' && error.code !== 'nonce_used';
}
