import { useSpeech } from '../i18n/language';
import type { TextKey } from '../i18n/texts';

const NAMES: Record<string, TextKey> = { wechat: 'wechat' };

export function MethodList({ methods, chosen, onChoose }: { methods: string[]; chosen: string; onChoose: (method: string) => void }) {
  const { say } = useSpeech();
  return (
    <fieldset className="methods">
      <legend>{say('chooseMethod')}</legend>
      {methods.map((method) => (
        <label key={method} className={method === chosen ? 'method method-chosen' : 'method'}>
          <input type="radio" name="method" value={method} checked={method === chosen} onChange={() => onChoose(method)} />
          <span className={`wallet wallet-${method}`} aria-hidden="true" />
          {NAMES[method] === undefined ? method : say(NAMES[method])}
        </label>
      ))}
    </fieldset>
  );
}
