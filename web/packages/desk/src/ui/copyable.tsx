import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../use-text.ts';

/** A word to be copied, such as an id or a secret. */
export function Copyable({ text, label }: { text: string; label?: string }) {
  const say = useText();
  const [copied, setCopied] = useState(false);
  return (
    <span className="copyable">
      <code>{text}</code>
      <Button
        type="text"
        size="small"
        aria-label={copied ? say('action.copied') : say('action.copy', { what: label ?? text })}
        icon={copied ? <CheckOutlined /> : <CopyOutlined />}
        onClick={() => {
          void navigator.clipboard.writeText(text).then(() => {
            setCopied(true);
            setTimeout(() => setCopied(false), 2000);
          });
        }}
      />
    </span>
  );
}
