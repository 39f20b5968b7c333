import { useQuery } from '@tanstack/react-query';
import { call } from '../api/http';
import type { List, StaffAccount } from '../api/types';
import { useText } from '../i18n/use-text';
import { useMay, useSession } from './session';

/** A colleague by name where one may know it, else by the public id. */
export function Person({ id }: { id: string | null }) {
  const say = useText();
  const may = useMay();
  const { user } = useSession();
  const staff = useQuery({ queryKey: ['staff'], queryFn: () => call<List<StaffAccount>>('GET', '/staff'), enabled: may('staff:read') });
  if (id === null) {
    return <span className="faint">—</span>;
  }
  if (id === user.person) {
    return <span title={id}>{say('person.you', { name: user.name })}</span>;
  }
  const known = staff.data?.data.find((account) => account.person === id);
  return known === undefined ? <code>{id}</code> : <span title={id}>{known.name}</span>;
}
