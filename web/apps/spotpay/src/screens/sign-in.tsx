import { useState } from 'react';
import { useSpeech } from '../i18n/speech';
import type { TextKey } from '../i18n/texts';
import { allowSound } from '../parts/attention';
import { Refused, type Shift, type Till, type TillView } from '../till/api';
import { PinForm } from './pin-form';

export const PIN_COMPLAINTS: Record<string, TextKey> = { wrong_pin: 'wrongPin', too_many_attempts: 'tooMany', offline: 'offline' };

export function SignIn({ till, view, onDone }: { till: Till; view: TillView; onDone: (shift: Shift | null) => void }) {
  const { say } = useSpeech();
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<TextKey | null>(null);

  const signIn = async (cashier: string, pin: string) => {
    allowSound();
    setBusy(true);
    setComplaint(null);
    try {
      onDone((await till.signIn(cashier, pin)).shift);
    } catch (error) {
      setComplaint(error instanceof Refused ? (PIN_COMPLAINTS[error.code] ?? 'failed') : 'failed');
      setBusy(false);
    }
  };

  return (
    <main className="narrow">
      <section className="card">
        <h1>{say('signInTitle')}</h1>
        <p className="hint">{`${view.merchant} · ${view.store.name} · ${view.name}`}</p>
        {view.cashiers.length === 0 ? (
          <>
            <p>{say('noCashiers')}</p>
            <button
              type="button"
              className="button"
              onClick={() => {
                allowSound();
                onDone(null);
              }}
            >
              {say('goOn')}
            </button>
          </>
        ) : (
          <PinForm
            cashiers={view.cashiers}
            first={null}
            busy={busy}
            complaint={complaint}
            action={say(busy ? 'signingIn' : 'signIn')}
            onPin={(cashier, pin) => void signIn(cashier, pin)}
          />
        )}
      </section>
    </main>
  );
}
