import { demoInspectors, filled } from './demoInspections.ts';
import type { Ingest } from './ingest/ingest.ts';
import { seededDraws } from './metrics/seededDraws.ts';
import { readOrganisation } from './metrics/verbs/readOrganisation.ts';
import { type Actor, ownerOfTheMachine } from './people/actor.ts';
import type { Deps } from './platform/http.ts';
import { allRounds } from './quality/calibration/roundStore.ts';
import { addNote, closeRound, openRound, saveRecord, submitRecord } from './quality/calibration/verbs/changeRounds.ts';
import type { Marks } from './quality/rubrics/marksSchema.ts';
import { rubricOf } from './quality/rubrics/rubricStore.ts';

const rubric = 'aftersales-16';
const calibrated = { name: '月度校准', records: 12 } as const;
const running = { name: '新细则试评', records: 5, done: 3 } as const;

/**
 * Gives the made-up company two calibration rounds of its last full month: one that two people have scored, talked over and ended, and
 * one in which the inspector still has all to do. Does nothing where any round was opened.
 */
export async function calibrateDemo(deps: Deps, ingest: Ingest): Promise<void> {
  if ((await allRounds(deps.stores.postgres)).length > 0) return;
  const { defaultPeriod } = await readOrganisation(deps, ownerOfTheMachine, async () => '');
  const { inspector, trainer } = await demoInspectors(deps);
  if (!inspector || !trainer || defaultPeriod === null) return;
  const open = (name: string, records: number) =>
    openRound(deps, trainer, {
      ...{ name, rubric, period: defaultPeriod, seed: name, records, expert: trainer.userId },
      raters: [inspector.userId, trainer.userId],
    });
  const ended = await open(calibrated.name, calibrated.records);
  await rate(deps, ended.id, [trainer, inspector], calibrated.records);
  await addNote(deps, trainer, ended.id, { place: 1, text: '示例：结束语在最后一句话之前已经说过，按“有结束语”记。' });
  const outcome = '示例：结束语以整段会话为准；安抚用语至少一句才算有共情。';
  await closeRound(deps, ingest, trainer, ended.id, { outcome, reworded: null });
  const begun = await open(running.name, running.records);
  await rate(deps, begun.id, [trainer], running.done);
}

/** Each conversation has its own faults, which everybody sees but for one item here and there. */
async function rate(deps: Deps, round: number, raters: readonly Actor[], records: number): Promise<void> {
  const { rubric: levels } = await rubricOf(deps.stores.postgres, rubric);
  for (let place = 1; place <= records; place++) {
    for (const rater of raters) {
      const seen = filled(levels, seededDraws(`${round} ${place}`));
      const own = filled(levels, seededDraws(`${round} ${place} ${rater.role}`));
      const differs = seededDraws(`differs ${round} ${place} ${rater.role}`);
      const marks: Marks = Object.fromEntries(
        Object.entries(seen).map(([item, mark]) => [item, differs() < 0.4 ? (own[item] ?? mark) : mark]),
      );
      const form = { place, marks, comment: '', seconds: 150, revision: 0 };
      const { revision } = await saveRecord(deps, rater, round, form);
      await submitRecord(deps, rater, round, { place, revision });
    }
  }
}
