import { useSpeech } from '@ferrypay/desk/language.tsx';
import { formatMoney, momentAt } from '@ferrypay/desk/ui/format.ts';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/http';
import { useMode } from '../../api/mode';
import type { Cashier, Device, Page as ListPage, Store } from '../../api/types';
import '../../i18n/devices';
import { useText } from '../../i18n/use-text';
import { useMay, useSession } from '../../session/session';
import { allPages, MOST } from './all-pages';
import { CashierForm, LimitsForm, PinForm, Sure } from './cashier-forms';
import { NewCode, TillForm } from './till-forms';
import { TillsReport } from './tills-report';

/** What stands in the dialog. */
interface Dialog {
  title: string;
  body: ReactNode;
}

/** The tills of each store, who works at them, and what they took. */
export default function DevicesPage() {
  const say = useText();
  const may = useMay();
  const mode = useMode();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const stores = useQuery({
    queryKey: ['stores', mode],
    queryFn: () => call<ListPage<Store>>('GET', '/v2/stores', { query: { limit: 100 } }),
  });
  const devices = useQuery({ queryKey: ['devices', mode], queryFn: () => allPages<Device>('/v2/devices'), refetchInterval: 30_000 });
  const cashiers = useQuery({ queryKey: ['cashiers', mode], queryFn: () => allPages<Cashier>('/v2/cashiers') });
  return (
    <Page title={say('devices.title')} intro={say('devices.intro')}>
      {devices.data?.more ? <Notice kind="warning">{say('devices.tooMany', { count: MOST })}</Notice> : null}
      <Loaded asked={stores}>
        {({ data }) =>
          data === undefined || data.length === 0 ? (
            <Empty>{say('devices.noStores')}</Empty>
          ) : (
            <Loaded asked={devices}>
              {(tills) => (
                <Loaded asked={cashiers}>
                  {(people) => (
                    <>
                      {data.map((store) => (
                        <OfStore
                          key={store.id}
                          store={store}
                          tills={tills.data.filter((till) => till.store === store.id)}
                          cashiers={people.data.filter((cashier) => cashier.store === store.id)}
                          onDialog={setDialog}
                        />
                      ))}
                      {may('payments:read') ? <TillsReport stores={data} devices={tills.data} cashiers={people.data} /> : null}
                    </>
                  )}
                </Loaded>
              )}
            </Loaded>
          )
        }
      </Loaded>
      <Modal open={dialog !== null} title={dialog?.title} footer={null} onCancel={() => setDialog(null)} destroyOnHidden>
        {dialog?.body}
      </Modal>
    </Page>
  );
}

function OfStore({
  store,
  tills,
  cashiers,
  onDialog,
}: {
  store: Store;
  tills: Device[];
  cashiers: Cashier[];
  onDialog: (dialog: Dialog | null) => void;
}) {
  const say = useText();
  const may = useMay();
  const open = store.status !== 'closed';
  const write = may('devices:write') && open;
  const close = () => onDialog(null);
  const pairs = (till: Device) =>
    onDialog({ title: say('devices.codeTitle', { name: till.name ?? '' }), body: <NewCode first={till} onEnd={close} /> });
  if (!open && tills.length === 0 && cashiers.length === 0) {
    return null;
  }
  return (
    <Card
      title={store.name ?? ''}
      actions={
        write ? (
          <span className="row-actions">
            <Button
              size="small"
              type="primary"
              aria-label={`${say('devices.add')}: ${store.name}`}
              onClick={() =>
                onDialog({ title: say('devices.add'), body: <TillForm store={store.id} till={null} onMade={pairs} onEnd={close} /> })
              }
            >
              {say('devices.add')}
            </Button>
            {may('refunds:write') ? (
              <Button
                size="small"
                aria-label={`${say('devices.hire')}: ${store.name}`}
                onClick={() => onDialog({ title: say('devices.hire'), body: <CashierForm store={store.id ?? ''} onEnd={close} /> })}
              >
                {say('devices.hire')}
              </Button>
            ) : null}
          </span>
        ) : open ? undefined : (
          <StatusTag group="storeStatus" status="closed" />
        )
      }
    >
      <h3>{say('devices.title')}</h3>
      {tills.length === 0 ? (
        <Empty>{say('devices.noTills')}</Empty>
      ) : (
        <ul className="rows">
          {tills.map((till) => (
            <Till key={till.id} till={till} cashiers={cashiers} write={write} onDialog={onDialog} onPair={() => pairs(till)} />
          ))}
        </ul>
      )}
      <h3>{say('devices.cashiers')}</h3>
      {cashiers.length === 0 ? (
        <Empty>{say('devices.noCashiers')}</Empty>
      ) : (
        <ul className="rows">
          {cashiers.map((cashier) => (
            <Person key={cashier.id} cashier={cashier} write={write} onDialog={onDialog} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Till({
  till,
  cashiers,
  write,
  onDialog,
  onPair,
}: {
  till: Device;
  cashiers: Cashier[];
  write: boolean;
  onDialog: (dialog: Dialog | null) => void;
  onPair: () => void;
}) {
  const say = useText();
  const { language } = useSpeech();
  const close = () => onDialog(null);
  const name = till.name ?? '';
  const cashier = cashiers.find((each) => each.id === till.cashier);
  return (
    <li>
      <span>
        <strong>{name}</strong>
        <span className="faint">
          {till.last_seen_at
            ? say('devices.lastSeen', { at: momentAt(till.last_seen_at, 'Pacific/Auckland', language) })
            : say('devices.neverSeen')}
          {till.status === 'active'
            ? ` · ${cashier === undefined ? say('devices.somebody') : say('devices.signedIn', { name: cashier.name ?? '' })}`
            : ''}
        </span>
      </span>
      <StatusTag group="deviceStatus" status={till.status} />
      {write ? (
        <span className="row-actions">
          <Button
            size="small"
            aria-label={`${say('devices.rename')}: ${name}`}
            onClick={() => onDialog({ title: say('devices.rename'), body: <TillForm store={till.store} till={till} onEnd={close} /> })}
          >
            {say('devices.rename')}
          </Button>
          {till.status === 'revoked' ? null : (
            <>
              <Button size="small" aria-label={`${say('devices.newCode')}: ${name}`} onClick={onPair}>
                {say('devices.newCode')}
              </Button>
              <Button
                size="small"
                danger
                aria-label={`${say('devices.revoke')}: ${name}`}
                onClick={() =>
                  onDialog({
                    title: say('devices.revokeTitle', { name }),
                    body: (
                      <Sure
                        path={`/v2/devices/${till.id}:revoke`}
                        renews="devices"
                        text={say('devices.revoke')}
                        help={say('devices.revokeHelp')}
                        onEnd={close}
                      />
                    ),
                  })
                }
              >
                {say('devices.revoke')}
              </Button>
            </>
          )}
        </span>
      ) : null}
    </li>
  );
}

function Person({ cashier, write, onDialog }: { cashier: Cashier; write: boolean; onDialog: (dialog: Dialog | null) => void }) {
  const say = useText();
  const may = useMay();
  const { language } = useSpeech();
  const currency = useSession().merchant?.currency ?? 'NZD';
  const close = () => onDialog(null);
  const name = cashier.name ?? '';
  const money = (amount: string) => formatMoney(amount, currency, language);
  const limits = [
    cashier.sale_limit ? say('devices.saleAt', { amount: money(cashier.sale_limit) }) : null,
    cashier.daily_sales_limit ? say('devices.dailySales', { amount: money(cashier.daily_sales_limit) }) : null,
    cashier.refund_limit ? say('devices.refundAt', { amount: money(cashier.refund_limit) }) : null,
    cashier.daily_refunds_limit ? say('devices.dailyRefunds', { amount: money(cashier.daily_refunds_limit) }) : null,
  ].filter((each) => each !== null);
  return (
    <li>
      <span>
        <strong>{name}</strong>
        {limits.length > 0 ? (
          <span className="faint">
            {say('devices.limits')}: {limits.join(' · ')}
          </span>
        ) : null}
      </span>
      <StatusTag group="deviceStatus" status={cashier.status} />
      {write && cashier.status === 'active' ? (
        <span className="row-actions">
          {may('refunds:write') ? (
            <>
              <Button
                size="small"
                aria-label={`${say('devices.setPin')}: ${name}`}
                onClick={() => onDialog({ title: say('devices.pinOf', { name }), body: <PinForm cashier={cashier} onEnd={close} /> })}
              >
                {say('devices.setPin')}
              </Button>
              <Button
                size="small"
                aria-label={`${say('devices.limits')}: ${name}`}
                onClick={() => onDialog({ title: say('devices.limitsOf', { name }), body: <LimitsForm cashier={cashier} onEnd={close} /> })}
              >
                {say('devices.limits')}
              </Button>
            </>
          ) : null}
          <Button
            size="small"
            danger
            aria-label={`${say('devices.disable')}: ${name}`}
            onClick={() =>
              onDialog({
                title: say('devices.disableTitle', { name }),
                body: (
                  <Sure
                    path={`/v2/cashiers/${cashier.id}:disable`}
                    renews="cashiers"
                    text={say('devices.disable')}
                    help={say('devices.disableHelp')}
                    onEnd={close}
                  />
                ),
              })
            }
          >
            {say('devices.disable')}
          </Button>
        </span>
      ) : null}
    </li>
  );
}
