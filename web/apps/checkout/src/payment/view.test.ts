import { describe, expect, it } from 'vitest';
import { nonceOf } from './api';
import { usableQr, type View, wentAway } from './view';

const qr = { content: 'weixin://wxpay/s/x', expires_at: '2026-11-24T06:15:00Z' };
const view = (more: Partial<View>): View =>
  ({ status: 'pending', attempt: { method: 'wechat', flow: 'qr', status: 'ready', offer_kind: 'qr', qr }, ...more }) as View;

describe('a QR code', () => {
  const before = Date.parse(qr.expires_at) - 1;

  it('is shown until the moment it ends', () => {
    expect(usableQr(view({}), 'wechat', before)).toBe(qr.content);
    expect(usableQr(view({}), 'wechat', before + 1)).toBeNull();
  });

  it.each(['paid', 'canceled', 'expired', 'failed'] as const)('is never shown for a payment that is %s', (status) => {
    expect(usableQr(view({ status }), 'wechat', before)).toBeNull();
  });
});

describe('a way to pay', () => {
  it('shows no code of another one', () => {
    expect(usableQr(view({}), 'alipay', 0)).toBeNull();
  });

  it('that leads away asks afterwards whether it was used', () => {
    const away = view({ attempt: { method: 'alipay', status: 'ready', offer_kind: 'redirect' } as View['attempt'] });
    expect(wentAway(away, 'alipay')).toBe(true);
    expect(wentAway(away, 'jdpay')).toBe(false);
    expect(wentAway(view({}), 'wechat')).toBe(false);
    expect(wentAway({ ...away, status: 'paid' }, 'alipay')).toBe(false);
  });
});

describe('a link', () => {
  it('carries its nonce and nothing else', () => {
    expect(nonceOf('/pay/abcdefghijklmnopqrstuvwx_-')).toBe('abcdefghijklmnopqrstuvwx_-');
    for (const path of ['/pay/', '/pay/short', '/pay/aaaaaaaaaaaaaaaaaaaaaaaa/../x', '/checkout/aaaaaaaaaaaaaaaaaaaa']) {
      expect(nonceOf(path)).toBeNull();
    }
  });
});
