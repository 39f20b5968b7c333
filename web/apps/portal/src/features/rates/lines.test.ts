import { expect, it } from 'vitest';
import { linesOf } from './lines';

it('puts ways to pay onto one axis and leaves open what one of them lacks', () => {
  const { moments, lines } = linesOf({
    data: [
      {
        method: 'wechat',
        points: [
          { starts_at: '2026-11-26T11:00:00Z', rate: '4.64' },
          { starts_at: '2026-11-27T11:00:00Z', rate: '4.645' },
        ],
      },
      {
        method: 'jdpay',
        points: [
          { starts_at: '2026-11-25T11:00:00Z', rate: '4.7000000001' },
          { starts_at: '2026-11-27T11:00:00Z', rate: '4.71' },
        ],
      },
    ],
  });

  expect(moments).toEqual(['2026-11-25T11:00:00Z', '2026-11-26T11:00:00Z', '2026-11-27T11:00:00Z']);
  expect(lines).toEqual([
    { method: 'wechat', rates: [null, '4.64', '4.645'] },
    { method: 'jdpay', rates: ['4.7000000001', null, '4.71'] },
  ]);
});

it('is nothing where nothing was told', () => {
  expect(linesOf({ data: [] })).toEqual({ moments: [], lines: [] });
});
