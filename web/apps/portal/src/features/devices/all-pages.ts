import { call } from '../../api/http';
import type { Page } from '../../api/types';

const PAGES = 5;
const PAGE = 100;

/** How many a shop is shown at most; the newest. */
export const MOST = PAGES * PAGE;

/** All of a list that is not long: of more than {@link MOST} the newest. */
export async function allPages<T>(path: string): Promise<{ data: T[]; more: boolean }> {
  const data: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const next: Page<T> = await call<Page<T>>('GET', path, { query: { limit: PAGE, cursor } });
    data.push(...(next.data ?? []));
    if (!next.has_more || !next.next_cursor) {
      return { data, more: false };
    }
    cursor = next.next_cursor;
  }
  return { data, more: true };
}
