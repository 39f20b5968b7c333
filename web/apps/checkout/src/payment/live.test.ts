import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Listener, LiveView } from './live';
import type { View } from './view';

class PretendStream extends EventTarget {
  static opened: PretendStream[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;

  constructor(readonly url: string) {
    super();
    PretendStream.opened.push(this);
  }

  close() {
    this.closed = true;
  }

  say(view: Partial<View>) {
    this.dispatchEvent(new MessageEvent('state', { data: JSON.stringify(view) }));
  }
}

const pending = { status: 'pending', version: 1 } as View;
const paid = { status: 'paid', version: 2 } as View;
let answers: (() => Response)[];
let asked: number;
let heard: string[];
let listener: Listener;

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  vi.useFakeTimers();
  PretendStream.opened = [];
  vi.stubGlobal('EventSource', PretendStream);
  asked = 0;
  answers = [() => json(pending)];
  vi.stubGlobal('fetch', async () => {
    asked += 1;
    return (answers.length > 1 ? answers.shift() : answers[0])?.() ?? json(pending);
  });
  heard = [];
  listener = {
    view: (view) => heard.push(`${view.status} ${view.version}`),
    reachable: (yes) => heard.push(yes ? 'reachable' : 'unreachable'),
    gone: () => heard.push('gone'),
  };
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const states = () => heard.filter((line) => /\d/.test(line));

describe('the live view', () => {
  it('does not ask again while the stream speaks', async () => {
    const live = new LiveView('nonce', listener);
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    PretendStream.opened[0]?.onopen?.();

    await vi.advanceTimersByTimeAsync(30_000);

    expect(asked).toBe(1);
    live.stop();
  });

  it('asks by itself once the stream is cut, and stops at the end', async () => {
    const live = new LiveView('nonce', listener);
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    PretendStream.opened[0]?.onerror?.();
    answers = [() => json(paid)];

    await vi.advanceTimersByTimeAsync(3_000);
    expect(states().at(-1)).toBe('paid 2');

    const before = asked;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(asked).toBe(before);
  });

  it('takes a stream that says nothing at all for cut', async () => {
    const live = new LiveView('nonce', listener);
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    PretendStream.opened[0]?.onopen?.();

    await vi.advanceTimersByTimeAsync(60_000);

    expect(PretendStream.opened[0]?.closed).toBe(true);
    expect(asked).toBeGreaterThan(1);
    live.stop();
  });

  it('never goes back to an older state', async () => {
    const live = new LiveView('nonce', listener);
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    PretendStream.opened[0]?.say({ status: 'processing', version: 5 });
    PretendStream.opened[0]?.say({ status: 'pending', version: 4 });

    expect(states().at(-1)).toBe('processing 5');
    live.stop();
  });

  it('tells that the platform is out of reach, and keeps asking', async () => {
    answers = [
      () => {
        throw new TypeError('no network');
      },
      () => json(pending),
    ];
    const live = new LiveView('nonce', listener);
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    PretendStream.opened[0]?.onerror?.();
    expect(heard).toContain('unreachable');

    await vi.advanceTimersByTimeAsync(3_000);

    expect(states()).toEqual(['pending 1']);
    live.stop();
  });

  it('gives up on a link nobody knows', async () => {
    answers = [() => json({ code: 'unknown_payment_link' }, 404)];
    new LiveView('nonce', listener).start();
    await vi.advanceTimersByTimeAsync(120_000);

    expect(heard).toContain('gone');
    expect(asked).toBe(1);
  });
});
