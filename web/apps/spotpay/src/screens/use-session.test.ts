import { expect, it } from 'vitest';
import type { Session, SessionStatus } from '../till/api';
import { interrupted } from './use-session';

const last = (...statuses: SessionStatus[]) => statuses.map((status) => ({ id: status, status })) as Session[];

it('goes on after a reload with whatever could still be paid', () => {
  for (const status of ['waiting_scan', 'scanned', 'processing', 'unknown', 'failed'] as const) {
    expect(interrupted(last(status, 'paid'))?.status).toBe(status);
  }
});

it('begins anew when the newest sale is over', () => {
  for (const status of ['paid', 'expired', 'canceled'] as const) {
    expect(interrupted(last(status, 'waiting_scan'))).toBeUndefined();
  }
  expect(interrupted([])).toBeUndefined();
});
