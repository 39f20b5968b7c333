import { Copyable } from '@ferrypay/desk/ui/copyable.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { Filter } from '@ferrypay/desk/ui/filter.tsx';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Drawer, Select } from 'antd';
import { call } from '../../api/http';
import { useMode } from '../../api/mode';
import type { Delivery, DeliveryTry, FerryEvent, Page as ListPage } from '../../api/types';
import '../../i18n/developers';
import { useText, useWord } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import { EVENT_TYPES } from './event-types';

const SINGLE_TYPES = EVENT_TYPES.filter((type) => !type.endsWith('*'));

function subjectOf(event: FerryEvent): { id: string; reference: string } {
  const { id, merchant_reference, payment } = event.data.object;
  return { id: String(payment ?? id ?? ''), reference: typeof merchant_reference === 'string' ? merchant_reference : String(id ?? '') };
}

export default function EventsPage() {
  const say = useText();
  const mode = useMode();
  const { type, event } = useSearch({ from: '/shell/developers/events' });
  const navigate = useNavigate({ from: '/developers/events' });
  return (
    <Page title={say('events.title')} intro={say('events.intro')}>
      <search className="filters">
        <Filter label={say('events.type')}>
          <Select
            value={type ?? ''}
            aria-label={say('events.type')}
            onChange={(next) => void navigate({ search: { type: next || undefined }, replace: true })}
            options={[{ value: '', label: say('filter.all') }, ...SINGLE_TYPES.map((one) => ({ value: one, label: one }))]}
            popupMatchSelectWidth={false}
          />
        </Filter>
      </search>
      <CursorTable<FerryEvent>
        queryKey={['events', mode, type]}
        fetchPage={(cursor) => call<ListPage<FerryEvent>>('GET', '/v2/events', { query: { type, cursor } })}
        rowKey={(row) => row.id}
        label={say('events.title')}
        empty={say('events.none')}
        rowClassName={(row) => (row.id === event ? 'row-on' : '')}
        columns={[
          {
            title: say('events.type'),
            key: 'type',
            render: (_, row) => (
              <Link to="/developers/events" search={{ type, event: row.id }} className="row-link code">
                {row.type}
              </Link>
            ),
          },
          { title: say('events.about'), key: 'about', render: (_, row) => subjectOf(row).reference },
          { title: say('events.at'), key: 'at', render: (_, row) => <Moment at={row.timestamp} /> },
          { title: say('events.id'), key: 'id', render: (_, row) => <span className="code faint">{row.id}</span> },
        ]}
      />
      <Drawer
        open={event !== undefined}
        onClose={() => void navigate({ search: { type } })}
        title={say('events.one')}
        size={720}
        destroyOnHidden
      >
        {event === undefined ? null : <EventDetail id={event} />}
      </Drawer>
    </Page>
  );
}

function EventDetail({ id }: { id: string }) {
  const mode = useMode();
  const event = useQuery({ queryKey: ['event', mode, id], queryFn: () => call<FerryEvent>('GET', `/v2/events/${id}`) });
  return <Loaded asked={event}>{(found) => <FoundEvent event={found} />}</Loaded>;
}

function FoundEvent({ event }: { event: FerryEvent }) {
  const say = useText();
  const may = useMay();
  const mode = useMode();
  const subject = subjectOf(event);
  const deliveries = useQuery({
    queryKey: ['deliveries', mode, event.id],
    queryFn: () => call<{ data: Delivery[] }>('GET', `/v2/events/${event.id}/deliveries`),
    refetchInterval: ({ state }) => (state.data?.data.some((delivery) => delivery.status === 'pending') ? 3000 : false),
  });
  const resend = useChange({
    run: () => call<{ resent: number }>('POST', `/v2/events/${event.id}:resend`),
    renews: [['deliveries']],
    done: ({ resent }) => (resent === 0 ? say('events.resentNobody') : say('events.resent', { count: resent })),
  });
  return (
    <>
      <Facts
        facts={[
          [say('events.type'), <code key="type">{event.type}</code>],
          [say('events.id'), <Copyable key="id" text={event.id} label={say('events.id')} />],
          [say('events.at'), <Moment key="at" at={event.timestamp} exact />],
          [
            say('events.about'),
            subject.id.startsWith('pay_') ? (
              <Link key="about" to="/payments" search={{ payment: subject.id }}>
                {subject.reference}
              </Link>
            ) : (
              subject.reference
            ),
          ],
        ]}
      />
      <div className="section-head">
        <h2>{say('events.deliveries')}</h2>
        {may('webhooks:write') ? (
          <Button onClick={() => resend.mutate(undefined)} loading={resend.isPending}>
            {say('events.resend')}
          </Button>
        ) : null}
      </div>
      <Loaded asked={deliveries} rows={2}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>{say('events.noDeliveries')}</Empty>
          ) : (
            data.map((delivery) => <OneDelivery key={delivery.id} delivery={delivery} />)
          )
        }
      </Loaded>
      <h2>{say('events.body')}</h2>
      {/* The keyboard must reach what is to be scrolled. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus */}
      <pre className="body" tabIndex={0}>
        {JSON.stringify(event, null, 2)}
      </pre>
    </>
  );
}

function OneDelivery({ delivery }: { delivery: Delivery }) {
  const say = useText();
  return (
    <div className="delivery">
      <div className="delivery-head">
        <StatusTag group="deliveryStatus" status={delivery.status} />
        <span className="code words">{delivery.url}</span>
      </div>
      {delivery.next_attempt_at ? (
        <p className="faint">
          {say('events.nextTry')} <Moment at={delivery.next_attempt_at} exact />
        </p>
      ) : null}
      {delivery.log.map((one) => (
        <OneTry key={one.number} one={one} />
      ))}
    </div>
  );
}

function OneTry({ one }: { one: DeliveryTry }) {
  const say = useText();
  const word = useWord();
  return (
    <details>
      <summary>
        {say('events.try', { number: one.number })}: {one.status === null ? word('deliveryError', one.error) : `HTTP ${one.status}`} ·{' '}
        {one.duration_millis} ms
      </summary>
      <Moment at={one.at} exact />
      <h3>{say('events.headers')}</h3>
      <pre className="body">{one.request_headers}</pre>
      <h3>{say('events.answer')}</h3>
      <pre className="body">{one.answer || '—'}</pre>
    </details>
  );
}
