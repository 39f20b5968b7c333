import { ApiProblem } from '@ferrypay/desk/problem.ts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, portal } from '../api/http';
import { showMerchant, shownMerchant } from '../api/merchant';
import type { Session } from '../api/types';

/** Who is signed in; null when nobody is. Its answer also brings the token that changes must show. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = await answer(portal.GET('/portal/api/session'));
      const before = shownMerchant();
      showMerchant(session.merchant?.id ?? null);
      if (before !== null && before !== session.merchant?.id) {
        // Changed in another tab: nothing that stands here may be taken for the other merchant's.
        window.location.reload();
        return await new Promise<Session>(() => {});
      }
      return session;
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
