import { offered, qrView, way } from '../support/fake-platform';
import { expect, looksRight, PHONE, test } from '../support/test';

const over = { attempt: null, return_url: 'https://shop.example/done?payment_id=pay_1', version: 9 };

const STATES = [
  { name: 'scan', view: qrView(), zh: '请用微信支付扫一扫付款', en: 'Scan with WeChat Pay to pay' },
  {
    name: 'processing',
    view: qrView({ status: 'processing', version: 9 }),
    zh: '正在确认付款，请稍候',
    en: 'Your payment is being confirmed',
  },
  {
    name: 'maintenance',
    view: qrView({
      methods: [way('wechat', 'qr'), { ...way('alipay', 'qr'), available: false, reason: 'maintenance', back_at: '2026-11-24T11:30:00Z' }],
      version: 9,
    }),
    zh: /维护中，预计 .*00:30 恢复/,
    en: /In maintenance, back about .*12:30/,
  },
  { name: 'under-review', view: qrView({ status: 'under_review', version: 9 }), zh: '付款正在核对', en: 'Your payment is being checked' },
  {
    name: 'paid',
    view: qrView({ ...over, status: 'paid', return_url: null, paid_at: '2026-11-24T01:31:00Z' }),
    zh: '支付成功',
    en: 'Paid',
  },
  {
    name: 'paid-at-counter-long-ago',
    view: qrView({ ...over, status: 'paid', return_url: null, paid_at: '2026-11-24T01:31:00Z', at_counter: true }),
    zh: '分钟前已支付',
    en: 'minutes ago',
  },
  {
    name: 'not-accepted',
    view: qrView({ ...over, status: 'failed', failure: { code: 'not_accepted', decline_code: null }, version: 9 }),
    zh: '这笔付款未被接受',
    en: 'This payment was not accepted',
  },
  {
    name: 'failed',
    view: qrView({ status: 'failed', failure: { code: 'declined', decline_code: 'insufficient_funds' }, version: 9 }),
    zh: '支付未成功',
    en: 'The payment did not go through',
  },
  {
    name: 'code-expired',
    view: qrView({
      version: 9,
      attempt: {
        method: 'wechat',
        flow: 'qr',
        status: 'ready',
        offer_kind: 'qr',
        qr: { content: 'x', expires_at: '2026-01-01T00:00:00Z' },
      },
    }),
    zh: '二维码已过期',
    en: 'This code has expired',
  },
  {
    name: 'choose',
    view: offered('wechat', 'qr', { qr: null }, { status: 'created', attempt: null, version: 9 }),
    zh: '请选择支付方式',
    en: 'Please choose how you want to pay',
  },
  {
    name: 'alipay-code',
    view: offered('alipay', 'qr', { qr: { content: 'https://qr.alipay.com/bax0', expires_at: null } }, { version: 9 }),
    zh: '请用支付宝扫一扫付款',
    en: 'Scan with Alipay to pay',
  },
  {
    name: 'have-you-paid',
    view: offered('alipay', 'desktop', { redirect: { url: 'https://alipay.example' } }, { version: 9 }),
    zh: '您已完成付款吗？',
    en: 'Have you paid?',
  },
  {
    name: 'wallet-down',
    view: offered(
      'wechat',
      'qr',
      { qr: null },
      {
        attempt: null,
        status: 'created',
        methods: [
          { type: 'wechat', flows: ['qr'], available: false, reason: 'channel_down' },
          { type: 'alipay', flows: [], available: false, reason: 'other_device' },
        ],
        version: 9,
      },
    ),
    zh: '暂时不可用',
    en: 'Not available at the moment',
  },
  { name: 'expired', view: qrView({ ...over, status: 'expired' }), zh: '此订单已超时', en: 'The time for this order is over' },
  { name: 'canceled', view: qrView({ ...over, status: 'canceled' }), zh: '此订单已取消', en: 'This order was canceled' },
  {
    name: 'no-method',
    view: qrView({ attempt: null, methods: [], version: 9 }),
    zh: '此商家目前没有可用的支付方式',
    en: 'This shop has no way to pay',
  },
];

for (const language of ['zh-CN', 'en-NZ'] as const) {
  for (const device of ['desktop', 'phone'] as const) {
    test.describe(`${language}, ${device}`, () => {
      test.use({ locale: language, viewport: device === 'phone' ? PHONE : { width: 1280, height: 800 } });
      for (const state of STATES) {
        test(`shows ${state.name}`, async ({ page, platform }) => {
          platform.becomes(state.view);
          await page.goto(platform.page);

          await expect(page.getByText(language === 'zh-CN' ? state.zh : state.en).last()).toBeVisible();
          await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh-CN' ? 'zh-CN' : 'en');
          await looksRight(page, `${state.name}-${language}-${device}`);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(overflow, 'nothing sticks out sideways').toBeLessThanOrEqual(0);
        });
      }
    });
  }
}

test('carries a ribbon in test mode, and none when money moves', async ({ page, platform }) => {
  await page.goto(platform.page);
  await expect(page.getByText('Test mode')).toBeVisible();

  platform.becomes(qrView({ livemode: true, version: 2 }));
  await expect(page.getByText('Test mode')).toBeHidden();
});

test('shows both amounts, and says that the yuan are an estimate', async ({ page, platform }) => {
  await page.goto(platform.page);

  await expect(page.getByText('≈ CN¥557.40')).toBeVisible();
  await expect(page.getByText('NZ$120.00')).toBeVisible();
  await expect(page.getByText('Your wallet shows the exact amount in yuan')).toBeVisible();
});

test('speaks the language the shop asked for, until the payer chooses', async ({ page, platform }) => {
  platform.becomes(qrView({ locale: 'zh-CN' }));
  await page.goto(platform.page);
  await expect(page.getByText('请用微信支付扫一扫付款')).toBeVisible();

  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByText('Scan with WeChat Pay to pay')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Scan with WeChat Pay to pay')).toBeVisible();
});

test.describe('inside WeChat', () => {
  test.use({ viewport: PHONE, userAgent: 'Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0.50' });

  test('asks for another screen when nothing can be paid there', async ({ page, platform }) => {
    platform.becomes(qrView({ status: 'created', attempt: null, methods: [way('alipay'), way('onlinebank')] }));
    await page.goto(platform.page);

    await expect(page.getByText('Please open this page in a browser')).toBeVisible();
    await expect(page.getByRole('img', { name: 'WeChat Pay QR code' })).toBeHidden();
    expect(platform.started, 'no order is opened for nothing').toBe(0);
    await looksRight(page, 'inside-wechat');
  });
});
