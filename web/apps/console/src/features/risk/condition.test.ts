import { describe, expect, it } from 'vitest';
import type { Condition } from '../../api/risk';
import { blank, FIELDS, group, joinOf, listOf, partsOf, pointerOf } from './condition';

describe('a condition', () => {
  it('changes how its parts join, and keeps them', () => {
    const parts = [blank('payer'), blank('amount')];
    expect(partsOf(group('any', partsOf(group('all', parts))))).toEqual(parts);
    // Of several, that all hold is denied; they are not lost.
    expect(group('not', parts)).toEqual({ not: { all: parts } });
    expect(group('not', [blank('amount')])).toEqual({ not: blank('amount') });
    expect(pointerOf('any', 2)).toBe('/any/2');
    expect(pointerOf('not', 0)).toBe('/not');
  });

  it('is a list where it looks at nothing but who is on it', () => {
    const list: Condition = { field: 'payer', op: 'in', values: ['payer_1'] };
    expect(listOf(list)).toEqual(['payer_1']);
    expect(listOf({ any: [list] })).toEqual(['payer_1']);
    expect(listOf({ not: list })).toBeNull();
    expect(listOf({ all: [list, blank('amount')] })).toBeNull();
    expect(listOf(blank('time'))).toBeNull();
  });

  it('has something to begin with for every field', () => {
    for (const field of FIELDS) {
      expect(joinOf(blank(field))).toBeNull();
      expect(blank(field)).toMatchObject({ field });
    }
  });
});
