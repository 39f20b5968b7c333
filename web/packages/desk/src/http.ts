import { ApiProblem, problemOf } from './problem.ts';

const LIMIT_MILLIS = 30_000;
const CSRF_COOKIE = 'XSRF-TOKEN';

/** What the page does when the platform asks for more than the request: set once, by the app. */
interface Asides {
  /** Has the person prove again who they are; whether they did. */
  prove(): Promise<boolean>;
  /** The session is over. */
  signedOut(): void;
}

let asides: Asides = { prove: async () => false, signedOut: () => {} };

export function arrange(next: Asides): void {
  asides = next;
}

function csrfToken(): string {
  const cookie = document.cookie.split('; ').find((pair) => pair.startsWith(`${CSRF_COOKIE}=`));
  return cookie === undefined ? '' : decodeURIComponent(cookie.slice(CSRF_COOKIE.length + 1));
}

async function send(request: Request, limitMillis: number): Promise<Response> {
  if (request.method !== 'GET') {
    request.headers.set('X-XSRF-TOKEN', csrfToken());
  }
  try {
    return await fetch(request, { signal: AbortSignal.timeout(limitMillis), cache: 'no-store', credentials: 'same-origin' });
  } catch {
    throw new ApiProblem(0, 'offline');
  }
}

/**
 * Sends a request as our pages must: with the token against forgery. One that needs a fresh proof of the person is sent again after it.
 * Whatever is refused is thrown as an {@link ApiProblem}.
 */
export async function guardedFetch(request: Request, limitMillis = LIMIT_MILLIS): Promise<Response> {
  const again = request.clone();
  let response = await send(request, limitMillis);
  if (response.ok) {
    return response;
  }
  let problem = await problemOf(response);
  if (problem.code === 'step_up_required' && (await asides.prove())) {
    response = await send(again, limitMillis);
    if (response.ok) {
      return response;
    }
    problem = await problemOf(response);
  }
  if (problem.code === 'unauthenticated') {
    asides.signedOut();
  }
  throw problem;
}
