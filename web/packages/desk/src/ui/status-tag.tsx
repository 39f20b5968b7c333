import { useWord } from '../use-text.ts';

const TONES: Record<string, string> = {
  paid: 'good',
  succeeded: 'good',
  active: 'good',
  enabled: 'good',
  delivered: 'good',
  bound: 'good',
  ready: 'good',
  accepted: 'good',
  approved: 'good',
  sent: 'good',
  pending: 'busy',
  processing: 'busy',
  created: 'busy',
  waiting: 'busy',
  in_batch: 'busy',
  submitted: 'busy',
  in_review: 'busy',
  under_review: 'warn',
  pending_approval: 'warn',
  unknown: 'warn',
  partial: 'warn',
  needed: 'warn',
  fix: 'bad',
  needs_changes: 'warn',
  rejected: 'bad',
  failed: 'bad',
  returned: 'bad',
  dead: 'bad',
  revoked: 'bad',
};

/** A state in words and colour; the words alone are enough. */
export function StatusTag({ status, group = 'status' }: { status?: string | null; group?: string }) {
  const word = useWord();
  return status ? <span className={`tag tag-${TONES[status] ?? 'quiet'}`}>{word(group, status)}</span> : null;
}
