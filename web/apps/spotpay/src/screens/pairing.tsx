import { type FormEvent, useState } from 'react';
import { useSpeech } from '../i18n/speech';
import type { TextKey } from '../i18n/texts';
import { pair, Refused } from '../till/api';
import { type Identity, newKeys, remember } from '../till/keys';

const COMPLAINTS: Record<string, TextKey> = { pairing_code_invalid: 'pairWrong', too_many_attempts: 'tooMany', offline: 'offline' };

export function Pairing({ onPaired }: { onPaired: (identity: Identity) => void }) {
  const { say } = useSpeech();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<TextKey | null>(null);
  const digits = code.replace(/\D/g, '');
  const able = typeof crypto.subtle === 'object' && typeof indexedDB === 'object';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || digits.length !== 8) {
      return;
    }
    setBusy(true);
    setComplaint(null);
    try {
      const { key, publicKey } = await newKeys();
      const paired = await pair(digits, publicKey);
      const identity = { keyId: paired.key_id, deviceId: paired.id, livemode: paired.livemode, key };
      await remember(identity);
      onPaired(identity);
    } catch (error) {
      setComplaint(error instanceof Refused ? (COMPLAINTS[error.code] ?? 'failed') : 'noKeys');
      setBusy(false);
    }
  };

  return (
    <main className="narrow">
      <form className="card" onSubmit={(event) => void submit(event)}>
        <h1>{say('pairTitle')}</h1>
        <p>{say('pairHelp')}</p>
        <label htmlFor="code">{say('pairCode')}</label>
        <input
          id="code"
          className="big-input"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={11}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <p className="complaint" role="alert">
          {able ? complaint !== null && say(complaint) : say('noKeys')}
        </p>
        <button type="submit" className="button" disabled={!able || busy || digits.length !== 8}>
          {say(busy ? 'pairing' : 'pair')}
        </button>
      </form>
    </main>
  );
}
