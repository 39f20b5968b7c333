import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Form, Input, Modal, Radio } from 'antd';
import { call } from '../api/http';
import { useText } from '../i18n/use-text';

interface Fields {
  book: string;
  merchant: string;
  amount: string;
  currency: string;
  reason: string;
}

/** Keeps money of a merchant back at once; letting go takes another person. */
export function HoldDialog({ merchant = '', onClose }: { merchant?: string; onClose: () => void }) {
  const say = useText();
  const place = useChange({
    run: (fields: Fields) => call('POST', '/balance-holds', { body: fields }),
    renews: [['settlement'], ['merchant']],
    done: say('hold.placed'),
    onDone: onClose,
    quiet: true,
  });
  return (
    <Modal open title={say('hold.place')} footer={null} onCancel={onClose} destroyOnHidden>
      <p>{say('hold.help')}</p>
      {place.error ? <Notice kind="error">{problemText(place.error)}</Notice> : null}
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={{ book: 'live', merchant, amount: '', currency: 'NZD', reason: '' }}
        onFinish={(fields) => place.mutate(fields)}
      >
        <Form.Item name="book" label={say('money.mode')}>
          <Radio.Group
            options={[
              { value: 'live', label: say('ledger.live') },
              { value: 'test', label: say('ledger.test') },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="merchant"
          label={say('field.merchant')}
          rules={[{ required: true, pattern: /^mer_[0-9A-Z]{26}$/, message: say('rule.merchantId') }]}
        >
          <Input autoComplete="off" readOnly={merchant !== ''} />
        </Form.Item>
        <Form.Item
          name="amount"
          label={say('withdrawals.amount')}
          rules={[{ required: true, pattern: /^\d{1,12}(\.\d{1,3})?$/, message: say('rule.money') }]}
        >
          <Input inputMode="decimal" maxLength={16} className="amount-input" />
        </Form.Item>
        <Form.Item
          name="currency"
          label={say('merchants.currency')}
          rules={[{ required: true, pattern: /^[A-Z]{3}$/, message: say('rule.threeLetters') }]}
        >
          <Input maxLength={3} className="amount-input" />
        </Form.Item>
        <Form.Item name="reason" label={say('field.reason')} rules={[{ required: true, whitespace: true, message: say('rule.required') }]}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <DialogButtons busy={place.isPending} onCancel={onClose} text={say('hold.place')} />
      </Form>
    </Modal>
  );
}
