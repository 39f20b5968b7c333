import { CASHIER, CODE, list, ok, problem, STORE, session, TILL, UNUSUAL } from '../support/fake-portal';
import { expect, looksRight, test } from '../support/test';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const made = (more: Record<string, unknown> = {}) => ({
  ...TILL,
  id: 'dev_4',
  name: 'Bar',
  status: 'unpaired',
  key_id: null,
  cashier: null,
  paired_at: null,
  last_seen_at: null,
  pairing_ends_at: new Date(Date.now() + 600_000).toISOString(),
  pairing_code: '12345678',
  ...more,
});

test('a till is made, its code runs down and another is had, and it says when it is paired', async ({ page, portal }) => {
  let till = made({ pairing_code: undefined });
  portal.says('POST /v2/devices', () => ({ status: 201, body: made() }));
  portal.says('GET /v2/devices/dev_4', () => ok(till));
  portal.says('POST /v2/devices/dev_4:new_pairing_code', () => ok(made({ pairing_code: '87654321' })));
  await page.goto(`${portal.url}/devices`);
  await page.getByRole('button', { name: `Add a till: ${STORE.name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Bar');
  await dialog.getByRole('button', { name: 'Add a till' }).click();
  await expect(dialog.getByText('1234 5678')).toBeVisible();
  await expect(dialog.getByRole('timer')).toHaveText(/Good for (10:00|9:5\d)/);
  await looksRight(page, 'portal-devices-code');
  expect(portal.asked[0]?.body).toEqual({ name: 'Bar', store: STORE.id });
  expect(portal.asked[0]?.headers['idempotency-key']).toMatch(/.{16,}/);

  await page.clock.install();
  await page.clock.fastForward('11:00');
  await expect(dialog.getByText('The code is over.')).toBeVisible();
  await dialog.getByRole('button', { name: 'New pairing code' }).click();
  await expect.poll(() => portal.asked.at(-1)?.path).toBe('/v2/devices/dev_4:new_pairing_code');
  till = made({ status: 'active', paired_at: '2026-11-28T00:00:00Z', pairing_code: undefined });
  await page.clock.fastForward('00:04');
  await expect(page.getByText('“Bar” is paired')).toBeVisible();
  await expect(dialog).toHaveCount(0);
});

test('a till is renamed and revoked; what is refused is said', async ({ page, portal }) => {
  portal.says(`PATCH /v2/devices/${TILL.id}`, () => ok({ ...TILL, name: 'Front' }));
  portal.says(`POST /v2/devices/${TILL.id}:revoke`, () => problem(503, 'service_unavailable'));
  await page.goto(`${portal.url}/devices`);
  await expect(page.getByText(/last seen .* · Mei is signed in/)).toBeVisible();
  await page.getByRole('button', { name: 'Rename: Counter till' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Front');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(portal.asked.at(-1)?.body).toEqual({ name: 'Front' });
  await page.getByRole('button', { name: 'Revoke: Counter till' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Revoke: Old till' }), 'it is revoked').toHaveCount(0);
});

test('a cashier gets a PIN, another one, limits, and is disabled', async ({ page, portal }) => {
  portal.says('POST /v2/cashiers', () => ({ status: 201, body: CASHIER }));
  portal.says(`POST /v2/cashiers/${CASHIER.id}:set_pin`, () => ok(CASHIER));
  portal.says(`PUT /v2/cashiers/${CASHIER.id}/limits`, () => ok(CASHIER));
  portal.says(`POST /v2/cashiers/${CASHIER.id}:disable`, () => ok({ ...CASHIER, status: 'disabled' }));
  await page.goto(`${portal.url}/devices`);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: `Add a cashier: ${STORE.name}` }).click();
  await dialog.getByLabel('Name').fill('Aroha');
  await dialog.getByLabel('PIN (4 to 8 digits)').fill('246');
  await dialog.getByLabel('The PIN once more').fill('247');
  await dialog.getByRole('button', { name: 'Add a cashier' }).click();
  await expect(dialog.getByText('Four to eight digits')).toBeVisible();
  await expect(dialog.getByText('The two are not the same.')).toBeVisible();
  await looksRight(page, 'portal-devices-cashier');
  await dialog.getByLabel('PIN (4 to 8 digits)').fill('2468');
  await dialog.getByLabel('The PIN once more').fill('2468');
  await dialog.getByRole('button', { name: 'Add a cashier' }).click();
  await expect(dialog).toHaveCount(0);
  expect(portal.asked.at(-1)?.body).toEqual({ store: STORE.id, name: 'Aroha', pin: '2468' });

  await page.getByRole('button', { name: 'Change PIN: Mei' }).click();
  await dialog.getByLabel('PIN (4 to 8 digits)').fill('13579');
  await dialog.getByLabel('The PIN once more').fill('13579');
  await dialog.getByRole('button', { name: 'Change PIN' }).click();
  await expect(page.getByText('The PIN is changed')).toBeVisible();
  expect(portal.asked.at(-1)?.body).toEqual({ pin: '13579' });

  await page.getByRole('button', { name: 'Limits: Mei' }).click();
  await expect(dialog.getByLabel('Most in one sale in NZD (optional)')).toHaveValue('500.00');
  await dialog.getByLabel('Most in one sale in NZD (optional)').fill('');
  await dialog.getByLabel(/Most in one refund/).fill('0');
  await looksRight(page, 'portal-devices-limits');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  expect(portal.asked.at(-1)?.body).toEqual({ refund_limit: '0' });

  await page.getByRole('button', { name: 'Disable: Mei' }).click();
  await dialog.getByRole('button', { name: 'Disable' }).click();
  await expect(dialog).toHaveCount(0);
  expect(portal.asked.at(-1)?.path).toBe(`/v2/cashiers/${CASHIER.id}:disable`);
});

test('shift totals are by till and cashier, by the days of both places', async ({ page, portal }) => {
  await page.goto(`${portal.url}/devices`);
  const report = page.getByRole('region', { name: 'Shift totals', exact: true });
  await expect(report.getByRole('row', { name: /Counter till.*Mei.*NZ\$1,250\.40 ×41.*NZ\$20\.00 ×1.*NZ\$1,230\.40/ })).toBeVisible();
  await expect(report.getByRole('row', { name: /Nobody signed in/ })).toBeVisible();
  await expect(report.getByRole('row', { name: /Total.*NZ\$1,329\.40 ×46/ })).toBeVisible();
  const asked = () => portal.heard.filter((each) => each.path === '/v2/spotpay/reports').at(-1)?.query;
  expect(asked()?.get('time_zone')).toBe('Pacific/Auckland');
  await report.getByText('Beijing').first().click();
  await expect.poll(() => asked()?.get('time_zone')).toBe('Asia/Shanghai');
  await report.getByText('31 days').click();
  await expect.poll(() => (Date.parse(asked()?.get('to') ?? '') - Date.parse(asked()?.get('from') ?? '')) / 86_400_000).toBe(30);
});

test('an empty shop, a failure, and somebody who may only look', async ({ page, portal }) => {
  portal.says('GET /v2/devices', () => list());
  portal.says('GET /v2/cashiers', () => problem(503, 'service_unavailable'));
  portal.says('GET /session', () => ok(session({ role: 'read_only', permissions: ['devices:read', 'static_codes:read'] })));
  await page.goto(`${portal.url}/devices`);
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  portal.says('GET /v2/cashiers', () => list(CASHIER));
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('There are no tills yet.')).toBeVisible();
  await expect(page.getByRole('button', { name: /Add a till|Change PIN|Disable/ })).toHaveCount(0);
  await expect(page.getByText('Shift totals')).toHaveCount(0);
});

test('unusual use of a printed code is among what is to be done, on the code, and can be dismissed', async ({ page, portal }) => {
  let uses: unknown[] = [UNUSUAL];
  portal.says('GET /v2/unusual_uses', () => list(...uses));
  portal.says(`POST /v2/unusual_uses/${UNUSUAL.id}:dismiss`, () => {
    uses = [];
    return ok({ ...UNUSUAL, dismissed_at: '2026-11-28T00:00:00Z' });
  });
  await page.goto(`${portal.url}/`);
  await page.getByRole('link', { name: 'Printed codes with unusual use: 1' }).click();
  await expect(page.getByText('A payment of NZ$1,999.00; usually about NZ$42.10')).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(CODE.label) }).getByText('Unusual use')).toBeVisible();
  await page.getByRole('button', { name: /^I know: Counter 1/ }).click();
  await expect(page.getByText('It will not show again')).toBeVisible();
  await expect(page.getByText('A payment of NZ$1,999.00')).toHaveCount(0);
});
