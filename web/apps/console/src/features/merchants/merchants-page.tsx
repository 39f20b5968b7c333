import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import type { List, Merchant } from '../../api/types';
import { useText } from '../../i18n/use-text';

export default function MerchantsPage() {
  const say = useText();
  const [text, setText] = useState('');
  return (
    <Page title={say('merchants.title')}>
      <div className="filters">
        <Input.Search
          aria-label={say('merchants.search')}
          placeholder={say('merchants.search')}
          onSearch={setText}
          allowClear
          maxLength={100}
        />
      </div>
      <CursorTable<Merchant>
        queryKey={['merchants', text]}
        fetchPage={(cursor) => call<List<Merchant>>('GET', '/merchants', { query: { text, cursor } })}
        rowKey={({ id }) => id}
        label={say('merchants.title')}
        empty={say('merchants.empty')}
        columns={[
          {
            title: say('field.merchant'),
            render: (_, { id, display_name }) => (
              <Link to="/merchants/$id" params={{ id }}>
                {display_name}
              </Link>
            ),
          },
          { title: say('merchants.legalName'), dataIndex: 'name' },
          { title: say('merchants.currency'), dataIndex: 'currency' },
          { title: say('merchants.since'), render: (_, { created_at }) => <When at={created_at} /> },
          { title: say('field.status'), render: (_, { status }) => <StatusTag status={status} /> },
        ]}
      />
    </Page>
  );
}
