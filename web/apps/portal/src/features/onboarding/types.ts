import type { FieldProblem } from '@ferrypay/desk/problem.ts';

export type SectionName = 'business' | 'people' | 'bank_account' | 'methods' | 'sites';

export const SECTIONS: SectionName[] = ['business', 'people', 'bank_account', 'methods', 'sites'];

export interface Item {
  item: string;
  kind: 'section' | 'document';
  status: 'needed' | 'optional' | 'ready' | 'in_review' | 'fix' | 'accepted' | 'closed';
  reason: string | null;
  documents: number;
  missing: FieldProblem[];
}

export interface Onboarding {
  id: string;
  status: 'draft' | 'submitted' | 'in_review' | 'needs_changes' | 'approved' | 'rejected';
  version: number;
  items: Item[];
  rejection_reason: string | null;
  submitted_at: string | null;
  decided_at: string | null;
}

// biome-ignore lint/suspicious/noExplicitAny: each section has its own fields, which its form knows
export type SectionData = Record<string, any>;

export interface Section {
  section: SectionName;
  /** 0 for one that was never saved. */
  version: number;
  data: SectionData;
  missing: FieldProblem[];
}

export type Sections = Record<SectionName, Section>;

export interface Document {
  id: string;
  kind: string;
  name: string;
  media_type: string;
  size: number;
  uploaded_at: string;
}

/** The application can only be changed before it is handed in, or when changes were asked for. */
export function isOpen(onboarding: Onboarding): boolean {
  return onboarding.status === 'draft' || onboarding.status === 'needs_changes';
}

/** A form as it is sent: what is empty is left out, so that it counts as missing. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutEmpty).filter((one) => one !== undefined);
  }
  if (typeof value === 'object' && value !== null) {
    const kept = Object.entries(value)
      .map(([name, one]) => [name, withoutEmpty(one)] as const)
      .filter(([, one]) => one !== undefined);
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  return value === null || value === '' ? undefined : value;
}
