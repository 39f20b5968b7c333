import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Copyable } from '@ferrypay/desk/ui/copyable.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { Timeline } from '@ferrypay/desk/ui/timeline.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { answer, payments } from '../../api/http';
import { useMode } from '../../api/mode';
import type { Payment, Refund } from '../../api/types';
import { useText, useWord } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import { historyOf } from './history';
import { RefundDialog } from './refund-dialog';

const UNDER_WAY = ['created', 'pending', 'processing'];
const LOOK_AGAIN_MILLIS = 3000;

function isPending(refunds: Refund[] | undefined): boolean {
  return refunds?.some((refund) => refund.status === 'pending') ?? false;
}

/** One payment with everything that became of it. */
export function PaymentDetail({ id }: { id: string }) {
  const mode = useMode();
  const cache = useQueryClient();
  const payment = useQuery({
    queryKey: ['payment', mode, id],
    queryFn: () => answer(payments.GET('/v2/payments/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (UNDER_WAY.includes(state.data?.status ?? '') ? LOOK_AGAIN_MILLIS : false),
  });
  const refunds = useQuery({
    queryKey: ['refunds-of', mode, id],
    queryFn: () => answer(payments.GET('/v2/payments/{id}/refunds', { params: { path: { id }, query: { limit: 100 } } })),
    // A channel decides within seconds or minutes.
    refetchInterval: ({ state }) => (isPending(state.data?.data) ? LOOK_AGAIN_MILLIS : false),
  });
  const refunding = isPending(refunds.data?.data);
  useEffect(
    () =>
      refunding
        ? () => {
            // The last one was decided: the payment says something else now.
            void cache.invalidateQueries({ queryKey: ['payment'] });
            void cache.invalidateQueries({ queryKey: ['payments'] });
          }
        : undefined,
    [refunding, cache],
  );
  return <Loaded asked={payment}>{(found) => <Found payment={found} refunds={refunds.data?.data ?? []} />}</Loaded>;
}

function Found({ payment, refunds }: { payment: Payment; refunds: Refund[] }) {
  const say = useText();
  const word = useWord();
  const may = useMay();
  const [refunding, setRefunding] = useState(false);
  const refundable = payment.status === 'paid' && payment.refund_state !== 'full';
  return (
    <>
      <div className="detail-head">
        <div>
          <Amount amount={payment.amount} currency={payment.currency} strong />
          <span className="faint">
            <Amount amount={payment.payer_amount} currency={payment.payer_currency} />
          </span>
        </div>
        <StatusTag status={payment.status} />
        {payment.refund_state === 'none' ? null : <StatusTag group="refundState" status={payment.refund_state} />}
        <span className="head-space" />
        {refundable && may('refunds:write') ? (
          <Button type="primary" onClick={() => setRefunding(true)}>
            {say('refund.do')}
          </Button>
        ) : null}
        {['created', 'pending', 'failed'].includes(payment.status ?? '') && may('payments:write') ? <Cancel payment={payment} /> : null}
      </div>
      <Facts
        facts={[
          [say('column.reference'), payment.merchant_reference],
          [say('payment.id'), payment.id ? <Copyable key="id" text={payment.id} label={say('payment.id')} /> : null],
          [say('payment.product'), payment.product_name],
          [say('payment.description'), payment.description],
          [
            say('column.method'),
            payment.payment_method?.type
              ? `${word('method', payment.payment_method.type)} · ${word('flow', payment.payment_method.flow)}${payment.payment_method.bank_code ? ` · ${payment.payment_method.bank_code}` : ''}`
              : null,
          ],
          [
            say('payment.channelReference'),
            payment.payment_method?.channel_reference ? <Copyable key="reference" text={payment.payment_method.channel_reference} /> : null,
          ],
          [say('payment.rate'), payment.fx?.rate ? `${payment.fx.pair} ${payment.fx.rate} · ${word('rateKind', payment.fx.kind)}` : null],
          [say('payment.refunded'), <Amount key="refunded" amount={payment.refunded_amount} currency={payment.currency} />],
          [
            say('payment.surplus'),
            payment.surplus_amount ? <Amount key="surplus" amount={payment.surplus_amount} currency={payment.currency} /> : null,
          ],
          [
            say('payment.failure'),
            payment.failure?.code
              ? `${word('decline', payment.failure.code)}${payment.failure.decline_code ? ` (${payment.failure.decline_code})` : ''}`
              : null,
          ],
          [say('payment.code'), payment.static_code],
          [say('payment.expires'), payment.ended_at ? null : <Moment key="expires" at={payment.expires_at} />],
          ...Object.entries(payment.metadata ?? {}).map(([name, value]): [string, string] => [name, value]),
        ]}
      />
      <h2>{say('payment.timeline')}</h2>
      <Timeline
        entries={historyOf(payment, refunds).map((entry) => ({
          at: entry.at,
          tone: entry.tone,
          content: (
            <>
              {say(entry.text)}
              {entry.refund ? (
                <>
                  {' '}
                  <Amount amount={entry.refund.amount} currency={entry.refund.currency} />
                  {entry.refund.reason ? <span className="faint"> {word('refundReason', entry.refund.reason)}</span> : null}
                </>
              ) : null}
            </>
          ),
        }))}
      />
      <RefundDialog payment={payment} open={refunding} onClose={() => setRefunding(false)} />
    </>
  );
}

function Cancel({ payment }: { payment: Payment }) {
  const say = useText();
  const [asking, setAsking] = useState(false);
  const cancel = useChange({
    run: () => answer(payments.POST('/v2/payments/{id}:cancel', { params: { path: { id: payment.id ?? '' } } })),
    renews: [['payment'], ['payments']],
    done: say('payment.canceled'),
    onDone: () => setAsking(false),
  });
  return (
    <>
      <Button danger onClick={() => setAsking(true)}>
        {say('payment.cancel')}
      </Button>
      <Modal
        open={asking}
        title={say('payment.cancelTitle')}
        okText={say('payment.cancel')}
        okButtonProps={{ danger: true, loading: cancel.isPending }}
        cancelText={say('action.keep')}
        onOk={() => cancel.mutate(undefined)}
        onCancel={() => setAsking(false)}
      >
        {say('payment.cancelHelp')}
      </Modal>
    </>
  );
}
