import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send } from '../api.ts';

/** Sends something to write down, and reads the reviews anew. */
export function useSave<Input>(path: string, done: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => send('POST', path, input),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['reviews'] });
      done();
    },
  });
}
