import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BadInput } from '../platform/errors.ts';
import type { Stores } from '../platform/stores.ts';
import { employeeKinds, erasedCustomers, erasedEmployees } from './erasureStore.ts';
import { saltOf } from './saltStore.ts';

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
/** Whoever was erased, as salted hashes: enough to erase them again. With it somebody can try ids, so it is kept like a backup. */
export type ErasureList = z.infer<typeof listSchema>;

/** Beside the databases, so that it outlives them: whoever restores an older backup needs it. */
export const listFile = (dataDir: string): string => join(dataDir, 'erased.json');

/** The list of an installation as it is now. */
export async function listOf({ postgres }: Pick<Stores, 'postgres'>): Promise<ErasureList> {
  const employees = await erasedEmployees(postgres);
  return {
    ...{ salt: await saltOf(postgres), customers: await erasedCustomers(postgres) },
    employees: employees.map(({ at, ...each }) => ({ ...each, at: at.toISOString() })),
  };
}

/** Writes the list beside the data of this node, with its date anew; none where nobody was erased. */
export async function keepList(stores: Pick<Stores, 'postgres' | 'dataDir'>): Promise<void> {
  const [customers, employees] = await Promise.all([
    erasedCustomers(stores.postgres),
    erasedEmployees(stores.postgres),
  ]);
  if (customers.length + employees.length === 0) return;
  const list = await listOf(stores);
  // Two who erase at once write a draft each.
  const draft = `${listFile(stores.dataDir)}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(list)}\n`, { mode: 0o600 });
  renameSync(draft, listFile(stores.dataDir));
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
