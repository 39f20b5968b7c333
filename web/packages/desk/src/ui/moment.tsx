import { useSpeech } from '../language.tsx';
import { useText } from '../use-text.ts';
import { BEIJING, exactMomentAt, momentAt, NEW_ZEALAND } from './format.ts';

/** A moment on both clocks: the shop's in New Zealand, and the one by which wallets count their days. */
export function Moment({ at, exact }: { at?: string | null; exact?: boolean }) {
  const { language } = useSpeech();
  const say = useText();
  if (!at) {
    return <span className="faint">—</span>;
  }
  const show = exact ? exactMomentAt : momentAt;
  return (
    <time dateTime={at} className="moment">
      <span>
        {show(at, NEW_ZEALAND, language)} {say('place.nz')}
      </span>
      <span className="faint">
        {show(at, BEIJING, language)} {say('place.beijing')}
      </span>
    </time>
  );
}

/** A moment where one clock is enough. */
export function When({ at }: { at?: string | null }) {
  const { language } = useSpeech();
  return at ? <time dateTime={at}>{momentAt(at, NEW_ZEALAND, language)}</time> : <span className="faint">—</span>;
}
