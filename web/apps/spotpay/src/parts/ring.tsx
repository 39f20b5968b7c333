import { useSpeech } from '../i18n/speech';

const RADIUS = 44;
const ROUND = 2 * Math.PI * RADIUS;

/** How much of the code's time is left. */
export function Ring({ left, total }: { left: number; total: number }) {
  const { say } = useSpeech();
  const seconds = Math.max(0, Math.ceil(left / 1_000));
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const share = total > 0 ? Math.min(1, Math.max(0, left / total)) : 0;
  return (
    <div className="ring" role="timer" aria-label={say('left', { time })}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle className="ring-all" cx="50" cy="50" r={RADIUS} />
        <circle className="ring-left" cx="50" cy="50" r={RADIUS} strokeDasharray={`${share * ROUND} ${ROUND}`} />
      </svg>
      <span aria-hidden="true">{time}</span>
    </div>
  );
}
