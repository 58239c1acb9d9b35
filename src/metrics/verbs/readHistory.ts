import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { definitionDifferences } from '../definitionDifferences.ts';
import type { DefinitionHistory } from '../definitionSchemas.ts';
import { readDefinitions } from '../definitionStore.ts';
import { type DefinitionVersion, inForceIn, metricsIn } from '../definitionVersions.ts';
import { monthAt } from '../months.ts';

/**
 * Who changed which definition when, from which month, what and why: of one metric or of all, the latest decision first.
 * Throws NotFound `metric.unknown`.
 */
export async function readHistory(
  deps: Deps,
  actor: Actor,
  input: { readonly metric?: string | undefined },
): Promise<DefinitionHistory> {
  authorise(actor, 'metric.read');
  const definitions = await readDefinitions(deps.stores.postgres);
  const names = new Map(metricsIn(definitions, monthAt(deps.now(), deps.timeZone)).map(({ id, name }) => [id, name]));
  if (input.metric !== undefined && !names.has(input.metric))
    throw new NotFound('metric.unknown', { metric: input.metric.slice(0, 60) });
  const told = [...definitions].filter(([id]) => input.metric === undefined || id === input.metric);
  const versions = told.flatMap(([id, all]) =>
    all.map((version) => ({
      ...{ metric: id, name: names.get(id) ?? { zh: id, en: id }, version: version.version },
      ...{ from: version.inForceFrom, reason: version.reason, at: version.createdAt, by: version.createdBy },
      differences: definitionDifferences(id, replacedBy(version, all)?.content ?? null, version.content),
    })),
  );
  return { versions: versions.sort((a, b) => (a.at === b.at ? b.version - a.version : a.at < b.at ? 1 : -1)) };
}

/** What was in force in its first month when it was decided. */
function replacedBy(version: DefinitionVersion, all: readonly DefinitionVersion[]): DefinitionVersion | null {
  const earlier = all.filter((each) => each.version < version.version);
  return version.inForceFrom === null ? null : inForceIn(earlier, version.inForceFrom);
}
