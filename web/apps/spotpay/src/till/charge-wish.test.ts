import { beforeEach, expect, it, vi } from 'vitest';
import { Refused, type Session } from './api';
import { ChargeWish, keptCharge, payCodeIn, settle } from './charge-wish';

beforeEach(() => sessionStorage.clear());

const paid = { id: 'spot_1', status: 'paid' } as Session;

it('knows a code that a wallet can show from anything else', () => {
  expect(payCodeIn('134588558514585062')).toBe('134588558514585062');
  expect(payCodeIn(' 1345 8855 8514 585062\n')).toBe('134588558514585062');
  for (const text of [
    '',
    '35.50',
    'https://qr.alipay.com/x',
    '123456789012345',
    '1234567890123456789012345',
    '１３４５８８５５８５１４５８５０６２',
  ]) {
    expect(payCodeIn(text), text).toBeNull();
  }
});

it('sends what got no answer again, and nothing else, until one came', async () => {
  const wish = new ChargeWish();
  const sent: string[] = [];
  const answer = (result: Session | Refused) => async (key: string, code: string) => {
    sent.push(`${key} ${code}`);
    if (result instanceof Refused) {
      throw result;
    }
    return result;
  };
  for (const unheard of [
    new Refused('offline'),
    new Refused('internal_error', null, 500),
    new Refused('too_many_requests', null, 429),
    new Refused('channel_down', null, 503),
  ]) {
    await expect(wish.send(sent.length === 0 ? 'one' : 'other', '5.00', answer(unheard))).rejects.toThrow();
    expect(wish.uncertain).not.toBeNull();
  }
  expect(await wish.send('other', '5.00', answer(paid))).toBe(paid);
  expect(new Set(sent).size).toBe(1);
  expect(wish.uncertain).toBeNull();
});

it('takes another code after a refusal that made nothing', async () => {
  for (const refusal of [
    new Refused('pay_code_not_recognized', null, 422),
    new Refused('channel_down', null, 503),
    new Refused('too_many_requests', null, 429),
  ]) {
    const wish = new ChargeWish();
    const refuse = () => Promise.reject(refusal);
    await expect(wish.send('one', '5.00', refuse)).rejects.toThrow(refusal.code);
    expect(wish.uncertain).toBeNull();
    expect(await wish.send('other', '5.00', async (_, code) => ({ ...paid, id: code }))).toMatchObject({ id: 'other' });
  }
});

/** A charge that was cut off by a reload: its key. */
async function cutOff(): Promise<string> {
  await new ChargeWish().send('134588558514585062', '5.00', () => Promise.reject(new Refused('offline'))).catch(() => undefined);
  return keptCharge()?.key ?? '';
}

it('is written down before it is sent, without its code', async () => {
  await new ChargeWish().send('134588558514585062', '5.00', async (key) => {
    expect(keptCharge()).toMatchObject({ key, amount: '5.00' });
    expect(JSON.stringify(sessionStorage)).not.toContain('134588558514585062');
    return paid;
  });
  expect(keptCharge()).toBeNull();
});

it('charges nobody else after a reload until the lost charge is found', async () => {
  const key = await cutOff();
  const wish = new ChargeWish();
  expect(wish.lost).toBe(true);
  const never = vi.fn(async () => paid);
  await expect(wish.send('other', '6.00', never)).rejects.toThrow();
  expect(settle([paid])).toBeNull();
  await expect(wish.send('other', '6.00', never)).rejects.toThrow();
  expect(never).not.toHaveBeenCalled();
  expect(wish.uncertain, 'the other amount is not written over it').toMatchObject({ key, amount: '5.00' });

  const made = { id: 'spot_2', merchant_reference: key } as Session;
  expect(settle([paid, made])).toBe(made);
  expect(wish.lost).toBe(false);
  expect(await wish.send('other', '6.00', never)).toBe(paid);
});

it('knows that nothing was made once it has had the time to arrive', async () => {
  await cutOff();
  const now = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(now + 119_000);
  expect(settle([])).toBeNull();
  expect(keptCharge()).not.toBeNull();
  vi.spyOn(Date, 'now').mockReturnValue(now + 121_000);
  expect(settle([])).toBeNull();
  expect(keptCharge()).toBeNull();
});
