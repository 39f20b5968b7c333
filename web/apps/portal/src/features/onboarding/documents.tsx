import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useToasts } from '@ferrypay/desk/ui/toasts.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { call, upload } from '../../api/http';
import { useText, useWord } from '../../i18n/use-text';
import type { Document, Item } from './types';

const MOST_BYTES = 10_485_760;

/** The files that belong to the application; only who may write sees them. */
export function Documents({ items, editable, readable }: { items: Item[]; editable: boolean; readable: boolean }) {
  const say = useText();
  const documents = useQuery({
    queryKey: ['onboarding-documents'],
    queryFn: () => call<{ data: Document[] }>('GET', '/onboarding/documents'),
    enabled: readable,
  });
  return (
    <Card title={say('onboarding.documents')}>
      <p className="faint">{say('onboarding.documentsHelp')}</p>
      <ul className="rows">
        {items.map((item) => (
          <OneKind
            key={item.item}
            item={item}
            editable={editable}
            documents={(documents.data?.data ?? []).filter((one) => one.kind === item.item)}
          />
        ))}
      </ul>
    </Card>
  );
}

function OneKind({ item, editable, documents }: { item: Item; editable: boolean; documents: Document[] }) {
  const say = useText();
  const word = useWord();
  const chooser = useRef<HTMLInputElement>(null);
  const { tell } = useToasts();
  const [busy, setBusy] = useState(false);
  const renews = [['onboarding'], ['onboarding-documents']];
  const send = useChange({
    run: (file: File) => upload<Document>(`/onboarding/documents?${new URLSearchParams({ kind: item.item, name: file.name })}`, file),
    renews,
  });
  const remove = useChange({ run: (id: string) => call<void>('DELETE', `/onboarding/documents/${id}`), renews });
  const sendAll = async (files: File[]) => {
    setBusy(true);
    // One at a time, as the platform wants them.
    for (const file of files) {
      if (file.size > MOST_BYTES) {
        tell('bad', say('onboarding.tooLarge', { name: file.name }));
      } else {
        await send.mutateAsync(file).catch(() => undefined);
      }
    }
    setBusy(false);
  };
  const name = word('onboardingItem', item.item);
  return (
    <li>
      <span>
        {name}
        {item.reason ? <span className="warn-text block">{item.reason}</span> : null}
        {documents.map((document) => (
          <span key={document.id} className="document">
            <a href={`/portal/api/onboarding/documents/${document.id}/content`} download>
              {document.name}
            </a>
            <span className="faint">
              <When at={document.uploaded_at} />
            </span>
            {editable ? (
              <Button
                size="small"
                danger
                onClick={() => remove.mutate(document.id)}
                aria-label={`${say('action.delete')}: ${document.name}`}
              >
                {say('action.delete')}
              </Button>
            ) : null}
          </span>
        ))}
      </span>
      <StatusTag group="itemStatus" status={item.status} />
      {editable ? (
        <>
          <input
            ref={chooser}
            type="file"
            multiple
            accept="application/pdf,image/jpeg,image/png"
            className="unseen"
            tabIndex={-1}
            aria-label={`${say('onboarding.upload')}: ${name}`}
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              event.target.value = '';
              void sendAll(files);
            }}
          />
          <Button size="small" loading={busy} onClick={() => chooser.current?.click()} aria-label={`${say('onboarding.upload')}: ${name}`}>
            {say('onboarding.upload')}
          </Button>
        </>
      ) : null}
    </li>
  );
}
