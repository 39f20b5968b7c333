import { afterEach, describe, expect, it, vi } from 'vitest';
import { asMinutes, ServerClock, secondsUntil } from './clock';

afterEach(() => vi.useRealTimers());

describe('the server clock', () => {
  it.each([3_600_000, -3_600_000])('counts right on a device that is off by %i ms', (error) => {
    const server = Date.parse('2026-11-24T06:00:00Z');
    vi.useFakeTimers({ now: server + error });
    const clock = new ServerClock();
    clock.learn('2026-11-24T06:00:00Z');

    vi.advanceTimersByTime(30_000);

    expect(secondsUntil('2026-11-24T06:15:00Z', clock.now())).toBe(870);
  });
});

describe('time left', () => {
  it('is never negative and counts begun seconds', () => {
    const now = Date.parse('2026-11-24T06:00:00Z');
    expect(secondsUntil('2026-11-24T05:00:00Z', now)).toBe(0);
    expect(secondsUntil('2026-11-24T06:00:00.001Z', now)).toBe(1);
  });

  it('reads as minutes and seconds', () => {
    expect(asMinutes(899)).toBe('14:59');
    expect(asMinutes(7200)).toBe('120:00');
  });
});
