import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Method, send } from '../api.ts';

interface Save {
  readonly method?: Method;
  readonly path: string;
  /** The first words of the queries whose answers may have changed with it. */
  readonly anew: readonly string[];
  readonly done: () => void;
}

/** Sends something to write down, and reads anew what it may have changed. */
export function useSave<Input>({ method = 'POST', path, anew, done }: Save) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => send(method, path, input),
    onSuccess: async () => {
      await Promise.all(anew.map((key) => client.invalidateQueries({ queryKey: [key] })));
      done();
    },
  });
}
