import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import encodeQR from 'qr';
import { FakeTill } from '../support/fake-till';
import { test as base, expect, looksRight } from '../support/test';

const CODE = '134588558514585062';

/** A film of a phone that shows a code, in the form Chromium plays to its pages instead of a camera's picture. */
function film(text: string): Buffer {
  const [width, height, module] = [640, 480, 12];
  const code = encodeQR(text, 'raw', { border: 4 });
  const light = Buffer.alloc(width * height, 255);
  const [left, top] = [(width - code.length * module) >> 1, (height - code.length * module) >> 1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (code[Math.floor((y - top) / module)]?.[Math.floor((x - left) / module)] === true) {
        light[y * width + x] = 20;
      }
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

const test = base.extend<{ till: FakeTill }, { film: string }>({
  film: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'ferry-camera-'));
      const file = join(folder, 'code.y4m');
      writeFileSync(file, film(CODE));
      await use(file);
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  launchOptions: [
    async ({ launchOptions, film: file }, use) =>
      use({
        ...launchOptions,
        args: [...(launchOptions.args ?? []), '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`],
      }),
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
  till: async ({}, use) => {
    const till = new FakeTill();
    await till.open();
    await use(till);
    await till.close();
  },
});

test('the camera reads the code in the shopper’s wallet', async ({ page, till, context }) => {
  await page.goto(`${till.url}/spotpay/`);
  await page.locator('#code').fill('1234 5678');
  await page.locator('button[type=submit]').click();
  await page.locator('#amount').fill('12.5');
  await page.getByRole('button', { name: 'Scan customer' }).click();
  await page.getByRole('button', { name: 'Use the camera' }).click();
  await expect(page.getByRole('alert'), 'nobody has allowed it').toContainText('The camera can’t be used.');

  await context.grantPermissions(['camera']);
  till.chargeGives = { status: 'paid', paid_by: 'wechat', paid_at: new Date().toISOString() };
  await page.getByRole('button', { name: 'Use the camera' }).click();
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
  await looksRight(page, 'spotpay-charge-paid');
  const charges = till.calls('/v2/spotpay/charges');
  expect(charges.map((each) => JSON.parse(each.body))).toMatchObject([{ amount: '12.50', currency: 'NZD', pay_code: CODE }]);
});
