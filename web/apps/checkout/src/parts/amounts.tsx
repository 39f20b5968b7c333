import { useSpeech } from '../i18n/language';
import { bothClocks, formatMoney } from '../payment/format';
import { isExact, type View } from '../payment/view';

export function Amounts({ view }: { view: View }) {
  const { say, language } = useSpeech();
  const foreign = formatMoney(view.amount, view.currency, language);
  const yuan = view.payer_amount !== null ? formatMoney(view.payer_amount, view.payer_currency ?? 'CNY', language) : null;
  return (
    <div className="amounts">
      <p className="amounts-label">{say('youPay')}</p>
      <p className="amounts-main">{yuan === null ? foreign : isExact(view) ? yuan : `≈ ${yuan}`}</p>
      {yuan !== null && <p className="amounts-other">{foreign}</p>}
      {view.fx !== null && (
        <p className="amounts-rate">
          {say('rate', { base: view.currency, rate: view.fx.rate, ...bothClocks(view.fx.as_of, language) })}
          {!isExact(view) && (
            <>
              <br />
              {say('indicative')}
            </>
          )}
        </p>
      )}
    </div>
  );
}
