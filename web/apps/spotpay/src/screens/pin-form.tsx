import { type FormEvent, useId, useState } from 'react';
import { useSpeech } from '../i18n/speech';
import type { TextKey } from '../i18n/texts';
import type { Name } from '../till/api';

/** Who gives which PIN. */
export function PinForm({
  cashiers,
  first,
  busy,
  complaint,
  action,
  onPin,
}: {
  cashiers: Name[];
  first: string | null;
  busy: boolean;
  complaint: TextKey | null;
  action: string;
  onPin: (cashier: string, pin: string) => void;
}) {
  const { say } = useSpeech();
  const id = useId();
  const [cashier, setCashier] = useState(first ?? cashiers[0]?.id ?? '');
  const [pin, setPin] = useState('');
  const good = /^\d{4,8}$/.test(pin) && cashier !== '';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (good && !busy) {
      onPin(cashier, pin);
      setPin('');
    }
  };

  return (
    <form className="form" onSubmit={submit}>
      <fieldset className="choices">
        <legend>{say('cashier')}</legend>
        {cashiers.map((each) => (
          <label key={each.id} className="choice">
            <input type="radio" name={`${id}-cashier`} checked={each.id === cashier} onChange={() => setCashier(each.id)} />
            {each.name}
          </label>
        ))}
      </fieldset>
      <label htmlFor={`${id}-pin`}>{say('pin')}</label>
      <input
        id={`${id}-pin`}
        className="big-input"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        value={pin}
        onChange={(event) => setPin(event.target.value.replace(/\D/g, ''))}
      />
      <p className="complaint" role="alert">
        {complaint !== null && say(complaint)}
      </p>
      <button type="submit" className="button" disabled={!good || busy}>
        {action}
      </button>
    </form>
  );
}
