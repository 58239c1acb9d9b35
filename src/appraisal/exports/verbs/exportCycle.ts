import { sha256Hex } from '../../../ledger/ledgerContent.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise, isInScope, may } from '../../../people/authorise.ts';
import { Conflict } from '../../../platform/errors.ts';
import type { Language } from '../../../platform/language.ts';
import type { CardFile } from '../../../scores/cardFiles.ts';
import { readClosing } from '../../closingStore.ts';
import { cyclePeriod } from '../../cyclePeriod.ts';
import { readCycle } from '../../cycleStore.ts';
import { changesSheet } from '../changesSheet.ts';
import { definitionsSheet } from '../definitionsSheet.ts';
import type { ExportDeps } from '../exportDeps.ts';
import { figuresSheet } from '../figuresSheet.ts';
import type { ExportGround } from '../ground.ts';
import { exportCards, exportMetrics, exportPlans } from '../groundStore.ts';
import { outcomesSheet } from '../outcomesSheet.ts';
import { peopleSheet } from '../peopleSheet.ts';
import { csvFile, jsonFile, workbookFile } from '../sheetFiles.ts';
import type { SheetName } from '../sheetNames.ts';

export type ExportFormat =
  | { readonly format: 'xlsx' | 'json' }
  /** A CSV file has one sheet. */
  | { readonly format: 'csv'; readonly sheet: SheetName };

/**
 * A closed period as a file, from the frozen cards alone: people, every figure with its formula in words, deductions and couplings, what
 * was decided, and the definitions. Of the reader's scope; what the calibration meeting decided shows with publication, as elsewhere.
 * That it was taken out is audited. Throws Conflict `cycle.notClosed`.
 */
export async function exportCycle(
  deps: ExportDeps,
  actor: Actor,
  input: ExportFormat & { readonly period: string; readonly language: Language },
): Promise<CardFile> {
  authorise(actor, 'scorecard.export');
  const { language } = input;
  const { postgres } = deps.stores;
  const period = cyclePeriod(input.period, deps.timeZone);
  const [cycle, closing] = [await readCycle(postgres, period.text), await readClosing(postgres, period.text)];
  if (!cycle || !closing) throw new Conflict('cycle.notClosed', { period: period.text });
  const published = cycle.state === 'published' || cycle.state === 'final';
  const plans = await exportPlans(postgres, period.text);
  const ground: ExportGround = {
    ...{ language, plans, timeZone: deps.timeZone },
    metrics: await exportMetrics(postgres, closing, plans, period.firstDay.slice(0, 7)),
    cards: await exportCards(postgres, period.text, {
      ...{ plans, meeting: published || may(actor, 'meeting.read') },
      inScope: ({ agentId, person: { team, shop } }) => isInScope(actor, { agentId, team, shop }),
    }),
  };
  const decided = published ? await deps.decidedOutcomes(actor, period.text) : [];
  const sheets = [
    ...[peopleSheet(ground), figuresSheet(ground), changesSheet(ground)],
    ...[outcomesSheet(language, decided), definitionsSheet(ground)],
  ];
  const name = `heng-cycle-${period.text}`;
  const what = input.format === 'csv' ? `csv ${input.sheet}` : input.format;
  await audit(deps, actor, 'cycle.exported', `${period.text} ${what}`);
  switch (input.format) {
    case 'xlsx':
      return workbookFile(sheets, name, language);
    case 'csv': {
      const sheet = sheets.find((each) => each.name === input.sheet);
      if (!sheet) throw new RangeError(`no sheet ${input.sheet}`);
      return csvFile(sheet, `${name}-${input.sheet}`, language);
    }
    case 'json': {
      const { state, publishedOn } = cycle;
      const { closedName, people, metrics } = closing;
      const closedAt = closing.closedAt.toISOString();
      return jsonFile(sheets, name, {
        ...{ period: period.text, state, publishedOn, closedAt, closedBy: closedName, people, language },
        metricsHash: sha256Hex(metrics),
      });
    }
  }
}
