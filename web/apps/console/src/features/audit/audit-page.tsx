import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call, callBytes } from '../../api/http';
import type { AuditEntry, AuditReport, List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';
import { save } from '../../ui/save';

/** What staff did and looked at. */
export default function AuditPage() {
  const say = useText();
  const word = useWord();
  const [filters, setFilters] = useState<{ who?: string; action?: string; subject?: string }>({});
  const check = useChange({ run: () => call<AuditReport>('POST', '/audit:check', { body: {} }) });
  const take = useChange({
    run: async (format: 'jsonl' | 'csv') => {
      const from = new Date(Date.now() - 90 * 86_400_000).toISOString();
      const to = new Date(Date.now() + 60_000).toISOString();
      save(await callBytes(`/audit/export?format=${format}&from=${from}&to=${to}`), `audit.${format}`);
    },
  });
  const filter = (name: 'who' | 'action' | 'subject', label: string) => (
    <Input.Search
      aria-label={label}
      placeholder={label}
      allowClear
      maxLength={200}
      onSearch={(text) => setFilters((before) => ({ ...before, [name]: text.trim() }))}
    />
  );
  return (
    <Page
      title={say('audit.title')}
      actions={
        <>
          <Button onClick={() => check.mutate(undefined)} loading={check.isPending}>
            {say('audit.check')}
          </Button>
          <Button onClick={() => take.mutate('jsonl')} loading={take.isPending}>
            {say('audit.export', { format: 'JSON' })}
          </Button>
          <Button onClick={() => take.mutate('csv')}>{say('audit.export', { format: 'CSV' })}</Button>
        </>
      }
    >
      {check.data === undefined ? null : (
        <Notice kind={check.data.violations === 0 ? 'info' : 'error'}>
          {check.data.violations === 0
            ? say('audit.inOrder', { entries: check.data.entries })
            : say('audit.wrong', { violations: check.data.violations, examples: check.data.examples.join('; ') })}
          <div className="faint words">
            {say('audit.head')} <code>{`${check.data.head.sequence}:${check.data.head.hash}`}</code>
          </div>
        </Notice>
      )}
      <div className="filters">
        {filter('who', say('audit.byWho'))}
        {filter('action', say('audit.byAction'))}
        {filter('subject', say('audit.bySubject'))}
      </div>
      <CursorTable<AuditEntry>
        queryKey={['audit', filters]}
        fetchPage={(cursor) => call<List<AuditEntry>>('GET', '/audit', { query: { ...filters, cursor } })}
        rowKey={({ sequence }) => String(sequence)}
        label={say('audit.title')}
        empty={say('audit.empty')}
        columns={[
          { title: say('ledger.number'), dataIndex: 'sequence' },
          { title: say('audit.when'), render: (_, { at }) => <Moment at={at} exact /> },
          { title: say('audit.who'), render: (_, { who }) => (who.startsWith('per_') ? <Person id={who} /> : word('who', who)) },
          { title: say('audit.action'), render: (_, { action }) => <code>{action}</code> },
          { title: say('field.subject'), render: (_, { subject }) => <code>{subject}</code> },
          { title: say('audit.address'), dataIndex: 'address' },
        ]}
        expandable={{
          expandedRowRender: (entry) => <Details entry={entry} />,
          columnTitle: <span className="unseen">{say('action.details')}</span>,
        }}
      />
    </Page>
  );
}

function Details({ entry }: { entry: AuditEntry }) {
  const say = useText();
  const part = (name: string, value: unknown) =>
    value === null ? null : (
      <>
        <h3>{name}</h3>
        <pre className="words">{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>
      </>
    );
  return (
    <>
      {part(say('field.reason'), entry.reason)}
      {part(say('diff.before'), entry.before)}
      {part(say('diff.after'), entry.after)}
      {part(say('audit.account'), entry.account)}
      {part(say('audit.hash'), entry.hash)}
    </>
  );
}
