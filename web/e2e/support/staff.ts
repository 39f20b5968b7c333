import { join } from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { home } from './mailbox';

export interface Answer {
  status: number;
  body: Record<string, never> & { [name: string]: unknown };
}

/** A call as the page's own script makes it: with the session's cookie and the token against forgery. */
export async function tryTo(page: Page, method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Answer> {
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

/** The same, where anything but a good answer ends the test. */
export async function good(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
  more?: Record<string, string>,
): Promise<Answer['body']> {
  const answer = await tryTo(page, method, path, body, more);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
}

const sessionFile = (person: 1 | 2) => join(home, `console-session-${person}.json`);

/** For the journeys that come after: who is signed in on a page. */
export async function keepSession(page: Page, person: 1 | 2): Promise<void> {
  await page.context().storageState({ path: sessionFile(person) });
}

/** A page of one of the two people who came in: administrators, reviewers and finance, who proved who they are minutes ago. */
export async function colleague(browser: Browser, person: 1 | 2): Promise<Page> {
  const page = await (await browser.newContext({ storageState: sessionFile(person) })).newPage();
  await page.goto(`${process.env.FERRY_BASE_URL ?? 'http://localhost:7200'}/console/`);
  // Whatever they spoke last: this test speaks English.
  const other = page.getByRole('button', { name: /^(English|中文)$/ });
  await expect(other).toBeVisible({ timeout: 20_000 });
  if ((await other.textContent()) === 'English') {
    await other.click();
    await expect(page.getByRole('button', { name: '中文' })).toBeVisible();
  }
  return page;
}
