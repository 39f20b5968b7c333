import { Copyable } from '@ferrypay/desk/ui/copyable.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Modal } from 'antd';
import { useText } from '../../i18n/use-text';

/** A secret that is shown this once. */
export function SecretOnce({ title, secret, onClose }: { title: string; secret: string | undefined; onClose: () => void }) {
  const say = useText();
  return (
    <Modal
      open={secret !== undefined}
      title={title}
      onOk={onClose}
      onCancel={onClose}
      okText={say('secret.kept')}
      cancelButtonProps={{ className: 'gone' }}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <Notice kind="warning">{say('secret.once')}</Notice>
      <p className="secret">{secret === undefined ? null : <Copyable text={secret} label={say('secret.name')} />}</p>
    </Modal>
  );
}
