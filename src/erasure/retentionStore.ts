import { setting, writeSetting } from '../people/store.ts';
import type { Queryable } from '../platform/transaction.ts';
import { type Retention, retentionSchema } from './schemas.ts';

const name = 'retention';

/** How long texts are kept; for ever where nobody decided. */
export async function readRetention(postgres: Queryable): Promise<Retention> {
  return retentionSchema.nullable().parse(await setting(postgres, name)) ?? { months: null };
}

export const writeRetention = (postgres: Queryable, retention: Retention): Promise<void> =>
  writeSetting(postgres, name, retention);
