import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text';

/** Asks why, and does it. */
export function ReasonDialog({
  title,
  action,
  optional,
  danger,
  busy,
  error,
  children,
  onDone,
  onCancel,
}: {
  title: string;
  action: string;
  optional?: boolean;
  danger?: boolean;
  busy: boolean;
  error: unknown;
  children?: ReactNode;
  onDone: (reason: string) => void;
  onCancel: () => void;
}) {
  const say = useText();
  return (
    <Modal open title={title} footer={null} onCancel={onCancel} destroyOnHidden>
      {children}
      {error ? <Notice kind="error">{problemText(error)}</Notice> : null}
      <Form<{ reason?: string }> layout="vertical" requiredMark={false} onFinish={({ reason }) => onDone(reason ?? '')}>
        <Form.Item
          name="reason"
          label={optional ? say('field.reasonOptional') : say('field.reason')}
          rules={[{ required: optional !== true, whitespace: optional !== true, message: say('rule.required') }]}
        >
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        <DialogButtons busy={busy} onCancel={onCancel} text={action} danger={danger === true} />
      </Form>
    </Modal>
  );
}
