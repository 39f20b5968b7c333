import { useSpeech } from '../i18n/language';
import type { TextKey } from '../i18n/texts';
import type { Method, WayToPay } from '../payment/view';

export const NAMES: Record<Method, TextKey> = { wechat: 'wechat', alipay: 'alipay', jdpay: 'jdpay', onlinebank: 'onlinebank' };

const REASONS: Record<string, TextKey> = { channel_down: 'channelDown', other_device: 'otherDevice' };

/** What cannot be used now is shown with the reason, not hidden. */
export function MethodList({ ways, chosen, onChoose }: { ways: WayToPay[]; chosen: Method | null; onChoose: (method: Method) => void }) {
  const { say, language } = useSpeech();
  const reason = ({ reason: why, back_at }: WayToPay) =>
    why === 'maintenance' && back_at
      ? say('maintenance', {
          time: new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(new Date(back_at)),
        })
      : say(REASONS[why ?? ''] ?? 'channelDown');
  return (
    <fieldset className="methods">
      <legend>{say('chooseMethod')}</legend>
      {ways.map((way) => (
        <label key={way.type} className={way.type === chosen ? `method method-chosen method-${way.type}` : 'method'}>
          <input
            type="radio"
            name="method"
            value={way.type}
            checked={way.type === chosen}
            disabled={!way.available}
            onChange={() => onChoose(way.type)}
          />
          <span className={`wallet wallet-${way.type}`} aria-hidden="true" />
          <span>
            {say(NAMES[way.type])}
            {!way.available && <span className="method-reason">{reason(way)}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
