import type { RiskRule } from '../../api/risk';

/** Whether a rule judges payments, by its newest version: `in_force`, `newer`, `draft` or `off`. */
export function stateOf({ version, enabled, published_version }: RiskRule): string {
  if (published_version === null) {
    return 'draft';
  }
  if (published_version !== version) {
    return 'newer';
  }
  return enabled ? 'in_force' : 'off';
}
