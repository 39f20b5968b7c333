import { useSpeech } from '@ferrypay/desk/language.tsx';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select, Table } from 'antd';
import { useState } from 'react';
import { answer, portal } from '../../api/http';
import type { Invitation, TeamMember } from '../../api/types';
import '../../i18n/account';
import { useText, useWord } from '../../i18n/use-text';
import { useMay, useSession } from '../../session/session';

const ROLES = ['owner', 'admin', 'finance', 'cashier', 'developer', 'read_only'] as const;

export default function TeamPage() {
  const say = useText();
  const may = useMay();
  const [inviting, setInviting] = useState(false);
  const team = useQuery({ queryKey: ['team'], queryFn: () => answer(portal.GET('/portal/api/team')) });
  const invitations = useQuery({ queryKey: ['invitations'], queryFn: () => answer(portal.GET('/portal/api/team_invitations')) });
  return (
    <Page
      title={say('team.title')}
      intro={say('team.intro')}
      actions={
        may('team:write') ? (
          <Button type="primary" onClick={() => setInviting(true)}>
            {say('team.invite')}
          </Button>
        ) : undefined
      }
    >
      <Loaded asked={team}>{({ data }) => <Members members={data ?? []} />}</Loaded>
      <Rules members={team.data?.data ?? []} />
      <Card title={say('team.invitations')}>
        <Loaded asked={invitations} rows={1}>
          {({ data }) =>
            data === undefined || data.length === 0 ? <Empty>{say('team.noInvitations')}</Empty> : <Invitations invitations={data} />
          }
        </Loaded>
      </Card>
      <Modal open={inviting} title={say('team.invite')} footer={null} onCancel={() => setInviting(false)} destroyOnHidden>
        <Invite onEnd={() => setInviting(false)} />
      </Modal>
    </Page>
  );
}

/** What is asked of everybody. */
function Rules({ members }: { members: TeamMember[] }) {
  const say = useText();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const rules = useQuery({ queryKey: ['team-rules'], queryFn: () => answer(portal.GET('/portal/api/team_rules')) });
  const set = useChange({
    run: (second_factor_required: boolean) => answer(portal.PUT('/portal/api/team_rules', { body: { second_factor_required } })),
    renews: [['team-rules'], ['session']],
    quiet: true,
    onDone: () => setAsking(false),
  });
  return (
    <Card title={say('team.rules')}>
      <Loaded asked={rules} rows={1}>
        {({ second_factor_required: on = false }) => (
          <>
            <p>{say(on ? 'team.mustHaveOn' : 'team.mustHaveOff')}</p>
            {may('team:write') ? (
              <Button
                onClick={() => {
                  set.reset();
                  setAsking(true);
                }}
              >
                {say(on ? 'team.mustHaveEnd' : 'team.mustHave')}
              </Button>
            ) : null}
            <Modal open={asking} title={say('team.mustHave')} footer={null} onCancel={() => setAsking(false)} destroyOnHidden>
              <Form layout="vertical" onFinish={() => set.mutate(!on)}>
                <p>
                  {on ? say('team.mustHaveOff') : say('team.mustHaveAsk', { count: members.filter((one) => !one.second_factor).length })}
                </p>
                {set.error ? <Notice kind="error">{problemText(set.error)}</Notice> : null}
                <DialogButtons
                  busy={set.isPending}
                  onCancel={() => setAsking(false)}
                  text={say(on ? 'team.mustHaveEnd' : 'team.mustHaveDo')}
                />
              </Form>
            </Modal>
          </>
        )}
      </Loaded>
    </Card>
  );
}

function useRoles() {
  const word = useWord();
  const owner = useSession().role === 'owner';
  // Only an owner makes an owner.
  return ROLES.filter((role) => owner || role !== 'owner').map((role) => ({ value: role, label: word('role', role) }));
}

function Members({ members }: { members: TeamMember[] }) {
  const say = useText();
  const word = useWord();
  const may = useMay();
  const session = useSession();
  const roles = useRoles();
  const [removing, setRemoving] = useState<TeamMember | null>(null);
  const change = useChange({
    run: ({ user_id, role }: { user_id: string; role: string }) =>
      portal.PATCH('/portal/api/team/{user_id}', { params: { path: { user_id } }, body: { role } }),
    renews: [['team']],
    done: say('team.changed'),
  });
  const mayTouch = (member: TeamMember) => may('team:write') && (member.role !== 'owner' || session.role === 'owner');
  return (
    <section className="table-scroll" aria-label={say('team.title')}>
      <Table<TeamMember>
        dataSource={members}
        rowKey={(member) => member.user_id ?? ''}
        pagination={false}
        size="middle"
        columns={[
          {
            title: say('column.name'),
            key: 'name',
            render: (_, member) => (
              <>
                {member.name} {member.user_id === session.user?.id ? <span className="faint">({say('team.you')})</span> : null}
                <div className="faint">{member.email}</div>
              </>
            ),
          },
          {
            title: say('team.role'),
            key: 'role',
            render: (_, member) =>
              mayTouch(member) ? (
                <Select
                  value={member.role ?? ''}
                  aria-label={`${say('team.role')}: ${member.name}`}
                  options={roles}
                  onChange={(role) => change.mutate({ user_id: member.user_id ?? '', role })}
                  popupMatchSelectWidth={false}
                />
              ) : (
                word('role', member.role)
              ),
          },
          {
            title: say('team.secondFactor'),
            key: 'factor',
            render: (_, member) => <StatusTag group="factor" status={member.second_factor ? 'active' : 'off'} />,
          },
          { title: say('team.since'), key: 'since', render: (_, member) => <When at={member.since} /> },
          {
            title: say('column.actions'),
            key: 'actions',
            render: (_, member) =>
              mayTouch(member) ? (
                <Button size="small" danger onClick={() => setRemoving(member)} aria-label={`${say('team.remove')}: ${member.name}`}>
                  {say('team.remove')}
                </Button>
              ) : null,
          },
        ]}
      />
      <Modal open={removing !== null} title={say('team.removeTitle')} footer={null} onCancel={() => setRemoving(null)} destroyOnHidden>
        {removing === null ? null : <Remove member={removing} onEnd={() => setRemoving(null)} />}
      </Modal>
    </section>
  );
}

function Remove({ member, onEnd }: { member: TeamMember; onEnd: () => void }) {
  const say = useText();
  const remove = useChange({
    run: () => portal.DELETE('/portal/api/team/{user_id}', { params: { path: { user_id: member.user_id ?? '' } } }),
    renews: [['team']],
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form layout="vertical" onFinish={() => remove.mutate(undefined)}>
      <p>{say('team.removeHelp', { name: member.name ?? '', email: member.email ?? '' })}</p>
      {remove.error ? <Notice kind="error">{problemText(remove.error)}</Notice> : null}
      <DialogButtons busy={remove.isPending} onCancel={onEnd} text={say('team.remove')} danger />
    </Form>
  );
}

function Invitations({ invitations }: { invitations: Invitation[] }) {
  const say = useText();
  const word = useWord();
  const may = useMay();
  const withdraw = useChange({
    run: (id: string) => portal.DELETE('/portal/api/team_invitations/{id}', { params: { path: { id } } }),
    renews: [['invitations']],
    done: say('team.withdrawn'),
  });
  return (
    <ul className="rows">
      {invitations.map((invitation) => (
        <li key={invitation.id}>
          <span>
            {invitation.email} <span className="faint">{word('role', invitation.role)}</span>
          </span>
          <span className="faint">
            {say('team.until')} <When at={invitation.expires_at} />
          </span>
          {may('team:write') ? (
            <Button
              size="small"
              onClick={() => withdraw.mutate(invitation.id ?? '')}
              aria-label={`${say('team.withdraw')}: ${invitation.email}`}
            >
              {say('team.withdraw')}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

interface Wanted {
  email: string;
  role: string;
}

function Invite({ onEnd }: { onEnd: () => void }) {
  const say = useText();
  const roles = useRoles();
  const { language } = useSpeech();
  const invite = useChange({
    run: (wanted: Wanted) => answer(portal.POST('/portal/api/team_invitations', { body: { ...wanted, language } })),
    renews: [['invitations']],
    done: say('team.invited'),
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form<Wanted> layout="vertical" requiredMark={false} initialValues={{ role: 'cashier' }} onFinish={(wanted) => invite.mutate(wanted)}>
      <Form.Item name="email" label={say('field.email')} rules={[{ required: true, type: 'email', message: say('rule.email') }]}>
        <Input type="email" autoComplete="off" />
      </Form.Item>
      <Form.Item name="role" label={say('team.role')} extra={say('team.roleHelp')}>
        <Select options={roles} />
      </Form.Item>
      {invite.error ? <Notice kind="error">{problemText(invite.error)}</Notice> : null}
      <DialogButtons busy={invite.isPending} onCancel={onEnd} text={say('team.invite')} />
    </Form>
  );
}
