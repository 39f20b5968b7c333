import { Copyable } from '@ferrypay/desk/ui/copyable.tsx';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, InputNumber, Modal, Table } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import type { List, RoleMatrix, StaffAccount } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { sessionQuery, useMay } from '../../session/session';
import { ReasonDialog } from '../../ui/reason-dialog';

const ROLES = ['administrator', 'reviewer', 'finance', 'support', 'auditor'];

type Open = { what: 'new' } | { what: 'emergency' } | { what: 'roles' | 'disable'; account: StaffAccount } | null;

/** Who works here and may do what. Rights are asked for here, and given in the inbox. */
export default function StaffPage() {
  const say = useText();
  const may = useMay();
  const [open, setOpen] = useState<Open>(null);
  const [link, setLink] = useState<string | null>(null);
  const staff = useQuery({ queryKey: ['staff'], queryFn: () => call<List<StaffAccount>>('GET', '/staff') });
  const showLink = useChange({
    run: (id: string) => call<{ url: string }>('POST', `/staff/${id}:link`, { body: {} }),
    onDone: ({ url }) => setLink(url),
  });
  const close = () => setOpen(null);
  return (
    <Page
      title={say('staff.title')}
      intro={say('staff.intro')}
      actions={
        <>
          {may('staff:write') ? <Button onClick={() => setOpen({ what: 'new' })}>{say('staff.new')}</Button> : null}
          {may('staff:break_glass') ? (
            <Button danger onClick={() => setOpen({ what: 'emergency' })}>
              {say('emergency.begin')}
            </Button>
          ) : null}
        </>
      }
    >
      <Card title={say('staff.people')}>
        <Loaded asked={staff} rows={5}>
          {({ data }) => (
            <Table
              size="middle"
              pagination={false}
              rowKey={({ id }) => id}
              dataSource={data}
              columns={[
                { title: say('field.name'), dataIndex: 'name' },
                { title: say('field.employeeNumber'), dataIndex: 'employee_number' },
                { title: say('field.email'), dataIndex: 'email' },
                { title: say('staff.roles'), render: (_, { roles }) => <Roles roles={roles} /> },
                { title: say('field.status'), render: (_, { status }) => <StatusTag status={status} /> },
                {
                  title: say('staff.acts'),
                  render: (_, account) =>
                    may('staff:write') ? (
                      <span className="page-actions">
                        <Button
                          size="small"
                          aria-label={say('staff.changeRolesOf', { name: account.email })}
                          onClick={() => setOpen({ what: 'roles', account })}
                        >
                          {say('staff.changeRoles')}
                        </Button>
                        {account.status === 'invited' ? (
                          <Button size="small" onClick={() => showLink.mutate(account.id)}>
                            {say('staff.link')}
                          </Button>
                        ) : null}
                        {account.status === 'disabled' ? null : (
                          <Button size="small" danger onClick={() => setOpen({ what: 'disable', account })}>
                            {say('staff.disable')}
                          </Button>
                        )}
                      </span>
                    ) : null,
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
      <Matrix />
      {open?.what === 'new' ? <NewColleague onEnd={close} /> : null}
      {open?.what === 'roles' ? <ChangeRoles account={open.account} onEnd={close} /> : null}
      {open?.what === 'disable' ? <Disable account={open.account} onEnd={close} /> : null}
      {open?.what === 'emergency' ? <Emergency onEnd={close} /> : null}
      {link === null ? null : (
        <Modal open title={say('staff.link')} footer={null} onCancel={() => setLink(null)}>
          <p>{say('staff.linkOnce')}</p>
          <Copyable text={link} label={say('staff.link')} />
        </Modal>
      )}
    </Page>
  );
}

function Roles({ roles }: { roles: string[] }) {
  const word = useWord();
  return roles.map((role) => word('role', role)).join(', ');
}

function Matrix() {
  const say = useText();
  const word = useWord();
  const matrix = useQuery({ queryKey: ['staff-roles'], queryFn: () => call<RoleMatrix>('GET', '/staff_roles'), staleTime: 300_000 });
  return (
    <Card title={say('staff.matrix')}>
      <Loaded asked={matrix} rows={6}>
        {({ permissions, roles }) => (
          <table className="matrix">
            <thead>
              <tr>
                <th scope="col">{say('staff.permission')}</th>
                {roles.map(({ role }) => (
                  <th key={role} scope="col">
                    {word('role', role)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {permissions.map((permission) => (
                <tr key={permission}>
                  <th scope="row">
                    <code>{permission}</code>
                  </th>
                  {roles.map((role) => (
                    <td key={role.role}>{role.permissions.includes(permission) ? say('staff.yes') : ''}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </Card>
  );
}

function RoleFields() {
  const say = useText();
  const word = useWord();
  return (
    <>
      <Form.Item name="roles" label={say('staff.roles')}>
        <Checkbox.Group options={ROLES.map((role) => ({ value: role, label: word('role', role) }))} />
      </Form.Item>
      <Form.Item name="reason" label={say('field.reason')} rules={[{ required: true, whitespace: true, message: say('rule.required') }]}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </>
  );
}

function NewColleague({ onEnd }: { onEnd: () => void }) {
  const say = useText();
  const ask = useChange({
    run: (body: object) => call('POST', '/staff', { body }),
    renews: [['approvals']],
    done: say('staff.asked'),
    quiet: true,
    onDone: onEnd,
  });
  const required = [{ required: true, message: say('rule.required') }];
  return (
    <Modal open title={say('staff.new')} footer={null} onCancel={onEnd} destroyOnHidden>
      {ask.error ? <Notice kind="error">{problemText(ask.error)}</Notice> : null}
      <Form layout="vertical" requiredMark={false} onFinish={(body: object) => ask.mutate({ roles: [], ...body })}>
        <Form.Item name="name" label={say('field.name')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="employee_number"
          label={say('field.employeeNumber')}
          rules={[{ required: true, pattern: /^[0-9A-Z-]{1,32}$/, message: say('rule.employeeNumber') }]}
        >
          <Input />
        </Form.Item>
        <Form.Item name="email" label={say('field.email')} rules={[{ required: true, type: 'email', message: say('rule.email') }]}>
          <Input type="email" />
        </Form.Item>
        <RoleFields />
        <DialogButtons busy={ask.isPending} onCancel={onEnd} text={say('staff.ask')} />
      </Form>
    </Modal>
  );
}

function ChangeRoles({ account, onEnd }: { account: StaffAccount; onEnd: () => void }) {
  const say = useText();
  const ask = useChange({
    run: (body: object) => call('POST', `/staff/${account.id}:change_roles`, { body }),
    renews: [['approvals']],
    done: say('staff.asked'),
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Modal open title={say('staff.changeRolesOf', { name: account.email })} footer={null} onCancel={onEnd} destroyOnHidden>
      {ask.error ? <Notice kind="error">{problemText(ask.error)}</Notice> : null}
      <Form layout="vertical" requiredMark={false} initialValues={{ roles: account.roles }} onFinish={(body: object) => ask.mutate(body)}>
        <RoleFields />
        <DialogButtons busy={ask.isPending} onCancel={onEnd} text={say('staff.ask')} />
      </Form>
    </Modal>
  );
}

function Disable({ account, onEnd }: { account: StaffAccount; onEnd: () => void }) {
  const say = useText();
  const disable = useChange({
    run: (reason: string) => call('POST', `/staff/${account.id}:disable`, { body: { reason } }),
    renews: [['staff']],
    quiet: true,
    onDone: onEnd,
  });
  return (
    <ReasonDialog
      title={say('staff.disableOf', { name: account.email })}
      action={say('staff.disable')}
      danger
      busy={disable.isPending}
      error={disable.error}
      onDone={(reason) => disable.mutate(reason)}
      onCancel={onEnd}
    >
      <p>{say('staff.disableHelp')}</p>
    </ReasonDialog>
  );
}

function Emergency({ onEnd }: { onEnd: () => void }) {
  const say = useText();
  const begin = useChange({
    run: (body: { reason: string; minutes: number }) => call('POST', '/break_glass', { body }),
    renews: [sessionQuery.queryKey],
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Modal open title={say('emergency.begin')} footer={null} onCancel={onEnd} destroyOnHidden>
      <Notice kind="warning">{say('emergency.help')}</Notice>
      {begin.error ? <Notice kind="error">{problemText(begin.error)}</Notice> : null}
      <Form<{ reason: string; minutes: number }>
        layout="vertical"
        requiredMark={false}
        initialValues={{ minutes: 15 }}
        onFinish={(body) => begin.mutate(body)}
      >
        <Form.Item name="reason" label={say('field.reason')} rules={[{ required: true, min: 10, message: say('rule.tenCharacters') }]}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="minutes" label={say('emergency.minutes')} rules={[{ required: true, message: say('rule.required') }]}>
          <InputNumber min={1} max={60} />
        </Form.Item>
        <DialogButtons busy={begin.isPending} onCancel={onEnd} text={say('emergency.begin')} danger />
      </Form>
    </Modal>
  );
}
