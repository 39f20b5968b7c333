import { expect, type Page } from '@playwright/test';

export interface Answer {
  status: number;
  body: Record<string, never> & { [name: string]: unknown };
}

/** A call as the page's own script makes it: with the session's cookie and the token against forgery. */
export async function call(page: Page, method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Answer> {
  return page.evaluate(
    async ({ method, path, body, more }) => {
      const token = /XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '';
      const answer = await fetch(path, {
        method,
        headers: { 'X-XSRF-TOKEN': token, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...more },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: await answer.json().catch(() => ({})) };
    },
    { method, path, body, more },
  ) as Promise<Answer>;
}

export async function good(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
): Promise<Answer['body']> {
  const answer = await call(page, method, path, body, more);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
}
