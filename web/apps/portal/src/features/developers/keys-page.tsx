import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Button, Checkbox, Form, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import { useMode } from '../../api/mode';
import type { ApiKey, Page as ListPage } from '../../api/types';
import '../../i18n/developers';
import { useText, useWord } from '../../i18n/use-text';
import { useMay, useSession } from '../../session/session';
import { SecretOnce } from './secret-once';

/** What only people may. */
const NOT_FOR_KEYS = /^(team|onboarding):/;

export default function KeysPage() {
  const say = useText();
  const word = useWord();
  const may = useMay();
  const mode = useMode();
  const [making, setMaking] = useState(false);
  const [rolling, setRolling] = useState<ApiKey | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const [secret, setSecret] = useState<string>();
  return (
    <Page
      title={say('keys.title')}
      intro={say('keys.intro')}
      actions={
        may('keys:write') ? (
          <Button type="primary" onClick={() => setMaking(true)}>
            {say('keys.make')}
          </Button>
        ) : undefined
      }
    >
      <CursorTable<ApiKey>
        queryKey={['keys', mode]}
        fetchPage={(cursor) => call<ListPage<ApiKey>>('GET', '/v2/api_keys', { query: { cursor } })}
        rowKey={(key) => key.id}
        label={say('keys.title')}
        empty={say('keys.none')}
        columns={[
          { title: say('column.name'), key: 'name', render: (_, key) => key.name },
          { title: say('keys.key'), key: 'masked', render: (_, key) => <code>{key.masked}</code> },
          {
            title: say('keys.rights'),
            key: 'scopes',
            render: (_, key) => (key.kind === 'secret' ? say('keys.allRights') : <span className="words">{key.scopes.join(', ')}</span>),
          },
          { title: say('column.status'), key: 'status', render: (_, key) => <StatusTag group="keyStatus" status={key.status} /> },
          { title: say('column.created'), key: 'created', render: (_, key) => <When at={key.created_at} /> },
          { title: say('keys.expires'), key: 'expires', render: (_, key) => <When at={key.revoked_at ?? key.expires_at} /> },
          ...(may('keys:write')
            ? [
                {
                  title: say('column.actions'),
                  key: 'actions',
                  render: (_: unknown, key: ApiKey) =>
                    key.status === 'active' ? (
                      <span className="row-actions">
                        {key.expires_at === null ? (
                          <Button size="small" onClick={() => setRolling(key)} aria-label={`${say('keys.roll')}: ${key.name}`}>
                            {say('keys.roll')}
                          </Button>
                        ) : null}
                        <Button size="small" danger onClick={() => setRevoking(key)} aria-label={`${say('keys.revoke')}: ${key.name}`}>
                          {say('keys.revoke')}
                        </Button>
                      </span>
                    ) : (
                      <span className="faint">{word('keyStatus', key.status)}</span>
                    ),
                },
              ]
            : []),
        ]}
      />
      <Modal open={making} title={say('keys.make')} footer={null} onCancel={() => setMaking(false)} destroyOnHidden>
        <MakeKey
          onCancel={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setSecret(key.secret);
          }}
        />
      </Modal>
      <Modal
        open={rolling !== null}
        title={say('keys.rollTitle', { name: rolling?.name ?? '' })}
        footer={null}
        onCancel={() => setRolling(null)}
        destroyOnHidden
      >
        {rolling === null ? null : (
          <RollKey
            apiKey={rolling}
            onCancel={() => setRolling(null)}
            onRolled={(key) => {
              setRolling(null);
              setSecret(key.secret);
            }}
          />
        )}
      </Modal>
      <Modal
        open={revoking !== null}
        title={say('keys.revokeTitle', { name: revoking?.name ?? '' })}
        footer={null}
        onCancel={() => setRevoking(null)}
        destroyOnHidden
      >
        {revoking === null ? null : <RevokeKey apiKey={revoking} onEnd={() => setRevoking(null)} />}
      </Modal>
      <SecretOnce title={say('keys.made')} secret={secret} onClose={() => setSecret(undefined)} />
    </Page>
  );
}

interface Wanted {
  name: string;
  kind: 'secret' | 'restricted';
  scopes?: string[];
  addresses?: string[];
}

function MakeKey({ onMade, onCancel }: { onMade: (key: ApiKey) => void; onCancel: () => void }) {
  const say = useText();
  const session = useSession();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [form] = Form.useForm<Wanted>();
  const kind = Form.useWatch('kind', form);
  const make = useChange({
    run: ({ name, kind, scopes, addresses }: Wanted) =>
      call<ApiKey>('POST', '/v2/api_keys', {
        idempotencyKey,
        body: { name, kind, ...(kind === 'restricted' ? { scopes } : {}), ...(addresses?.length ? { ip_allow_list: addresses } : {}) },
      }),
    renews: [['keys']],
    quiet: true,
    onDone: onMade,
  });
  const rights = (session.permissions ?? []).filter((permission) => !NOT_FOR_KEYS.test(permission));
  return (
    <Form<Wanted>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ kind: 'restricted', scopes: [] }}
      onFinish={(wanted) => make.mutate(wanted)}
    >
      <Form.Item name="name" label={say('column.name')} rules={[{ required: true, max: 80, message: say('rule.required') }]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label={say('keys.rights')}>
        <Radio.Group
          options={[
            { value: 'restricted', label: say('keys.someRights') },
            { value: 'secret', label: say('keys.allRights') },
          ]}
        />
      </Form.Item>
      {kind === 'restricted' ? (
        <Form.Item name="scopes" label={say('keys.which')} rules={[{ type: 'array', min: 1, message: say('rule.choose') }]}>
          <Checkbox.Group options={rights} className="checks" />
        </Form.Item>
      ) : null}
      <Form.Item name="addresses" label={say('keys.addresses')} extra={say('keys.addressesHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} aria-label={say('keys.addresses')} tokenSeparators={[' ', ',']} />
      </Form.Item>
      {make.error ? <Notice kind="error">{problemText(make.error)}</Notice> : null}
      <DialogButtons busy={make.isPending} onCancel={onCancel} text={say('keys.make')} />
    </Form>
  );
}

function RollKey({ apiKey, onRolled, onCancel }: { apiKey: ApiKey; onRolled: (key: ApiKey) => void; onCancel: () => void }) {
  const say = useText();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const roll = useChange({
    run: ({ expires_in }: { expires_in: string }) =>
      call<ApiKey>('POST', `/v2/api_keys/${apiKey.id}:roll`, { idempotencyKey, body: { expires_in } }),
    renews: [['keys']],
    quiet: true,
    onDone: onRolled,
  });
  return (
    <Form layout="vertical" initialValues={{ expires_in: '24h' }} onFinish={(how: { expires_in: string }) => roll.mutate(how)}>
      <p>{say('keys.rollHelp')}</p>
      <Form.Item name="expires_in" label={say('keys.oldEnds')}>
        <Radio.Group
          options={[
            { value: 'now', label: say('keys.now') },
            { value: '1h', label: say('keys.1h') },
            { value: '24h', label: say('keys.24h') },
            { value: '7d', label: say('keys.7d') },
          ]}
        />
      </Form.Item>
      {roll.error ? <Notice kind="error">{problemText(roll.error)}</Notice> : null}
      <DialogButtons busy={roll.isPending} onCancel={onCancel} text={say('keys.roll')} />
    </Form>
  );
}

function RevokeKey({ apiKey, onEnd }: { apiKey: ApiKey; onEnd: () => void }) {
  const say = useText();
  const revoke = useChange({
    run: () => call<ApiKey>('POST', `/v2/api_keys/${apiKey.id}:revoke`),
    renews: [['keys']],
    done: say('keys.revoked'),
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form layout="vertical" requiredMark={false} onFinish={() => revoke.mutate(undefined)}>
      <p>{say('keys.revokeHelp')}</p>
      <Form.Item
        name="typed"
        label={say('typed.label', { word: apiKey.name })}
        rules={[{ required: true, enum: [apiKey.name], type: 'enum', message: say('typed.wrong') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      {revoke.error ? <Notice kind="error">{problemText(revoke.error)}</Notice> : null}
      <DialogButtons busy={revoke.isPending} onCancel={onEnd} text={say('keys.revoke')} danger />
    </Form>
  );
}
