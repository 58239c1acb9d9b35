import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Decided } from '../../quality/rules/schemas.ts';
import { send } from '../api.ts';

export interface Decision {
  readonly sessionId: string;
  readonly rule: string;
  readonly messageKey: string;
  readonly decision: 'confirmed' | 'overturned' | 'missed' | 'comment';
  readonly comment?: string;
}

/** Sends a decision; everything that shows hits is asked for again. */
export function useDecide() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision) => send<Decided>('POST', '/api/hits/decisions', decision),
    onSuccess: async (_, { sessionId }) => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['session', sessionId, 'inspection'] }),
        client.invalidateQueries({ queryKey: ['hits'] }),
        client.invalidateQueries({ queryKey: ['rules'] }),
      ]);
    },
  });
}

export type HitKey = 'next' | 'previous' | 'confirmed' | 'overturned' | 'comment' | 'open';

const keys: Readonly<Record<string, HitKey>> = {
  ...{ j: 'next', ArrowDown: 'next', k: 'previous', ArrowUp: 'previous' },
  ...{ c: 'confirmed', x: 'overturned', m: 'comment', o: 'open', Enter: 'open' },
};

/** What a key means on a list of hits; nothing while somebody types or holds a modifier. */
export function hitKey(event: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}): HitKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  return keys[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}
