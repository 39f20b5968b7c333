import { defineConfig } from '@playwright/test';

// `fake` needs only the built page; `real` needs a running platform (FERRY_BASE_URL, FERRY_TEST_KEY), as ./ferry test starts one.
export default defineConfig({
  outputDir: 'test-results/runs',
  reporter: [['list']],
  workers: 2,
  fullyParallel: true,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  use: {
    locale: 'en-NZ',
    timezoneId: 'Pacific/Auckland',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'fake', testDir: 'fake' },
    { name: 'real', testDir: 'real', testIgnore: 'console*', timeout: 90_000 },
    // Staff come in once, as two people; the journeys of the console begin where that test ends.
    { name: 'staff', testDir: 'real', testMatch: 'console.spec.ts' },
    { name: 'console', testDir: 'real', testMatch: 'console-*.spec.ts', dependencies: ['staff'], timeout: 120_000 },
  ],
});
