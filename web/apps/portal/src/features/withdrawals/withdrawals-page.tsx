import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { answer, balances } from '../../api/http';
import { useMode } from '../../api/mode';
import type { BankAccount, Withdrawal } from '../../api/types';
import '../../i18n/money';
import { useText, useWord } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import { AskForMoney } from './ask-for-money';
import { BankAccounts } from './bank-accounts';
import { Schedules } from './schedules';

/** What is on its way to the bank, and where it may go. */
export default function WithdrawalsPage() {
  const say = useText();
  const mode = useMode();
  const write = useMay()('withdrawals:write');
  const [asking, setAsking] = useState(false);
  const [canceled, setCanceled] = useState<Withdrawal>();
  const accounts = useQuery({ queryKey: ['bank-accounts', mode], queryFn: () => answer(balances.GET('/v2/bank_accounts')) });
  return (
    <Page
      title={say('withdrawals.title')}
      intro={say('withdrawals.intro')}
      actions={
        write ? (
          <Button type="primary" onClick={() => setAsking(true)}>
            {say('withdrawals.do')}
          </Button>
        ) : undefined
      }
    >
      <CursorTable<Withdrawal>
        queryKey={['withdrawals', mode]}
        fetchPage={(cursor) => answer(balances.GET('/v2/withdrawals', { params: { query: cursor ? { cursor } : {} } }))}
        rowKey={(withdrawal) => withdrawal.id ?? ''}
        label={say('withdrawals.title')}
        empty={say('withdrawals.none')}
        columns={[
          { title: say('column.created'), key: 'created', render: (_, withdrawal) => <Moment at={withdrawal.created_at} /> },
          {
            title: say('column.amount'),
            key: 'amount',
            align: 'right',
            render: (_, withdrawal) => <Amount amount={withdrawal.amount} currency={withdrawal.currency} strong />,
          },
          {
            title: say('withdrawals.account'),
            key: 'account',
            render: (_, withdrawal) => <To withdrawal={withdrawal} accounts={accounts.data?.data ?? []} />,
          },
          { title: say('column.status'), key: 'status', render: (_, withdrawal) => <State withdrawal={withdrawal} /> },
          {
            title: say('column.actions'),
            key: 'actions',
            render: (_, withdrawal) =>
              write && (withdrawal.status === 'pending_approval' || withdrawal.status === 'approved') ? (
                <Button
                  size="small"
                  danger
                  onClick={() => setCanceled(withdrawal)}
                  aria-label={`${say('withdrawals.cancel')}: ${withdrawal.amount} ${withdrawal.currency} ${withdrawal.reference}`}
                >
                  {say('action.cancel')}
                </Button>
              ) : null,
          },
        ]}
      />
      <Schedules accounts={accounts} />
      <BankAccounts accounts={accounts} />
      <Modal open={asking} title={say('withdrawals.do')} footer={null} onCancel={() => setAsking(false)} destroyOnHidden>
        <AskForMoney accounts={accounts} onEnd={() => setAsking(false)} />
      </Modal>
      <Modal
        open={canceled !== undefined}
        title={say('withdrawals.cancel')}
        footer={null}
        onCancel={() => setCanceled(undefined)}
        destroyOnHidden
      >
        {canceled === undefined ? null : <Cancel withdrawal={canceled} onEnd={() => setCanceled(undefined)} />}
      </Modal>
    </Page>
  );
}

function To({ withdrawal, accounts }: { withdrawal: Withdrawal; accounts: BankAccount[] }) {
  const account = accounts.find(({ id }) => id === withdrawal.bank_account);
  return (
    <>
      {account === undefined ? <span className="code">{withdrawal.bank_account}</span> : account.holder}
      <div className="faint">
        {account?.masked} {withdrawal.reference}
      </div>
    </>
  );
}

function State({ withdrawal }: { withdrawal: Withdrawal }) {
  const say = useText();
  const word = useWord();
  const status = withdrawal.status ?? '';
  const note = word('withdrawalNote', status);
  return (
    <>
      <StatusTag group="withdrawalStatus" status={status} />
      {note === status ? null : <div className="faint">{note}</div>}
      {withdrawal.failure ? (
        <div className="faint">{say('withdrawals.why', { why: word('withdrawalFailure', withdrawal.failure) })}</div>
      ) : null}
    </>
  );
}

function Cancel({ withdrawal, onEnd }: { withdrawal: Withdrawal; onEnd: () => void }) {
  const say = useText();
  const cancel = useChange({
    run: () => answer(balances.POST('/v2/withdrawals/{id}:cancel', { params: { path: { id: withdrawal.id ?? '' } } })),
    renews: [['withdrawals'], ['balances']],
    done: say('withdrawals.canceled'),
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form layout="vertical" onFinish={() => cancel.mutate(undefined)}>
      <p>
        <Amount amount={withdrawal.amount} currency={withdrawal.currency} strong />
      </p>
      <p>{say('withdrawals.cancelHelp')}</p>
      {cancel.error ? <Notice kind="error">{problemText(cancel.error)}</Notice> : null}
      <DialogButtons busy={cancel.isPending} onCancel={onEnd} text={say('withdrawals.cancel')} danger />
    </Form>
  );
}
