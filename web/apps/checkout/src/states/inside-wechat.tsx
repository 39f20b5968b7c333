import { useState } from 'react';
import { useSpeech } from '../i18n/language';
import { Message } from '../parts/message';

/** WeChat opens no payment code from inside itself, so showing one here would be a dead end. */
export function InsideWechat() {
  const { say } = useSpeech();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard?.writeText(window.location.href).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <Message tone="calm" title={say('insideWechat')}>
      <p>{say('insideWechatHelp')}</p>
      <div className="actions">
        <button type="button" className="button" onClick={copy}>
          {say(copied ? 'copied' : 'copyLink')}
        </button>
      </div>
    </Message>
  );
}

export function isInsideWechat(userAgent: string): boolean {
  return /MicroMessenger\//i.test(userAgent);
}
