import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import type { Language } from '../../platform/language.ts';
import type { TryQuery } from '../backTestSchemas.ts';
import { backTestTable } from '../backTestTable.ts';
import { type CardFile, tableFile } from '../cardFiles.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { tryPlan } from './tryPlan.ts';

/** Person by person what a plan would have given, as a file in the reader's language; that it was taken out is audited. */
export async function exportTry(
  deps: ScoreDeps,
  actor: Actor,
  input: TryQuery & { readonly format: 'csv' | 'xlsx'; readonly language: Language },
): Promise<CardFile> {
  authorise(actor, 'scorecard.export');
  const { format, language, ...question } = input;
  const tried = await tryPlan(deps, actor, question);
  const [first, last] = [tried.periods.at(0), tried.periods.at(-1)];
  const what = `${tried.after.id} ${tried.after.versions.join(',')} ${first}–${last}`;
  await audit(deps, actor, 'backTest.exported', `${what} ${format} ${tried.rows.length}`);
  const name = `back-test-${tried.after.id}-${first}_${last}`.replaceAll('..', '_');
  return tableFile(backTestTable(tried, language), format, name, tried.after.name[language]);
}
