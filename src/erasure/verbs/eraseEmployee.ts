import { DatabaseError } from 'pg';
import { lockAccount } from '../../people/accountErasureStore.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { keepAnAdministrator, lockAdministrators } from '../../people/member.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { type Queryable, transaction } from '../../platform/transaction.ts';
import { applyErasures } from '../applyErasures.ts';
import type { NotErased } from '../employeeRecordStore.ts';
import { countEmployee, type Employee, employeeOf, goingOnFor } from '../employeeStore.ts';
import { keepList } from '../erasureList.ts';
import { type ErasedEmployee, erasedEmployees, insertErasure } from '../erasureStore.ts';
import { hashOf, isStandIn } from '../idHash.ts';
import { keptSalt, saltOf } from '../saltStore.ts';
import { type EraseEmployee, eraseEmployeeSchema, type FoundEmployee } from '../schemas.ts';

/** What there is of an employee, and what has to be settled first, before anything is erased. */
export async function lookAtEmployee(deps: Deps, actor: Actor, who: string): Promise<FoundEmployee> {
  const found = await findEmployee(deps, actor, who);
  const { clickhouse, postgres } = deps.stores;
  const [mark] = marksOf(await saltOf(postgres), who, await employeeOf(clickhouse, postgres, who));
  await audit(deps, actor, 'erasure.employeeLooked', mark?.hash.slice(0, 16) ?? '');
  return found;
}

async function findEmployee(deps: Deps, actor: Actor, who: string): Promise<FoundEmployee> {
  authorise(actor, 'erasure.write');
  const { clickhouse, postgres } = deps.stores;
  const employee = await employeeOf(clickhouse, postgres, who);
  const { number, accounts } = employee;
  const nothing = { conversations: 0, rows: 0, cards: 0 };
  const [counts, going, erased, salt] = await Promise.all([
    number === null ? nothing : countEmployee(clickhouse, postgres, number),
    whatGoesOn(deps, postgres, employee),
    erasedEmployees(postgres),
    keptSalt(postgres),
  ]);
  const marks = salt === null ? [] : marksOf(salt, who, employee);
  const erasedBefore = marks.some((mark) => erased.some(({ kind, hash }) => kind === mark.kind && hash === mark.hash));
  return { accounts: accounts.length, ...counts, openCycles: going.cycles, openAppeals: going.appeals, erasedBefore };
}

const whatGoesOn = async ({ stores, timeZone }: Deps, postgres: Queryable, { number }: Employee) =>
  number === null ? { cycles: [], appeals: 0 } : goingOnFor(stores.clickhouse, postgres, { number, timeZone });

/** By what somebody is known once they are erased: their number, and the e-mail of each account, also one that is gone. */
function marksOf(salt: string, who: string, { number, accounts }: Employee): Omit<ErasedEmployee, 'at'>[] {
  const emails = new Set([...(who.includes('@') ? [who.toLowerCase()] : []), ...accounts.map(({ email }) => email)]);
  return [
    ...(number === null ? [] : [{ kind: 'agent' as const, hash: hashOf(salt, 'agent', number) }]),
    ...[...emails].map((email) => ({ kind: 'account' as const, hash: hashOf(salt, 'account', email) })),
  ];
}

/**
 * Erases an employee who has left: account, name and number go, and what they did and what was counted of them stays under a stand-in.
 * They are signed out and locked out as soon as it is written down; `done` resolves when the rest is done and off the disk, and rejects
 * where something stands in the way of this employee: Conflict `erasure.rowsClash`, else what it was. Their rows are rejected as `erased`
 * from then on. Throws NotFound `erasure.employeeUnknown`; Conflict `erasure.cycleOpen`, `erasure.appealOpen`, `person.lastAdministrator`.
 */
export async function eraseEmployee(
  deps: Deps,
  actor: Actor,
  input: EraseEmployee,
): Promise<{ readonly id: string; readonly done: Promise<void> }> {
  const { employee: who, reason } = eraseEmployeeSchema.parse(input);
  const { accounts, conversations, rows, cards, erasedBefore } = await findEmployee(deps, actor, who);
  // What an erased one became would become something else.
  if (isStandIn(who)) throw new NotFound('erasure.employeeUnknown');
  if (!erasedBefore && accounts + conversations + rows + cards === 0) throw new NotFound('erasure.employeeUnknown');
  const { clickhouse, postgres } = deps.stores;
  const salt = await saltOf(postgres);
  const at = new Date(deps.now());
  const { id, hashes } = await transaction(postgres, async (connection) => {
    await lockAdministrators(connection);
    // No cycle begins or moves, and nobody appeals, between the look and the lock-out. One after the other in the order in which a decision
    // writes them, or each would wait for the other; a move of a cycle writes no appeal.
    await connection.query('LOCK TABLE appeal_reviews, appeals, cycles IN SHARE MODE');
    const employee = await employeeOf(clickhouse, connection, who);
    const { cycles, appeals } = await whatGoesOn(deps, connection, employee);
    if (cycles.length > 0) throw new Conflict('erasure.cycleOpen', { periods: cycles.join(', ') });
    if (appeals > 0) throw new Conflict('erasure.appealOpen', { count: appeals });
    await lockOut(connection, employee, at);
    const by = { userId: actor.userId, name: actor.name };
    const entries: string[] = [];
    const marks = marksOf(salt, who, employee);
    for (const { kind, hash } of marks) {
      const entry = await insertErasure(connection, { what: { kind, idHash: hash }, at, by, reason });
      await audit(deps, actor, 'erasure.employee', `${entry} ${hash.slice(0, 16)}`, connection);
      entries.push(entry);
    }
    return { id: entries[0] ?? '', hashes: marks.map(({ hash }) => hash) };
  });
  await keepList(deps.stores);
  return { id, done: applyErasures(deps).then((failed) => demandErased(failed, hashes)) };
}

/** What stands in the way of others is not this one's. */
function demandErased(failed: NotErased, hashes: readonly string[]): void {
  const mark = hashes.find((hash) => failed.has(hash));
  if (mark === undefined) return;
  const cause = failed.get(mark);
  if (cause instanceof DatabaseError && cause.code === '23505')
    throw new Conflict('erasure.rowsClash', { table: cause.table ?? '' }, { cause });
  throw cause;
}

async function lockOut(connection: Queryable, { accounts }: Employee, at: Date): Promise<void> {
  for (const account of accounts) await lockAccount(connection, account, at);
  if (accounts.some(({ role }) => role === 'administrator')) await keepAnAdministrator(connection);
}
