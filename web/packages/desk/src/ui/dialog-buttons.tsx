import { Button } from 'antd';
import { useText } from '../use-text.ts';

/** The two ends of a dialog with a form. */
export function DialogButtons({ busy, onCancel, text, danger }: { busy: boolean; onCancel: () => void; text: string; danger?: boolean }) {
  const say = useText();
  return (
    <div className="dialog-buttons">
      <Button onClick={onCancel}>{say('action.cancel')}</Button>
      <Button type="primary" htmlType="submit" danger={danger === true} loading={busy}>
        {text}
      </Button>
    </div>
  );
}
