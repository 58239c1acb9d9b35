import type { Deps } from '../platform/http.ts';
import type { Queryable } from '../platform/transaction.ts';
import type { Actor } from './actor.ts';

/**
 * Writes down who did or looked at what. `action` is a name (`person.created`, `personalData.revealed`), `subject` what it
 * was done to (an id, never text of customers). Inside a transaction give its connection, so that both hold or neither.
 */
export async function audit(
  deps: Pick<Deps, 'stores' | 'now'>,
  actor: Pick<Actor, 'userId' | 'name'>,
  action: string,
  subject: string,
  within: Queryable = deps.stores.postgres,
): Promise<void> {
  await auditAll(deps, [auditEntry(actor, action, subject)], within);
}

/** A row of the log that is still to be written, with what it tells of. */
export interface AuditEntry {
  readonly actor: Pick<Actor, 'userId' | 'name'>;
  readonly action: string;
  readonly subject: string;
}

export const auditEntry = (actor: AuditEntry['actor'], action: string, subject: string): AuditEntry => ({
  actor,
  action,
  subject: subject.slice(0, 500),
});

/** Writes several rows at once. */
export async function auditAll(
  deps: Pick<Deps, 'stores' | 'now'>,
  entries: readonly AuditEntry[],
  within: Queryable = deps.stores.postgres,
): Promise<void> {
  if (entries.length === 0) return;
  await within.query(
    `WITH written AS (
       INSERT INTO audit_log (at, actor_id, actor_name, action, subject)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) RETURNING id
     ) INSERT INTO audit_unsealed (id) SELECT id FROM written`,
    [
      new Date(deps.now()),
      entries.map(({ actor }) => actor.userId),
      entries.map(({ actor }) => actor.name),
      entries.map(({ action }) => action),
      entries.map(({ subject }) => subject),
    ],
  );
}
