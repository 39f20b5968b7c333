import { guardedFetch } from '@ferrypay/desk/http.ts';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { Form, Input, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import type { ChannelDay } from '../../api/types';
import { useText } from '../../i18n/use-text';

/** What each channel's files may be, as reconcile-service names them. */
const FORMATS: Record<string, string[]> = {
  wechat: ['wechat-global-csv'],
  alipay: ['alipay-forex-compare', 'alipay-fptrade', 'alipay-transaction', 'alipay-settle', 'alipay-transaction-items'],
  jdpay: ['jdpay-zip-gbk-csv'],
  payease: ['payease-virtual-csv'],
};
const LONGEST = 10 * 1024 * 1024;
const PATIENCE_MILLIS = 150_000;

interface Fields {
  account: string;
  day: string;
  format: string;
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function handIn({ account, day, format }: Fields, file: File): Promise<ChannelDay> {
  const bytes = await file.arrayBuffer();
  const url = new URL(`${window.location.origin}/console/api/reconciliation/statements`);
  url.search = new URLSearchParams({ account, day, format, sha256: await sha256(bytes) }).toString();
  const answer = await guardedFetch(
    new Request(url, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream', Accept: 'application/json' }, body: bytes }),
    PATIENCE_MILLIS,
  );
  return answer.json();
}

/** Takes a statement that came another way than by the channel's own door. */
export function UploadDialog({ days, onClose }: { days: ChannelDay[]; onClose: () => void }) {
  const say = useText();
  const word = useWord();
  const fileField = useId();
  const [file, setFile] = useState<File | null>(null);
  const [form] = Form.useForm<Fields>();
  const account = Form.useWatch('account', form);
  const channels = new Map(days.map((one) => [one.account, one.channel]));
  const send = useChange({
    run: ({ fields, chosen }: { fields: Fields; chosen: File }) => handIn(fields, chosen),
    renews: [['reconciliation']],
    done: ({ state }) => say('reconciliation.uploaded', { state: word('dayState', state) }),
    onDone: onClose,
    quiet: true,
  });
  return (
    <Modal open title={say('reconciliation.upload')} footer={null} onCancel={onClose} destroyOnHidden>
      <p>{say('reconciliation.uploadIntro')}</p>
      {send.error ? <Notice kind="error">{problemText(send.error)}</Notice> : null}
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => file !== null && send.mutate({ fields, chosen: file })}
      >
        <Form.Item name="account" label={say('reconciliation.account')} rules={[{ required: true, message: say('rule.required') }]}>
          <Select
            options={[...channels.keys()].sort().map((value) => ({ value, label: value }))}
            onChange={() => form.resetFields(['format'])}
          />
        </Form.Item>
        <Form.Item name="day" label={say('reconciliation.day')} rules={[{ required: true, message: say('rule.required') }]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="format" label={say('reconciliation.format')} rules={[{ required: true, message: say('rule.required') }]}>
          <Select
            disabled={account === undefined}
            options={(FORMATS[channels.get(account ?? '') ?? ''] ?? []).map((value) => ({ value, label: value }))}
          />
        </Form.Item>
        <p>
          <label htmlFor={fileField}>{say('reconciliation.chooseFile')}</label>
          <br />
          <input
            id={fileField}
            type="file"
            required
            onChange={({ target }) => {
              const chosen = target.files?.[0] ?? null;
              setFile(chosen !== null && chosen.size <= LONGEST ? chosen : null);
            }}
          />
        </p>
        <DialogButtons busy={send.isPending} onCancel={onClose} text={say('reconciliation.send')} />
      </Form>
    </Modal>
  );
}
