import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, portal } from '../api/http';
import { ApiProblem } from '../api/problem';
import type { Session } from '../api/types';

/** Who is signed in; null when nobody is. Its answer also brings the token that changes must show. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await answer(portal.GET('/portal/api/session'));
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) {
        return null;
      }
      throw error;
    }
  },
  staleTime: 60_000,
});

/** For what is behind the sign-in. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  return data ?? {};
}

/** Whether the person's role allows something; the platform checks again. */
export function useMay(): (permission: string) => boolean {
  const permissions = useSession().permissions ?? [];
  return (permission) => permissions.includes(permission);
}
