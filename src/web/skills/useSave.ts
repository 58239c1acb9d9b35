import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Method, send } from '../api.ts';

/** Sends a change, and reads anew what it may have changed: levels and jobs move proposals too. */
export function useSave<Input>(method: Method, path: string, done: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => send(method, path, input),
    onSuccess: async () => {
      await Promise.all(['skills', 'outcomes'].map((key) => client.invalidateQueries({ queryKey: [key] })));
      done();
    },
  });
}
