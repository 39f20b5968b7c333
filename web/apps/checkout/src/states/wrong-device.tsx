import { useState } from 'react';
import { useSpeech } from '../i18n/language';
import { Message } from '../parts/message';

/** Nothing this shop offers can be paid inside the wallet this page is open in. */
export function WrongDevice() {
  const { say } = useSpeech();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard?.writeText(window.location.href).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <Message tone="calm" title={say('wrongDevice')}>
      <p>{say('wrongDeviceHelp')}</p>
      <div className="actions">
        <button type="button" className="button" onClick={copy}>
          {say(copied ? 'copied' : 'copyLink')}
        </button>
      </div>
    </Message>
  );
}
