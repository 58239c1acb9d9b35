export type OutcomeKey = 'next' | 'previous' | 'approved' | 'declined' | 'open';

const keys: Readonly<Record<string, OutcomeKey>> = {
  ...{ j: 'next', ArrowDown: 'next', k: 'previous', ArrowUp: 'previous' },
  ...{ a: 'approved', d: 'declined', o: 'open', Enter: 'open' },
};

/** What a key means on a list of proposals; nothing while somebody types or holds a modifier. */
export function outcomeKey(event: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}): OutcomeKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  return keys[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}
