import { Copyable } from '@ferrypay/desk/ui/copyable.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Moment, When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Button, Checkbox, Form, Input, Modal } from 'antd';
import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import { call } from '../../api/http';
import { useMode } from '../../api/mode';
import type { Page as ListPage, WechatBinding, WechatMessage } from '../../api/types';
import '../../i18n/developers';
import { useText, useWord } from '../../i18n/use-text';
import '../../i18n/wechat';
import { useMay } from '../../session/session';

const TYPES = ['payment.paid', 'payment.paid_late', 'refund.succeeded', 'refund.failed', 'static_code.unusual_use'];

export default function WechatPage() {
  const say = useText();
  const word = useWord();
  const may = useMay();
  const mode = useMode();
  const write = may('messages:write');
  const [inviting, setInviting] = useState(false);
  const [edited, setEdited] = useState<WechatBinding | null>(null);
  const [invited, setInvited] = useState<WechatBinding | null>(null);
  const end = useChange({
    run: (id: string) => call<WechatBinding>('POST', `/v2/wechat_bindings/${id}:end`),
    renews: [['bindings']],
    done: say('wechat.ended'),
  });
  return (
    <Page
      title={say('wechat.title')}
      intro={say('wechat.intro')}
      actions={
        write ? (
          <Button type="primary" onClick={() => setInviting(true)}>
            {say('wechat.invite')}
          </Button>
        ) : undefined
      }
    >
      <CursorTable<WechatBinding>
        queryKey={['bindings', mode]}
        fetchPage={(cursor) => call<ListPage<WechatBinding>>('GET', '/v2/wechat_bindings', { query: { cursor } })}
        rowKey={(binding) => binding.id}
        label={say('wechat.people')}
        empty={say('wechat.none')}
        columns={[
          { title: say('wechat.person'), key: 'label', render: (_, binding) => binding.label },
          {
            title: say('wechat.hears'),
            key: 'types',
            render: (_, binding) => binding.event_types.map((type) => word('eventType', type)).join(' · '),
          },
          {
            title: say('column.status'),
            key: 'status',
            render: (_, binding) => (
              <>
                <StatusTag group="bindingStatus" status={binding.status} />
                {binding.ended_reason ? <div className="faint">{word('endedReason', binding.ended_reason)}</div> : null}
              </>
            ),
          },
          { title: say('wechat.since'), key: 'since', render: (_, binding) => <When at={binding.bound_at ?? binding.created_at} /> },
          ...(write
            ? [
                {
                  title: say('column.actions'),
                  key: 'actions',
                  render: (_: unknown, binding: WechatBinding) =>
                    binding.status === 'ended' ? null : (
                      <span className="row-actions">
                        <Button size="small" onClick={() => setEdited(binding)} aria-label={`${say('action.edit')}: ${binding.label}`}>
                          {say('action.edit')}
                        </Button>
                        <Button
                          size="small"
                          danger
                          onClick={() => end.mutate(binding.id)}
                          aria-label={`${say('wechat.end')}: ${binding.label}`}
                        >
                          {say('wechat.end')}
                        </Button>
                      </span>
                    ),
                },
              ]
            : []),
        ]}
      />
      <h2>{say('wechat.messages')}</h2>
      <CursorTable<WechatMessage>
        queryKey={['wechat-messages', mode]}
        fetchPage={(cursor) => call<ListPage<WechatMessage>>('GET', '/v2/wechat_messages', { query: { cursor } })}
        rowKey={(message) => message.id}
        label={say('wechat.messages')}
        empty={say('wechat.noMessages')}
        columns={[
          { title: say('events.type'), key: 'type', render: (_, message) => word('eventType', message.type) },
          { title: say('events.about'), key: 'subject', render: (_, message) => <span className="code">{message.subject}</span> },
          {
            title: say('column.status'),
            key: 'status',
            render: (_, message) => (
              <>
                <StatusTag group="messageStatus" status={message.status} />
                {message.arrival ? <div className="faint">{word('arrival', message.arrival)}</div> : null}
                {message.last_error ? <div className="faint">{word('messageError', message.last_error)}</div> : null}
              </>
            ),
          },
          { title: say('wechat.tries'), key: 'attempts', align: 'right', render: (_, message) => message.attempts },
          { title: say('column.created'), key: 'created', render: (_, message) => <Moment at={message.created_at} /> },
        ]}
      />
      <Modal
        open={inviting || edited !== null}
        title={edited === null ? say('wechat.invite') : say('wechat.change')}
        footer={null}
        onCancel={() => {
          setInviting(false);
          setEdited(null);
        }}
        destroyOnHidden
      >
        {inviting || edited !== null ? (
          <BindingForm
            binding={edited}
            onEnd={(made) => {
              setInviting(false);
              setEdited(null);
              setInvited(made?.bind_url ? made : null);
            }}
          />
        ) : null}
      </Modal>
      <Modal open={invited !== null} title={say('wechat.scanTitle')} footer={null} onCancel={() => setInvited(null)} destroyOnHidden>
        {invited?.bind_url ? (
          <>
            <p>{say('wechat.scan')}</p>
            <div className="totp">
              <QRCodeSVG value={invited.bind_url} size={200} marginSize={4} level="M" title={say('wechat.qr')} />
            </div>
            <Copyable text={invited.bind_url} label={say('wechat.link')} />
            <p className="faint">
              {say('wechat.until')} <When at={invited.code_expires_at} />
            </p>
          </>
        ) : null}
      </Modal>
    </Page>
  );
}

interface Wish {
  label: string;
  event_types: string[];
}

function BindingForm({ binding, onEnd }: { binding: WechatBinding | null; onEnd: (made: WechatBinding | null) => void }) {
  const say = useText();
  const word = useWord();
  const save = useChange({
    run: (wish: Wish) =>
      binding === null
        ? call<WechatBinding>('POST', '/v2/wechat_bindings', { body: wish })
        : call<WechatBinding>('PATCH', `/v2/wechat_bindings/${binding.id}`, { body: wish }),
    renews: [['bindings']],
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form<Wish>
      layout="vertical"
      requiredMark={false}
      initialValues={
        binding === null ? { event_types: ['payment.paid', 'refund.failed'] } : { label: binding.label, event_types: binding.event_types }
      }
      onFinish={(wish) => save.mutate(wish)}
    >
      <Form.Item name="label" label={say('wechat.person')} rules={[{ required: true, max: 60, message: say('rule.required') }]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="event_types" label={say('wechat.hears')} rules={[{ type: 'array', min: 1, message: say('rule.choose') }]}>
        <Checkbox.Group className="checks" options={TYPES.map((type) => ({ value: type, label: word('eventType', type) }))} />
      </Form.Item>
      {save.error ? <Notice kind="error">{problemText(save.error)}</Notice> : null}
      <DialogButtons
        busy={save.isPending}
        onCancel={() => onEnd(null)}
        text={binding === null ? say('wechat.invite') : say('action.save')}
      />
    </Form>
  );
}
