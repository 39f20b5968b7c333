import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { PricePreview } from '../../api/books';
import { call } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { percentOf } from './percent';
import { METHODS, useMethod } from './rules';
import { useScope } from './scope';

interface Fields {
  merchant?: string;
  method: string;
  amount: string;
  currency: string;
}

/** What a payment would cost its merchant now, and which margin it would have. */
export function Calculator() {
  const say = useText();
  const method = useMethod();
  const nameOf = useScope();
  const [asked, setAsked] = useState<Fields | null>(null);
  const preview = useQuery({
    queryKey: ['pricing', 'preview', asked],
    queryFn: () => call<PricePreview>('GET', '/pricing/preview', { query: { ...asked } }),
    enabled: asked !== null,
  });
  return (
    <Card title={say('pricing.calculator')}>
      <Form<Fields>
        layout="inline"
        requiredMark={false}
        initialValues={{ method: 'onlinebank', amount: '100.00', currency: 'NZD' }}
        onFinish={setAsked}
        className="calculator"
      >
        <Form.Item name="merchant" label={say('field.merchant')} rules={[{ pattern: /^(mer_[0-9A-Z]{26})?$/, message: say('rule.scope') }]}>
          <Input autoComplete="off" placeholder={say('pricing.allMerchants')} />
        </Form.Item>
        <Form.Item name="method" label={say('pricing.method')}>
          <Select
            className="rule-method"
            options={METHODS.filter((value) => value !== '').map((value) => ({ value, label: method(value) }))}
          />
        </Form.Item>
        <Form.Item
          name="amount"
          label={say('pricing.amount')}
          rules={[{ required: true, pattern: /^\d{1,12}(\.\d{1,3})?$/, message: say('rule.amount') }]}
        >
          <Input inputMode="decimal" maxLength={16} className="rule-amount" />
        </Form.Item>
        <Form.Item
          name="currency"
          label={say('merchants.currency')}
          rules={[{ required: true, pattern: /^[A-Z]{3}$/, message: say('rule.currency') }]}
        >
          <Input maxLength={3} className="rule-currency" />
        </Form.Item>
        <Button htmlType="submit" loading={preview.isFetching}>
          {say('pricing.calculate')}
        </Button>
      </Form>
      {asked === null ? null : (
        <div aria-live="polite">
          <Loaded asked={preview} rows={3}>
            {(found) => (
              <Facts
                facts={[
                  [
                    say('pricing.fee'),
                    <span key="fee">
                      <Amount amount={found.fee} currency={found.currency} strong />{' '}
                      <span className="faint">
                        {found.fee_list === null ? say('pricing.noFee') : say('pricing.by', { list: found.fee_list })}
                      </span>
                    </span>,
                  ],
                  [say('pricing.net'), <Amount key="net" amount={found.net} currency={found.currency} />],
                  [say('pricing.tier'), nameOf('margin', found.tier)],
                  [
                    say('pricing.margin'),
                    found.margin === null
                      ? say('pricing.defaultMargin')
                      : `${percentOf(found.margin)} % (${say('pricing.by', { list: found.margin_list ?? '' })})`,
                  ],
                ]}
              />
            )}
          </Loaded>
        </div>
      )}
    </Card>
  );
}
