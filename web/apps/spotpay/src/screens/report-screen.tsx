import { useEffect, useState } from 'react';
import { useSpeech } from '../i18n/speech';
import type { Report, Till, TillView, Totals } from '../till/api';

export function ReportScreen({ till, view }: { till: Till; view: TillView }) {
  const { say, money, time } = useSpeech();
  const began = view.shift?.began_at ?? null;
  const [shift, setShift] = useState(began !== null);
  const [report, setReport] = useState<Report | null>(null);
  const [trouble, setTrouble] = useState(false);

  useEffect(() => {
    let over = false;
    setTrouble(false);
    till
      .report(shift ? began : null)
      .then((next) => over || setReport(next))
      .catch(() => over || setTrouble(true));
    return () => {
      over = true;
    };
  }, [till, shift, began]);

  const row = (totals: Totals, currency: string) => (
    <tr key={totals.method ?? 'all'} className={totals.method === null ? 'sum-row' : ''}>
      <th scope="row">{totals.method === null ? say('sum') : say(totals.method)}</th>
      <td>
        {money(totals.sales_amount, currency)} <span className="count">×{totals.sales}</span>
      </td>
      <td>
        {money(totals.refunds_amount, currency)} <span className="count">×{totals.refunds}</span>
      </td>
      <td>{money(totals.net_amount, currency)}</td>
    </tr>
  );

  return (
    <main className="wide">
      <section className="card">
        <h1>{say('report')}</h1>
        <p className="hint">{`${view.merchant} · ${view.store.name} · ${view.name}${view.shift === null ? '' : ` · ${view.shift.cashier.name}`}`}</p>
        {began !== null && (
          <fieldset className="choices choices-row">
            <legend className="spoken-only">{say('report')}</legend>
            <label className="choice">
              <input type="radio" name="span" checked={shift} onChange={() => setShift(true)} />
              {say('thisShift')}
            </label>
            <label className="choice">
              <input type="radio" name="span" checked={!shift} onChange={() => setShift(false)} />
              {say('today')}
            </label>
          </fieldset>
        )}
        {trouble && (
          <p className="complaint" role="alert">
            {say('failed')}
          </p>
        )}
        {report !== null && (
          <>
            <p>
              {say('since', { from: time(report.from, view.time_zone), until: time(report.until, view.time_zone), zone: report.time_zone })}
            </p>
            {report.unresolved > 0 && <p className="warning">{say('unresolved', { count: String(report.unresolved) })}</p>}
            <div className="table">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{say('method')}</th>
                    <th scope="col">{say('sales')}</th>
                    <th scope="col">{say('refunds')}</th>
                    <th scope="col">{say('net')}</th>
                  </tr>
                </thead>
                <tbody>
                  {report.methods.map((totals) => row(totals, report.currency))}
                  {row(report.total, report.currency)}
                </tbody>
              </table>
            </div>
            <button type="button" className="button button-quiet no-print" onClick={() => window.print()}>
              {say('print')}
            </button>
          </>
        )}
      </section>
    </main>
  );
}
