import { beforeEach, expect, it } from 'vitest';
import { Refused } from './api';
import { kept, sendOnce } from './refund-wish';

beforeEach(() => sessionStorage.clear());

/** The key under which it went, and whatever was answered. */
async function sent(session: string, amount: string, answer: Refused | null): Promise<string | null> {
  let used: string | null = null;
  const send = async (key: string, proof: string) => {
    expect(proof, 'for this very key').toBe(`proof of ${key}`);
    used = key;
    if (answer !== null) {
      throw answer;
    }
  };
  await sendOnce(session, amount, async (key) => `proof of ${key}`, send).catch(() => undefined);
  return used;
}

const offline = new Refused('offline');

it('keeps the key of what got no answer until it gets one', async () => {
  const key = await sent('a', '5.00', offline);
  expect(kept('a')).toEqual({ key, amount: '5.00' });
  expect(await sent('a', '5.00', new Refused('internal_error', null, 500))).toBe(key);
  expect(await sent('a', '5.00', new Refused('idempotency_in_progress', null, 409))).toBe(key);
  expect(await sent('a', '5.00', null)).toBe(key);
  expect(kept('a')).toBeNull();
  expect(await sent('a', '5.00', null)).not.toBe(key);
});

it('is written down before it is sent: a reload may come before the answer', async () => {
  const prove = async () => 'proof';
  await sendOnce('a', '5.00', prove, async (key) => expect(kept('a')).toEqual({ key, amount: '5.00' }));
});

it('sends no other amount while it is uncertain', async () => {
  const key = await sent('a', '5.00', offline);
  expect(await sent('a', '6.00', null)).toBeNull();
  expect(kept('a')?.key).toBe(key);
  expect(await sent('b', '6.00', null)).not.toBeNull();
});

it('ends with a refusal that says nothing was made', async () => {
  await sent('a', '5.00', new Refused('rate_limited', null, 429));
  expect(kept('a')).toBeNull();
  await sent('a', '5.00', offline);
  await sent('a', '5.00', new Refused('rate_limited', null, 429));
  await sent('a', '5.00', new Refused('cashier_required', null, 403));
  expect(kept('a'), 'says nothing of what was sent before').not.toBeNull();
  await sent('a', '5.00', new Refused('refund_exceeds_balance', '1.00', 422));
  expect(kept('a')).toBeNull();
});

it('keeps nothing of a refund that got no proof, and goes on with the one that is uncertain', async () => {
  const refused = async () => {
    throw new Refused('offline');
  };
  const never = () => Promise.reject(new Error('it has no proof'));
  await expect(sendOnce('p', '5.00', refused, never)).rejects.toThrow('offline');
  expect(kept('p')).toBeNull();
  const key = await sent('p', '5.00', offline);
  await expect(sendOnce('p', '5.00', refused, never)).rejects.toThrow('offline');
  expect(kept('p')).toEqual({ key, amount: '5.00' });
});
