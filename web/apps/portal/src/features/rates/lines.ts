import type { FxRateHistory } from '../../api/types';

/** One way to pay: its rate at each of the moments, as the platform wrote it, or null where it had none. */
export interface Line {
  method: string;
  rates: (string | null)[];
}

/** Puts the histories of all ways to pay onto one axis: a moment that one of them lacks stays open in it. */
export function linesOf({ data = [] }: FxRateHistory): { moments: string[]; lines: Line[] } {
  const all = new Set(data.flatMap(({ points = [] }) => points.map((point) => point.starts_at ?? '')));
  const moments = [...all].sort((one, other) => Date.parse(one) - Date.parse(other));
  const lines = data.map(({ method = '', points = [] }) => {
    const told = new Map(points.map((point) => [point.starts_at, point.rate ?? null]));
    return { method: String(method), rates: moments.map((moment) => told.get(moment) ?? null) };
  });
  return { moments, lines };
}
