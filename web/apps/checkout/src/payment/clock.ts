/** The server's time, whatever this device's clock says. */
export class ServerClock {
  private offset = 0;

  learn(serverTime: string): void {
    this.offset = Date.parse(serverTime) - Date.now();
  }

  now(): number {
    return Date.now() + this.offset;
  }
}

/** Whole seconds until a moment, never below zero. */
export function secondsUntil(moment: string, nowMillis: number): number {
  return Math.max(0, Math.ceil((Date.parse(moment) - nowMillis) / 1000));
}

export function asMinutes(seconds: number): string {
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
