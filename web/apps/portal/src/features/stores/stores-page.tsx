import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import { useMode } from '../../api/mode';
import type { Page as ListPage, StaticCode, Store } from '../../api/types';
import '../../i18n/stores';
import { useText, useWord } from '../../i18n/use-text';
import { useMay, useSession } from '../../session/session';
import { CloseStore, StoreForm } from './store-forms';
import { UnusualUses, useUnusualUses } from './unusual-uses';

const AMOUNT = /^\d{1,12}(\.\d{1,3})?$/;

export default function StoresPage() {
  const say = useText();
  const word = useWord();
  const may = useMay();
  const mode = useMode();
  const write = may('static_codes:write');
  const [opening, setOpening] = useState(false);
  const [changed, setChanged] = useState<Store | null>(null);
  const [closed, setClosed] = useState<Store | null>(null);
  const [making, setMaking] = useState(false);
  const [limiting, setLimiting] = useState<StaticCode | null>(null);
  const [asked, setAsked] = useState<{ code: StaticCode; what: 'rotate' | 'disable' } | null>(null);
  const stores = useQuery({
    queryKey: ['stores', mode],
    queryFn: () => call<ListPage<Store>>('GET', '/v2/stores', { query: { limit: 100 } }),
  });
  const unusual = useUnusualUses();
  const names = new Map((stores.data?.data ?? []).map((store) => [store.id, store.name]));
  return (
    <Page title={say('stores.title')} intro={say('stores.intro')}>
      <Card
        title={say('stores.stores')}
        actions={
          write ? (
            <Button size="small" onClick={() => setOpening(true)}>
              {say('stores.open')}
            </Button>
          ) : undefined
        }
      >
        <Loaded asked={stores} rows={2}>
          {({ data }) =>
            data === undefined || data.length === 0 ? (
              <Empty>{say('stores.none')}</Empty>
            ) : (
              <ul className="rows">
                {data.map((store) => (
                  <li key={store.id}>
                    <span>
                      <strong>{store.name}</strong> <span className="faint">{store.address}</span>
                    </span>
                    <span className="faint">{store.time_zone}</span>
                    {store.status === 'closed' ? (
                      <StatusTag group="storeStatus" status="closed" />
                    ) : write ? (
                      <span className="row-actions">
                        <Button size="small" onClick={() => setChanged(store)} aria-label={`${say('action.edit')}: ${store.name}`}>
                          {say('action.edit')}
                        </Button>
                        {may('devices:write') ? (
                          <Button size="small" danger onClick={() => setClosed(store)} aria-label={`${say('stores.close')}: ${store.name}`}>
                            {say('stores.close')}
                          </Button>
                        ) : null}
                      </span>
                    ) : null}
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
      <UnusualUses uses={unusual.data?.data ?? []} write={write} />
      <div className="section-head">
        <h2>{say('codes.title')}</h2>
        {write && stores.data?.data?.some((store) => store.status !== 'closed') ? (
          <Button type="primary" onClick={() => setMaking(true)}>
            {say('codes.make')}
          </Button>
        ) : null}
      </div>
      <CursorTable<StaticCode>
        queryKey={['static-codes', mode]}
        fetchPage={(cursor) => call<ListPage<StaticCode>>('GET', '/v2/static_codes', { query: { cursor } })}
        rowKey={(code) => code.id}
        label={say('codes.title')}
        empty={say('codes.none')}
        columns={[
          {
            title: say('codes.label'),
            key: 'label',
            render: (_, code) => (
              <>
                {code.label}
                <div className="faint">{names.get(code.store) ?? ''}</div>
                {unusual.data?.data?.some((use) => use.static_code === code.id) ? (
                  <span className="tag tag-warn">{say('unusual.title')}</span>
                ) : null}
              </>
            ),
          },
          { title: say('codes.serial'), key: 'serial', render: (_, code) => <span className="code">{code.serial}</span> },
          { title: say('column.status'), key: 'status', render: (_, code) => <StatusTag group="codeStatus" status={code.status} /> },
          {
            title: say('codes.amounts'),
            key: 'amounts',
            render: (_, code) => <Amounts code={code} />,
          },
          { title: say('column.created'), key: 'created', render: (_, code) => <When at={code.created_at} /> },
          {
            title: say('column.actions'),
            key: 'actions',
            render: (_, code) =>
              code.status === 'active' ? (
                <span className="row-actions">
                  {may('payments:read') ? (
                    <Link
                      to="/payments"
                      search={{ code: code.id }}
                      className="ant-btn-like small"
                      aria-label={`${say('payments.title')}: ${code.label}`}
                    >
                      {say('payments.title')}
                    </Link>
                  ) : null}
                  <a
                    className="ant-btn-like small"
                    href={`/portal/poster/${code.id}`}
                    target="_blank"
                    rel="noreferrer"
                    aria-label={`${say('codes.poster')}: ${code.label}`}
                  >
                    {say('codes.poster')}
                  </a>
                  {write ? (
                    <>
                      <Button size="small" onClick={() => setLimiting(code)} aria-label={`${say('codes.limits')}: ${code.label}`}>
                        {say('codes.limits')}
                      </Button>
                      <Button
                        size="small"
                        onClick={() => setAsked({ code, what: 'rotate' })}
                        aria-label={`${say('codes.rotate')}: ${code.label}`}
                      >
                        {say('codes.rotate')}
                      </Button>
                      <Button
                        size="small"
                        danger
                        onClick={() => setAsked({ code, what: 'disable' })}
                        aria-label={`${say('codes.disable')}: ${code.label}`}
                      >
                        {say('codes.disable')}
                      </Button>
                    </>
                  ) : null}
                </span>
              ) : (
                <span className="faint">{word('codeStatus', code.status)}</span>
              ),
          },
        ]}
      />
      <Modal open={opening} title={say('stores.open')} footer={null} onCancel={() => setOpening(false)} destroyOnHidden>
        <StoreForm store={null} onEnd={() => setOpening(false)} />
      </Modal>
      <Modal open={changed !== null} title={say('stores.change')} footer={null} onCancel={() => setChanged(null)} destroyOnHidden>
        {changed === null ? null : <StoreForm store={changed} onEnd={() => setChanged(null)} />}
      </Modal>
      <Modal open={closed !== null} title={say('stores.close')} footer={null} onCancel={() => setClosed(null)} destroyOnHidden>
        {closed === null ? null : <CloseStore store={closed} onEnd={() => setClosed(null)} />}
      </Modal>
      <Modal open={making} title={say('codes.make')} footer={null} onCancel={() => setMaking(false)} destroyOnHidden>
        <MakeCode stores={(stores.data?.data ?? []).filter((store) => store.status !== 'closed')} onEnd={() => setMaking(false)} />
      </Modal>
      <Modal
        open={limiting !== null}
        title={say('codes.limitsOf', { label: limiting?.label ?? '' })}
        footer={null}
        onCancel={() => setLimiting(null)}
        destroyOnHidden
      >
        {limiting === null ? null : <Limits code={limiting} onEnd={() => setLimiting(null)} />}
      </Modal>
      <Modal
        open={asked !== null}
        title={asked === null ? '' : say(asked.what === 'rotate' ? 'codes.rotateTitle' : 'codes.disableTitle', { label: asked.code.label })}
        footer={null}
        onCancel={() => setAsked(null)}
        destroyOnHidden
      >
        {asked === null ? null : <Ask code={asked.code} what={asked.what} onEnd={() => setAsked(null)} />}
      </Modal>
    </Page>
  );
}

function Amounts({ code }: { code: StaticCode }) {
  const say = useText();
  const part = (text: 'codes.fixed' | 'codes.least' | 'codes.most' | 'codes.daily', amount: string | null) =>
    amount === null ? null : (
      <div>
        {say(text)} <Amount amount={amount} currency={code.currency} />
      </div>
    );
  if (!code.amount && !code.min_amount && !code.max_amount && !code.daily_limit) {
    return <span className="faint">{say('codes.free')}</span>;
  }
  return (
    <>
      {part('codes.fixed', code.amount)}
      {part('codes.least', code.min_amount)}
      {part('codes.most', code.max_amount)}
      {part('codes.daily', code.daily_limit)}
    </>
  );
}

interface AmountFields {
  amount?: string;
  min_amount?: string;
  max_amount?: string;
  daily_limit?: string;
}

function given(fields: AmountFields): AmountFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
}

function AmountField({ name, label }: { name: keyof AmountFields; label: string }) {
  const say = useText();
  return (
    <Form.Item name={name} label={label} rules={[{ pattern: AMOUNT, message: say('rule.amount') }]}>
      <Input inputMode="decimal" autoComplete="off" className="amount-input" />
    </Form.Item>
  );
}

function MakeCode({ stores, onEnd }: { stores: Store[]; onEnd: () => void }) {
  const say = useText();
  const currency = useSession().merchant?.currency ?? 'NZD';
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const make = useChange({
    run: ({ store, label, ...amounts }: { store: string; label: string } & AmountFields) =>
      call<StaticCode>('POST', '/v2/static_codes', { idempotencyKey, body: { store, label, currency, ...given(amounts) } }),
    renews: [['static-codes']],
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form layout="vertical" requiredMark={false} initialValues={{ store: stores[0]?.id }} onFinish={(code) => make.mutate(code)}>
      <Form.Item name="store" label={say('codes.store')} rules={[{ required: true, message: say('rule.choose') }]}>
        <Select options={stores.map((store) => ({ value: store.id, label: store.name }))} />
      </Form.Item>
      <Form.Item
        name="label"
        label={say('codes.label')}
        extra={say('codes.labelHelp')}
        rules={[{ required: true, max: 60, message: say('rule.required') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <AmountField name="amount" label={say('codes.fixedIn', { currency })} />
      <AmountField name="min_amount" label={say('codes.leastIn', { currency })} />
      <AmountField name="max_amount" label={say('codes.mostIn', { currency })} />
      <AmountField name="daily_limit" label={say('codes.dailyIn', { currency })} />
      {make.error ? <Notice kind="error">{problemText(make.error)}</Notice> : null}
      <DialogButtons busy={make.isPending} onCancel={onEnd} text={say('codes.make')} />
    </Form>
  );
}

function Limits({ code, onEnd }: { code: StaticCode; onEnd: () => void }) {
  const say = useText();
  const currency = code.currency;
  const limit = useChange({
    run: (amounts: AmountFields) => call<StaticCode>('PUT', `/v2/static_codes/${code.id}/limits`, { body: given(amounts) }),
    renews: [['static-codes']],
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form<AmountFields>
      layout="vertical"
      initialValues={{ min_amount: code.min_amount, max_amount: code.max_amount, daily_limit: code.daily_limit }}
      onFinish={(amounts) => limit.mutate(amounts)}
    >
      <p className="faint">{say('codes.limitsHelp')}</p>
      <AmountField name="min_amount" label={say('codes.leastIn', { currency })} />
      <AmountField name="max_amount" label={say('codes.mostIn', { currency })} />
      <AmountField name="daily_limit" label={say('codes.dailyIn', { currency })} />
      {limit.error ? <Notice kind="error">{problemText(limit.error)}</Notice> : null}
      <DialogButtons busy={limit.isPending} onCancel={onEnd} text={say('action.save')} />
    </Form>
  );
}

function Ask({ code, what, onEnd }: { code: StaticCode; what: 'rotate' | 'disable'; onEnd: () => void }) {
  const say = useText();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const act = useChange({
    run: () => call<StaticCode>('POST', `/v2/static_codes/${code.id}:${what}`, what === 'rotate' ? { idempotencyKey } : {}),
    renews: [['static-codes']],
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form layout="vertical" onFinish={() => act.mutate(undefined)}>
      <p>{say(what === 'rotate' ? 'codes.rotateHelp' : 'codes.disableHelp')}</p>
      {act.error ? <Notice kind="error">{problemText(act.error)}</Notice> : null}
      <DialogButtons busy={act.isPending} onCancel={onEnd} text={say(what === 'rotate' ? 'codes.rotate' : 'codes.disable')} danger />
    </Form>
  );
}
