import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { BadInput, Conflict } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { Stores } from '../../platform/stores.ts';
import { transaction } from '../../platform/transaction.ts';
import { applyErasures } from '../applyErasures.ts';
import { employeeKinds, erasedCustomers, erasedEmployees, insertErasure } from '../erasureStore.ts';
import { adoptSalt, saltOf } from '../saltStore.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const listSchema = z.strictObject({
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  customers: z.array(hash).max(1_000_000),
  /** Lists from before employees could be erased have none. */
  employees: z
    .array(z.strictObject({ kind: z.enum(employeeKinds), hash, at: z.iso.datetime() }))
    .max(1_000_000)
    .default([]),
});
/** Whoever was erased, as hashes: enough to erase them again, and to nobody else's use. */
export type ErasureList = z.infer<typeof listSchema>;

/** Beside the databases, so that it outlives them: whoever restores an older backup needs it. */
export const listFile = (dataDir: string): string => join(dataDir, 'erased.json');

/** The list of an installation as it is now. */
export async function readErasureList({ stores }: Pick<Deps, 'stores'>, actor: Actor): Promise<ErasureList> {
  authorise(actor, 'erasure.write');
  return listOf(stores);
}

async function listOf({ postgres }: Pick<Stores, 'postgres'>): Promise<ErasureList> {
  const employees = await erasedEmployees(postgres);
  return {
    ...{ salt: await saltOf(postgres), customers: await erasedCustomers(postgres) },
    employees: employees.map(({ at, ...each }) => ({ ...each, at: at.toISOString() })),
  };
}

/** Writes the list of whoever was erased, as hashes, beside the data; none where nobody was. */
export async function keepList(stores: Pick<Stores, 'postgres' | 'dataDir'>): Promise<void> {
  const list = await listOf(stores);
  if (list.customers.length + list.employees.length === 0) return;
  // Two who erase at once write a draft each.
  const draft = `${listFile(stores.dataDir)}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(list)}\n`, { mode: 0o600 });
  renameSync(draft, listFile(stores.dataDir));
}

/**
 * Erases again whoever is on a list, such as after an older backup was restored. Answers how many customers and marks of employees are on
 * it. Throws BadInput `erasure.listUnreadable`, Conflict `erasure.otherSalt` for the list of another installation.
 */
export async function eraseAgain(
  deps: Pick<Deps, 'stores' | 'now'>,
  actor: Actor,
  file: string,
): Promise<{ readonly customers: number; readonly employees: number }> {
  authorise(actor, 'erasure.write');
  const { stores } = deps;
  const { salt, customers, employees } = readList(file);
  await transaction(stores.postgres, async (connection) => {
    const known = [...(await erasedCustomers(connection)), ...(await erasedEmployees(connection))];
    if (!(await adoptSalt(connection, salt, known.length === 0))) throw new Conflict('erasure.otherSalt');
    const shared = { by: { userId: actor.userId, name: actor.name }, reason: 'heng erase --again' };
    const at = new Date(deps.now());
    for (const idHash of customers)
      await insertErasure(connection, { ...shared, what: { kind: 'customer', idHash }, at });
    // As of when they were asked for: whoever has had the same number or e-mail since is somebody else.
    for (const { kind, hash: idHash, at: asked } of employees)
      await insertErasure(connection, { ...shared, what: { kind, idHash }, at: new Date(asked) });
    await audit(deps, actor, 'erasure.again', String(customers.length + employees.length), connection);
  });
  await keepList(stores);
  await applyErasures(deps);
  return { customers: customers.length, employees: employees.length };
}

/** Throws BadInput `erasure.listUnreadable`. */
export function readList(file: string): ErasureList {
  try {
    if (!existsSync(file)) throw new BadInput('erasure.listUnreadable', { file });
    return listSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new BadInput('erasure.listUnreadable', { file }, { cause });
  }
}
