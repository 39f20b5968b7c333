import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, payments } from '../../api/http';
import { useMode } from '../../api/mode';
import { useText, useWord } from '../../i18n/use-text';

/** The newest payments. */
export function Recent() {
  const say = useText();
  const word = useWord();
  const mode = useMode();
  const recent = useQuery({
    queryKey: ['payments', mode, 'recent'],
    queryFn: () => answer(payments.GET('/v2/payments', { params: { query: { limit: 5 } } })),
  });
  return (
    <Card title={say('home.recent')} actions={<Link to="/payments">{say('home.all')}</Link>}>
      <Loaded asked={recent}>
        {({ data }) =>
          data === undefined || data.length === 0 ? (
            <Empty>{say('payments.none')}</Empty>
          ) : (
            <ul className="rows recent">
              {data.map((payment) => (
                <li key={payment.id}>
                  <Link to="/payments" search={{ payment: payment.id }}>
                    {payment.merchant_reference}
                  </Link>
                  <span>
                    <StatusTag status={payment.status} />
                  </span>
                  <span className="faint">{word('method', payment.payment_method?.type)}</span>
                  <Amount amount={payment.amount} currency={payment.currency} strong />
                  <Moment at={payment.created_at} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
