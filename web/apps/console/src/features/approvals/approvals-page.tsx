import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useToasts } from '@ferrypay/desk/ui/toasts.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/http';
import type { Approval, BulkAnswer, List, Waiting } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';
import { Diff } from '../../ui/diff';
import { ReasonDialog } from '../../ui/reason-dialog';

const MOST_TOGETHER = 50;

/** Everything that waits for another person, whatever it is about. */
export default function ApprovalsPage() {
  const say = useText();
  const word = useWord();
  const { tell } = useToasts();
  const { kind = '' } = useSearch({ from: '/shell/approvals' });
  const navigate = useNavigate({ from: '/approvals' });
  const waiting = useQuery({ queryKey: ['approvals', 'waiting'], queryFn: () => call<Waiting>('GET', '/approvals_waiting') });
  const [status, setStatus] = useState('pending');
  const [chosen, setChosen] = useState<Approval[]>([]);
  const approveAll = useChange({
    run: () =>
      call<BulkAnswer>('POST', '/approvals:approve', {
        body: { approvals: chosen.map(({ id, version }) => ({ id, version })), reason: null },
      }),
    renews: [['approvals']],
    onDone: ({ results }) => {
      setChosen([]);
      const refused = results.filter(({ refused_by }) => refused_by !== null);
      tell(
        refused.length === 0 ? 'good' : 'bad',
        say('approvals.bulkDone', { done: results.length - refused.length, refused: refused.length }),
      );
    },
  });
  const toggle = (approval: Approval) =>
    setChosen((before) =>
      before.some(({ id }) => id === approval.id) ? before.filter(({ id }) => id !== approval.id) : [...before, approval],
    );
  return (
    <Page
      title={say('approvals.title')}
      intro={say('approvals.intro')}
      actions={
        chosen.length === 0 ? undefined : (
          <Button type="primary" onClick={() => approveAll.mutate(undefined)} loading={approveAll.isPending}>
            {say('approvals.approveAll', { count: chosen.length })}
          </Button>
        )
      }
    >
      <div className="filters">
        <Choices
          label={say('field.status')}
          value={status}
          options={['pending', 'approved', 'rejected', 'withdrawn', 'expired'].map((value) => ({ value, label: word('status', value) }))}
          onChange={(next) => {
            setChosen([]);
            setStatus(next);
          }}
        />
        <Select
          aria-label={say('approvals.kind')}
          value={kind}
          className="status-select"
          options={[
            { value: '', label: say('approvals.everyKind') },
            ...[...new Set([...(waiting.data?.data ?? []).map((one) => one.kind), ...(kind === '' ? [] : [kind])])].map((value) => ({
              value,
              label: word('kind', value),
            })),
          ]}
          onChange={(next) => {
            setChosen([]);
            void navigate({ search: next === '' ? {} : { kind: next } });
          }}
        />
      </div>
      <CursorTable<Approval>
        queryKey={['approvals', status, kind]}
        fetchPage={(cursor) => call<List<Approval>>('GET', '/approvals', { query: { status, kind, cursor } })}
        rowKey={({ id }) => id}
        label={say('approvals.title')}
        empty={say('approvals.empty')}
        columns={[
          {
            title: <span className="unseen">{say('approvals.choose')}</span>,
            render: (_, approval) =>
              approval.bulk && approval.decidable ? (
                <Checkbox
                  aria-label={say('approvals.chooseOne', { subject: approval.subject })}
                  checked={chosen.some(({ id }) => id === approval.id)}
                  // Together go only those of one kind.
                  disabled={
                    chosen.some((one) => one.kind !== approval.kind) ||
                    (chosen.length >= MOST_TOGETHER && !chosen.some(({ id }) => id === approval.id))
                  }
                  onChange={() => toggle(approval)}
                />
              ) : null,
          },
          { title: say('approvals.kind'), render: (_, { kind }) => word('kind', kind) },
          { title: say('field.subject'), render: (_, { subject }) => <code>{subject}</code> },
          { title: say('approvals.maker'), render: (_, { maker }) => <Person id={maker} /> },
          { title: say('field.reason'), dataIndex: 'reason', className: 'words' },
          { title: say('approvals.expires'), render: (_, { expires_at }) => <When at={expires_at} /> },
          { title: say('field.status'), render: (_, approval) => <StatusTag status={approval.status} /> },
        ]}
        expandable={{
          expandedRowRender: (approval) => <Details approval={approval} />,
          columnTitle: <span className="unseen">{say('action.details')}</span>,
        }}
      />
    </Page>
  );
}

type Act = 'approve' | 'reject' | 'withdraw';

function Details({ approval }: { approval: Approval }) {
  const say = useText();
  const word = useWord();
  const [act, setAct] = useState<Act | null>(null);
  const decide = useChange({
    run: ({ verb, reason }: { verb: Act; reason: string }) =>
      call<Approval>('POST', `/approvals/${approval.id}:${verb}`, {
        body: { version: approval.version, reason: reason === '' ? null : reason },
      }),
    // What was asked for is done by the approval.
    renews: [['approvals'], ['staff'], ['pricing'], ['withdrawals'], ['settlement'], ['merchant'], ['ledger']],
    done: ({ status }) => say('approvals.done', { status: word('status', status) }),
    onDone: () => setAct(null),
    quiet: true,
  });
  const open = (verb: Act) => {
    decide.reset();
    setAct(verb);
  };
  const texts = {
    approve: say('approvals.approve'),
    reject: say('approvals.reject'),
    withdraw: say('approvals.withdraw'),
  };
  return (
    <>
      <Diff changes={approval.diff} />
      <Facts
        facts={[
          [
            say('approvals.needed'),
            `${approval.decisions.filter(({ verdict }) => verdict === 'approve').length} / ${approval.approvers_needed}`,
          ],
          ...approval.decisions.map(({ person, verdict, reason }): [string, ReactNode] => [
            word('verdict', verdict),
            <>
              <Person id={person} /> {reason}
            </>,
          ]),
        ]}
      />
      {approval.status !== 'pending' ? null : approval.decidable ? (
        <p className="page-actions">
          <Button type="primary" onClick={() => open('approve')}>
            {texts.approve}
          </Button>
          <Button danger onClick={() => open('reject')}>
            {texts.reject}
          </Button>
        </p>
      ) : approval.mine ? (
        <p className="page-actions">
          <span className="faint">{say('approvals.own')}</span>
          <Button onClick={() => open('withdraw')}>{texts.withdraw}</Button>
        </p>
      ) : (
        <p className="faint">{say('approvals.notYours')}</p>
      )}
      {act === null ? null : (
        <ReasonDialog
          title={texts[act]}
          action={texts[act]}
          optional={act !== 'reject'}
          danger={act === 'reject'}
          busy={decide.isPending}
          error={decide.error}
          onDone={(reason) => decide.mutate({ verb: act, reason })}
          onCancel={() => setAct(null)}
        >
          <Diff changes={approval.diff} />
        </ReasonDialog>
      )}
    </>
  );
}
