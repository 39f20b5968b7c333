import { useSpeech } from '../i18n/speech';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0', 'delete'];

/** Big keys beside the field, which can be typed into as well. */
export function Pad({ onPress, point }: { onPress: (key: string) => void; point: boolean }) {
  const { say } = useSpeech();
  return (
    <div className="pad">
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          className="key"
          disabled={key === '.' && !point}
          aria-label={key === 'delete' ? say('delete') : key}
          onClick={() => onPress(key)}
        >
          {key === 'delete' ? '⌫' : key}
        </button>
      ))}
    </div>
  );
}
