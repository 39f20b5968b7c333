import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { Filter } from '@ferrypay/desk/ui/filter.tsx';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import { useMode } from '../../api/mode';
import type { Page as ListPage, LoggedRequest } from '../../api/types';
import '../../i18n/developers';
import { useText } from '../../i18n/use-text';

const STATUSES = ['2xx', '4xx', '5xx'];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What the shop's own systems asked for by their keys, for those who look for a fault. */
export default function RequestsPage() {
  const say = useText();
  const mode = useMode();
  const { status, method, request } = useSearch({ from: '/shell/developers/requests' });
  const navigate = useNavigate({ from: '/developers/requests' });
  const [typed, setTyped] = useState(request ?? '');
  const change = (next: { status?: string | undefined; method?: string | undefined; request?: string | undefined }) =>
    void navigate({ search: { status, method, request, ...next }, replace: true });
  const filtered = (status ?? method ?? request) !== undefined;
  return (
    <Page title={say('requests.title')} intro={say('requests.intro')}>
      <search className="filters">
        <Filter label={say('column.status')}>
          <Select
            value={status ?? ''}
            aria-label={say('column.status')}
            onChange={(next) => change({ status: next || undefined })}
            options={[{ value: '', label: say('filter.all') }, ...STATUSES.map((one) => ({ value: one, label: one }))]}
          />
        </Filter>
        <Filter label={say('requests.method')}>
          <Select
            value={method ?? ''}
            aria-label={say('requests.method')}
            onChange={(next) => change({ method: next || undefined })}
            options={[{ value: '', label: say('filter.all') }, ...METHODS.map((one) => ({ value: one, label: one }))]}
          />
        </Filter>
        <Filter label={say('requests.id')}>
          <Input.Search
            value={typed}
            allowClear
            aria-label={say('requests.id')}
            onChange={(event) => setTyped(event.target.value)}
            onSearch={(value) => change({ request: value.trim() || undefined })}
          />
        </Filter>
        {filtered ? (
          <Button
            onClick={() => {
              setTyped('');
              change({ status: undefined, method: undefined, request: undefined });
            }}
          >
            {say('filter.clear')}
          </Button>
        ) : null}
      </search>
      <CursorTable<LoggedRequest>
        queryKey={['requests', mode, status, method, request]}
        fetchPage={(cursor) =>
          call<ListPage<LoggedRequest>>('GET', '/v2/request_log', { query: { limit: 50, status, method, request_id: request, cursor } })
        }
        rowKey={(row) => row.request_id}
        label={say('requests.title')}
        empty={filtered ? say('requests.noneFound') : say('requests.none')}
        columns={[
          { title: say('requests.method'), key: 'method', render: (_, row) => <span className="code">{row.method}</span> },
          { title: say('requests.path'), key: 'path', render: (_, row) => <span className="code">{row.path}</span> },
          {
            title: say('column.status'),
            key: 'status',
            render: (_, row) => (
              <span className={`tag tag-${row.status < 400 ? 'good' : row.status < 500 ? 'warn' : 'bad'}`}>{row.status}</span>
            ),
          },
          { title: say('requests.took'), key: 'took', align: 'right', render: (_, row) => say('requests.millis', { millis: row.millis }) },
          {
            title: say('requests.key'),
            key: 'key',
            render: (_, row) => (
              <>
                {row.key.name}
                <div className="code faint">{row.key.masked}</div>
              </>
            ),
          },
          { title: say('requests.at'), key: 'at', render: (_, row) => <Moment at={row.at} exact /> },
          { title: say('requests.id'), key: 'id', render: (_, row) => <span className="code faint">{row.request_id}</span> },
        ]}
      />
    </Page>
  );
}
