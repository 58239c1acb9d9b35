import { z } from 'zod';
import { Conflict } from '../platform/errors.ts';
import type { Queryable } from '../platform/transaction.ts';
import { forgetSetting, setting, writeSetting } from './store.ts';

const schema = z.object({ to: z.string(), dataDir: z.string(), at: z.string() });
/** Where an installation has moved: its servers or `embedded`, without passwords, and the data directory it goes on with. */
type Moved = z.infer<typeof schema>;

export async function movedTo(postgres: Queryable): Promise<Moved | null> {
  const found = await setting(postgres, 'moved');
  return found === null ? null : schema.parse(found);
}

/** Two that went on from the same ledger would contradict each other: the one that was left is for nobody. Throws Conflict `moved`. */
export async function demandNotMoved(postgres: Queryable): Promise<void> {
  const moved = await movedTo(postgres);
  if (moved) throw new Conflict('moved', { dir: moved.dataDir, at: moved.at });
}

export const noteMoved = (postgres: Queryable, moved: Moved): Promise<void> => writeSetting(postgres, 'moved', moved);
export const forgetMoved = (postgres: Queryable): Promise<void> => forgetSetting(postgres, 'moved');
