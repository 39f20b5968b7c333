import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import type { RiskRule } from '../../api/risk';
import type { List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import { listOf } from './condition';
import { stateOf } from './rule-state';

/** All rules in the order in which they are asked. */
export default function RulesPage() {
  const say = useText();
  const word = useWord();
  const may = useMay();
  const navigate = useNavigate();
  const [kind, setKind] = useState('all');
  const begin = (search: string) => void navigate({ href: `/risk/rules/new${search}` });
  const rules = useQuery({ queryKey: ['risk', 'rules'], queryFn: () => call<List<RiskRule>>('GET', '/risk/rules') });
  return (
    <Page
      title={say('rules.title')}
      intro={say('rules.intro')}
      actions={
        <>
          <Link to="/risk">{say('rules.cases')}</Link>
          {may('risk:write') ? (
            <>
              <Button onClick={() => begin('?action=deny&payer=')}>{say('rules.newBlockList')}</Button>
              <Button onClick={() => begin('?action=allow&payer=')}>{say('rules.newAllowList')}</Button>
              <Button type="primary" onClick={() => begin('')}>
                {say('rules.new')}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <div className="filters">
        <Choices
          label={say('rules.kind')}
          value={kind}
          options={[
            { value: 'all', label: say('rules.all') },
            { value: 'lists', label: say('rules.lists') },
          ]}
          onChange={setKind}
        />
      </div>
      <Loaded asked={rules} rows={6}>
        {({ data: all }) => {
          const data = all.filter(({ condition }) => kind === 'all' || listOf(condition) !== null);
          return data.length === 0 ? (
            <Empty>{say('rules.empty')}</Empty>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus
            <section className="table-scroll" aria-label={say('rules.title')} tabIndex={0}>
              <Table
                size="middle"
                pagination={false}
                rowKey={({ id }) => id}
                dataSource={[...data].sort((one, other) => one.priority - other.priority || one.id.localeCompare(other.id))}
                columns={[
                  { title: say('rules.priority'), dataIndex: 'priority', align: 'right' },
                  {
                    title: say('rules.name'),
                    render: (_, { id, name }) => (
                      <Link to="/risk/rules/$id" params={{ id }}>
                        {name}
                      </Link>
                    ),
                  },
                  { title: say('rules.action'), render: (_, { action }) => word('riskAction', action) },
                  {
                    title: say('rules.scope'),
                    render: (_, { merchant_id }) => (merchant_id === null ? say('rules.everybody') : <code>{merchant_id}</code>),
                  },
                  { title: say('rules.since'), render: (_, { effective_from }) => <When at={effective_from} /> },
                  {
                    title: say('rules.entries'),
                    align: 'right',
                    render: (_, { condition }) => listOf(condition)?.length ?? '—',
                  },
                  { title: say('rules.state'), render: (_, rule) => word('ruleState', stateOf(rule)) },
                ]}
              />
            </section>
          );
        }}
      </Loaded>
    </Page>
  );
}
