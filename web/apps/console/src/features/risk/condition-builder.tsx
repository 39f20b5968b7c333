import { useWord } from '@ferrypay/desk/use-text.ts';
import { Button, Input, InputNumber, Select } from 'antd';
import { useId } from 'react';
import type { Condition } from '../../api/risk';
import { useText } from '../../i18n/use-text';
import {
  blank,
  COMPARISONS,
  COUNTED_BY,
  DEEPEST,
  FIELDS,
  type Field,
  group,
  JOINS,
  type Join,
  joinOf,
  partsOf,
  pointerOf,
} from './condition';

interface Props {
  condition: Condition;
  onChange: (condition: Condition) => void;
  /** What the platform found wrong, by place: `/all/0/value`. */
  faults: readonly string[];
  /** Where this part stands. */
  at?: string;
  depth?: number;
  onRemove?: () => void;
}

/** Puts a condition together from comparisons and groups of them; nobody types its notation. */
export function ConditionBuilder({ condition, onChange, faults, at = '', depth = 1, onRemove }: Props) {
  const join = joinOf(condition);
  return join === null ? (
    <Leaf condition={condition} onChange={onChange} faults={faults} at={at} onRemove={onRemove} />
  ) : (
    <Group condition={condition} join={join} onChange={onChange} faults={faults} at={at} depth={depth} onRemove={onRemove} />
  );
}

function Group({
  condition,
  join,
  onChange,
  faults,
  at,
  depth,
  onRemove,
}: Omit<Props, 'at' | 'depth' | 'onRemove'> & { join: Join; at: string; depth: number; onRemove: (() => void) | undefined }) {
  const say = useText();
  const word = useWord();
  const parts = partsOf(condition);
  const change = (index: number, part: Condition) =>
    onChange(
      group(
        join,
        parts.map((old, place) => (place === index ? part : old)),
      ),
    );
  const add = (part: Condition) => onChange(group(join, [...parts, part]));
  return (
    <fieldset className="condition-group">
      <legend className="unseen">{say('builder.group')}</legend>
      <div className="condition-row">
        <Select<Join>
          aria-label={say('builder.group')}
          value={join}
          onChange={(next) => onChange(group(next, parts))}
          options={JOINS.map((value) => ({ value, label: word('join', value) }))}
          popupMatchSelectWidth={false}
        />
        {onRemove === undefined ? null : (
          <Button size="small" onClick={onRemove}>
            {say('builder.remove')}
          </Button>
        )}
      </div>
      <ul className="condition-parts">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
          <li key={index}>
            <ConditionBuilder
              condition={part}
              onChange={(next) => change(index, next)}
              faults={faults}
              at={at + pointerOf(join, index)}
              depth={depth + 1}
              {...(parts.length > 1
                ? {
                    onRemove: () =>
                      onChange(
                        group(
                          join,
                          parts.filter((_, place) => place !== index),
                        ),
                      ),
                  }
                : {})}
            />
          </li>
        ))}
      </ul>
      {join === 'not' ? null : (
        <div className="condition-row">
          <Button size="small" onClick={() => add(blank('amount'))}>
            {say('builder.add')}
          </Button>
          {depth < DEEPEST - 1 ? (
            <Button size="small" onClick={() => add({ any: [blank('amount')] })}>
              {say('builder.addGroup')}
            </Button>
          ) : null}
        </div>
      )}
    </fieldset>
  );
}

function Leaf({
  condition,
  onChange,
  faults,
  at,
  onRemove,
}: Omit<Props, 'at' | 'depth' | 'onRemove'> & { at: string; onRemove: (() => void) | undefined }) {
  const say = useText();
  const word = useWord();
  const hint = useId();
  if (!('field' in condition)) {
    return null;
  }
  const wrong = faults.some((pointer) => pointer === at || pointer.startsWith(`${at}/`));
  const set = (part: object) => onChange({ ...condition, ...part } as Condition);
  return (
    <div className={wrong ? 'condition-row condition-wrong' : 'condition-row'}>
      <Select<Field>
        aria-label={say('builder.field')}
        value={condition.field}
        onChange={(field) => onChange(blank(field))}
        options={FIELDS.map((value) => ({ value, label: word('riskField', value) }))}
        popupMatchSelectWidth={false}
      />
      {'of' in condition ? (
        <>
          <Select
            aria-label={say('builder.of')}
            value={condition.of}
            onChange={(of) => set({ of })}
            options={COUNTED_BY.map((value) => ({ value, label: `${say('builder.of')}: ${word('riskField', value)}` }))}
            popupMatchSelectWidth={false}
          />
          <InputNumber
            aria-label={say('builder.window')}
            title={say('builder.window')}
            prefix={say('builder.window')}
            value={condition.window_minutes}
            min={1}
            max={10_080}
            precision={0}
            onChange={(minutes) => set({ window_minutes: minutes ?? 1 })}
            className="condition-window"
          />
        </>
      ) : null}
      {condition.field === 'amount' || condition.field === 'count' || condition.field === 'sum' ? (
        <Select
          aria-label={say('builder.op')}
          value={condition.op}
          onChange={(op) => set({ op })}
          options={COMPARISONS.map((value) => ({ value, label: word('compare', value) }))}
          popupMatchSelectWidth={false}
        />
      ) : condition.field === 'time' ? (
        <>
          <Input
            aria-label={say('builder.from')}
            value={condition.from}
            onChange={({ target }) => set({ from: target.value })}
            className="condition-short"
          />
          <Input
            aria-label={say('builder.to')}
            value={condition.to}
            onChange={({ target }) => set({ to: target.value })}
            className="condition-short"
          />
          <Input
            aria-label={say('builder.zone')}
            value={condition.zone}
            onChange={({ target }) => set({ zone: target.value })}
            className="condition-zone"
          />
        </>
      ) : condition.field === 'ip' ? null : (
        <Select
          aria-label={say('builder.op')}
          value={condition.op}
          onChange={(op) => onChange(op === 'is_set' ? { field: condition.field, op } : { field: condition.field, op: 'in', values: [] })}
          options={(['in', 'is_set'] as const).map((value) => ({ value, label: word('compare', value) }))}
          popupMatchSelectWidth={false}
        />
      )}
      {condition.field === 'count' ? (
        <InputNumber
          aria-label={say('builder.value')}
          value={condition.value}
          min={0}
          max={1_000_000}
          precision={0}
          onChange={(value) => set({ value: value ?? 0 })}
        />
      ) : null}
      {'currency' in condition ? (
        <>
          <Input
            aria-label={say('builder.value')}
            value={condition.value}
            inputMode="decimal"
            onChange={({ target }) => set({ value: target.value.trim() })}
            className="condition-short"
          />
          <Input
            aria-label={say('builder.currency')}
            value={condition.currency}
            maxLength={3}
            onChange={({ target }) => set({ currency: target.value.toUpperCase() })}
            className="condition-currency"
          />
        </>
      ) : null}
      {'values' in condition ? (
        <Input.TextArea
          aria-label={say('builder.values')}
          placeholder={say('builder.values')}
          value={condition.values.join('\n')}
          rows={Math.min(8, Math.max(1, condition.values.length))}
          onChange={({ target }) => set({ values: target.value === '' ? [] : target.value.split('\n') })}
          className="condition-values"
        />
      ) : null}
      {onRemove === undefined ? null : (
        <Button size="small" onClick={onRemove}>
          {say('builder.remove')}
        </Button>
      )}
      {wrong ? (
        <strong id={hint} role="alert">
          {say('rule.fault')}
        </strong>
      ) : null}
    </div>
  );
}
