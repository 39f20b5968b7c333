import type { ReactNode } from 'react';
import { Moment } from './moment.tsx';

export type Tone = 'good' | 'bad' | 'warn' | 'quiet';

/** What happened and when, on both clocks. */
export function Timeline({ entries }: { entries: { at: string; tone: Tone; content: ReactNode }[] }) {
  return (
    <ol className="timeline">
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two things can happen at one moment
        <li key={`${entry.at}-${index}`} className={`at-${entry.tone}`}>
          <div>{entry.content}</div>
          <Moment at={entry.at} exact />
        </li>
      ))}
    </ol>
  );
}
