import type { ReactNode } from 'react';

export type Tone = 'good' | 'bad' | 'calm' | 'busy';

const MARKS: Record<Tone, string> = { good: '✓', bad: '!', calm: 'i', busy: '' };

/** One state of the payment, said large. */
export function Message({ tone, title, children }: { tone: Tone; title: string; children?: ReactNode }) {
  return (
    <div className={`message message-${tone}`}>
      <div className="message-mark" aria-hidden="true">
        {MARKS[tone]}
      </div>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
