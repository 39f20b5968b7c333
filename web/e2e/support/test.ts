import { test as base, expect, type Page } from '@playwright/test';
import axe from 'axe-core';
import { FakeConsole } from './fake-console';
import { FakePlatform } from './fake-platform';
import { FakePortal } from './fake-portal';

export { expect };

/** A page that must not complain: an error on its console, or a breach of its own policy, fails the test. */
export const test = base.extend<{ platform: FakePlatform; portal: FakePortal; desk: FakeConsole; complaints: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
  platform: async ({}, use) => {
    const platform = new FakePlatform();
    await platform.open();
    await use(platform);
    await platform.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
  portal: async ({}, use) => {
    const portal = new FakePortal();
    await portal.open();
    await use(portal);
    await portal.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
  desk: async ({}, use) => {
    const desk = new FakeConsole();
    await desk.open();
    await use(desk);
    await desk.close();
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        // A refused call is reported by the browser itself; the page's own answer to it is what the tests look at.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          complaints.push(message.text());
        }
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Nothing an accessibility checker could object to; and a picture for people. */
export async function looksRight(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/screens/${name}.png`, fullPage: true });
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const results = await (window as unknown as { axe: typeof axe }).axe.run(document);
    return results.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`);
  });
  expect(violations).toEqual([]);
}

export const PHONE = { width: 390, height: 844 };
