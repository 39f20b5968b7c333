import { useText } from '../../i18n/use-text';

/** Stands in an address for the scope of everybody, which is empty. */
export const EVERYBODY = '-';

/** Whom a list is for. */
export function useScope(): (kind: string, scope: string) => string {
  const say = useText();
  return (kind, scope) => {
    if (scope !== '') {
      return scope;
    }
    return kind === 'fee' ? say('pricing.allMerchants') : say('pricing.baseTier');
  };
}
