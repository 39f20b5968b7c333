import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Form, Input, Modal } from 'antd';
import type { Asked } from '../../api/books';
import { call } from '../../api/http';
import { useText } from '../../i18n/use-text';

interface Fields {
  merchant: string;
  tier: string;
  reason: string;
}

/** Asks for another tier of a merchant. */
export function TierDialog({ merchant, tier, onClose }: { merchant: string; tier: string; onClose: () => void }) {
  const say = useText();
  const ask = useChange({
    run: (fields: Fields) => call<Asked>('POST', '/pricing/tiers', { body: fields }),
    renews: [['approvals']],
    done: say('pricing.asked'),
    onDone: onClose,
    quiet: true,
  });
  return (
    <Modal open title={say('pricing.assignTier')} footer={null} onCancel={onClose} destroyOnHidden>
      {ask.error ? <Notice kind="error">{problemText(ask.error)}</Notice> : null}
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={{ merchant, tier, reason: '' }}
        onFinish={(fields) => ask.mutate(fields)}
      >
        <Form.Item
          name="merchant"
          label={say('pricing.merchantId')}
          rules={[{ required: true, pattern: /^mer_[0-9A-Z]{26}$/, message: say('rule.scope') }]}
        >
          <Input autoComplete="off" readOnly={merchant !== ''} />
        </Form.Item>
        <Form.Item
          name="tier"
          label={say('pricing.tier')}
          extra={say('pricing.tierHelp')}
          rules={[{ pattern: /^([a-z][a-z0-9_]{0,31})?$/, message: say('rule.scope') }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="reason" label={say('field.reason')} rules={[{ required: true, whitespace: true, message: say('rule.required') }]}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <DialogButtons busy={ask.isPending} onCancel={onClose} text={say('pricing.ask')} />
      </Form>
    </Modal>
  );
}
