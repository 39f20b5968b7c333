import { base64, type Identity, random } from './keys';

/** The SHA-256 of a body as it is sent, in Base64. */
export async function sha256(body: string): Promise<string> {
  return base64(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body)));
}

/** The headers that sign a request: HTTP Message Signatures (RFC 9421) in the one form that docs/api/devices.md describes. */
export async function signed(
  identity: Identity,
  method: string,
  address: string,
  body: string,
  created: number,
): Promise<Record<string, string>> {
  const [path = '', query] = address.split('?', 2);
  const digest = `sha-256=:${await sha256(body)}:`;
  const parameters = `("@method" "@path" "@query" "content-digest");created=${created};nonce="${random()}";keyid="${identity.keyId}"`;
  const base = [
    `"@method": ${method}`,
    `"@path": ${path}`,
    `"@query": ?${query ?? ''}`,
    `"content-digest": ${digest}`,
    `"@signature-params": ${parameters}`,
  ].join('\n');
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, identity.key, new TextEncoder().encode(base));
  return { 'Content-Digest': digest, 'Signature-Input': `ferry=${parameters}`, Signature: `ferry=:${base64(signature)}:` };
}
