import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { NEW_ZEALAND, onClock } from '@ferrypay/desk/ui/format.ts';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { Button, Form, Input, Modal, Select } from 'antd';
import type { Asked, PriceList } from '../../api/books';
import { call } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { fractionOf, percentOf } from './percent';
import { METHODS, useMethod } from './rules';

interface RuleFields {
  method: string;
  from: string;
  percent: string;
  fixed: string;
  least?: string;
  most?: string;
}

interface Fields {
  effective_from?: string;
  refund_fee: string;
  rules: RuleFields[];
  reason: string;
}

const FIRST_RULE: RuleFields = { method: '', from: '0', percent: '', fixed: '0' };

/** Asks for another version; it begins with what the newest one says. */
export function NewVersion({
  kind,
  currency,
  scope,
  newest,
  onClose,
}: {
  kind: string;
  currency: string;
  scope: string;
  newest: PriceList | undefined;
  onClose: () => void;
}) {
  const say = useText();
  const word = useWord();
  const method = useMethod();
  const fee = kind === 'fee';
  const ask = useChange({
    run: ({ effective_from, refund_fee, rules, reason }: Fields) =>
      call<Asked>('POST', '/pricing/lists', {
        body: {
          kind,
          scope,
          currency,
          based_on: newest?.version ?? 0,
          effective_from: effective_from ? onClock(effective_from, NEW_ZEALAND) : null,
          refund_fee: fee ? refund_fee : null,
          rules: rules.map((rule) => ({
            method: rule.method,
            from: rule.from,
            rate: fractionOf(rule.percent),
            fixed: fee ? rule.fixed : '0',
            least: fee && rule.least ? rule.least : null,
            most: fee && rule.most ? rule.most : null,
          })),
          reason,
        },
      }),
    renews: [['approvals']],
    done: say('pricing.asked'),
    onDone: onClose,
    quiet: true,
  });
  const initial: Fields = {
    refund_fee: newest?.refund_fee ?? 'keep',
    rules: newest?.rules.map((rule) => ({
      method: rule.method,
      from: rule.from,
      percent: percentOf(rule.rate),
      fixed: rule.fixed,
      ...(rule.least === null ? {} : { least: rule.least }),
      ...(rule.most === null ? {} : { most: rule.most }),
    })) ?? [FIRST_RULE],
    reason: '',
  };
  const amount = (at: number, name: string, label: string, required: boolean) => (
    <Form.Item name={[at, name]} label={label} rules={[{ required, pattern: /^\d{1,12}(\.\d{1,3})?$/, message: say('rule.amount') }]}>
      <Input inputMode="decimal" maxLength={16} className="rule-amount" />
    </Form.Item>
  );
  return (
    <Modal open title={say('pricing.newVersion')} footer={null} onCancel={onClose} destroyOnHidden width={fee ? 980 : 680}>
      {ask.error ? <Notice kind="error">{problemText(ask.error)}</Notice> : null}
      <Form<Fields> layout="vertical" requiredMark={false} initialValues={initial} onFinish={(fields) => ask.mutate(fields)}>
        <Form.Item name="effective_from" label={say('pricing.effectiveFrom')} extra={say('pricing.effectiveHelp')}>
          <Input type="datetime-local" className="narrow" />
        </Form.Item>
        {fee ? (
          <Form.Item name="refund_fee" label={say('pricing.refundFee')}>
            <Select className="narrow" options={['keep', 'return'].map((value) => ({ value, label: word('refundFee', value) }))} />
          </Form.Item>
        ) : null}
        <Form.List name="rules">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }, at) => (
                <fieldset key={key} className="price-rule">
                  <legend>{say('pricing.ruleNumber', { number: at + 1 })}</legend>
                  <Form.Item name={[name, 'method']} label={say('pricing.method')}>
                    <Select className="rule-method" options={METHODS.map((value) => ({ value, label: method(value) }))} />
                  </Form.Item>
                  {amount(name, 'from', say('pricing.from'), true)}
                  <Form.Item
                    name={[name, 'percent']}
                    label={say('pricing.percent')}
                    rules={[
                      {
                        validator: (_, value: string | undefined) =>
                          fractionOf(value ?? '') === null ? Promise.reject(new Error(say('rule.percent'))) : Promise.resolve(),
                      },
                    ]}
                  >
                    <Input inputMode="decimal" maxLength={9} className="rule-amount" />
                  </Form.Item>
                  {fee ? (
                    <>
                      {amount(name, 'fixed', say('pricing.fixed'), true)}
                      {amount(name, 'least', say('pricing.least'), false)}
                      {amount(name, 'most', say('pricing.most'), false)}
                    </>
                  ) : null}
                  {fields.length > 1 ? (
                    <Button onClick={() => remove(name)} aria-label={say('pricing.removeRule', { number: at + 1 })}>
                      {say('pricing.remove')}
                    </Button>
                  ) : null}
                </fieldset>
              ))}
              <p>
                <Button onClick={() => add({ ...FIRST_RULE })}>{say('pricing.addRule')}</Button>
              </p>
            </>
          )}
        </Form.List>
        <Form.Item name="reason" label={say('field.reason')} rules={[{ required: true, whitespace: true, message: say('rule.required') }]}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <DialogButtons busy={ask.isPending} onCancel={onClose} text={say('pricing.ask')} />
      </Form>
    </Modal>
  );
}
