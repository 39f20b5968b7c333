/** What is wrong with one field of a request. */
export interface FieldProblem {
  /** A JSON pointer such as `/amount`. */
  pointer: string;
  code: string;
  message: string;
}

/** A refusal with the platform's stable code, or `offline` when nothing was heard. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly requestId: string | null = null,
    readonly errors: readonly FieldProblem[] = [],
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(code);
  }
}

/** Reads a refusal; whatever is no problem document counts as `internal_error`. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const problem = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ApiProblem(
    response.status,
    typeof problem.code === 'string' ? problem.code : 'internal_error',
    typeof problem.request_id === 'string' ? problem.request_id : null,
    Array.isArray(problem.errors) ? (problem.errors as FieldProblem[]) : [],
    Number.isFinite(seconds) ? seconds : null,
  );
}
