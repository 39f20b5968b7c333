import { ApiProblem } from '@ferrypay/desk/problem.ts';
import { DialogButtons } from '@ferrypay/desk/ui/dialog-buttons.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { call } from '../../api/http';
import { useText, useWord } from '../../i18n/use-text';
import { useSession } from '../../session/session';
import { type Section, type SectionData, type SectionName, withoutEmpty } from './types';

const BUSINESS_TYPES = ['company', 'sole_trader', 'partnership', 'trust', 'other'];
const METHODS = ['wechat', 'alipay', 'jdpay', 'onlinebank'];

/** One section, saved whole; what is only missing may be saved, too. */
export function SectionForm({ section, onEnd }: { section: Section; onEnd: () => void }) {
  const say = useText();
  const cache = useQueryClient();
  const save = useChange({
    run: (data: SectionData) =>
      call<Section>('PUT', `/onboarding/${section.section}`, { body: { version: section.version, data: withoutEmpty(data) ?? {} } }),
    renews: [['onboarding'], ['onboarding-sections']],
    done: say('onboarding.saved'),
    quiet: true,
    onDone: onEnd,
  });
  const overtaken = save.error instanceof ApiProblem && save.error.code === 'section_changed';
  return (
    <Form layout="vertical" requiredMark={false} initialValues={section.data} onFinish={(data: SectionData) => save.mutate(data)}>
      <Fields name={section.section} />
      {save.error ? (
        <Notice
          kind="error"
          action={
            overtaken ? (
              <Button onClick={() => void cache.invalidateQueries({ queryKey: ['onboarding-sections'] })}>
                {say('onboarding.readAgain')}
              </Button>
            ) : undefined
          }
        >
          {problemText(save.error)}
        </Notice>
      ) : null}
      <DialogButtons busy={save.isPending} onCancel={onEnd} text={say('action.save')} />
    </Form>
  );
}

function Fields({ name }: { name: SectionName }) {
  switch (name) {
    case 'business':
      return <Business />;
    case 'people':
      return <People />;
    case 'bank_account':
      return <BankAccount />;
    case 'methods':
      return <Methods />;
    case 'sites':
      return <Sites />;
  }
}

type Path = string | number | (string | number)[];

function Text({ name, label, help, type }: { name: Path; label: string; help?: string; type?: string }) {
  return (
    <Form.Item name={name} label={label} extra={help}>
      <Input autoComplete="off" {...(type === undefined ? {} : { type })} />
    </Form.Item>
  );
}

function Business() {
  const say = useText();
  const word = useWord();
  return (
    <>
      <Form.Item name="type" label={say('onboarding.type')}>
        <Select allowClear options={BUSINESS_TYPES.map((type) => ({ value: type, label: word('businessType', type) }))} />
      </Form.Item>
      <Text name="legal_name" label={say('onboarding.legalName')} />
      <Text name="trading_name" label={say('onboarding.tradingName')} help={say('onboarding.tradingNameHelp')} />
      <Text name="nzbn" label="NZBN" help={say('onboarding.nzbnHelp')} />
      <Text name="company_number" label={say('onboarding.companyNumber')} />
      <Form.Item name="description" label={say('onboarding.description')}>
        <Input.TextArea rows={2} />
      </Form.Item>
      <Text name="phone" label={say('onboarding.phone')} type="tel" />
      <Text name={['address', 'line1']} label={say('onboarding.line1')} />
      <Text name={['address', 'line2']} label={say('onboarding.line2')} />
      <Text name={['address', 'city']} label={say('onboarding.city')} />
      <Text name={['address', 'postcode']} label={say('onboarding.postcode')} />
      <Text name={['address', 'country']} label={say('onboarding.country')} help={say('onboarding.countryHelp')} />
    </>
  );
}

/** A list of things of the same kind, each with its fields. */
function Several({ name, title, add, children }: { name: string; title: string; add: string; children: (index: number) => ReactNode }) {
  const say = useText();
  return (
    <Form.List name={name}>
      {(fields, { add: addOne, remove }) => (
        <>
          {fields.map((field, place) => (
            <fieldset key={field.key} className="several">
              <legend>
                {title} {place + 1}
              </legend>
              {children(field.name)}
              <Button size="small" danger onClick={() => remove(field.name)} aria-label={`${say('team.remove')}: ${title} ${place + 1}`}>
                {say('team.remove')}
              </Button>
            </fieldset>
          ))}
          <p>
            <Button onClick={() => addOne({})}>{add}</Button>
          </p>
        </>
      )}
    </Form.List>
  );
}

function People() {
  const say = useText();
  return (
    <>
      <p>{say('onboarding.peopleHelp')}</p>
      <Several name="people" title={say('onboarding.person')} add={say('onboarding.addPerson')}>
        {(index) => (
          <>
            <Text name={[index, 'name']} label={say('onboarding.name')} />
            <Text name={[index, 'birth_date']} label={say('onboarding.birthDate')} type="date" />
            <Text name={[index, 'nationality']} label={say('onboarding.nationality')} help={say('onboarding.countryHelp')} />
            <Form.Item name={[index, 'director']} valuePropName="checked">
              <Checkbox>{say('onboarding.director')}</Checkbox>
            </Form.Item>
            <Text name={[index, 'share_percent']} label={say('onboarding.share')} />
          </>
        )}
      </Several>
      <Form.Item name="all_listed" valuePropName="checked">
        <Checkbox>{say('onboarding.allListed')}</Checkbox>
      </Form.Item>
    </>
  );
}

function BankAccount() {
  const say = useText();
  return (
    <>
      <Text name="holder_name" label={say('onboarding.holder')} />
      <Text name="account_number" label={say('onboarding.account')} help={say('onboarding.accountHelp')} />
    </>
  );
}

function Methods() {
  const say = useText();
  const word = useWord();
  const currency = useSession().merchant?.currency ?? 'NZD';
  return (
    <>
      <Form.Item name="methods" label={say('onboarding.methods')}>
        <Checkbox.Group className="checks" options={METHODS.map((method) => ({ value: method, label: word('method', method) }))} />
      </Form.Item>
      <Text name="expected_monthly" label={say('onboarding.monthly', { currency })} />
      <Text name="expected_average" label={say('onboarding.average', { currency })} />
    </>
  );
}

function Sites() {
  const say = useText();
  return (
    <>
      <p>{say('onboarding.sitesHelp')}</p>
      <Several name="stores" title={say('codes.store')} add={say('onboarding.addStore')}>
        {(index) => (
          <>
            <Text name={[index, 'name']} label={say('stores.name')} />
            <Text name={[index, 'address']} label={say('stores.address')} />
          </>
        )}
      </Several>
      <Form.Item name="websites" label={say('onboarding.websites')} extra={say('onboarding.websitesHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',']} />
      </Form.Item>
    </>
  );
}
