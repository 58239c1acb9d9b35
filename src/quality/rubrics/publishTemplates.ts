import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Deps } from '../../platform/http.ts';
import { packageRoot } from '../../platform/root.ts';
import { transaction } from '../../platform/transaction.ts';
import { readRubric } from './readRubric.ts';
import { insertRubric, rubricHash, rubricVersions } from './rubricStore.ts';

/**
 * Publishes each shipped rubric that is not stored yet, as the next version of its own; where the organisation has published
 * a version itself, theirs stays the latest. Repeating it changes nothing.
 */
export async function publishRubrics({ stores, now }: Pick<Deps, 'stores' | 'now'>): Promise<void> {
  const folder = join(packageRoot, 'rubrics');
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.yaml'))) {
    const written = readFileSync(join(folder, name), 'utf8');
    const { rubric, issues } = readRubric(written);
    if (!rubric) throw new Error(`${name}: ${issues[0]?.path} ${issues[0]?.message.en}`);
    await transaction(stores.postgres, async (connection) => {
      const known = await rubricVersions(connection, rubric.id);
      if (known.some(({ hash, origin }) => origin === 'own' || hash === rubricHash(rubric))) return;
      await insertRubric(connection, { rubric, origin: 'template', written, at: new Date(now()), by: 'Heng' });
    });
  }
}
