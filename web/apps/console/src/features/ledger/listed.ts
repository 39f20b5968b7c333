export interface Part<T> {
  data: T[];
  next: string | null;
}

/** The books' lists say `next`; the table reads what the other lists say. */
export const listed = <T>({ data, next }: Part<T>) => ({ data, has_more: next !== null, next_cursor: next });
