export type OutcomeKey = 'approved' | 'declined' | 'select';

const keys: Readonly<Record<string, OutcomeKey>> = { a: 'approved', d: 'declined', ' ': 'select' };

/** What a key does to a row beyond what every table's rows do; nothing while a modifier is held. */
export function outcomeKey(event: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}): OutcomeKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  return keys[event.key.toLowerCase()] ?? null;
}
