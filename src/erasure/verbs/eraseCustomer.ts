import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import { applyErasures } from '../applyErasures.ts';
import { keepList } from '../erasureList.ts';
import { erasedCustomers, insertErasure } from '../erasureStore.ts';
import { hashOf, isStandIn } from '../idHash.ts';
import { keptSalt, saltOf } from '../saltStore.ts';
import { type EraseCustomer, eraseSchema, type Found } from '../schemas.ts';

/** What there is of a customer, before anything is erased. */
export async function lookAtCustomer(deps: Deps, actor: Actor, customerId: string): Promise<Found> {
  const found = await findCustomer(deps, actor, customerId);
  const idHash = hashOf(await saltOf(deps.stores.postgres), 'customer', customerId);
  await audit(deps, actor, 'erasure.looked', idHash.slice(0, 16));
  return found;
}

async function findCustomer(deps: Deps, actor: Actor, customerId: string): Promise<Found> {
  authorise(actor, 'erasure.write');
  const { clickhouse, postgres } = deps.stores;
  const count = async (sql: string) => {
    const [row] = await clickhouse.all.query<{ n: string }>(`SELECT count(DISTINCT ${sql}`, { params: { customerId } });
    return Number(row?.n);
  };
  const theirs = 'customer_id = {customerId:String}';
  const [sessions, messages, tickets, orders, erased, salt] = await Promise.all([
    count(`session_id) AS n FROM session_facts FINAL WHERE ${theirs}`),
    count(
      `session_id, key) AS n FROM messages WHERE ${theirs} OR session_id GLOBAL IN (SELECT session_id FROM sessions WHERE ${theirs})`,
    ),
    count(`ticket_id) AS n FROM tickets WHERE ${theirs}`),
    count(`order_id) AS n FROM orders WHERE ${theirs}`),
    erasedCustomers(postgres),
    keptSalt(postgres),
  ]);
  const erasedBefore = salt !== null && erased.includes(hashOf(salt, 'customer', customerId));
  return { sessions, messages, tickets, orders, erasedBefore };
}

/**
 * Erases what a customer said, and whatever names them; figures stay as they were counted, also of closed periods. Resolves as soon as it
 * is written down; `done` resolves when it is off the disk. What is sent of them later is rejected as `erased`.
 * Throws NotFound `erasure.customerUnknown`.
 */
export async function eraseCustomer(
  deps: Deps,
  actor: Actor,
  input: EraseCustomer,
): Promise<{ readonly id: string; readonly done: Promise<unknown> }> {
  const { customerId, reason } = eraseSchema.parse(input);
  const { erasedBefore, ...found } = await findCustomer(deps, actor, customerId);
  // What an erased one became is not what anybody sends, and must not become something else.
  if (isStandIn(customerId)) throw new NotFound('erasure.customerUnknown');
  if (!erasedBefore && Object.values(found).every((rows) => rows === 0)) throw new NotFound('erasure.customerUnknown');
  const { postgres } = deps.stores;
  const idHash = hashOf(await saltOf(postgres), 'customer', customerId);
  const id = await transaction(postgres, async (connection) => {
    const by = { userId: actor.userId, name: actor.name };
    const what = { kind: 'customer' as const, idHash };
    const entry = await insertErasure(connection, { what, at: new Date(deps.now()), by, reason });
    await audit(deps, actor, 'erasure.customer', `${entry} ${idHash.slice(0, 16)}`, connection);
    return entry;
  });
  await keepList(deps.stores);
  return { id, done: applyErasures(deps) };
}
