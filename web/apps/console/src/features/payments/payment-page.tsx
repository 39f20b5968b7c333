import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Copyable } from '@ferrypay/desk/ui/copyable.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { Timeline, type Tone } from '@ferrypay/desk/ui/timeline.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Table } from 'antd';
import { call } from '../../api/http';
import type { WholePayment } from '../../api/payments';
import { type Say, useText } from '../../i18n/use-text';
import { useMay } from '../../session/session';

/** All about one payment. */
export default function PaymentPage() {
  const { id } = useParams({ from: '/shell/payments/$id' });
  const say = useText();
  const found = useQuery({ queryKey: ['payment', id], queryFn: () => call<WholePayment>('GET', `/payments/${id}`) });
  return (
    <Loaded asked={found} rows={8}>
      {(whole) => (
        <Page
          title={say('payment.title', { reference: whole.payment.merchant_reference })}
          intro={<StatusTag status={whole.payment.status} group="payStatus" />}
          actions={<Link to="/payments">{say('payments.title')}</Link>}
        >
          {whole.paid_late ? <Notice kind="info">{say('payment.paidLate')}</Notice> : null}
          <About whole={whole} />
          <Card title={say('payment.timeline')}>
            <Story whole={whole} />
          </Card>
          <Attempts whole={whole} />
          <Refunds whole={whole} />
          <Payer payer={whole.payer} />
        </Page>
      )}
    </Loaded>
  );
}

function About({ whole }: { whole: WholePayment }) {
  const say = useText();
  const may = useMay();
  const { payment } = whole;
  return (
    <Card title={say('payment.facts')}>
      <Facts
        facts={[
          ['ID', <Copyable key="id" text={payment.id} />],
          [say('payments.amount'), <Amount key="amount" amount={payment.amount} currency={payment.currency} strong />],
          [
            say('payment.payerAmount'),
            payment.payer_amount === null ? null : <Amount key="payer" amount={payment.payer_amount} currency={payment.payer_currency} />,
          ],
          [
            say('payments.refunded'),
            /[1-9]/.test(payment.refunded_amount) ? (
              <Amount key="refunded" amount={payment.refunded_amount} currency={payment.currency} />
            ) : null,
          ],
          [
            say('payment.surplus'),
            /[1-9]/.test(whole.surplus_amount) ? <Amount key="surplus" amount={whole.surplus_amount} currency={payment.currency} /> : null,
          ],
          [
            say('field.merchant'),
            may('merchants:read') ? (
              <Link key="merchant" to="/merchants/$id" params={{ id: payment.merchant_id }}>
                {payment.merchant_name ?? payment.merchant_id}
              </Link>
            ) : (
              (payment.merchant_name ?? payment.merchant_id)
            ),
          ],
          [say('payments.mode'), payment.livemode ? say('payments.live') : say('payments.test')],
          [say('payments.method'), payment.method],
          [say('payment.channelNumber'), whole.channel_reference],
          [say('payment.product'), whole.product_name],
          [say('payment.failure'), [whole.failure_code, whole.decline_code].filter((code) => code !== null).join(', ')],
          [say('payment.store'), whole.store],
          [say('payment.code'), whole.static_code],
          [say('payment.device'), whole.device],
          [say('payments.made'), <When key="made" at={payment.created_at} />],
          [say('payment.expires'), <When key="expires" at={whole.expires_at} />],
        ]}
      />
    </Card>
  );
}

interface Step {
  at: string;
  tone: Tone;
  content: string;
}

function steps(whole: WholePayment, say: Say, word: (group: string, word: string) => string): Step[] {
  const found: Step[] = [
    { at: whole.payment.created_at, tone: 'quiet', content: whole.held_when_made ? say('payment.held') : say('payment.created') },
  ];
  for (const [index, attempt] of whole.attempts.entries()) {
    const number = index + 1;
    found.push({ at: attempt.created_at, tone: 'quiet', content: say('payment.attemptBegan', { number, channel: attempt.channel }) });
    if (attempt.ended_at !== null) {
      const status = word('attemptStatus', attempt.status);
      found.push({
        at: attempt.ended_at,
        tone: attempt.status === 'paid' ? 'good' : attempt.status === 'surplus' || attempt.status === 'declined' ? 'bad' : 'quiet',
        content: say('payment.attemptEnded', { number, status }),
      });
    }
  }
  if (whole.payment.paid_at !== null) {
    found.push({ at: whole.payment.paid_at, tone: 'good', content: say('payment.paidByClock') });
  }
  if (whole.ended_at !== null) {
    const tone = whole.payment.status === 'paid' ? 'good' : 'bad';
    found.push({ at: whole.ended_at, tone, content: say('payment.ended', { status: word('payStatus', whole.payment.status) }) });
  }
  for (const { amount, currency, created_at, ended_at, status } of whole.refunds) {
    found.push({ at: created_at, tone: 'quiet', content: say('payment.refundAsked', { amount, currency }) });
    if (ended_at !== null) {
      found.push({
        at: ended_at,
        tone: status === 'succeeded' ? 'good' : 'bad',
        content: say('payment.refundEnded', { amount, currency, status: word('refundStatus', status) }),
      });
    }
  }
  return found.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function Story({ whole }: { whole: WholePayment }) {
  return <Timeline entries={steps(whole, useText(), useWord())} />;
}

function Attempts({ whole }: { whole: WholePayment }) {
  const say = useText();
  const word = useWord();
  return (
    <Card title={say('payment.attempts')}>
      {whole.attempts.length === 0 ? (
        <Empty>{say('payment.noAttempts')}</Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus
        <section className="table-scroll" aria-label={say('payment.table', { what: say('payment.attempts') })} tabIndex={0}>
          <Table
            size="small"
            pagination={false}
            rowKey={({ order_number }) => order_number}
            dataSource={whole.attempts}
            columns={[
              { title: say('payment.order'), render: (_, { order_number }) => <code>{order_number}</code> },
              { title: say('payment.account'), dataIndex: 'account' },
              { title: say('payments.status'), render: (_, { status }) => word('attemptStatus', status) },
              {
                title: say('payment.charged'),
                align: 'right',
                render: (_, { amount, currency }) => <Amount amount={amount} currency={currency} />,
              },
              { title: say('payment.channelNumber'), dataIndex: 'channel_reference' },
              { title: say('payment.failure'), dataIndex: 'decline_code' },
            ]}
          />
        </section>
      )}
    </Card>
  );
}

function Refunds({ whole }: { whole: WholePayment }) {
  const say = useText();
  const word = useWord();
  return (
    <Card title={say('payment.refunds')}>
      {whole.refunds.length === 0 ? (
        <Empty>{say('payment.noRefunds')}</Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus
        <section className="table-scroll" aria-label={say('payment.table', { what: say('payment.refunds') })} tabIndex={0}>
          <Table
            size="small"
            pagination={false}
            rowKey={({ id }) => id}
            dataSource={whole.refunds}
            columns={[
              { title: 'ID', render: (_, { id }) => <code>{id}</code> },
              { title: say('payments.kind'), render: (_, { kind }) => word('refundKind', kind) },
              { title: say('payments.status'), render: (_, { status }) => <StatusTag status={status} group="refundStatus" /> },
              {
                title: say('payments.amount'),
                align: 'right',
                render: (_, { amount, currency }) => <Amount amount={amount} currency={currency} />,
              },
              { title: say('payment.refundNumber'), render: (_, { refund_number }) => <code>{refund_number}</code> },
              { title: say('payment.channelNumber'), dataIndex: 'channel_reference' },
              {
                title: say('payment.failure'),
                render: (_, { failure_code, decline_code }) => [failure_code, decline_code].filter((code) => code !== null).join(', '),
              },
            ]}
          />
        </section>
      )}
    </Card>
  );
}

function Payer({ payer }: { payer: WholePayment['payer'] }) {
  const say = useText();
  const known = Object.values(payer).some((value) => value !== null);
  return (
    <Card title={say('payment.payer')}>
      {known ? (
        <>
          <p className="faint">{say('payment.payerWhy')}</p>
          <Facts
            facts={[
              [say('payment.payerId'), payer.id === null ? null : <Copyable key="id" text={payer.id} />],
              [say('payment.ip'), payer.ip],
              [say('payment.email'), payer.email],
              [say('payment.browser'), payer.user_agent],
            ]}
          />
        </>
      ) : (
        <Empty>{say('payment.nothingKnown')}</Empty>
      )}
    </Card>
  );
}
