import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { setting, writeSetting } from '../people/store.ts';
import type { Queryable } from '../platform/transaction.ts';

const name = 'erasure.salt';

const saltSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** What ids are hashed with; null where no id was hashed yet. */
export async function keptSalt(postgres: Queryable): Promise<string | null> {
  return saltSchema.nullable().parse(await setting(postgres, name));
}

/** What ids are hashed with, made once for an installation: without it nobody can try ids against the hashes. */
export async function saltOf(postgres: Queryable): Promise<string> {
  // Of two who make one at once the first counts.
  await postgres.query('INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [
    name,
    JSON.stringify(randomBytes(16).toString('hex')),
  ]);
  return saltSchema.parse(await setting(postgres, name));
}

/** Takes over the salt of a list; false where ids are hashed with another one already. */
export async function adoptSalt(postgres: Queryable, salt: string, isUnused: boolean): Promise<boolean> {
  if (isUnused) await writeSetting(postgres, name, salt);
  return (await saltOf(postgres)) === salt;
}
