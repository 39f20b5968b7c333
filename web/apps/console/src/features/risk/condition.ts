import type { Condition, NameField } from '../../api/risk';

export const FIELDS = [
  'amount',
  'method',
  'channel',
  'merchant',
  'store',
  'static_code',
  'device',
  'payer',
  'ip',
  'time',
  'count',
  'sum',
] as const;
export type Field = (typeof FIELDS)[number];

export const COUNTED_BY = ['merchant', 'store', 'static_code', 'device', 'payer', 'ip'] as const;
export const COMPARISONS = ['lt', 'lte', 'eq', 'gte', 'gt'] as const;
export const JOINS = ['all', 'any', 'not'] as const;
export type Join = (typeof JOINS)[number];

/** So deep the platform reads. */
export const DEEPEST = 5;

/** A comparison of a field that is yet to be filled in. */
export function blank(field: Field): Condition {
  switch (field) {
    case 'amount':
      return { field, op: 'gte', currency: 'NZD', value: '' };
    case 'ip':
      return { field, op: 'in', values: [] };
    case 'time':
      return { field, zone: 'Pacific/Auckland', from: '22:00', to: '06:00' };
    case 'count':
      return { field, of: 'payer', window_minutes: 60, op: 'gte', value: 5 };
    case 'sum':
      return { field, of: 'payer', window_minutes: 1440, op: 'gt', currency: 'NZD', value: '' };
    default:
      return { field: field satisfies NameField, op: 'in', values: [] };
  }
}

/** How a group joins its parts; null for a comparison. */
export function joinOf(condition: Condition): Join | null {
  return JOINS.find((join) => join in condition) ?? null;
}

/** The parts of a group; none of a comparison. */
export function partsOf(condition: Condition): Condition[] {
  if ('all' in condition) {
    return condition.all;
  }
  if ('any' in condition) {
    return condition.any;
  }
  return 'not' in condition ? [condition.not] : [];
}

/** A group of parts. Only one can be denied: of several, that all of them hold is. */
export function group(join: Join, parts: Condition[]): Condition {
  switch (join) {
    case 'all':
      return { all: parts };
    case 'any':
      return { any: parts };
    case 'not':
      return { not: parts.length === 1 && parts[0] !== undefined ? parts[0] : { all: parts } };
  }
}

/** Where a part stands in its group, as the platform points at what is wrong. */
export function pointerOf(join: Join, part: number): string {
  return join === 'not' ? '/not' : `/${join}/${part}`;
}

/** Whether a rule is a list: it lets through or stops whoever is on it, and looks at nothing else. */
export function listOf(condition: Condition): string[] | null {
  const parts = partsOf(condition);
  const only = parts.length === 1 && parts[0] !== undefined && !('not' in condition) ? parts[0] : condition;
  return 'values' in only ? only.values : null;
}
