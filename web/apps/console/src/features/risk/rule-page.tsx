import { ApiProblem } from '@ferrypay/desk/problem.ts';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useToasts } from '@ferrypay/desk/ui/toasts.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import type { Condition, RiskRule } from '../../api/risk';
import type { Change, List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';
import { useMay } from '../../session/session';
import { Diff } from '../../ui/diff';
import { ReasonDialog } from '../../ui/reason-dialog';
import { blank, group, joinOf, partsOf } from './condition';
import { ConditionBuilder } from './condition-builder';
import { DryRunPanel } from './dry-run';

const ACTIONS = ['allow', 'alert', 'hold', 'deny'];

/** One rule: what it says, what it would have done, and what it said before. */
export default function RulePage() {
  const { id } = useParams({ from: '/shell/risk/rules/$id' });
  const say = useText();
  const versions = useQuery({
    queryKey: ['risk', 'rule', id],
    queryFn: () => call<List<RiskRule>>('GET', `/risk/rules/${id}`),
    enabled: id !== 'new',
  });
  if (id === 'new') {
    return (
      <Page title={say('rule.newTitle')} actions={<Link to="/risk/rules">{say('rules.title')}</Link>}>
        <Editor key="new" newest={null} />
      </Page>
    );
  }
  return (
    <Loaded asked={versions} rows={8}>
      {({ data }) =>
        data[0] === undefined ? (
          <Empty>{say('rules.empty')}</Empty>
        ) : (
          <Page title={say('rule.title', { name: data[0].name })} actions={<Link to="/risk/rules">{say('rules.title')}</Link>}>
            <Editor key={data[0].version} newest={data[0]} />
            <Versions versions={data} />
          </Page>
        )
      }
    </Loaded>
  );
}

/** Lines that somebody left empty are no values. */
function tidy(condition: Condition): Condition {
  const join = joinOf(condition);
  if (join !== null) {
    return group(join, partsOf(condition).map(tidy));
  }
  return 'values' in condition
    ? { ...condition, values: condition.values.map((value) => value.trim()).filter((value) => value !== '') }
    : condition;
}

/** What a new rule begins with: a list where somebody came for one. */
function useBeginning(): { action: string; condition: Condition } {
  const { action, payer }: { action?: unknown; payer?: unknown } = useSearch({ strict: false });
  if (payer === undefined) {
    return { action: 'alert', condition: { all: [blank('amount')] } };
  }
  const values = typeof payer === 'string' && payer !== '' ? [payer] : [];
  return { action: ACTIONS.find((known) => known === action) ?? 'deny', condition: { all: [{ field: 'payer', op: 'in', values }] } };
}

function Editor({ newest }: { newest: RiskRule | null }) {
  const beginning = useBeginning();
  const say = useText();
  const word = useWord();
  const may = useMay();
  const navigate = useNavigate();
  const { tell } = useToasts();
  const [name, setName] = useState(newest?.name ?? '');
  const [merchant, setMerchant] = useState(newest?.merchant_id ?? '');
  const [action, setAction] = useState(newest?.action ?? beginning.action);
  const [priority, setPriority] = useState(newest?.priority ?? 100);
  const [enabled, setEnabled] = useState(newest?.enabled ?? true);
  const [condition, setCondition] = useState<Condition>(newest?.condition ?? beginning.condition);
  const [publishing, setPublishing] = useState(false);
  const merchantId = merchant.trim() === '' ? null : merchant.trim();
  const save = useChange({
    run: () =>
      call<RiskRule>('POST', newest === null ? '/risk/rules' : `/risk/rules/${newest.id}`, {
        body: {
          based_on: newest?.version ?? 0,
          name,
          merchant_id: merchantId,
          action,
          priority,
          effective_from: null,
          condition: tidy(condition),
          enabled,
        },
      }),
    renews: [
      ['risk', 'rules'],
      ['risk', 'rule'],
    ],
    done: ({ version }) => say('rule.saved', { version }),
    onDone: ({ id }) => void navigate({ to: '/risk/rules/$id', params: { id } }),
    quiet: true,
  });
  const publish = useChange({
    run: (reason: string) => call('POST', `/risk/rules/${newest?.id}:publish`, { body: { version: newest?.version, reason } }),
    renews: [['risk'], ['approvals']],
    onDone: () => {
      setPublishing(false);
      tell('good', say('rule.asked'));
    },
    quiet: true,
  });
  const pointers = save.error instanceof ApiProblem ? save.error.errors.map(({ pointer }) => pointer) : [];
  const faults = pointers.filter((pointer) => pointer.startsWith('/condition')).map((pointer) => pointer.slice('/condition'.length));
  const wrong = (field: string) =>
    pointers.includes(`/${field}`)
      ? { validateStatus: 'error' as const, help: say(field === 'merchant_id' ? 'rule.merchantForm' : 'rule.fault') }
      : {};
  const changed =
    newest === null ||
    newest.name !== name ||
    newest.merchant_id !== merchantId ||
    newest.action !== action ||
    newest.priority !== priority ||
    newest.enabled !== enabled ||
    JSON.stringify(newest.condition) !== JSON.stringify(tidy(condition));
  return (
    <>
      <Card title={say('rule.form')}>
        {save.error ? <Notice kind="error">{faults.length > 0 ? say('rule.faults') : problemText(save.error)}</Notice> : null}
        <Form layout="vertical" requiredMark={false} disabled={!may('risk:write')} className="rule-form">
          <div className="rule-heads">
            <Form.Item label={say('rule.name')} htmlFor="rule-name" {...wrong('name')}>
              <Input id="rule-name" value={name} maxLength={100} onChange={({ target }) => setName(target.value)} />
            </Form.Item>
            <Form.Item label={say('rules.action')} htmlFor="rule-action">
              <Select
                id="rule-action"
                aria-label={say('rules.action')}
                value={action}
                onChange={setAction}
                options={ACTIONS.map((value) => ({ value, label: word('riskAction', value) }))}
              />
            </Form.Item>
            <Form.Item label={say('rule.priority')} htmlFor="rule-priority" {...wrong('priority')}>
              <InputNumber
                id="rule-priority"
                value={priority}
                min={0}
                max={1000}
                precision={0}
                onChange={(value) => setPriority(value ?? 0)}
              />
            </Form.Item>
            <Form.Item label={say('rule.merchant')} htmlFor="rule-merchant" {...wrong('merchant_id')}>
              <Input id="rule-merchant" value={merchant} maxLength={40} onChange={({ target }) => setMerchant(target.value)} />
            </Form.Item>
          </div>
          <h3>{say('rule.condition')}</h3>
          <ConditionBuilder condition={condition} onChange={setCondition} faults={faults} />
          <details>
            <summary>{say('rule.asJson')}</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus */}
            <pre tabIndex={0}>{JSON.stringify(tidy(condition), null, 2)}</pre>
          </details>
          <Checkbox checked={enabled} onChange={({ target }) => setEnabled(target.checked)}>
            {say('rule.enabled')}
          </Checkbox>
        </Form>
        {may('risk:write') ? (
          <div className="page-actions">
            <Button type="primary" onClick={() => save.mutate(undefined)} loading={save.isPending} disabled={!changed}>
              {say('rule.save', { version: (newest?.version ?? 0) + 1 })}
            </Button>
            {newest !== null && newest.published_version !== newest.version && !changed ? (
              <Button onClick={() => setPublishing(true)} danger={!newest.enabled}>
                {newest.enabled ? say('rule.publish', { version: newest.version }) : say('rule.takeOut')}
              </Button>
            ) : null}
          </div>
        ) : null}
      </Card>
      {may('risk:write') ? <DryRunPanel condition={() => tidy(condition)} merchantId={merchantId} /> : null}
      {publishing && newest !== null ? (
        <ReasonDialog
          title={say('rule.publish', { version: newest.version })}
          action={say('staff.ask')}
          busy={publish.isPending}
          error={publish.error}
          onDone={(reason) => publish.mutate(reason)}
          onCancel={() => setPublishing(false)}
        />
      ) : null}
    </>
  );
}

function Versions({ versions }: { versions: RiskRule[] }) {
  const say = useText();
  const [open, setOpen] = useState<number | null>(null);
  return (
    <Card title={say('rule.versions')}>
      <ul className="rows">
        {versions.map((rule, index) => (
          <li key={rule.version}>
            <span>
              <strong>
                {say('rules.version')} {rule.version}
              </strong>{' '}
              {rule.published_version === rule.version ? <span className="tag tag-good">{say('rule.inForce')}</span> : null}{' '}
              <span className="faint">
                {say('rule.written')} <When at={rule.written_at} /> {say('rule.writtenBy')} <Person id={rule.written_by} />
              </span>
              {open === rule.version ? <Changes before={versions[index + 1] ?? null} after={rule} /> : null}
            </span>
            <Button size="small" onClick={() => setOpen(open === rule.version ? null : rule.version)} aria-expanded={open === rule.version}>
              {say('rule.changes', { version: rule.version })}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const PARTS: [string, (rule: RiskRule) => string | null][] = [
  ['name', ({ name }) => name],
  ['merchant', ({ merchant_id }) => merchant_id],
  ['action', ({ action }) => action],
  ['priority', ({ priority }) => String(priority)],
  ['effective_from', ({ effective_from }) => effective_from],
  ['enabled', ({ enabled }) => String(enabled)],
  ['condition', ({ condition }) => JSON.stringify(condition, null, 1)],
];

function Changes({ before, after }: { before: RiskRule | null; after: RiskRule }) {
  const say = useText();
  const changes: Change[] = PARTS.map(([field, part]) => ({
    field,
    before: before === null ? null : part(before),
    after: part(after),
  })).filter((change) => change.before !== change.after);
  return changes.length === 0 ? <p>{say('rule.nothing')}</p> : <Diff changes={changes} />;
}
