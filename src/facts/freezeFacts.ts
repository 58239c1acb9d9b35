import { whileOnlyWriter } from '../ingest/writerLock.ts';
import { asSoleWriter } from '../platform/soleWriter.ts';
import type { Stores } from '../platform/stores.ts';

/** Everything that figures and cards are counted from; of conversations their facts, not what was said. */
export const frozenTables = [
  ...['agents', 'agent_history', 'attendance', 'assessments', 'incidents', 'calendar', 'events'],
  ...['sessions', 'tickets', 'ratings', 'orders'],
  ...['session_facts', 'session_outcomes', 'ticket_facts', 'order_facts', 'sales_contacts'],
  ...['inspected_sessions', 'rule_hits', 'hit_labels', 'outages', 'shop_coverage', 'facts_definitions'],
] as const;

/**
 * Copies the facts as they are now under a name. Nobody imports and nothing is derived meanwhile, so the copy is of one moment;
 * whoever calls has derived what was imported before.
 */
export async function freezeFacts(stores: Stores, name: string): Promise<void> {
  await whileOnlyWriter(stores, () =>
    asSoleWriter(stores, 'derivers', ({ copies }) => copies.make(name, frozenTables)),
  );
}
