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
import { erasedCustomers, insertErasure } from '../erasureStore.ts';
import { adoptSalt, saltOf } from '../saltStore.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const listSchema = z.strictObject({
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  customers: z.array(hash).max(1_000_000),
});

/** Beside the databases, so that it outlives them: whoever restores an older backup needs it. */
export const listFile = (dataDir: string): string => join(dataDir, 'erased.json');

/** Writes the list of erased customers, as hashes, beside the data. */
export async function keepList({ postgres, dataDir }: Pick<Stores, 'postgres' | 'dataDir'>): Promise<void> {
  const list = { salt: await saltOf(postgres), customers: await erasedCustomers(postgres) };
  // Two who erase at once write a draft each.
  const draft = `${listFile(dataDir)}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(list)}\n`, { mode: 0o600 });
  renameSync(draft, listFile(dataDir));
}

/**
 * Erases again whoever is on a list, such as after an older backup was restored. Answers how many customers are on it.
 * Throws BadInput `erasure.listUnreadable`, Conflict `erasure.otherSalt` for the list of another installation.
 */
export async function eraseAgain(deps: Deps, actor: Actor, file: string): Promise<number> {
  authorise(actor, 'erasure.write');
  const { stores } = deps;
  const { salt, customers } = readList(file);
  await transaction(stores.postgres, async (connection) => {
    const known = await erasedCustomers(connection);
    if (!(await adoptSalt(connection, salt, known.length === 0))) throw new Conflict('erasure.otherSalt');
    const by = { userId: actor.userId, name: actor.name };
    for (const idHash of customers)
      await insertErasure(connection, { what: { idHash }, at: new Date(deps.now()), by, reason: 'heng erase --again' });
    await audit(deps, actor, 'erasure.again', String(customers.length), connection);
  });
  await keepList(stores);
  await applyErasures(deps);
  return customers.length;
}

function readList(file: string): z.infer<typeof listSchema> {
  try {
    if (!existsSync(file)) throw new BadInput('erasure.listUnreadable', { file });
    return listSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new BadInput('erasure.listUnreadable', { file }, { cause });
  }
}
