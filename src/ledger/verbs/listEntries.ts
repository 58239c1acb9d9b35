import type { z } from 'zod';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import { readEntries } from '../entryStore.ts';
import type { EntryList, entryQuerySchema } from '../schemas.ts';
import { visibleAgents } from '../visibleAgents.ts';

const pageRows = 50;

/** The entries that somebody may know of, newest first: what concerns everybody, and those of people within their scope. */
export async function listEntries(
  { stores }: Pick<Deps, 'stores'>,
  actor: Actor,
  { kind = undefined, agentId, before = Number.MAX_SAFE_INTEGER }: z.infer<typeof entryQuerySchema>,
): Promise<EntryList> {
  authorise(actor, 'ledger.read');
  const agents = await visibleAgents(stores.clickhouse, actor);
  const found = await readEntries(stores.postgres, {
    ...{ agents, kind: kind ?? null, agentId: agentId ?? null, before, limit: pageRows + 1 },
  });
  const entries = found.slice(0, pageRows).map(({ said, at, ...entry }) => ({
    ...{ ...entry, at: at.toISOString(), erased: said === null },
    ...{ agentId: said ? said.agentId : null, period: said ? said.period : null },
  }));
  return { entries, more: found.length > pageRows };
}
