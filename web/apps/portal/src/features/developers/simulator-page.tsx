import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { answer, payments } from '../../api/http';
import { useMode } from '../../api/mode';
import '../../i18n/developers';
import { useText } from '../../i18n/use-text';
import { useSession } from '../../session/session';

interface Wanted {
  amount: string;
  product_name: string;
}

export default function SimulatorPage() {
  const say = useText();
  const mode = useMode();
  const currency = useSession().merchant?.currency ?? 'NZD';
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID());
  const make = useChange({
    run: ({ amount, product_name }: Wanted) =>
      answer(
        payments.POST('/v2/payments', {
          params: { header: { 'Idempotency-Key': idempotencyKey } },
          body: {
            amount,
            product_name,
            currency,
            merchant_reference: `SIM-${idempotencyKey.slice(0, 13)}`,
            return_url: `${window.location.origin}/portal/payments`,
          },
        }),
      ),
    renews: [['payments']],
    quiet: true,
    onDone: () => setIdempotencyKey(crypto.randomUUID()),
  });
  if (mode === 'live') {
    return (
      <Page title={say('simulator.title')}>
        <Notice kind="info">{say('simulator.testOnly')}</Notice>
      </Page>
    );
  }
  return (
    <Page title={say('simulator.title')} intro={say('simulator.intro')}>
      <Card title={say('simulator.payment')}>
        <Form<Wanted>
          layout="vertical"
          requiredMark={false}
          className="narrow"
          initialValues={{ amount: '12.00', product_name: 'Mānuka honey, 250 g' }}
          onFinish={(wanted) => make.mutate(wanted)}
        >
          <Form.Item
            name="amount"
            label={say('refund.amount', { currency })}
            rules={[{ required: true, pattern: /^\d{1,12}(\.\d{1,3})?$/, message: say('rule.amount') }]}
          >
            <Input inputMode="decimal" autoComplete="off" className="amount-input" />
          </Form.Item>
          <Form.Item name="product_name" label={say('payment.product')} rules={[{ required: true, message: say('rule.required') }]}>
            <Input autoComplete="off" />
          </Form.Item>
          {make.error ? <Notice kind="error">{problemText(make.error)}</Notice> : null}
          <Button type="primary" htmlType="submit" loading={make.isPending}>
            {say('simulator.make')}
          </Button>
        </Form>
        {make.data ? (
          <p className="made" role="status">
            <a href={make.data.redirect_url} target="_blank" rel="noreferrer">
              {say('simulator.open')}
            </a>
            <Link to="/payments" search={{ payment: make.data.id }}>
              {say('simulator.see')}
            </Link>
          </p>
        ) : null}
      </Card>
    </Page>
  );
}
