import { describe, expect, it } from 'vitest';
import { urgencyOf } from './age';

describe('what waits', () => {
  const now = Date.parse('2026-11-28T12:00:00Z');

  it('is calm for half of its time, then soon late, and then late', () => {
    expect(urgencyOf('2026-11-28T10:01:00Z', 4, now)).toBe('calm');
    expect(urgencyOf('2026-11-28T09:59:00Z', 4, now)).toBe('soon');
    expect(urgencyOf('2026-11-28T07:59:00Z', 4, now)).toBe('late');
  });
});
