import { QRCodeSVG } from 'qrcode.react';
import { useSpeech } from '../i18n/language';
import { Countdown } from '../parts/countdown';
import { NAMES } from '../parts/method-list';
import type { Method } from '../payment/view';

const QR_PIXELS = 256;
const QUIET_ZONE = 4;

export function Scan({ code, wallet, until, now }: { code: string; wallet: Method; until: string; now: number }) {
  const { say } = useSpeech();
  const name = say(NAMES[wallet]);
  return (
    <div className="scan">
      <h2>{say('scanTitle', { wallet: name })}</h2>
      <div className={`qr qr-${wallet}`}>
        <QRCodeSVG
          value={code}
          size={QR_PIXELS}
          marginSize={QUIET_ZONE}
          level="M"
          title={say('qrLabel', { wallet: name })}
          role="img"
          aria-label={say('qrLabel', { wallet: name })}
        />
      </div>
      <p className="waiting">{say('waiting')}</p>
      <Countdown until={until} now={now} />
      <ol className="steps">
        <li>{say('step1', { wallet: name })}</li>
        <li>{say('step2')}</li>
        <li>{say('step3')}</li>
      </ol>
      <p className="hint">{say(wallet === 'wechat' ? 'qrHelpWechat' : 'qrHelp', { wallet: name })}</p>
    </div>
  );
}
