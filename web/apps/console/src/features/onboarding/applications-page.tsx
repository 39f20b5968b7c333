import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/http';
import type { Application, List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';

export default function ApplicationsPage() {
  const say = useText();
  const word = useWord();
  const [status, setStatus] = useState('submitted');
  return (
    <Page title={say('onboarding.title')}>
      <div className="filters">
        <Choices
          label={say('field.status')}
          value={status}
          options={['submitted', 'in_review', 'needs_changes', 'approved', 'rejected'].map((value) => ({
            value,
            label: word('status', value),
          }))}
          onChange={setStatus}
        />
      </div>
      <CursorTable<Application>
        queryKey={['applications', status]}
        fetchPage={(cursor) => call<List<Application>>('GET', '/onboarding/applications', { query: { status, cursor } })}
        rowKey={({ id }) => id}
        label={say('onboarding.title')}
        empty={say('onboarding.empty')}
        columns={[
          {
            title: say('field.merchant'),
            render: (_, { id, merchant_name }) => (
              <Link to="/onboarding/$id" params={{ id }}>
                {merchant_name}
              </Link>
            ),
          },
          { title: say('onboarding.submitted'), render: (_, { submitted_at }) => <When at={submitted_at} /> },
          { title: say('onboarding.risk'), render: (_, { high_risk }) => (high_risk ? say('onboarding.highRisk') : '') },
          { title: say('onboarding.reviewer'), render: (_, { reviewer }) => <Person id={reviewer} /> },
          { title: say('onboarding.firstApproval'), render: (_, { approved_by }) => <Person id={approved_by} /> },
          { title: say('field.status'), render: (_, application) => <StatusTag status={application.status} /> },
        ]}
      />
    </Page>
  );
}
