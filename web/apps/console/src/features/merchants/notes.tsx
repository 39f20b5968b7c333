import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { Button, Form, Input } from 'antd';
import type { MerchantNote } from '../../api/books';
import { call } from '../../api/http';
import type { List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';
import { useMay } from '../../session/session';

/** What colleagues tell each other about the merchant; what is written stays. */
export function Notes({ merchant }: { merchant: string }) {
  const say = useText();
  const may = useMay();
  const [form] = Form.useForm<{ text: string }>();
  const write = useChange({
    run: ({ text }: { text: string }) => call('POST', '/merchant-notes', { body: { merchant, text } }),
    renews: [['merchant', merchant, 'notes']],
    onDone: () => form.resetFields(),
  });
  return (
    <Card title={say('note.title')}>
      {may('merchants:note') ? (
        <Form<{ text: string }> form={form} layout="vertical" requiredMark={false} onFinish={(fields) => write.mutate(fields)}>
          <Form.Item
            name="text"
            label={say('note.write')}
            extra={say('note.stays')}
            rules={[{ required: true, whitespace: true, message: say('rule.required') }]}
          >
            <Input.TextArea rows={2} maxLength={2000} />
          </Form.Item>
          <p>
            <Button htmlType="submit" loading={write.isPending}>
              {say('note.keep')}
            </Button>
          </p>
        </Form>
      ) : null}
      <CursorTable<MerchantNote>
        queryKey={['merchant', merchant, 'notes']}
        fetchPage={(cursor) => call<List<MerchantNote>>('GET', '/merchant-notes', { query: { merchant, cursor } })}
        rowKey={({ id }) => id}
        label={say('note.title')}
        empty={say('note.none')}
        columns={[
          { title: say('note.text'), dataIndex: 'text', className: 'words' },
          {
            title: say('note.by'),
            render: (_, { written_by, written_at }) => (
              <>
                <Person id={written_by} />
                <div className="faint">
                  <When at={written_at} />
                </div>
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
