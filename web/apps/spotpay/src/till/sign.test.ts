import { webcrypto } from 'node:crypto';
import { expect, it } from 'vitest';
import { signed } from './sign';

// jsdom has no WebCrypto of its own.
Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });

it('signs what docs/api/devices.md says, each time anew', async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const identity = { keyId: 'dk_test_0123456789abcdefghijklmn', deviceId: 'dev_1', livemode: false, key: pair.privateKey };

  const headers = await signed(identity, 'POST', '/v2/spotpay/sessions?a=b', '{"amount":"35.50"}', 1795414300);
  const again = await signed(identity, 'POST', '/v2/spotpay/sessions?a=b', '{"amount":"35.50"}', 1795414300);

  expect(headers['Content-Digest']).toBe('sha-256=:SX+3uScv10VsiX1FWhfASs8xIhosTK0NGiJwGRtVzGA=:');
  expect(headers['Signature-Input']).toMatch(
    /^ferry=\("@method" "@path" "@query" "content-digest"\);created=1795414300;nonce="[0-9a-f]{32}";keyid="dk_test_0123456789abcdefghijklmn"$/,
  );
  expect(again['Signature-Input']).not.toBe(headers['Signature-Input']);
  const base =
    '"@method": POST\n"@path": /v2/spotpay/sessions\n"@query": ?a=b\n' +
    `"content-digest": ${headers['Content-Digest']}\n"@signature-params": ${headers['Signature-Input']?.slice('ferry='.length)}`;
  const signature = Uint8Array.from(atob(/^ferry=:(.*):$/.exec(headers.Signature ?? '')?.[1] ?? ''), (letter) => letter.charCodeAt(0));
  expect(signature).toHaveLength(64);
  expect(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, pair.publicKey, signature, new TextEncoder().encode(base))).toBe(
    true,
  );
});

it('says ? where there is no query and hashes an empty body', async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const headers = await signed(
    { keyId: 'dk_test_0123456789abcdefghijklmn', deviceId: 'dev_1', livemode: false, key: pair.privateKey },
    'GET',
    '/v2/spotpay/device',
    '',
    1,
  );
  expect(headers['Content-Digest']).toBe('sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:');
});
