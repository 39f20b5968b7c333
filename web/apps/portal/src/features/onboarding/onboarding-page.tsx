import { ApiProblem } from '@ferrypay/desk/problem.ts';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Empty, Failed, Loading } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Modal } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import '../../i18n/onboarding';
import { useText, useWord } from '../../i18n/use-text';
import { useMay } from '../../session/session';
import { Documents } from './documents';
import { SectionForm } from './section-form';
import { type Item, isOpen, type Onboarding, SECTIONS, type SectionName, type Sections } from './types';

export default function OnboardingPage() {
  const say = useText();
  const onboarding = useQuery({ queryKey: ['onboarding'], queryFn: () => call<Onboarding>('GET', '/onboarding') });
  const never = onboarding.error instanceof ApiProblem && onboarding.error.code === 'no_onboarding';
  return (
    <Page title={say('onboarding.title')} intro={say('onboarding.intro')}>
      {onboarding.data !== undefined ? (
        <Found onboarding={onboarding.data} />
      ) : never ? (
        <Empty>{say('onboarding.none')}</Empty>
      ) : onboarding.error ? (
        <Failed error={onboarding.error} again={() => void onboarding.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Found({ onboarding }: { onboarding: Onboarding }) {
  const say = useText();
  const write = useMay()('onboarding:write');
  const [edited, setEdited] = useState<SectionName | null>(null);
  const [submitting, setSubmitting] = useState(false);
  const editable = write && isOpen(onboarding);
  return (
    <>
      <Card title={say('onboarding.state')}>
        <p>
          <StatusTag group="onboardingStatus" status={onboarding.status} />
        </p>
        {onboarding.rejection_reason ? <Notice kind="warning">{onboarding.rejection_reason}</Notice> : null}
        {onboarding.submitted_at ? (
          <p className="faint">
            {say('onboarding.submittedAt')} <Moment at={onboarding.submitted_at} />
          </p>
        ) : null}
        {editable ? (
          <Button type="primary" onClick={() => setSubmitting(true)}>
            {say('onboarding.submit')}
          </Button>
        ) : null}
      </Card>
      <Card title={say('onboarding.sections')}>
        <ul className="rows">
          {onboarding.items
            .filter((item) => item.kind === 'section')
            .map((item) => (
              <OneItem
                key={item.item}
                item={item}
                editable={editable}
                onEdit={() => setEdited(SECTIONS.find((name) => name === item.item) ?? null)}
              />
            ))}
        </ul>
      </Card>
      <Documents items={onboarding.items.filter((item) => item.kind === 'document')} editable={editable} readable={write} />
      <EditSection name={edited} onEnd={() => setEdited(null)} />
      <Modal open={submitting} title={say('onboarding.submit')} footer={null} onCancel={() => setSubmitting(false)} destroyOnHidden>
        <Submit version={onboarding.version} onEnd={() => setSubmitting(false)} />
      </Modal>
    </>
  );
}

function OneItem({ item, editable, onEdit }: { item: Item; editable: boolean; onEdit: () => void }) {
  const say = useText();
  const word = useWord();
  return (
    <li>
      <span>
        {word('onboardingItem', item.item)}
        {item.reason ? <span className="warn-text block">{item.reason}</span> : null}
        {item.missing.length > 0 ? <span className="faint">{say('onboarding.missing', { count: item.missing.length })}</span> : null}
      </span>
      <StatusTag group="itemStatus" status={item.status} />
      {editable ? (
        <Button size="small" onClick={onEdit} aria-label={`${say('action.edit')}: ${word('onboardingItem', item.item)}`}>
          {say('action.edit')}
        </Button>
      ) : null}
    </li>
  );
}

function EditSection({ name, onEnd }: { name: SectionName | null; onEnd: () => void }) {
  const word = useWord();
  const sections = useQuery({
    queryKey: ['onboarding-sections'],
    queryFn: () => call<Sections>('GET', '/onboarding/sections'),
    enabled: name !== null,
  });
  return (
    <Modal open={name !== null} title={word('onboardingItem', name)} footer={null} onCancel={onEnd} destroyOnHidden width={640}>
      {name === null ? null : sections.data !== undefined ? (
        // A newer version starts the form anew, with what was saved meanwhile.
        <SectionForm key={sections.data[name].version} section={sections.data[name]} onEnd={onEnd} />
      ) : sections.error ? (
        <Failed error={sections.error} again={() => void sections.refetch()} />
      ) : (
        <Loading />
      )}
    </Modal>
  );
}

function Submit({ version, onEnd }: { version: number; onEnd: () => void }) {
  const say = useText();
  const word = useWord();
  const submit = useChange({
    run: () => call<Onboarding>('POST', '/onboarding:submit', { body: { version, agrees: true } }),
    renews: [['onboarding']],
    done: say('onboarding.submitted'),
    quiet: true,
    onDone: onEnd,
  });
  const incomplete = submit.error instanceof ApiProblem && submit.error.code === 'onboarding_incomplete' ? submit.error.errors : [];
  const items = [...new Set(incomplete.map((one) => one.pointer.split('/')[1] ?? ''))];
  return (
    <Form layout="vertical" onFinish={() => submit.mutate(undefined)}>
      <p>{say('onboarding.submitHelp')}</p>
      <Form.Item
        name="agrees"
        valuePropName="checked"
        rules={[{ validator: (_, checked) => (checked ? Promise.resolve() : Promise.reject(new Error(say('onboarding.mustAgree')))) }]}
      >
        <Checkbox>{say('onboarding.agree')}</Checkbox>
      </Form.Item>
      {submit.error ? (
        <Notice kind="error">
          {problemText(submit.error)}
          {items.length > 0 ? (
            <ul>
              {items.map((item) => (
                <li key={item}>{word('onboardingItem', item)}</li>
              ))}
            </ul>
          ) : null}
        </Notice>
      ) : null}
      <DialogButtons busy={submit.isPending} onCancel={onEnd} text={say('onboarding.submit')} />
    </Form>
  );
}
