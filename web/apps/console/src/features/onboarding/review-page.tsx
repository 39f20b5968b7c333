import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { StatusTag } from '@ferrypay/desk/ui/status-tag.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import type { ApplicationFile } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';
import { useMay, useSession } from '../../session/session';
import { ReasonDialog } from '../../ui/reason-dialog';
import { Said } from './said';
import { TEMPLATES } from './templates';
import { Viewer } from './viewer';

export default function ReviewPage() {
  const { id } = useParams({ from: '/shell/onboarding/$id' });
  const say = useText();
  const file = useQuery({
    queryKey: ['application', id],
    queryFn: () => call<ApplicationFile>('GET', `/onboarding/applications/${id}`),
    // Each look at it is told to the audit.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Page title={say('review.title')}>
      <Loaded asked={file} rows={8}>
        {(application) => <Review application={application} again={() => void file.refetch()} />}
      </Loaded>
    </Page>
  );
}

function Review({ application, again }: { application: ApplicationFile; again: () => void }) {
  const say = useText();
  const word = useWord();
  const [shown, setShown] = useState(application.documents[0]?.id ?? '');
  const document = application.documents.find(({ id }) => id === shown);
  return (
    <>
      <Acts application={application} again={again} />
      <div className="review">
        <div>
          <Card title={say('review.state')}>
            <Facts
              facts={[
                [say('field.status'), <StatusTag key="status" status={application.status} />],
                [say('field.merchant'), <code key="merchant">{application.merchant_id}</code>],
                [say('onboarding.reviewer'), application.reviewer === null ? null : <Person key="reviewer" id={application.reviewer} />],
                [
                  say('onboarding.firstApproval'),
                  application.approved_by === null ? null : <Person key="first" id={application.approved_by} />,
                ],
                [say('onboarding.risk'), application.high_risk ? say('onboarding.highRisk') : say('onboarding.lowRisk')],
              ]}
            />
          </Card>
          <Screening application={application} />
          <Checklist key={application.id} application={application} />
          {Object.entries(application.sections).map(([name, section]) => (
            <Card key={name} title={word('item', name)}>
              <Said value={section.data} />
            </Card>
          ))}
          <Card title={say('review.steps')}>
            <ul className="fields">
              {application.steps.map((step) => (
                <li key={step.version}>
                  <When at={step.at} /> {word('step', step.step)} <Person id={step.who} /> {step.reason}
                </li>
              ))}
            </ul>
          </Card>
        </div>
        <div className="viewer">
          <Card title={say('review.documents')}>
            {document === undefined ? (
              <p className="faint">{say('review.noDocuments')}</p>
            ) : (
              <>
                <Select
                  aria-label={say('review.document')}
                  value={shown}
                  onChange={setShown}
                  popupMatchSelectWidth={false}
                  options={application.documents.map(({ id, kind, name }) => ({ value: id, label: `${word('item', kind)}: ${name}` }))}
                />
                <Viewer
                  url={`/onboarding/applications/${application.id}/documents/${document.id}/content`}
                  mediaType={document.media_type}
                  name={document.name}
                />
              </>
            )}
          </Card>
        </div>
      </div>
    </>
  );
}

function Screening({ application }: { application: ApplicationFile }) {
  const say = useText();
  const word = useWord();
  const { screening } = application;
  return (
    <Card title={say('review.screening')}>
      {screening === null ? (
        <p>{say('review.notScreened')}</p>
      ) : (
        <>
          <p>
            {word('screening', screening.outcome)} · <When at={screening.at} />
          </p>
          <ul>
            {screening.hits.map((hit) => (
              <li key={`${hit.where} ${hit.list} ${hit.entry_id} ${hit.entry_name}`}>
                <strong>{hit.entry_name}</strong> ({hit.list} {hit.entry_id}), {hit.where}: {word('birthDate', hit.birth_date)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

/** For the reviewer alone: what was looked at, as long as the page is open. */
function Checklist({ application }: { application: ApplicationFile }) {
  const say = useText();
  const word = useWord();
  return (
    <Card title={say('review.checklist')}>
      <ul className="fields">
        {application.items.map(({ item, status, reason }) => (
          <li key={item}>
            <Checkbox>{word('item', item)}</Checkbox> <StatusTag status={status} group="itemStatus" /> {reason}
          </li>
        ))}
      </ul>
    </Card>
  );
}

type Verb = 'take' | 'release' | 'approve' | 'reject' | 'request_changes';

function Acts({ application, again }: { application: ApplicationFile; again: () => void }) {
  const say = useText();
  const may = useMay();
  const { user } = useSession();
  const cache = useQueryClient();
  const [open, setOpen] = useState<'approve' | 'reject' | 'request_changes' | null>(null);
  const act = useChange({
    run: ({ verb, body }: { verb: Verb; body?: object }) =>
      call<ApplicationFile>('POST', `/onboarding/applications/${application.id}:${verb}`, {
        body: { version: application.version, ...body },
      }),
    renews: [['applications']],
    done: say('review.done'),
    quiet: true,
    onDone: (next) => {
      cache.setQueryData(['application', application.id], next);
      setOpen(null);
    },
  });
  if (!may('onboarding:review') || !['submitted', 'in_review'].includes(application.status)) {
    return null;
  }
  const mine = application.reviewer === user.person;
  const second = application.approved_by !== null;
  const ownFirst = application.approved_by === user.person;
  const begin = (what: typeof open) => {
    act.reset();
    setOpen(what);
  };
  return (
    <>
      {act.error && open === null ? (
        <Notice kind="error" action={<Button onClick={again}>{say('review.readAgain')}</Button>}>
          {problemText(act.error)}
        </Notice>
      ) : null}
      {ownFirst ? <Notice kind="info">{say('review.ownFirst')}</Notice> : null}
      <p className="page-actions">
        {application.status === 'submitted' ? (
          <Button type="primary" onClick={() => act.mutate({ verb: 'take' })} loading={act.isPending}>
            {say('review.take')}
          </Button>
        ) : (
          <>
            {(mine || second) && !ownFirst ? (
              <Button type="primary" onClick={() => begin('approve')}>
                {say('review.approve')}
              </Button>
            ) : null}
            {mine || second ? (
              <>
                <Button onClick={() => begin('request_changes')}>{say('review.requestChanges')}</Button>
                <Button danger onClick={() => begin('reject')}>
                  {say('review.reject')}
                </Button>
              </>
            ) : null}
            <Button onClick={() => act.mutate({ verb: 'release' })}>{say('review.release')}</Button>
          </>
        )}
      </p>
      {open === 'approve' || open === 'reject' ? (
        <ReasonDialog
          title={open === 'approve' ? say('review.approve') : say('review.reject')}
          action={open === 'approve' ? say('review.approve') : say('review.reject')}
          optional={open === 'approve' && !application.high_risk}
          danger={open === 'reject'}
          busy={act.isPending}
          error={act.error}
          onDone={(reason) => act.mutate({ verb: open, body: { reason: reason === '' ? null : reason } })}
          onCancel={() => setOpen(null)}
        >
          {open === 'approve' && application.high_risk && !second ? <p>{say('review.needsSecond')}</p> : null}
        </ReasonDialog>
      ) : null}
      {open === 'request_changes' ? (
        <ChangesDialog
          application={application}
          busy={act.isPending}
          error={act.error}
          onDone={(items) => act.mutate({ verb: 'request_changes', body: { items } })}
          onCancel={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}

function ChangesDialog({
  application,
  busy,
  error,
  onDone,
  onCancel,
}: {
  application: ApplicationFile;
  busy: boolean;
  error: unknown;
  onDone: (items: { item: string; reason: string }[]) => void;
  onCancel: () => void;
}) {
  const say = useText();
  const word = useWord();
  const [form] = Form.useForm<Record<string, string>>();
  const [nothing, setNothing] = useState(false);
  const finish = (values: Record<string, string | undefined>) => {
    const items = Object.entries(values).flatMap(([item, reason]) => (reason?.trim() ? [{ item, reason: reason.trim() }] : []));
    setNothing(items.length === 0);
    if (items.length > 0) {
      onDone(items);
    }
  };
  return (
    <Modal open title={say('review.requestChanges')} footer={null} onCancel={onCancel} width={720} destroyOnHidden>
      <p>{say('review.changesHelp')}</p>
      {nothing ? <Notice kind="error">{say('review.nothingAsked')}</Notice> : null}
      {error ? <Notice kind="error">{problemText(error)}</Notice> : null}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={finish}>
        {application.items.map(({ item }) => (
          <div key={item}>
            <Form.Item name={item} label={word('item', item)}>
              <Input.TextArea rows={2} maxLength={1000} />
            </Form.Item>
            <Select
              aria-label={say('review.template', { item: word('item', item) })}
              size="small"
              placeholder={say('review.templatePlaceholder')}
              value={null}
              popupMatchSelectWidth={false}
              options={TEMPLATES.flatMap(({ en, zh }) => [
                { value: en, label: en },
                { value: zh, label: zh },
              ])}
              onChange={(text: string | null) => form.setFieldValue(item, text ?? '')}
            />
          </div>
        ))}
        <DialogButtons busy={busy} onCancel={onCancel} text={say('review.requestChanges')} />
      </Form>
    </Modal>
  );
}
