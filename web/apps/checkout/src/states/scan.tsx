import { QRCodeSVG } from 'qrcode.react';
import { useSpeech } from '../i18n/language';
import { Countdown } from '../parts/countdown';

const QR_PIXELS = 256;
const QUIET_ZONE = 4;

export function Scan({ code, until, now }: { code: string; until: string; now: number }) {
  const { say } = useSpeech();
  return (
    <div className="scan">
      <h2>{say('scanTitle')}</h2>
      <div className="qr">
        <QRCodeSVG
          value={code}
          size={QR_PIXELS}
          marginSize={QUIET_ZONE}
          level="M"
          title={say('qrLabel')}
          role="img"
          aria-label={say('qrLabel')}
        />
      </div>
      <p className="waiting">{say('waiting')}</p>
      <Countdown until={until} now={now} />
      <ol className="steps">
        <li>{say('step1')}</li>
        <li>{say('step2')}</li>
        <li>{say('step3')}</li>
      </ol>
      <p className="hint">{say('qrHelp')}</p>
    </div>
  );
}
