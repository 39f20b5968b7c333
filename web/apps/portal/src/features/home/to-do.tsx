import { Card } from '@ferrypay/desk/ui/page.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, call, portal } from '../../api/http';
import { useMode } from '../../api/mode';
import type { ApiKey, Page as ListPage, UnusualUse, WebhookEndpoint } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { useMay, useSession } from '../../session/session';

/** What somebody should see to; nothing where all is well. */
export function ToDo() {
  const say = useText();
  const may = useMay();
  const mode = useMode();
  const session = useSession();
  const factor = useQuery({ queryKey: ['second-factor'], queryFn: () => answer(portal.GET('/portal/api/second_factor')) });
  const endpoints = useQuery({
    queryKey: ['to-do-endpoints', mode],
    queryFn: () => call<ListPage<WebhookEndpoint>>('GET', '/v2/webhook_endpoints', { query: { limit: 100 } }),
    enabled: may('webhooks:read'),
  });
  const keys = useQuery({
    queryKey: ['to-do-keys', mode],
    queryFn: () => call<ListPage<ApiKey>>('GET', '/v2/api_keys', { query: { limit: 1 } }),
    enabled: may('keys:write'),
  });
  const unusual = useQuery({
    queryKey: ['unusual-uses', mode],
    queryFn: () => call<ListPage<UnusualUse>>('GET', '/v2/unusual_uses', { query: { open: 'true', limit: 100 } }),
    enabled: may('static_codes:read'),
  });
  const unusualCodes = new Set((unusual.data?.data ?? []).map((use) => use.static_code)).size;
  const failing = (endpoints.data?.data ?? []).filter((endpoint) => endpoint.failing_since !== null);
  const disabled = (endpoints.data?.data ?? []).filter((endpoint) => endpoint.status === 'disabled' && endpoint.disabled_reason !== null);
  const tasks = [
    factor.data?.totp === false && !factor.data.passkeys
      ? { key: 'factor', text: say('todo.secondFactor'), to: '/security' as const }
      : null,
    (factor.data?.totp || factor.data?.passkeys) && (factor.data.recovery_codes_left ?? 10) < 3
      ? { key: 'codes', text: say('todo.fewCodes', { count: factor.data.recovery_codes_left ?? 0 }), to: '/security' as const }
      : null,
    failing.length > 0
      ? { key: 'failing', text: say('todo.failing', { count: failing.length }), to: '/developers/webhooks' as const }
      : null,
    disabled.length > 0
      ? { key: 'disabled', text: say('todo.disabled', { count: disabled.length }), to: '/developers/webhooks' as const }
      : null,
    unusualCodes > 0 ? { key: 'unusual', text: say('todo.unusual', { count: unusualCodes }), to: '/stores' as const } : null,
    keys.data?.data?.length === 0 ? { key: 'keys', text: say('todo.noKey'), to: '/developers/keys' as const } : null,
  ].filter((task) => task !== null);
  const draft = session.merchant?.status === 'draft';
  if (tasks.length === 0 && !draft) {
    return null;
  }
  return (
    <Card title={say('todo.title')}>
      <ul className="todo">
        {draft ? <li>{may('onboarding:read') ? <Link to="/onboarding">{say('todo.draft')}</Link> : say('todo.draft')}</li> : null}
        {tasks.map((task) => (
          <li key={task.key}>
            <Link to={task.to}>{task.text}</Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
