import { Temporal } from 'temporal-polyfill';
import type { Ingest } from '../../ingest/ingest.ts';
import { submitRows } from '../../ingest/submitRows.ts';
import { holding } from '../../platform/advisoryLock.ts';
import type { Deps } from '../../platform/http.ts';
import { rubricOf } from '../rubrics/rubricStore.ts';
import { factsOf } from './factsOf.ts';
import type { Task } from './task.ts';
import { formsOf, taskById, unsentTasks, weightInSample } from './taskStore.ts';

const atOnce = 200;

/**
 * Sends what people confirmed into the stores of facts the way all rows come in, and remembers what is in. What a crash or an engine
 * that was down left behind goes out with the next call; sending a revision twice changes nothing. One sender at a time, so that an
 * earlier revision never arrives after a later one.
 */
export async function sendFacts(deps: Deps, ingest: Ingest): Promise<void> {
  const { postgres } = deps.stores;
  await holding(postgres, 'inspectionFacts', 'wait', async () => {
    for (;;) {
      const tasks = await unsentTasks(postgres, atOnce);
      for (const { id } of tasks) await sendTask(deps, ingest, await taskById(postgres, id));
      if (tasks.length < atOnce) return;
    }
  });
}

async function sendTask(deps: Deps, ingest: Ingest, task: Task): Promise<void> {
  const { postgres } = deps.stores;
  const [{ rubric }, forms, weight] = await Promise.all([
    rubricOf(postgres, task.rubricId, task.rubricVersion),
    formsOf(postgres, task.id),
    weightInSample(postgres, task),
  ]);
  // After an undo the first form has no score, and its row goes out as withdrawn.
  const submitted = forms.filter(
    ({ score, purpose }) => score !== null || (task.state === 'open' && purpose === 'first'),
  );
  const { assessments, incidents, items } = factsOf(task, submitted, rubric, {
    month: monthOf(task.happenedAt, deps.timeZone),
    weight,
  });
  await submitRows(deps, ingest, 'assessments', assessments);
  await submitRows(deps, ingest, 'incidents', incidents);
  await postgres.query('UPDATE inspection_tasks SET facts_sent = $2, facts_items = $3 WHERE id = $1', [
    ...[task.id, task.factsRevision, items],
  ]);
}

export function monthOf(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toPlainYearMonth().toString();
}
