import { expect, it } from 'vitest';
import { Refused, type Session } from './api';
import { ChargeWish, payCodeIn } from './charge-wish';

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
    await expect(wish.send(sent.length === 0 ? 'one' : 'other', answer(unheard))).rejects.toThrow();
    expect(wish.uncertain).toBe(true);
  }
  expect(await wish.send('other', answer(paid))).toBe(paid);
  expect(new Set(sent).size).toBe(1);
  expect(wish.uncertain).toBe(false);
});

it('takes another code after a refusal that made nothing', async () => {
  for (const refusal of [
    new Refused('pay_code_not_recognized', null, 422),
    new Refused('channel_down', null, 503),
    new Refused('too_many_requests', null, 429),
  ]) {
    const wish = new ChargeWish();
    const refuse = () => Promise.reject(refusal);
    await expect(wish.send('one', refuse)).rejects.toThrow(refusal.code);
    expect(wish.uncertain).toBe(false);
    expect(await wish.send('other', async (_, code) => ({ ...paid, id: code }))).toMatchObject({ id: 'other' });
  }
});
