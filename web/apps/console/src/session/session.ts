import { ApiProblem } from '@ferrypay/desk/problem.ts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '../api/http';
import type { Session } from '../api/types';

/** Who is signed in; null when nobody is. Its answer also brings the token that changes must show. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await call<Session>('GET', '/account/session');
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) {
        return null;
      }
      throw error;
    }
  },
  staleTime: 60_000,
});

const NOBODY: Session = {
  id: '',
  user: { account: '', person: '', name: '', email: '', language: 'en' },
  roles: [],
  permissions: [],
  break_glass_until: null,
  ends_at: '',
  stepped_up_until: '',
};

/** For what is behind the sign-in. */
export function useSession(): Session {
  return useQuery(sessionQuery).data ?? NOBODY;
}

/** Whether the person may do something; the platform checks again. */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}
