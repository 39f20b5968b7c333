import { useSpeech } from '../i18n/language';
import { asMinutes, secondsUntil } from '../payment/clock';

export function Countdown({ until, now }: { until: string; now: number }) {
  const { say } = useSpeech();
  return (
    <p className="countdown">
      {say('timeLeft')} <span role="timer">{asMinutes(secondsUntil(until, now))}</span>
    </p>
  );
}
