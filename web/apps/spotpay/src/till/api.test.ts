import { expect, it, vi } from 'vitest';
import { Till } from './api';
import { newKeys } from './keys';

it('asks for the proof of the very refund that it then sends, with its amount', async () => {
  const sent: { headers: Record<string, string>; body: string }[] = [];
  vi.stubGlobal('fetch', async (_: string, request: RequestInit) => {
    sent.push({ headers: request.headers as Record<string, string>, body: String(request.body) });
    return new Response('{"proof":"given"}', { status: 200, headers: { 'Content-Type': 'application/json' } });
  });
  const { key } = await newKeys();
  const till = new Till({ keyId: 'dk_1', deviceId: 'dev_1', livemode: false, key }, () => undefined);

  await till.authorizeRefund('cas_1', '1234', { session: 'spot_1', key: 'key-1', amount: '5.00' });
  await till.refund('spot_1', 'key-1', 'given', '5.00');

  const asked = JSON.parse(sent[0]?.body ?? '') as Record<string, string>;
  expect(asked).toMatchObject({ session: 'spot_1', idempotency_key: 'key-1' });
  expect(sent[1]?.headers['Content-Digest']).toBe(`sha-256=:${asked.body_sha256}:`);
  vi.unstubAllGlobals();
});
