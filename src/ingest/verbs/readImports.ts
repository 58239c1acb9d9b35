import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Stores } from '../../platform/stores.ts';
import { listImports } from '../journal.ts';
import type { Import } from '../schemas.ts';

/** Imports, newest first; `next` is what to pass as `before` for more. */
export async function readImports(
  stores: Stores,
  actor: Actor,
  page: { limit: number; before?: number | undefined },
): Promise<{ imports: Import[]; next: number | null }> {
  authorise(actor, 'import.read');
  const found = await listImports(stores.postgres, {
    limit: page.limit + 1,
    ...(page.before === undefined ? {} : { before: page.before }),
  });
  const imports = found.slice(0, page.limit).map(withoutFile);
  return { imports, next: found.length > page.limit ? (imports.at(-1)?.id ?? null) : null };
}

export async function readImport(stores: Stores, actor: Actor, id: number): Promise<Import> {
  authorise(actor, 'import.read');
  const [found] = await listImports(stores.postgres, { id, limit: 1 });
  if (!found) throw new NotFound('import.unknown', { id });
  return withoutFile(found);
}

function withoutFile({ rejectsFile: _, ...entry }: Import & { rejectsFile: string | null }): Import {
  return entry;
}
