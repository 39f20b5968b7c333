import { type FormEvent, useEffect, useId, useMemo, useState } from 'react';
import { useSpeech } from '../i18n/language';
import { type Bank, fetchBanks } from '../payment/api';
import { formatMoney } from '../payment/format';
import { isChineseIdNumber, matches } from '../payment/payer';
import type { Payment } from '../payment/use-payment';
import { type View, wentAway } from '../payment/view';
import { HaveYouPaid } from './leave-to-pay';

/** Which bank, and who pays: banks want the name and number of the account's holder. */
export function BankChooser({ nonce, payment, view }: { nonce: string; payment: Payment; view: View }) {
  const { say, language } = useSpeech();
  const [banks, setBanks] = useState<Bank[] | 'loading' | 'failed'>('loading');
  const [asked, setAsked] = useState(0);
  const [search, setSearch] = useState('');
  const [bank, setBank] = useState('');
  const [name, setName] = useState('');
  const [idNumber, setIdNumber] = useState('');
  const [complaint, setComplaint] = useState(false);
  const [again, setAgain] = useState(false);
  const id = useId();

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` repeats the question
  useEffect(() => {
    let current = true;
    setBanks('loading');
    fetchBanks(nonce).then(
      (found) => current && setBanks(found),
      () => current && setBanks('failed'),
    );
    return () => {
      current = false;
    };
  }, [nonce, asked]);

  const shown = useMemo(() => (Array.isArray(banks) ? banks.filter((each) => matches(each, search)) : []), [banks, search]);

  if (wentAway(view, 'onlinebank') && !again) {
    return <HaveYouPaid payment={payment} onAgain={() => setAgain(true)} />;
  }
  if (banks === 'loading') {
    return <p aria-busy="true">{say('loadingBanks')}</p>;
  }
  if (banks === 'failed') {
    return (
      <div className="actions">
        <p role="alert">{say('banksFailed')}</p>
        <button type="button" className="button" onClick={() => setAsked(asked + 1)}>
          {say('tryAgain')}
        </button>
      </div>
    );
  }
  const numberIsGood = isChineseIdNumber(idNumber);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (bank === '' || name.trim() === '' || !numberIsGood) {
      setComplaint(true);
      return;
    }
    payment.start({ method: 'onlinebank', flow: 'bank', bank_code: bank, payer: { name: name.trim(), id_number: idNumber.trim() } });
  };
  const chosen = banks.find((each) => each.code === bank);
  return (
    <form className="banks" onSubmit={submit} noValidate>
      <label htmlFor={`${id}-search`}>{say('searchBank')}</label>
      <input id={`${id}-search`} type="search" value={search} autoComplete="off" onChange={(event) => setSearch(event.target.value)} />
      <fieldset className="bank-grid">
        <legend>{say('chooseBank')}</legend>
        {shown.map((each) => (
          <label key={each.code} className={each.code === bank ? 'bank bank-chosen' : 'bank'}>
            <input
              type="radio"
              name="bank"
              value={each.code}
              checked={each.code === bank}
              disabled={!each.available}
              onChange={() => setBank(each.code)}
            />
            <span>
              {language === 'en' ? each.name_en : each.name_zh}
              {!each.available && <span className="method-reason">{say('channelDown')}</span>}
            </span>
          </label>
        ))}
        {shown.length === 0 && <p>{say('noBank')}</p>}
      </fieldset>
      {chosen !== undefined && (
        <p className="hint" role="status">
          {chosen.single_limit === null
            ? say('limitUnknown')
            : say('limitKnown', { single: formatMoney(chosen.single_limit, 'CNY', language) })}
        </p>
      )}
      <label htmlFor={`${id}-name`}>{say('payerName')}</label>
      <input id={`${id}-name`} value={name} maxLength={20} autoComplete="name" onChange={(event) => setName(event.target.value)} />
      <label htmlFor={`${id}-number`}>{say('payerIdNumber')}</label>
      <input
        id={`${id}-number`}
        value={idNumber}
        maxLength={18}
        inputMode="text"
        autoComplete="off"
        aria-describedby={`${id}-why`}
        aria-invalid={complaint && !numberIsGood}
        onChange={(event) => setIdNumber(event.target.value)}
      />
      <p id={`${id}-why`} className="hint">
        {say('payerWhy')}
      </p>
      {complaint && (bank === '' || name.trim() === '' || !numberIsGood) && (
        <p role="alert" className="complaint">
          {say(bank === '' ? 'bankMissing' : name.trim() === '' ? 'nameMissing' : 'idNumberWrong')}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="button" disabled={payment.busy}>
          {say(payment.busy ? 'opening' : 'continueTo', { wallet: say('onlinebank') })}
        </button>
      </div>
    </form>
  );
}
