import type { Ingest } from '../../../ingest/ingest.ts';
import type { Actor } from '../../../people/actor.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict, Forbidden } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import type { Queryable } from '../../../platform/transaction.ts';
import { monthOf, sendFacts } from '../factsStore.ts';
import { isMonthClosed } from '../overturnStore.ts';
import { mayUndo, type Task } from '../task.ts';
import { insertEvent, moveTask } from '../taskStore.ts';
import { changeTask, signed } from './submitForm.ts';

/** Takes a form back that was handed in by mistake: it is a draft again and counts no more. Throws Conflict `inspection.notUndone`. */
export async function undoSubmit(deps: Deps, ingest: Ingest, actor: Actor, id: number): Promise<void> {
  authorise(actor, 'inspection.write');
  await changeTask(deps, actor, id, async ({ task, forms, own }, connection, at) => {
    if (!own || !mayUndo(task, forms, actor.userId, deps.now())) throw new Conflict('inspection.notUndone');
    await demandOpenMonth(deps, connection, task);
    await moveTask(connection, id, { state: 'open', finalForm: null });
    await connection.query('UPDATE inspection_forms SET submitted_at = NULL, score = NULL WHERE id = $1', [own.id]);
    await insertEvent(connection, id, { ...signed(actor, at), what: 'undone', text: '', score: null });
    return 'undone';
  });
  await sendFacts(deps, ingest);
}

/** Asks for a second opinion on what one has handed in oneself; it will stand beside the first. */
export async function askSecond(deps: Deps, actor: Actor, id: number, text: string): Promise<void> {
  authorise(actor, 'inspection.write');
  await changeTask(deps, actor, id, async ({ task, own, events }, connection, at) => {
    if (task.state !== 'submitted' || !own?.submittedAt || events.at(-1)?.what === 'asked')
      throw new Conflict('inspection.closed');
    await insertEvent(connection, id, { ...signed(actor, at), what: 'asked', text, score: null });
    return 'asked';
  });
}

/**
 * The agent disputes a result: its incidents have no effect until a second inspector has decided. Once per task, and only until its
 * month is closed: a published result is appealed against. Throws Forbidden `inspection.notYours`, Conflict `inspection.closed`,
 * `inspection.monthClosed`.
 */
export async function disputeInspection(
  deps: Deps,
  ingest: Ingest,
  actor: Actor,
  id: number,
  text: string,
): Promise<void> {
  authorise(actor, 'inspection.dispute');
  await changeTask(deps, actor, id, async ({ task }, connection, at) => {
    if (task.agentId !== actor.agentId) throw new Forbidden('inspection.notYours');
    if (task.state !== 'submitted') throw new Conflict('inspection.closed');
    await demandOpenMonth(deps, connection, task);
    await moveTask(connection, id, { ...task, state: 'disputed' });
    await insertEvent(connection, id, { ...signed(actor, at), what: 'disputed', text, score: null });
    return 'disputed';
  });
  await sendFacts(deps, ingest);
}

async function demandOpenMonth(deps: Deps, connection: Queryable, { happenedAt }: Task): Promise<void> {
  const month = monthOf(happenedAt, deps.timeZone);
  if (await isMonthClosed(connection, month)) throw new Conflict('inspection.monthClosed', { month });
}
