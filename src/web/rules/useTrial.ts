import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Trial } from '../../quality/rules/schemas.ts';
import { send } from '../api.ts';
import { trialQuery } from '../queries.ts';

/** The trial of a rule, or of a word list, as it stands in the form: begun by hand, then followed until it is done. */
export function useTrial(tried: { readonly text: string } | { readonly list: { id: string; text: string } }) {
  const [id, setId] = useState<string | null>(null);
  const { data } = useQuery(trialQuery(id));
  const begun = useMutation({
    mutationFn: () => send<Trial>('POST', '/api/rule-trials', tried),
    onSuccess: (started) => setId(started.id),
  });
  return {
    data,
    begin: () => begun.mutate(),
    error: begun.error,
    isRunning: begun.isPending || data?.running === true,
  };
}
