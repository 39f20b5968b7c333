import { useSpeech } from '@ferrypay/desk/language.tsx';
import { momentAt } from '@ferrypay/desk/ui/format.ts';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Progress, Table } from 'antd';
import { answer, download, payments } from '../../api/http';
import { useMode } from '../../api/mode';
import type { Export } from '../../api/types';
import { useText, useWord } from '../../i18n/use-text';
import type { TextKey } from '../../i18n/zh';
import { useMay } from '../../session/session';

const LOOK_AGAIN_MILLIS = 1_000;
const underWay = ({ status }: Export) => status === 'waiting' || status === 'running';

/** Files with payments and refunds: how far they are, and those that can be fetched. */
export default function ExportsPage() {
  const say = useText();
  const mode = useMode();
  const exports = useQuery({
    queryKey: ['exports', mode],
    queryFn: () => answer(payments.GET('/v2/exports')),
    refetchInterval: ({ state }) => (state.data?.data?.some(underWay) ? LOOK_AGAIN_MILLIS : false),
  });
  return (
    <Page title={say('exports.title')} intro={say('exports.intro')}>
      <Loaded asked={exports}>
        {({ data = [] }) =>
          data.length === 0 ? (
            <Empty>{say('exports.none')}</Empty>
          ) : (
            // The keyboard must reach what is to be scrolled sideways.
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus
            <section className="table-scroll" aria-label={say('exports.title')} tabIndex={0}>
              <Table<Export>
                dataSource={data}
                rowKey={(row) => row.id ?? ''}
                pagination={false}
                size="middle"
                columns={[
                  { title: say('exports.list'), key: 'kind', render: (_, row) => <List row={row} /> },
                  { title: say('column.created'), key: 'created', render: (_, row) => <Moment at={row.created_at} /> },
                  { title: say('column.status'), key: 'status', render: (_, row) => <State row={row} /> },
                  {
                    title: say('exports.rows'),
                    key: 'rows',
                    align: 'right',
                    render: (_, row) => (underWay(row) && row.total_rows !== null ? `${row.rows} / ${row.total_rows}` : row.rows),
                  },
                  { title: say('exports.actions'), key: 'actions', render: (_, row) => <Actions row={row} /> },
                ]}
              />
            </section>
          )
        }
      </Loaded>
    </Page>
  );
}

const FILTERS: [keyof NonNullable<Export['filters']>, TextKey][] = [
  ['status', 'column.status'],
  ['merchant_reference', 'column.reference'],
  ['static_code', 'payment.code'],
  ['created_gte', 'filter.from'],
  ['created_lt', 'exports.before'],
  ['amount_gte', 'filter.least'],
  ['amount_lte', 'filter.most'],
];

function List({ row }: { row: Export }) {
  const say = useText();
  const word = useWord();
  const { language } = useSpeech();
  const shown = (name: string, value: string) =>
    name === 'status' ? word('status', value) : name.startsWith('created') ? momentAt(value, row.time_zone ?? 'UTC', language) : value;
  return (
    <>
      <strong>{row.kind === 'refunds' ? say('refunds.title') : say('payments.title')}</strong>
      {FILTERS.map(([name, label]) => {
        const value = row.filters?.[name];
        return value ? (
          <div key={name} className="faint">
            {say(label)}: {shown(name, value)}
          </div>
        ) : null;
      })}
    </>
  );
}

function State({ row }: { row: Export }) {
  const say = useText();
  const word = useWord();
  if (underWay(row)) {
    return (
      <span aria-live="polite">
        <Progress percent={row.progress ?? 0} size="small" aria-label={say('exports.progress')} />
      </span>
    );
  }
  return (
    <>
      <StatusTag status={row.status} group="exportStatus" />
      {row.failure_code ? <div className="faint">{word('exportFailure', row.failure_code)}</div> : null}
      {row.status === 'ready' ? (
        <div className="faint">
          {say('exports.until')} <Moment at={row.expires_at} />
        </div>
      ) : null}
    </>
  );
}

function Actions({ row }: { row: Export }) {
  const say = useText();
  const may = useMay();
  const id = row.id ?? '';
  const fetching = useChange({ run: () => download(`/v2/exports/${id}/content`), renews: [['exports']] });
  const canceling = useChange({
    run: () => answer(payments.POST('/v2/exports/{id}:cancel', { params: { path: { id } } })),
    renews: [['exports']],
    done: say('exports.canceled'),
  });
  if (row.status === 'ready') {
    return (
      <Button loading={fetching.isPending} onClick={() => fetching.mutate(undefined)}>
        {say('exports.fetch')}
      </Button>
    );
  }
  return underWay(row) && may('exports:write') ? (
    <Button loading={canceling.isPending} onClick={() => canceling.mutate(undefined)}>
      {say('exports.cancel')}
    </Button>
  ) : null;
}
