import { NotFound } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { monthOf } from './factsStore.ts';
import { formsOf, insertEvent, moveTask, taskById } from './taskStore.ts';

interface Overturned {
  readonly at: Date;
  readonly by: { readonly userId: string; readonly name: string };
  readonly text: string;
}

/** A result that counts, as an appeal against it needs to know it; null for an inspection without one. */
export async function appealedInspection(postgres: Queryable, id: number, timeZone: string) {
  const task = await taskById(postgres, id).catch((cause: unknown) => {
    if (cause instanceof NotFound) return null;
    throw cause;
  });
  if (!task) return null;
  const forms = await formsOf(postgres, id);
  const judges = forms.filter(({ submittedAt }) => submittedAt !== null);
  // The one that counts comes last: statistics name its inspector.
  const ordered = [...judges].sort((a, b) => Number(a.id === task.finalForm) - Number(b.id === task.finalForm));
  const month = monthOf(task.happenedAt, timeZone);
  return {
    ...{ agentId: task.agentId, month },
    judges: ordered.map(({ inspector, inspectorName }) => ({ userId: inspector, name: inspectorName })),
    assessment: `${task.agentId} ${month} professionalism inspection:${id}`,
    incidents: task.factsItems.map((item) => `inspection:${id}:${item}`),
  };
}

/** No form of the inspection counts any more: its score is withdrawn and its incidents are overturned with the next sending of facts. */
export async function overturnInspection(connection: Queryable, id: number, { at, by, text }: Overturned) {
  await taskById(connection, id, 'lock');
  await moveTask(connection, id, { state: 'reviewed', finalForm: null });
  await insertEvent(connection, id, { at, by_id: by.userId, by_name: by.name, what: 'appealed', text, score: null });
}

/** Whether the month in which an inspection counts is closed: then nothing of it is disputed here, but appealed against once it is published. */
export async function isMonthClosed(postgres: Queryable, month: string): Promise<boolean> {
  const { rows } = await postgres.query(
    `SELECT 1 FROM cycles WHERE period = $1 AND state IN ('closed', 'published', 'final')`,
    [month],
  );
  return rows.length > 0;
}
