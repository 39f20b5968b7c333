import type { Page } from '@playwright/test';
import { CODE, EVENT, type FakePortal, list, ok, payment, problem, UNUSUAL } from '../support/fake-portal';
import { expect, looksRight, PHONE, test } from '../support/test';

// As for people who asked their device for stillness; it also saves the tests the wait.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

interface Screen {
  name: string;
  path: string;
  /** The page's heading, in Chinese and in English. */
  heading: [string, string];
  signedOut?: boolean;
  /** What must be there before the picture is taken. */
  shows?: string;
  before?: (portal: FakePortal) => void;
}

const SCREENS: Screen[] = [
  { name: 'sign-in', path: '/sign-in', heading: ['登录商户平台', 'Sign in'], signedOut: true },
  { name: 'sign-up', path: '/sign-up', heading: ['注册商户', 'Sign up your business'], signedOut: true },
  { name: 'complete-sign-up', path: '/complete-sign-up#token=t', heading: ['设置密码', 'Choose a password'], signedOut: true },
  { name: 'forgot-password', path: '/forgot-password', heading: ['忘记密码', 'Forgot your password?'], signedOut: true },
  { name: 'reset-password', path: '/reset-password#token=t', heading: ['设置新密码', 'Set a new password'], signedOut: true },
  { name: 'accept-invitation', path: '/accept-invitation#token=t', heading: ['加入团队', 'Join the team'], signedOut: true },
  { name: 'home', path: '/', heading: ['首页', 'Home'], shows: 'ORDER-10023' },
  { name: 'payments', path: '/payments', heading: ['支付', 'Payments'], shows: 'ORDER-10019' },
  { name: 'payment', path: `/payments?payment=${payment().id}`, heading: ['支付', 'Payments'], shows: 'one jar broken' },
  { name: 'refunds', path: '/refunds', heading: ['退款', 'Refunds'], shows: 'NOTENOUGH' },
  { name: 'exports', path: '/exports', heading: ['导出', 'Exports'], shows: '1207' },
  { name: 'rates', path: '/rates', heading: ['汇率', 'Rates'], shows: '4.70074' },
  { name: 'stores', path: '/stores', heading: ['门店与收款码', 'Stores and codes'], shows: 'S-4F7K2-01' },
  {
    name: 'unusual-use',
    path: '/stores',
    heading: ['门店与收款码', 'Stores and codes'],
    shows: '1,999.00',
    before: (portal) => portal.says('GET /v2/unusual_uses', () => list(UNUSUAL)),
  },
  { name: 'poster', path: `/poster/${CODE.id}`, heading: ['收款码海报', 'Poster'], shows: 'S-4F7K2-01' },
  { name: 'devices', path: '/devices', heading: ['收款终端', 'Tills'], shows: 'Terrace till' },
  { name: 'wechat', path: '/wechat', heading: ['微信通知', 'WeChat messages'], shows: '王芳' },
  { name: 'keys', path: '/developers/keys', heading: ['接口密钥', 'API keys'], shows: 'rk_test_…x4Qz' },
  { name: 'webhooks', path: '/developers/webhooks', heading: ['网络钩子', 'Webhooks'], shows: 'https://shop.example/hooks/ferrypay' },
  { name: 'events', path: '/developers/events', heading: ['事件与投递记录', 'Events and deliveries'], shows: 'payment.created' },
  { name: 'event', path: `/developers/events?event=${EVENT.id}`, heading: ['事件与投递记录', 'Events and deliveries'], shows: 'HTTP 500' },
  { name: 'requests', path: '/developers/requests?status=4xx', heading: ['请求日志', 'Request log'], shows: '3001' },
  { name: 'simulator', path: '/developers/simulator', heading: ['测试模拟', 'Test simulator'] },
  { name: 'onboarding', path: '/onboarding', heading: ['开通正式模式', 'Onboarding'], shows: 'passport.pdf' },
  { name: 'team', path: '/team', heading: ['团队', 'Team'], shows: 'sam@harbourhoney.example' },
  { name: 'security', path: '/security', heading: ['安全', 'Security'], shows: '203.0.113.7' },
];

/** Movement is over: a thing that fades in has too little contrast on its way. */
async function still(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((animation) => animation.playState !== 'running' || animation.effect?.getTiming().iterations === Infinity),
  );
}

test.describe('in both languages', () => {
  test.use({ locale: 'zh-CN' });
  for (const screen of SCREENS) {
    test(`the portal shows ${screen.name}`, async ({ page, portal }) => {
      if (screen.signedOut) {
        portal.signedOut();
      }
      screen.before?.(portal);
      await page.goto(portal.url + screen.path);
      for (const [index, language] of (['zh-CN', 'en'] as const).entries()) {
        if (index === 1) {
          const button = page.getByRole('button', { name: 'English', includeHidden: true });
          if ((await button.count()) > 0) {
            // Also behind an open drawer: what is shown must follow.
            await button.dispatchEvent('click');
          } else {
            await page.evaluate(() => localStorage.setItem('ferrypay.language', 'en'));
            await page.reload();
          }
        }
        await expect(page.getByRole('heading', { level: 1, name: screen.heading[index] ?? '', includeHidden: true })).toBeVisible();
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        if (screen.shows !== undefined) {
          await expect(page.getByText(screen.shows).last()).toBeVisible();
        }
        await still(page);
        await looksRight(page, `portal-${screen.name}-${language}`);
      }
    });
  }
});

test.describe('on a phone', () => {
  test.use({ viewport: PHONE });

  test('nothing of the portal sticks out sideways', async ({ page, portal }) => {
    for (const path of ['/', '/payments', '/devices', '/security']) {
      await page.goto(portal.url + path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await still(page);
      await looksRight(page, `portal-phone${path.replace('/', '-')}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, path).toBeLessThanOrEqual(0);
    }
  });
});

test('what is on its way, what is empty, and what failed, says so', async ({ page, portal }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/portal/api/v2/refunds?*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${portal.url}/refunds`);
  await expect(page.getByRole('status', { name: 'Loading' })).toBeVisible();
  await looksRight(page, 'portal-loading');
  release();
  await expect(page.getByText('NOTENOUGH')).toBeVisible();

  const empty = () => ok({ object: 'list', data: [], has_more: false, next_cursor: null });
  for (const what of [
    'payments',
    'refunds',
    'api_keys',
    'webhook_endpoints',
    'events',
    'stores',
    'static_codes',
    'wechat_bindings',
    'wechat_messages',
    'fx/rates',
  ]) {
    portal.says(`GET /v2/${what}`, empty);
  }
  for (const [path, words] of [
    ['/payments', 'There are no payments yet.'],
    ['/refunds', 'There are no refunds.'],
    ['/rates', 'There is no fresh rate at the moment.'],
    ['/stores', 'There are no stores yet.'],
    ['/wechat', 'Nobody is bound yet.'],
    ['/developers/keys', 'There are no keys yet.'],
    ['/developers/webhooks', 'There are no endpoints yet.'],
    ['/developers/events', 'There are no events yet.'],
  ] as const) {
    await page.goto(portal.url + path);
    await expect(page.getByText(words)).toBeVisible();
  }
  await looksRight(page, 'portal-empty');

  portal.says('GET /v2/refunds', () => problem(500, 'internal_error'));
  await page.goto(`${portal.url}/refunds`);
  await expect(page.getByRole('alert')).toContainText('Something went wrong on our side', { timeout: 15_000 });
  await expect(page.getByRole('alert')).toContainText('req_01JDC3VZ6Q8S7M2K4T9R5XN1AB');
  await looksRight(page, 'portal-failed');
  portal.says('GET /v2/refunds', empty);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('There are no refunds.')).toBeVisible();
});
