import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { answer, payments } from '../../api/http';
import type { Payment } from '../../api/types';
import { useText } from '../../i18n/use-text';

interface Wanted {
  how: 'all' | 'part';
  amount?: string;
  reason?: string;
  note?: string;
}

/** Gives money back. How much may go back is the platform's word; nothing is reckoned here. */
export function RefundDialog({ payment, open, onClose }: { payment: Payment; open: boolean; onClose: () => void }) {
  const say = useText();
  return (
    <Modal open={open} title={say('refund.title')} onCancel={onClose} footer={null} destroyOnHidden width={520}>
      <RefundForm payment={payment} onDone={onClose} />
    </Modal>
  );
}

function RefundForm({ payment, onDone }: { payment: Payment; onDone: () => void }) {
  const say = useText();
  // Made as the dialog opens: however often it is sent, the money goes back once.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [form] = Form.useForm<Wanted>();
  const part = Form.useWatch('how', form) === 'part';
  const refund = useChange({
    run: ({ how, amount, reason, note }: Wanted) =>
      answer(
        payments.POST('/v2/payments/{id}/refunds', {
          params: { path: { id: payment.id ?? '' }, header: { 'Idempotency-Key': idempotencyKey } },
          body: { ...(how === 'part' && amount ? { amount } : {}), ...(reason ? { reason } : {}), ...(note ? { note } : {}) },
        }),
      ),
    renews: [['payment'], ['payments'], ['refunds-of'], ['refunds']],
    done: say('refund.asked'),
    quiet: true,
    onDone,
  });
  return (
    <Form<Wanted>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ how: 'all' }}
      onFinish={(wanted) => refund.mutate(wanted)}
    >
      <p className="refundable">
        {say('refund.atMost')} <Amount amount={payment.refundable_amount} currency={payment.currency} strong />
      </p>
      <Form.Item name="how" label={say('refund.how')}>
        <Radio.Group
          options={[
            { value: 'all', label: say('refund.all') },
            { value: 'part', label: say('refund.part') },
          ]}
        />
      </Form.Item>
      {part ? (
        <Form.Item
          name="amount"
          label={say('refund.amount', { currency: payment.currency ?? '' })}
          rules={[{ required: true, pattern: /^\d{1,12}(\.\d{1,3})?$/, message: say('rule.amount') }]}
        >
          <Input inputMode="decimal" autoComplete="off" className="amount-input" />
        </Form.Item>
      ) : null}
      <Form.Item
        name="reason"
        label={say('refund.reason')}
        extra={say('refund.reasonHelp')}
        rules={[{ pattern: /^[ -~]{0,80}$/, message: say('rule.ascii') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="note" label={say('refund.note')}>
        <Input autoComplete="off" />
      </Form.Item>
      {refund.error ? <Notice kind="error">{problemText(refund.error)}</Notice> : null}
      <DialogButtons busy={refund.isPending} onCancel={onDone} text={say('refund.do')} />
    </Form>
  );
}
