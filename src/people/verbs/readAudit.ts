import type { z } from 'zod';
import type { Deps } from '../../platform/http.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { authorise, everybody } from '../authorise.ts';
import type { Audit, auditQuerySchema } from '../schemas.ts';
import { auditEntries } from '../store.ts';

/** A page of the audit log, newest first, for whoever sees everybody; the look is a row of it. */
export async function readAudit(deps: Deps, actor: Actor, query: z.output<typeof auditQuerySchema>): Promise<Audit> {
  authorise(actor, 'audit.read', everybody);
  const { before = null, limit, from = null, to = null, ...words } = query;
  const asked = { before, limit: limit + 1, from, to, timeZone: deps.timeZone, ...words };
  const found = await auditEntries(deps.stores.postgres, asked);
  const entries = found.slice(0, query.limit);
  const last = entries.at(-1);
  await audit(
    deps,
    actor,
    'audit.read',
    [words.actor, words.action, words.subject, from, to].filter(Boolean).join(' '),
  );
  return { entries, next: found.length > entries.length && last ? last.id : null };
}
