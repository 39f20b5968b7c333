import { type ApiError, eventsUrl, fetchView } from './api';
import { isOver, type View } from './view';

const WAITS_MILLIS = [2_000, 2_000, 5_000, 5_000, 10_000];
const STREAM_SILENCE_MILLIS = 40_000;

export interface Listener {
  view(view: View): void;
  /** Whether the platform can be heard at the moment. */
  reachable(yes: boolean): void;
  gone(error: ApiError): void;
}

/**
 * Keeps a view up to date: by a stream of events, and by asking when the stream breaks, says nothing for too long, or the page comes back to the front.
 * Stops by itself when the payment is over.
 */
export class LiveView {
  private stream: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private tries = 0;
  private stopped = false;
  private newest = -1;

  constructor(
    private readonly nonce: string,
    private readonly listener: Listener,
  ) {}

  start(): void {
    document.addEventListener('visibilitychange', this.lookAgain);
    window.addEventListener('pageshow', this.lookAgain);
    window.addEventListener('online', this.lookAgain);
    void this.ask();
    this.openStream();
  }

  stop(): void {
    this.stopped = true;
    document.removeEventListener('visibilitychange', this.lookAgain);
    window.removeEventListener('pageshow', this.lookAgain);
    window.removeEventListener('online', this.lookAgain);
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.stream?.close();
    this.stream = null;
  }

  private readonly lookAgain = (): void => {
    if (document.visibilityState === 'visible' && !this.stopped) {
      this.tries = 0;
      void this.ask();
      if (this.stream === null) {
        this.openStream();
      }
    }
  };

  private openStream(): void {
    if (typeof EventSource === 'undefined' || this.stopped) {
      this.schedule();
      return;
    }
    const stream = new EventSource(eventsUrl(this.nonce));
    this.stream = stream;
    stream.onopen = () => this.heard();
    stream.addEventListener('state', (event) => {
      this.heard();
      this.take(JSON.parse((event as MessageEvent<string>).data) as View);
    });
    stream.onerror = () => this.streamLost();
  }

  /** A stream that says nothing, not even its heartbeat, may be held up by a proxy: polling is surer. */
  private heard(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.streamLost(), STREAM_SILENCE_MILLIS);
  }

  private streamLost(): void {
    this.stream?.close();
    this.stream = null;
    clearTimeout(this.silence);
    this.schedule();
  }

  private schedule(): void {
    if (this.stopped) {
      return;
    }
    clearTimeout(this.timer);
    const wait = WAITS_MILLIS[Math.min(this.tries, WAITS_MILLIS.length - 1)] ?? 10_000;
    this.tries += 1;
    this.timer = setTimeout(() => void this.ask(), wait * (0.8 + Math.random() * 0.4));
  }

  private async ask(): Promise<void> {
    try {
      const view = await fetchView(this.nonce);
      this.listener.reachable(true);
      this.take(view);
    } catch (error) {
      const refusal = error as ApiError;
      if (refusal.code === 'unknown_payment_link') {
        this.listener.gone(refusal);
        this.stop();
        return;
      }
      this.listener.reachable(false);
    }
    if (this.stream === null) {
      this.schedule();
    }
  }

  /** What overtook a newer view on the way is old news. */
  private take(view: View): void {
    if (this.stopped || view.version < this.newest) {
      return;
    }
    this.newest = view.version;
    this.listener.reachable(true);
    this.listener.view(view);
    if (isOver(view)) {
      this.stop();
    }
  }
}
