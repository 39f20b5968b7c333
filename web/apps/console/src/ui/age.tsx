import { useSpeech } from '@ferrypay/desk/language.tsx';
import { useText } from '../i18n/use-text';

const HOUR = 3_600_000;

/** How urgent something is that waits since a time and should not wait longer than some hours. */
export type Urgency = 'calm' | 'soon' | 'late';

export function urgencyOf(since: string, hours: number, now: number): Urgency {
  const waited = (now - Date.parse(since)) / HOUR;
  return waited > hours ? 'late' : waited > hours / 2 ? 'soon' : 'calm';
}

/** How long something waits already, in words and colour. */
export function Age({ since, hours, now }: { since: string; hours: number; now: number }) {
  const { language } = useSpeech();
  const say = useText();
  const urgency = urgencyOf(since, hours, now);
  const waited = Math.max(0, (now - Date.parse(since)) / HOUR);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  const age =
    waited < 1
      ? format.format(-Math.round(waited * 60), 'minute')
      : waited < 48
        ? format.format(-Math.floor(waited), 'hour')
        : format.format(-Math.floor(waited / 24), 'day');
  const tone = { calm: 'tag-good', soon: 'tag-warn', late: 'tag-bad' }[urgency];
  return (
    <span className={`tag ${tone}`}>
      {age}
      {urgency === 'calm' ? '' : ` · ${urgency === 'late' ? say('age.late') : say('age.soon')}`}
    </span>
  );
}
