import { describe, expect, it } from 'vitest';
import { nonceOf } from './api';
import { usableQr, type View } from './view';

const qr = { content: 'weixin://wxpay/s/x', expires_at: '2026-11-24T06:15:00Z' };
const view = (more: Partial<View>): View =>
  ({ status: 'pending', attempt: { method: 'wechat', flow: 'native', status: 'ready', qr }, ...more }) as View;

describe('a QR code', () => {
  const before = Date.parse(qr.expires_at) - 1;

  it('is shown until the moment it ends', () => {
    expect(usableQr(view({}), before)).toBe(qr.content);
    expect(usableQr(view({}), before + 1)).toBeNull();
  });

  it.each(['paid', 'canceled', 'expired', 'failed'] as const)('is never shown for a payment that is %s', (status) => {
    expect(usableQr(view({ status }), before)).toBeNull();
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
