import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { answer, balances } from '../../api/http';
import { useMode } from '../../api/mode';
import type { BalanceOfCurrency, BankAccount } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { type AskedAccounts, isUsable } from './bank-accounts';

const AMOUNT = /^\d{1,12}(\.\d{1,3})?$/;
const REFERENCE = /^[A-Za-z0-9 ./-]{1,12}$/;

interface Wanted {
  amount: string;
  currency: string;
  bank_account: string;
  reference?: string;
}

/** Asks for a withdrawal. The platform asks who it is before it takes it, and repeats it once however often it is sent. */
export function AskForMoney({ accounts, onEnd }: { accounts: AskedAccounts; onEnd: () => void }) {
  const say = useText();
  const mode = useMode();
  const balance = useQuery({ queryKey: ['balances', mode], queryFn: () => answer(balances.GET('/v2/balances')) });
  return (
    <Loaded asked={balance}>
      {({ balances: all = [] }) => (
        <Loaded asked={accounts}>
          {({ data = [] }) =>
            all.length === 0 ? <Empty>{say('balance.none')}</Empty> : <Ask balances={all} accounts={data} onEnd={onEnd} />
          }
        </Loaded>
      )}
    </Loaded>
  );
}

function Ask({ balances: all, accounts, onEnd }: { balances: BalanceOfCurrency[]; accounts: BankAccount[]; onEnd: () => void }) {
  const say = useText();
  const [form] = Form.useForm<Wanted>();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const currency = Form.useWatch('currency', form) ?? all[0]?.currency ?? '';
  const available = all.find((one) => one.currency === currency)?.available;
  const usable = accounts.filter((account) => account.currency === currency && isUsable(account));
  const ask = useChange({
    run: ({ reference, ...wanted }: Wanted) =>
      answer(
        balances.POST('/v2/withdrawals', {
          params: { header: { 'Idempotency-Key': idempotencyKey } },
          body: { ...wanted, ...(reference ? { reference } : {}) },
        }),
      ),
    renews: [['withdrawals'], ['balances'], ['balance-entries']],
    done: say('withdrawals.asked'),
    quiet: true,
    onDone: onEnd,
  });
  return (
    <Form<Wanted>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{
        currency: all[0]?.currency,
        bank_account: accounts.find((one) => one.currency === all[0]?.currency && isUsable(one))?.id,
      }}
      onValuesChange={(changed) => {
        if ('currency' in changed) {
          form.setFieldValue('bank_account', accounts.find((one) => one.currency === changed.currency && isUsable(one))?.id);
        }
      }}
      onFinish={(wanted) => ask.mutate(wanted)}
    >
      <p>
        {say('withdrawals.available')} <Amount amount={available} currency={currency} strong />
      </p>
      <Form.Item name="currency" label={say('withdrawals.currency')} hidden={all.length < 2}>
        <Select options={all.map((one) => ({ value: one.currency, label: one.currency }))} />
      </Form.Item>
      <Form.Item
        name="amount"
        label={say('withdrawals.amount', { currency })}
        rules={[{ required: true, pattern: AMOUNT, message: say('rule.amount') }]}
        extra={
          available === undefined || available.startsWith('-') ? undefined : (
            <Button type="link" size="small" onClick={() => form.setFieldValue('amount', available)}>
              {say('withdrawals.all')}
            </Button>
          )
        }
      >
        <Input inputMode="decimal" autoComplete="off" className="amount-input" />
      </Form.Item>
      {usable.length === 0 ? <Notice kind="warning">{say('withdrawals.noAccount', { currency })}</Notice> : null}
      <Form.Item name="bank_account" label={say('withdrawals.account')} rules={[{ required: true, message: say('rule.choose') }]}>
        <Select options={usable.map((one) => ({ value: one.id, label: `${one.holder} ${one.masked}` }))} />
      </Form.Item>
      <Form.Item
        name="reference"
        label={say('withdrawals.reference')}
        extra={say('withdrawals.referenceHelp')}
        rules={[{ pattern: REFERENCE, message: say('withdrawals.referenceRule') }]}
      >
        <Input autoComplete="off" maxLength={12} className="amount-input" />
      </Form.Item>
      {ask.error ? <Notice kind="error">{problemText(ask.error)}</Notice> : null}
      <DialogButtons busy={ask.isPending} onCancel={onEnd} text={say('withdrawals.do')} />
    </Form>
  );
}
