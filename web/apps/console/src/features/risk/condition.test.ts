import { describe, expect, it } from 'vitest';
import { blank, FIELDS, group, joinOf, partsOf, pointerOf } from './condition';

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

  it('has something to begin with for every field', () => {
    for (const field of FIELDS) {
      expect(joinOf(blank(field))).toBeNull();
      expect(blank(field)).toMatchObject({ field });
    }
  });
});
