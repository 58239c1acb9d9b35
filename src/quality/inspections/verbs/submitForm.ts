import type { Ingest } from '../../../ingest/ingest.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict, Invalid } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { type Queryable, transaction } from '../../../platform/transaction.ts';
import { togetherOf } from '../../agreement/together.ts';
import { rubricOf } from '../../rubrics/rubricStore.ts';
import { scoreForm } from '../../rubrics/scoreForm.ts';
import { monthOf, sendFacts } from '../factsStore.ts';
import { isMonthClosed } from '../overturnStore.ts';
import { type Purpose, sameOutcome } from '../task.ts';
import { type EventRow, insertEvent, moveTask } from '../taskStore.ts';
import { type Opened, openTask } from './openTask.ts';

/**
 * Hands a form in: the first one counts from now on, with a second the median of both; where they are too far apart somebody else reviews. A
 * review decides. In a closed month a second opinion only stands beside the first. Throws Conflict `inspection.taken` where
 * somebody else was first (what was written stays, and goes in with `as: second`), `inspection.changed`, `inspection.closed`; Invalid
 * `inspection.incomplete` with every item that lacks a level.
 */
export async function submitForm(
  deps: Deps,
  ingest: Ingest,
  actor: Actor,
  id: number,
  input: { revision: number; as?: 'second' | undefined },
): Promise<void> {
  authorise(actor, 'inspection.write');
  await transaction(deps.stores.postgres, async (connection) => {
    const opened = await openTask(deps, actor, id, connection, 'lock');
    const { task, own } = opened;
    const purpose = purposeNow(opened, input.as);
    if (!own) throw new Conflict('inspection.closed');
    if (own.revision !== input.revision) throw new Conflict('inspection.changed');
    const { rubric } = await rubricOf(connection, task.rubricId, task.rubricVersion);
    const scored = scoreForm(rubric, own.marks);
    if (scored.status === 'incomplete')
      throw new Invalid(
        'inspection.incomplete',
        scored.missing.map((item) => ({ path: `marks.${item}`, code: 'mark.missing' })),
      );
    if (scored.status === 'noData')
      throw new Invalid('inspection.nothing', [{ path: 'marks', code: 'mark.noneApplies' }]);
    const at = new Date(deps.now());
    await connection.query('UPDATE inspection_forms SET purpose = $2, submitted_at = $3, score = $4 WHERE id = $1', [
      ...[own.id, purpose, at, scored.score],
    ]);
    const reviewed = opened.forms.find((form) => form.id === task.finalForm);
    const what = whatOf(purpose, reviewed !== undefined && sameOutcome(rubric, reviewed, own));
    await insertEvent(connection, id, { ...signed(actor, at), what, text: own.comment, score: scored.score });
    const month = monthOf(task.happenedAt, deps.timeZone);
    const next = after(purpose, opened, { id: own.id, score: scored.score }, await isMonthClosed(connection, month));
    await moveTask(connection, id, next);
    // Nobody asked for it: the scores did.
    if (purpose === 'second' && next.state === 'disputed')
      await insertEvent(connection, id, { ...signed(actor, at), what: 'apart', text: '', score: null });
    await audit(deps, actor, `inspection.${what}`, String(id), connection);
  });
  await sendFacts(deps, ingest);
}

function purposeNow({ task, own, purpose, forms }: Opened, as: 'second' | undefined): Purpose {
  if (own?.submittedAt) throw new Conflict('inspection.closed');
  const first = forms.find((form) => form.purpose === 'first' && form.submittedAt !== null);
  if (own?.purpose === 'first' && task.state !== 'open' && as !== 'second' && first)
    throw new Conflict('inspection.taken', { by: first.inspectorName });
  if (task.state === 'open') return 'first';
  if (as === 'second' && task.state === 'submitted') return 'second';
  if (purpose === null) throw new Conflict('inspection.closed');
  return purpose;
}

function whatOf(purpose: Purpose, same: boolean): EventRow['what'] {
  switch (purpose) {
    case 'first':
      return 'submitted';
    case 'second':
      return 'second';
    case 'review':
      return same ? 'upheld' : 'changed';
  }
}

function after(
  purpose: Purpose,
  { task, forms }: Opened,
  own: { readonly id: number; readonly score: string },
  closed: boolean,
): Parameters<typeof moveTask>[2] {
  switch (purpose) {
    case 'first':
      return { state: 'submitted', finalForm: own.id };
    case 'second': {
      const others = forms.flatMap(({ id, score }) => (id === own.id || score === null ? [] : [score]));
      const together = closed ? null : togetherOf([...others, own.score]);
      if (!together) return task;
      return together.tooWide ? { ...task, state: 'disputed', counted: null } : { ...task, counted: together.median };
    }
    case 'review':
      return { state: 'reviewed', finalForm: own.id };
  }
}

export const signed = (actor: Actor, at: Date) => ({ at, by_id: actor.userId, by_name: actor.name });

/** One change of a task by somebody who may: in a transaction, written down, and out as facts where it changed what counts. */
export async function changeTask(
  deps: Deps,
  actor: Actor,
  id: number,
  work: (opened: Opened, connection: Queryable, at: Date) => Promise<EventRow['what']>,
): Promise<void> {
  await transaction(deps.stores.postgres, async (connection) => {
    const opened = await openTask(deps, actor, id, connection, 'lock');
    const what = await work(opened, connection, new Date(deps.now()));
    await audit(deps, actor, `inspection.${what}`, String(id), connection);
  });
}
