import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import type { Bilingual, Language } from '../../platform/language.ts';
import { type CardFile, tableFile } from '../cardFiles.ts';
import { cardTable } from '../cardTable.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { assignedCards } from './assignedCards.ts';
import type { ListQuery } from './listScorecards.ts';
import { streamCards } from './scorecards.ts';

const eachOwn: Bilingual = { zh: '各人的方案', en: 'Plans of their own' };

/** The scorecards the actor may see, as a file; that they were taken out is audited. */
export async function exportScorecards(
  deps: ScoreDeps,
  actor: Actor,
  input: ListQuery & { readonly format: 'csv' | 'xlsx'; readonly language?: Language },
): Promise<CardFile> {
  const { plan, format, language = 'zh' } = input;
  const found =
    plan === undefined
      ? await assignedCards(deps, actor, input, 'scorecard.export')
      : [await streamCards(deps, actor, { ...input, plan }, { permission: 'scorecard.export' })];
  const table = await cardTable(found, language);
  const plans = found.map((each) => `${each.plan.id} ${each.version}`).join(', ');
  const [only, ...others] = found;
  const id = only && others.length === 0 ? only.plan.id : 'assigned';
  const title = only && others.length === 0 ? only.plan.name[language] : eachOwn[language];
  await audit(deps, actor, 'scorecard.exported', `${plans} ${input.period} ${format} ${table.rows.length}`);
  const name = `scorecards-${id}-${input.period.replaceAll('..', '_')}`;
  return tableFile(table, format, name, `${title} ${input.period}`);
}
