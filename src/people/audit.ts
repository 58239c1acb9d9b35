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
  await within.query(
    `WITH written AS (
       INSERT INTO audit_log (at, actor_id, actor_name, action, subject) VALUES ($1, $2, $3, $4, $5) RETURNING id
     ) INSERT INTO audit_unsealed (id) SELECT id FROM written`,
    [new Date(deps.now()), actor.userId, actor.name, action, subject.slice(0, 500)],
  );
}
