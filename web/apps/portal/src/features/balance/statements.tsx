import { dayIn, NEW_ZEALAND } from '@ferrypay/desk/ui/format.ts';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Button, Form, Input, Select } from 'antd';
import { download } from '../../api/http';
import { useText } from '../../i18n/use-text';

const FORMATS = { pdf: 'PDF', csv: 'CSV', camt053: 'camt.053 (XML)' };

interface Wanted {
  currency: string;
  from: string;
  to: string;
  format: keyof typeof FORMATS;
}

/** Opening, every movement and closing of some days, as a file. */
export function Statements({ currencies }: { currencies: string[] }) {
  const say = useText();
  const today = dayIn(NEW_ZEALAND, new Date());
  const fetching = useChange({ run: (wanted: Wanted) => download(`/v2/balance_statements?${new URLSearchParams({ ...wanted })}`) });
  const required = [{ required: true, message: say('rule.choose') }];
  return (
    <Card title={say('statements.title')}>
      <p className="faint">{say('statements.help')}</p>
      <Form<Wanted>
        layout="inline"
        initialValues={{ currency: currencies[0], from: `${today.slice(0, 8)}01`, to: today, format: 'pdf' }}
        onFinish={(wanted) => fetching.mutate(wanted)}
      >
        <Form.Item name="currency" label={say('accounts.currency')} hidden={currencies.length < 2}>
          <Select options={currencies.map((one) => ({ value: one, label: one }))} popupMatchSelectWidth={false} />
        </Form.Item>
        <Form.Item name="from" label={say('filter.from')} rules={required}>
          <Input type="date" max={today} />
        </Form.Item>
        <Form.Item name="to" label={say('filter.to')} rules={required}>
          <Input type="date" max={today} />
        </Form.Item>
        <Form.Item name="format" label={say('statements.format')}>
          <Select options={Object.entries(FORMATS).map(([value, label]) => ({ value, label }))} popupMatchSelectWidth={false} />
        </Form.Item>
        <Button htmlType="submit" loading={fetching.isPending}>
          {say('statements.fetch')}
        </Button>
      </Form>
    </Card>
  );
}
