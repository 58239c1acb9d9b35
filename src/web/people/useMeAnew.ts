import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { meQuery } from '../queries.ts';

/** Asks anew who one is and what one may do, and lets every page know: it may be more or less than a moment ago. */
export function useMeAnew(): () => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return async () => {
    await client.fetchQuery({ ...meQuery, staleTime: 0 });
    await router.invalidate();
  };
}
