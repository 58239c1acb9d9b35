import { lockAccount } from '../../people/accountErasureStore.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { keepAnAdministrator, lockAdministrators } from '../../people/member.ts';
import { allMembers } from '../../people/store.ts';
import { Conflict } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import { applyErasures } from '../applyErasures.ts';
import { accountsOf } from '../employeeRecordStore.ts';
import { type ErasureList, keepList, listOf, readList } from '../erasureList.ts';
import { erasedCustomers, erasedEmployees, insertErasure } from '../erasureStore.ts';
import { adoptSalt } from '../saltStore.ts';

/** The list of an installation as it is now. */
export async function readErasureList({ stores }: Pick<Deps, 'stores'>, actor: Actor): Promise<ErasureList> {
  authorise(actor, 'erasure.write');
  return listOf(stores);
}

/** How many customers and marks of employees are on the list, and how many of those could not be erased. */
export interface ErasedAgain {
  readonly customers: number;
  readonly employees: number;
  readonly failed: number;
}

/**
 * Erases again whoever is on a list, such as after an older backup was restored; their accounts are locked out first. `restoring`: nobody can open it yet, and without an administrator the next start offers to
 * make one. Throws BadInput `erasure.listUnreadable`, Conflict `erasure.otherSalt` for the list of another installation,
 * `person.lastAdministrator`.
 */
export async function eraseAgain(
  deps: Pick<Deps, 'stores' | 'now' | 'log'>,
  actor: Actor,
  { file, restoring }: { readonly file: string; readonly restoring: boolean },
): Promise<ErasedAgain> {
  authorise(actor, 'erasure.write');
  const { stores } = deps;
  const { salt, customers, employees } = readList(file);
  await transaction(stores.postgres, async (connection) => {
    await lockAdministrators(connection);
    const known = [...(await erasedCustomers(connection)), ...(await erasedEmployees(connection))];
    if (!(await adoptSalt(connection, salt, known.length === 0))) throw new Conflict('erasure.otherSalt', { file });
    const shared = { by: { userId: actor.userId, name: actor.name }, reason: 'heng erase --again' };
    const at = new Date(deps.now());
    for (const idHash of customers)
      await insertErasure(connection, { ...shared, what: { kind: 'customer', idHash }, at });
    // As of when they were asked for: whoever has had the same e-mail since is somebody else.
    for (const { kind, hash: idHash, at: asked } of employees)
      await insertErasure(connection, { ...shared, what: { kind, idHash }, at: new Date(asked) });
    const accounts = accountsOf(await allMembers(connection), { salt, erased: await erasedEmployees(connection) });
    for (const account of accounts) await lockAccount(connection, account, at);
    if (!restoring && accounts.some(({ role }) => role === 'administrator')) await keepAnAdministrator(connection);
    await audit(deps, actor, 'erasure.again', String(customers.length + employees.length), connection);
  });
  await keepList(stores);
  const failed = await applyErasures(deps);
  return { customers: customers.length, employees: employees.length, failed: failed.size };
}
