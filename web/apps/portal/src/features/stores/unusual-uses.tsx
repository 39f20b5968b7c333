import { useSpeech } from '@ferrypay/desk/language.tsx';
import { formatMoney } from '@ferrypay/desk/ui/format.ts';
import { Moment } from '@ferrypay/desk/ui/moment.tsx';
import { Card } from '@ferrypay/desk/ui/page.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '../../api/http';
import { useMode } from '../../api/mode';
import type { Page as ListPage, UnusualUse } from '../../api/types';
import { useText } from '../../i18n/use-text';

/** What goes on and nobody has said to know of; the home page asks for the same. */
export function useUnusualUses() {
  const mode = useMode();
  return useQuery({
    queryKey: ['unusual-uses', mode],
    queryFn: () => call<ListPage<UnusualUse>>('GET', '/v2/unusual_uses', { query: { open: 'true', limit: 100 } }),
  });
}

/** What is unusual about printed codes; nothing where all is well. */
export function UnusualUses({ uses, write }: { uses: UnusualUse[]; write: boolean }) {
  const say = useText();
  const { language } = useSpeech();
  const dismiss = useChange({
    run: (id: string) => call<UnusualUse>('POST', `/v2/unusual_uses/${id}:dismiss`),
    renews: [['unusual-uses']],
    done: say('unusual.dismissed'),
  });
  if (uses.length === 0) {
    return null;
  }
  const what = (use: UnusualUse) => {
    const money = (amount?: string | null) => (amount ? formatMoney(amount, use.currency ?? 'NZD', language) : '—');
    switch (use.kind) {
      case 'many_payments':
        return say('unusual.payments', { count: use.payments ?? 0, usual: use.usual_payments ?? 0 });
      case 'large_amount':
        return say('unusual.amount', { amount: money(use.amount), usual: money(use.usual_amount) });
      case 'many_unpaid':
        return say('unusual.unpaid', { count: use.payments ?? 0 });
      default:
        return say('unusual.hour', { hour: use.hour ?? 0 });
    }
  };
  return (
    <Card title={say('unusual.title')}>
      <p className="faint">{say('unusual.help')}</p>
      <ul className="rows">
        {uses.map((use) => (
          <li key={use.id}>
            <span>
              <strong>{use.label}</strong> <span className="code">{use.serial}</span>
              <span className="faint">{what(use)}</span>
            </span>
            <Moment at={use.last_seen_at} />
            {write ? (
              <Button
                size="small"
                aria-label={`${say('unusual.dismiss')}: ${use.label}, ${what(use)}`}
                onClick={() => dismiss.mutate(use.id ?? '')}
              >
                {say('unusual.dismiss')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
