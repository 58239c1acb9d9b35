import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { BadInput, Invalid, NotFound } from '../../platform/errors.ts';
import type { IngestDeps } from '../importFiles.ts';
import { type Mapping, mappingIssues } from '../mapping.ts';
import type { SavedMapping } from '../schemas.ts';

interface Row {
  name: string;
  mapping: Mapping;
  updated_at: Date;
  by: string;
}

export async function listMappings(deps: IngestDeps, actor: Actor): Promise<SavedMapping[]> {
  authorise(actor, 'import.read');
  const { rows } = await deps.stores.postgres.query<Row>(
    'SELECT name, mapping, updated_at, by FROM mappings ORDER BY name',
  );
  return rows.map(({ name, mapping, updated_at, by }) => ({ name, mapping, by, updatedAt: updated_at.toISOString() }));
}

/** Saves a mapping under a name, in place of one that had it. @throws Invalid with every issue. */
export async function saveMapping(
  deps: IngestDeps,
  actor: Actor,
  name: string,
  mapping: Mapping,
): Promise<SavedMapping> {
  authorise(actor, 'mapping.write');
  const issues = mappingIssues(mapping);
  if (issues.length > 0) throw new Invalid('mapping.invalid', issues);
  if (name.trim() === '' || name.length > 100) throw new BadInput('mapping.name');
  const at = new Date(deps.now());
  await deps.stores.postgres.query(
    `INSERT INTO mappings (name, mapping, updated_at, by) VALUES ($1, $2, $3, $4)
     ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping, updated_at = excluded.updated_at, by = excluded.by`,
    [name, JSON.stringify(mapping), at, actor.name],
  );
  await audit(deps, actor, 'mapping.saved', name);
  return { name, mapping, by: actor.name, updatedAt: at.toISOString() };
}

export async function deleteMapping(deps: IngestDeps, actor: Actor, name: string): Promise<void> {
  authorise(actor, 'mapping.write');
  const { rowCount } = await deps.stores.postgres.query('DELETE FROM mappings WHERE name = $1', [name]);
  if (rowCount === 0) throw new NotFound('mapping.unknown', { name });
  await audit(deps, actor, 'mapping.deleted', name);
}
