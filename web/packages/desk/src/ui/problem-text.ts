import i18next from 'i18next';
import { ApiProblem } from '../problem.ts';

const text = i18next.t as unknown as (key: string, values?: Record<string, unknown>) => string;

/** What went wrong, in the language that is spoken; a code nobody has words for names itself. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiProblem)) {
    return text('problem.internal_error');
  }
  const known = i18next.exists(`problem.${error.code}`);
  const sentence = known ? text(`problem.${error.code}`) : text('problem.unknown', { code: error.code });
  const wait = error.retryAfterSeconds === null ? '' : ` ${text('problem.wait', { seconds: error.retryAfterSeconds })}`;
  const fields = error.errors.map((field) => `${field.pointer.replace(/^\//, '')} ${field.message}`).join('; ');
  // Fields are named in the platform's words: they say which of them, and the sentence says what kind of trouble.
  const detail = error.code === 'invalid_request' && fields !== '' ? ` (${fields})` : '';
  return `${sentence}${detail}${wait}`;
}

/** The number by which the platform's people find a request; for failures that are not the person's own. */
export function requestIdOf(error: unknown): string | null {
  return error instanceof ApiProblem && (error.status >= 500 || !i18next.exists(`problem.${error.code}`)) ? error.requestId : null;
}
