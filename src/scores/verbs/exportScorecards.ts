import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { type CardFile, tableFile } from '../cardFiles.ts';
import { cardTable } from '../cardTable.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { type ScorecardQuery, streamCards } from './scorecards.ts';

/** The scorecards the actor may see, as a file; that they were taken out is audited. */
export async function exportScorecards(
  deps: ScoreDeps,
  actor: Actor,
  input: ScorecardQuery & { readonly format: 'csv' | 'xlsx' },
): Promise<CardFile> {
  const found = await streamCards(deps, actor, input, { permission: 'scorecard.export' });
  const table = await cardTable(found);
  const { plan, version, period } = found;
  await audit(
    deps,
    actor,
    'scorecard.exported',
    `${plan.id} ${version} ${period.text} ${input.format} ${table.rows.length}`,
  );
  const name = `scorecards-${plan.id}-${period.text.replaceAll('..', '_')}`;
  return tableFile(table, input.format, name, `${plan.name.zh} ${period.text}`);
}
