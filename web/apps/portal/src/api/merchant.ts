/** Whom the page shows. Every request says so, because another tab may have changed the session to another merchant. */
let shown: string | null = null;

export function shownMerchant(): string | null {
  return shown;
}

export function showMerchant(id: string | null): void {
  shown = id;
}
