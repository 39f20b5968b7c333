import { ApiProblem } from '@ferrypay/desk/problem.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, arrange, call, payments } from './http';
import { showMerchant } from './merchant';
import { switchMode } from './mode';

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });

describe('a request', () => {
  let sent: Request[];
  let bodies: string[];
  let answers: Response[];
  const prove = vi.fn<() => Promise<boolean>>();
  const signedOut = vi.fn();

  beforeEach(() => {
    sent = [];
    bodies = [];
    answers = [];
    prove.mockReset();
    signedOut.mockReset();
    arrange({ prove, signedOut });
    // biome-ignore lint/suspicious/noDocumentCookie: the platform sets it in the same way
    document.cookie = 'XSRF-TOKEN=to%2Bken; path=/';
    switchMode('test');
    vi.stubGlobal('fetch', async (request: Request) => {
      sent.push(request);
      bodies.push(await request.text()); // As a browser does: a body can be read once.
      const next = answers.shift();
      if (next === undefined) {
        throw new TypeError('no answer');
      }
      return next;
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('says which world is meant, and shows the token where it changes something', async () => {
    answers = [json(200, {}), json(201, {})];
    switchMode('live');

    await call('GET', '/v2/api_keys', { query: { cursor: undefined, limit: 1 } });
    await call('POST', '/v2/api_keys', { body: { name: 'a' }, idempotencyKey: 'k1' });

    expect(sent[0]?.url).toMatch(/\/portal\/api\/v2\/api_keys\?limit=1$/);
    expect(sent[0]?.headers.get('Ferry-Mode')).toBe('live');
    expect(sent[0]?.headers.has('X-XSRF-TOKEN')).toBe(false);
    expect(sent[1]?.headers.get('X-XSRF-TOKEN')).toBe('to+ken');
    expect(sent[1]?.headers.get('Idempotency-Key')).toBe('k1');
  });

  it('says whom the page shows, unless it is about the session itself', async () => {
    answers = [json(200, {}), json(200, {})];
    showMerchant('mer_1');

    await call('GET', '/v2/api_keys');
    await call('GET', '/session');
    showMerchant(null);

    expect(sent[0]?.headers.get('Ferry-Merchant')).toBe('mer_1');
    expect(sent[1]?.headers.has('Ferry-Merchant')).toBe(false);
  });

  it('is sent again, the same, once somebody has proven who they are', async () => {
    answers = [json(403, { code: 'step_up_required' }), json(201, { id: 'key_1' })];
    prove.mockResolvedValue(true);

    const made = await call<{ id: string }>('POST', '/v2/api_keys', { body: { name: 'a' }, idempotencyKey: 'k1' });

    expect(made.id).toBe('key_1');
    expect(sent).toHaveLength(2);
    expect(bodies).toEqual(['{"name":"a"}', '{"name":"a"}']);
    expect(sent[1]?.headers.get('Idempotency-Key')).toBe('k1');
  });

  it('is given up when nobody proves anything', async () => {
    answers = [json(403, { code: 'step_up_required' })];
    prove.mockResolvedValue(false);

    await expect(call('POST', '/v2/api_keys', { body: {} })).rejects.toMatchObject({ code: 'step_up_required' });
    expect(sent).toHaveLength(1);
  });

  it('tells what was wrong, by the code', async () => {
    answers = [
      json(422, {
        code: 'refund_exceeds_balance',
        request_id: 'req_1',
        errors: [{ pointer: '/amount', code: 'too_large', message: 'is more' }],
      }),
    ];

    const failure = await answer(payments.GET('/v2/refunds', { params: { query: {} } })).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ApiProblem);
    expect(failure).toMatchObject({ status: 422, code: 'refund_exceeds_balance', requestId: 'req_1' });
    expect(signedOut).not.toHaveBeenCalled();
  });

  it('that is no problem document, or no answer at all, has a code too', async () => {
    answers = [new Response('<html>', { status: 502 })];

    await expect(call('GET', '/v2/refunds')).rejects.toMatchObject({ status: 502, code: 'internal_error' });
    await expect(call('GET', '/v2/refunds')).rejects.toMatchObject({ status: 0, code: 'offline' });
  });

  it('of somebody whose session is over ends it here', async () => {
    answers = [json(401, { code: 'unauthenticated' }), json(401, { code: 'wrong_credentials' })];

    await expect(call('GET', '/v2/refunds')).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(signedOut).toHaveBeenCalledTimes(1);
    await expect(call('POST', '/v2/any')).rejects.toMatchObject({ code: 'wrong_credentials' });
    expect(signedOut).toHaveBeenCalledTimes(1);
  });

  it('waits as long as it was told to', async () => {
    answers = [json(429, { code: 'too_many_attempts' }, { 'Retry-After': '30' })];

    await expect(call('GET', '/v2/refunds')).rejects.toMatchObject({ retryAfterSeconds: 30 });
  });
});
