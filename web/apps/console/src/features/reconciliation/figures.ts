import type { ChannelDay } from '../../api/types';

const AGED_AFTER_DAYS = 3;

/** Differences nobody has decided about. */
export function openOf({ open }: ChannelDay): number {
  return Object.values(open).reduce((sum, count) => sum + count, 0);
}

/** Whether something has been open on it for longer than three days. */
export function isAged(one: ChannelDay, today: string): boolean {
  const days = (Date.parse(today) - Date.parse(one.day)) / 86_400_000;
  return days > AGED_AFTER_DAYS && openOf(one) > 0;
}

/** Of both sides together, rounded down: 100 means all. Null before the first comparison. */
export function matchedPercent({ counts }: Pick<ChannelDay, 'counts'>): string | null {
  if (counts === null) {
    return null;
  }
  const all = counts.lines + counts.records;
  // A matched line is matched with a record: each counts on its side.
  const matched = counts.matched + counts.records_matched + counts.records_elsewhere;
  return all === 0 ? '100' : (Math.floor((matched / all) * 1000) / 10).toString();
}

/** All accounts of a day together, oldest first. */
export function trendOf(days: ChannelDay[]): { day: string; percent: number | null; open: number }[] {
  const dates = [...new Set(days.map(({ day }) => day))].sort();
  return dates.map((day) => {
    const same = days.filter((one) => one.day === day);
    let all = 0;
    let matched = 0;
    for (const { counts } of same) {
      all += counts === null ? 0 : counts.lines + counts.records;
      matched += counts === null ? 0 : counts.matched + counts.records_matched + counts.records_elsewhere;
    }
    const compared = same.some(({ counts }) => counts !== null);
    return {
      day,
      percent: compared ? (all === 0 ? 100 : Math.floor((matched / all) * 1000) / 10) : null,
      open: same.reduce((sum, one) => sum + openOf(one), 0),
    };
  });
}
