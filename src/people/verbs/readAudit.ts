import type { z } from 'zod';
import type { Deps } from '../../platform/http.ts';
import type { Actor } from '../actor.ts';
import { authorise } from '../authorise.ts';
import type { Audit, auditQuerySchema } from '../schemas.ts';
import { auditEntries } from '../store.ts';

/** A page of the audit log, newest first. */
export async function readAudit(deps: Deps, actor: Actor, query: z.output<typeof auditQuerySchema>): Promise<Audit> {
  authorise(actor, 'audit.read');
  const found = await auditEntries(deps.stores.postgres, { before: query.before ?? null, limit: query.limit + 1 });
  const entries = found.slice(0, query.limit);
  const last = entries.at(-1);
  return { entries, next: found.length > entries.length && last ? last.id : null };
}
