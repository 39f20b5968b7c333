import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Moment, When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import { useMode } from '../../api/mode';
import type { Page as ListPage, WebhookEndpoint } from '../../api/types';
import '../../i18n/developers';
import { useText, useWord } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import { EVENT_TYPES } from './event-types';
import { SecretOnce } from './secret-once';

const DAY_MILLIS = 86_400_000;

export default function WebhooksPage() {
  const say = useText();
  const word = useWord();
  const may = useMay();
  const mode = useMode();
  const [edited, setEdited] = useState<WebhookEndpoint | 'new' | null>(null);
  const [deleting, setDeleting] = useState<WebhookEndpoint | null>(null);
  const [secret, setSecret] = useState<string>();
  const renews = [['endpoints'], ['deliveries']];
  const act = useChange({
    run: ({ path, body, method = 'POST', key }: { path: string; body?: unknown; method?: 'POST' | 'PATCH'; key?: string; said?: string }) =>
      call<{ secret?: string }>(method, `/v2/webhook_endpoints/${path}`, { body, ...(key === undefined ? {} : { idempotencyKey: key }) }),
    renews,
    done: say('webhooks.done'),
    onDone: (answer) => {
      if (answer.secret !== undefined) {
        setSecret(answer.secret);
      }
    },
  });
  return (
    <Page
      title={say('webhooks.title')}
      intro={say('webhooks.intro')}
      actions={
        <>
          <Link to="/developers/events" search={{}} className="ant-btn-like">
            {say('webhooks.log')}
          </Link>
          {may('webhooks:write') ? (
            <Button type="primary" onClick={() => setEdited('new')}>
              {say('webhooks.add')}
            </Button>
          ) : null}
        </>
      }
    >
      <CursorTable<WebhookEndpoint>
        queryKey={['endpoints', mode]}
        fetchPage={(cursor) => call<ListPage<WebhookEndpoint>>('GET', '/v2/webhook_endpoints', { query: { cursor } })}
        rowKey={(endpoint) => endpoint.id}
        label={say('webhooks.title')}
        empty={say('webhooks.none')}
        columns={[
          {
            title: say('webhooks.url'),
            key: 'url',
            render: (_, endpoint) => (
              <>
                <span className="code words">{endpoint.url}</span>
                {endpoint.description ? <div className="faint">{endpoint.description}</div> : null}
              </>
            ),
          },
          {
            title: say('webhooks.types'),
            key: 'types',
            render: (_, endpoint) => <span className="words">{endpoint.event_types.join(', ')}</span>,
          },
          {
            title: say('column.status'),
            key: 'status',
            render: (_, endpoint) => (
              <>
                <StatusTag group="endpointStatus" status={endpoint.status} />
                {endpoint.disabled_reason ? <div className="faint">{word('disabledReason', endpoint.disabled_reason)}</div> : null}
                {endpoint.failing_since ? (
                  <div className="warn-text">
                    {say('webhooks.failingSince')} <Moment at={endpoint.failing_since} />
                  </div>
                ) : null}
              </>
            ),
          },
          { title: say('column.created'), key: 'created', render: (_, endpoint) => <When at={endpoint.created_at} /> },
          ...(may('webhooks:write')
            ? [
                {
                  title: say('column.actions'),
                  key: 'actions',
                  render: (_: unknown, endpoint: WebhookEndpoint) => (
                    <span className="row-actions">
                      {endpoint.status === 'enabled' ? (
                        <>
                          <Button size="small" onClick={() => act.mutate({ path: `${endpoint.id}:test` })}>
                            {say('webhooks.test')}
                          </Button>
                          <Button
                            size="small"
                            onClick={() =>
                              act.mutate({
                                path: `${endpoint.id}:resend_failed`,
                                body: { since: new Date(Date.now() - 3 * DAY_MILLIS).toISOString() },
                              })
                            }
                          >
                            {say('webhooks.resendFailed')}
                          </Button>
                          <Button
                            size="small"
                            onClick={() => act.mutate({ path: endpoint.id, method: 'PATCH', body: { status: 'disabled' } })}
                          >
                            {say('webhooks.disable')}
                          </Button>
                        </>
                      ) : (
                        <Button size="small" onClick={() => act.mutate({ path: `${endpoint.id}:enable` })}>
                          {say('webhooks.enable')}
                        </Button>
                      )}
                      <Button size="small" onClick={() => act.mutate({ path: `${endpoint.id}:rotate_secret`, key: crypto.randomUUID() })}>
                        {say('webhooks.rotate')}
                      </Button>
                      <Button size="small" onClick={() => setEdited(endpoint)}>
                        {say('action.edit')}
                      </Button>
                      <Button size="small" danger onClick={() => setDeleting(endpoint)}>
                        {say('action.delete')}
                      </Button>
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Modal
        open={edited !== null}
        title={edited === 'new' ? say('webhooks.add') : say('webhooks.change')}
        footer={null}
        onCancel={() => setEdited(null)}
        destroyOnHidden
      >
        {edited === null ? null : (
          <EndpointForm
            endpoint={edited === 'new' ? null : edited}
            onCancel={() => setEdited(null)}
            onDone={(endpoint) => {
              setEdited(null);
              setSecret(endpoint.secret);
            }}
          />
        )}
      </Modal>
      <Modal open={deleting !== null} title={say('webhooks.deleteTitle')} footer={null} onCancel={() => setDeleting(null)} destroyOnHidden>
        {deleting === null ? null : <DeleteEndpoint endpoint={deleting} onEnd={() => setDeleting(null)} />}
      </Modal>
      <SecretOnce title={say('webhooks.secret')} secret={secret} onClose={() => setSecret(undefined)} />
    </Page>
  );
}

interface Wish {
  url: string;
  event_types: string[];
  description?: string;
}

function EndpointForm({
  endpoint,
  onDone,
  onCancel,
}: {
  endpoint: WebhookEndpoint | null;
  onDone: (endpoint: WebhookEndpoint) => void;
  onCancel: () => void;
}) {
  const say = useText();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const save = useChange({
    run: (wish: Wish) =>
      endpoint === null
        ? call<WebhookEndpoint>('POST', '/v2/webhook_endpoints', { idempotencyKey, body: wish })
        : call<WebhookEndpoint>('PATCH', `/v2/webhook_endpoints/${endpoint.id}`, { body: wish }),
    renews: [['endpoints']],
    quiet: true,
    onDone,
  });
  return (
    <Form<Wish>
      layout="vertical"
      requiredMark={false}
      initialValues={endpoint ?? { event_types: ['*'] }}
      onFinish={({ url, event_types, description }) => save.mutate({ url, event_types, description: description ?? '' })}
    >
      <Form.Item name="url" label={say('webhooks.url')} rules={[{ required: true, type: 'url', message: say('rule.url') }]}>
        <Input type="url" autoComplete="off" placeholder="https://" />
      </Form.Item>
      <Form.Item name="event_types" label={say('webhooks.types')} rules={[{ required: true, message: say('rule.choose') }]}>
        <Select mode="multiple" options={EVENT_TYPES.map((type) => ({ value: type, label: type === '*' ? say('webhooks.all') : type }))} />
      </Form.Item>
      <Form.Item name="description" label={say('webhooks.description')} rules={[{ max: 200 }]}>
        <Input autoComplete="off" />
      </Form.Item>
      {save.error ? <Notice kind="error">{problemText(save.error)}</Notice> : null}
      <DialogButtons busy={save.isPending} onCancel={onCancel} text={say('action.save')} />
    </Form>
  );
}

function DeleteEndpoint({ endpoint, onEnd }: { endpoint: WebhookEndpoint; onEnd: () => void }) {
  const say = useText();
  const remove = useChange({
    run: () => call<void>('DELETE', `/v2/webhook_endpoints/${endpoint.id}`),
    renews: [['endpoints']],
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form layout="vertical" onFinish={() => remove.mutate(undefined)}>
      <p className="words">{say('webhooks.deleteHelp', { url: endpoint.url })}</p>
      {remove.error ? <Notice kind="error">{problemText(remove.error)}</Notice> : null}
      <DialogButtons busy={remove.isPending} onCancel={onEnd} text={say('action.delete')} danger />
    </Form>
  );
}
