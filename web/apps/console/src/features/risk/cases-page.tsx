import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import type { RiskCase } from '../../api/risk';
import type { List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';
import { CaseMark } from './case-mark';

/** The inbox of suspicious payments. */
export default function CasesPage() {
  const say = useText();
  const word = useWord();
  const [status, setStatus] = useState('open');
  const [merchant, setMerchant] = useState('');
  return (
    <Page title={say('cases.title')} intro={say('cases.intro')} actions={<Link to="/risk/rules">{say('cases.rules')}</Link>}>
      <div className="filters">
        <Choices
          label={say('field.status')}
          value={status}
          options={[
            { value: 'open', label: say('cases.open') },
            { value: 'closed', label: say('cases.closed') },
            { value: '', label: say('cases.all') },
          ]}
          onChange={setStatus}
        />
        <Input.Search
          aria-label={say('field.merchant')}
          placeholder={`${say('field.merchant')} (mer_…)`}
          onSearch={(text) => setMerchant(text.trim())}
          allowClear
          maxLength={40}
        />
      </div>
      <CursorTable<RiskCase>
        queryKey={['risk', 'cases', status, merchant]}
        fetchPage={(cursor) => call<List<RiskCase>>('GET', '/risk/cases', { query: { status, merchant, cursor } })}
        rowKey={({ id }) => id}
        label={say('cases.title')}
        empty={say('cases.empty')}
        columns={[
          {
            title: say('cases.case'),
            render: (_, { id, merchant_reference }) => (
              <Link to="/risk/cases/$id" params={{ id }}>
                {merchant_reference}
              </Link>
            ),
          },
          { title: say('cases.kind'), render: (_, one) => <CaseMark one={one} /> },
          {
            title: say('cases.amount'),
            align: 'right',
            render: (_, { amount, currency }) => <Amount amount={amount} currency={currency} />,
          },
          { title: say('field.merchant'), render: (_, { merchant_id }) => <code>{merchant_id}</code> },
          { title: say('field.status'), render: (_, { status: now }) => word('caseStatus', now) },
          { title: say('cases.assigned'), render: (_, { assigned_to }) => <Person id={assigned_to} /> },
          { title: say('cases.opened'), render: (_, { opened_at }) => <When at={opened_at} /> },
        ]}
      />
    </Page>
  );
}
