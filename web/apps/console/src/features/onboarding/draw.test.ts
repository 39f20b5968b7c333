import { expect, test } from 'vitest';
import { LARGEST_SIDE, MOST_PIXELS, resolution, shareOfSide } from './draw';

test('an ordinary paper is painted as sharp as asked for', () => {
  expect(resolution(Array.from({ length: 10 }, () => ({ width: 700, height: 990 })))).toBe(1);
});

test('however many and large its pages are, all together stay within the limit', () => {
  const pages = [...Array.from({ length: 39 }, () => ({ width: 2800, height: 3960 })), { width: 2800, height: 1_000_000 }];
  const share = resolution(pages);

  const pixels = pages.reduce((sum, page) => sum + page.width * page.height * (share * shareOfSide(page)) ** 2, 0);

  expect(share).toBeGreaterThan(0.1);
  expect(pixels).toBeLessThanOrEqual(MOST_PIXELS * 1.001);
  expect(1_000_000 * shareOfSide({ width: 2800, height: 1_000_000 })).toBeLessThanOrEqual(LARGEST_SIDE);
});
