import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { answer, payments } from '../api/http';
import { useText } from '../i18n/use-text';
import { useMay } from './session';

/** Has the list in view written into a file, and shows how far that is. */
export function ExportButton({
  kind,
  filters,
  timeZone,
}: {
  kind: 'payments' | 'refunds';
  filters: Record<string, string>;
  timeZone: string;
}) {
  const say = useText();
  const may = useMay();
  const navigate = useNavigate();
  const begin = useChange({
    run: () => answer(payments.POST('/v2/exports', { body: { kind, filters, time_zone: timeZone } })),
    renews: [['exports']],
    onDone: () => void navigate({ to: '/exports' }),
  });
  return may('exports:write') ? (
    <Button loading={begin.isPending} onClick={() => begin.mutate(undefined)}>
      {say('exports.begin')}
    </Button>
  ) : null;
}
