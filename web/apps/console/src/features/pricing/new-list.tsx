import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useNavigate } from '@tanstack/react-router';
import { Form, Input, Modal } from 'antd';
import { useText } from '../../i18n/use-text';
import { EVERYBODY } from './scope';

/** Whom a list is to be for; it is there once its first version is approved. */
export function NewList({ kind, onClose }: { kind: string; onClose: () => void }) {
  const say = useText();
  const word = useWord();
  const navigate = useNavigate();
  const fee = kind === 'fee';
  return (
    <Modal open title={say('pricing.newListOf', { kind: word('priceKind', kind) })} footer={null} onCancel={onClose} destroyOnHidden>
      <Form<{ scope: string; currency: string }>
        layout="vertical"
        requiredMark={false}
        initialValues={{ scope: '', currency: 'NZD' }}
        onFinish={({ scope, currency }) =>
          void navigate({
            to: '/pricing/$kind/$currency/$scope',
            params: { kind, currency, scope: scope === '' ? EVERYBODY : scope },
          })
        }
      >
        <Form.Item
          name="scope"
          label={fee ? say('pricing.merchantId') : say('pricing.tier')}
          extra={fee ? say('pricing.merchantIdHelp') : say('pricing.tierHelp')}
          rules={[{ pattern: fee ? /^(mer_[0-9A-Z]{26})?$/ : /^([a-z][a-z0-9_]{0,31})?$/, message: say('rule.scope') }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="currency"
          label={say('merchants.currency')}
          rules={[{ required: true, pattern: /^[A-Z]{3}$/, message: say('rule.currency') }]}
        >
          <Input maxLength={3} className="rule-amount" />
        </Form.Item>
        <DialogButtons busy={false} onCancel={onClose} text={say('action.continue')} />
      </Form>
    </Modal>
  );
}
