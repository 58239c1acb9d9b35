import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict, Invalid } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { rubricOf } from '../../rubrics/rubricStore.ts';
import { strangeMarks } from '../../rubrics/scoreForm.ts';
import type { SaveForm } from '../schemas.ts';
import { openTask } from './openTask.ts';

/**
 * Keeps what an inspector has typed, over the revision they read. Throws Conflict `inspection.changed` where they saved a later one elsewhere,
 * `inspection.closed` where there is nothing for them to judge any more, Invalid `inspection.invalid` for marks the rubric does not know.
 */
export async function saveForm(deps: Deps, actor: Actor, id: number, input: SaveForm): Promise<{ revision: number }> {
  authorise(actor, 'inspection.write');
  return transaction(deps.stores.postgres, async (connection) => {
    const { task, own, purpose } = await openTask(deps, actor, id, connection, 'lock');
    // Whoever began before another handed in keeps what they wrote: they can hand it in as a second opinion.
    const kept = purpose ?? (own && own.submittedAt === null ? 'second' : null);
    if (kept === null) throw new Conflict('inspection.closed');
    if ((own?.revision ?? 0) !== input.revision) throw new Conflict('inspection.changed');
    const { rubric } = await rubricOf(connection, task.rubricId, task.rubricVersion);
    const strange = strangeMarks(rubric, input.marks);
    if (strange.length > 0) throw new Invalid('inspection.invalid', strange);
    const at = new Date(deps.now());
    const { rows } = await connection.query<{ revision: number }>(
      `INSERT INTO inspection_forms (task_id, inspector, inspector_name, inspector_agent, purpose, marks, comment, revision, seconds, started_at, saved_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $9)
       ON CONFLICT (task_id, inspector) DO UPDATE SET marks = $6, comment = $7, purpose = $5, revision = inspection_forms.revision + 1,
         seconds = greatest(inspection_forms.seconds, $8), saved_at = $9
       RETURNING revision`,
      [
        ...[id, actor.userId, actor.name, actor.agentId, kept],
        ...[JSON.stringify(input.marks), input.comment, input.seconds, at],
      ],
    );
    await audit(deps, actor, 'inspection.saved', String(id), connection);
    return { revision: rows[0]?.revision ?? 0 };
  });
}
