import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useQuery } from '@tanstack/react-query';
import { answer, payments } from '../../api/http';
import { useMode } from '../../api/mode';
import type { FxRate } from '../../api/types';
import { useText, useWord } from '../../i18n/use-text';
import { useSession } from '../../session/session';
import { RateHistory } from './rate-history';

const MINUTE_MILLIS = 60_000;

export default function RatesPage() {
  const say = useText();
  const mode = useMode();
  const base = useSession().merchant?.currency ?? 'NZD';
  const rates = useQuery({
    queryKey: ['rates', mode, base],
    queryFn: () => answer(payments.GET('/v2/fx/rates', { params: { query: { base } } })),
    refetchInterval: MINUTE_MILLIS,
  });
  return (
    <Page title={say('rates.title')} intro={say('rates.intro')}>
      <Loaded asked={rates}>
        {({ data }) =>
          data === undefined || data.length === 0 ? (
            <Empty>{say('rates.none')}</Empty>
          ) : (
            <ul className="rate-cards">
              {data.map((rate) => (
                <Rate key={rate.method} rate={rate} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <RateHistory base={base} />
    </Page>
  );
}

function Rate({ rate }: { rate: FxRate }) {
  const say = useText();
  const word = useWord();
  return (
    <li className="card">
      <h2>{word('method', rate.method)}</h2>
      <p className="rate">
        1 {rate.base} = <strong>{rate.rate}</strong> {rate.quote}
      </p>
      <p className="faint">
        1 {rate.quote} = {rate.inverse} {rate.base}
      </p>
      <p>{rate.includes_margin ? say('rates.ours') : say('rates.theirs')}</p>
      <p className="faint">
        {say('rates.asOf')} <Moment at={rate.as_of} />
      </p>
      <p className="faint">{say('rates.source', { source: word('rateSource', rate.source) })}</p>
    </li>
  );
}
