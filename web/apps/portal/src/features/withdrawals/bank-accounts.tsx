import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { answer, balances } from '../../api/http';
import type { BankAccount } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useMay, useSession } from '../../session/session';

export type AskedAccounts = UseQueryResult<{ data?: BankAccount[] }>;

/** Whether money may go there now. */
export function isUsable(account: BankAccount): boolean {
  return account.status === 'active' && Date.parse(account.usable_from ?? '') <= Date.now();
}

export function BankAccounts({ accounts }: { accounts: AskedAccounts }) {
  const say = useText();
  const write = useMay()('withdrawals:write');
  const [adding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<BankAccount>();
  return (
    <Card
      title={say('accounts.title')}
      actions={
        write ? (
          <Button size="small" onClick={() => setAdding(true)}>
            {say('accounts.add')}
          </Button>
        ) : undefined
      }
    >
      <Loaded asked={accounts} rows={2}>
        {({ data = [] }) =>
          data.length === 0 ? (
            <Empty>{say('accounts.none')}</Empty>
          ) : (
            <ul className="rows">
              {data.map((account) => (
                <li key={account.id}>
                  <span>
                    <strong>{account.holder}</strong>{' '}
                    <span className="faint">
                      {account.masked} {account.currency}
                    </span>
                    {account.status !== 'rejected' && !isUsable(account) ? (
                      <span className="block faint">
                        {say('accounts.usableFrom')} <Moment at={account.usable_from} />
                      </span>
                    ) : null}
                  </span>
                  <StatusTag group="accountStatus" status={account.status} />
                  {write ? (
                    <Button
                      size="small"
                      danger
                      onClick={() => setRemoved(account)}
                      aria-label={`${say('accounts.remove')}: ${account.holder} ${account.masked}`}
                    >
                      {say('accounts.remove')}
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Modal open={adding} title={say('accounts.add')} footer={null} onCancel={() => setAdding(false)} destroyOnHidden>
        <Add onEnd={() => setAdding(false)} />
      </Modal>
      <Modal
        open={removed !== undefined}
        title={say('accounts.remove')}
        footer={null}
        onCancel={() => setRemoved(undefined)}
        destroyOnHidden
      >
        {removed === undefined ? null : <Remove account={removed} onEnd={() => setRemoved(undefined)} />}
      </Modal>
    </Card>
  );
}

interface NewAccount {
  holder: string;
  number: string;
  currency: string;
  bic?: string;
}

function Add({ onEnd }: { onEnd: () => void }) {
  const say = useText();
  const currency = useSession().merchant?.currency ?? 'NZD';
  const add = useChange({
    run: ({ bic, ...account }: NewAccount) => answer(balances.POST('/v2/bank_accounts', { body: { ...account, ...(bic ? { bic } : {}) } })),
    renews: [['bank-accounts']],
    done: say('accounts.added'),
    quiet: true,
    onDone: onEnd,
  });
  const required = { required: true, whitespace: true, message: say('rule.required') };
  return (
    <Form<NewAccount> layout="vertical" requiredMark={false} initialValues={{ currency }} onFinish={(account) => add.mutate(account)}>
      <p>{say('accounts.addHelp')}</p>
      <Form.Item name="holder" label={say('accounts.holder')} rules={[required]}>
        <Input autoComplete="off" maxLength={70} />
      </Form.Item>
      <Form.Item name="number" label={say('accounts.number')} extra={say('accounts.numberHelp')} rules={[required]}>
        <Input autoComplete="off" maxLength={50} />
      </Form.Item>
      <Form.Item name="currency" label={say('accounts.currency')} rules={[{ required: true, len: 3, message: say('rule.required') }]}>
        <Input autoComplete="off" maxLength={3} className="amount-input" />
      </Form.Item>
      <Form.Item name="bic" label={say('accounts.bic')}>
        <Input autoComplete="off" maxLength={11} />
      </Form.Item>
      {add.error ? <Notice kind="error">{problemText(add.error)}</Notice> : null}
      <DialogButtons busy={add.isPending} onCancel={onEnd} text={say('accounts.add')} />
    </Form>
  );
}

function Remove({ account, onEnd }: { account: BankAccount; onEnd: () => void }) {
  const say = useText();
  const remove = useChange({
    run: () => answer(balances.POST('/v2/bank_accounts/{id}:remove', { params: { path: { id: account.id ?? '' } } })),
    renews: [['bank-accounts'], ['withdrawals'], ['balances']],
    done: say('accounts.removed'),
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form layout="vertical" onFinish={() => remove.mutate(undefined)}>
      <p>{say('accounts.removeHelp', { masked: account.masked ?? '' })}</p>
      {remove.error ? <Notice kind="error">{problemText(remove.error)}</Notice> : null}
      <DialogButtons busy={remove.isPending} onCancel={onEnd} text={say('accounts.remove')} danger />
    </Form>
  );
}
