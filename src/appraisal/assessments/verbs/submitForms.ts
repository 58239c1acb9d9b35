import type { z } from 'zod';
import type { Ingest } from '../../../ingest/ingest.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { Invalid } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { placesOf, strangeAnswers } from '../answers.ts';
import { sendAssessments } from '../factsStore.ts';
import { givenOfForm, handIn, lockForm } from '../givenStore.ts';
import { eachCounts } from '../mayAssess.ts';
import type { SubmittedForms, submitFormsSchema } from '../schemas.ts';
import { peopleOf } from '../standing.ts';
import { worthOf } from '../worth.ts';
import { openForm, refuseClosed } from './openForms.ts';

/**
 * Hands in what the actor has filled in: everybody whose form is complete, or those named. What was handed in before becomes a newer version, which
 * needs a reason. Who was faster is told by name and counts. Throws Invalid `assessment.reasonNeeded`, Conflict `assessment.closed`.
 */
export async function submitForms(
  deps: Deps,
  ingest: Ingest,
  actor: Actor,
  input: z.output<typeof submitFormsSchema>,
): Promise<SubmittedForms> {
  authorise(actor, 'assessment.write');
  const { run, judge } = await openForm(deps, actor, input);
  const mine = new Set(peopleOf(run, judge).map(({ agentId }) => agentId));
  const key = { period: run.period.text, planId: run.planId, formId: run.form.id };
  const outcome = await transaction(deps.stores.postgres, async (connection): Promise<SubmittedForms> => {
    await lockForm(connection, key);
    await refuseClosed(connection, key.period);
    const given = await givenOfForm(connection, key);
    const waiting = given.filter(
      ({ assessor, agentId, revision, submittedRevision }) =>
        assessor === actor.userId &&
        revision !== submittedRevision &&
        mine.has(agentId) &&
        (input.agents === undefined || input.agents.includes(agentId)),
    );
    const corrected = waiting.filter(({ submittedRevision }) => submittedRevision !== null);
    if (corrected.length > 0 && input.reason === '')
      throw new Invalid(
        'assessment.reasonNeeded',
        corrected.map(({ agentId }) => ({ path: agentId, code: 'reason.missing' })),
      );
    const result = { submitted: 0, incomplete: [] as string[], taken: [] as { agentId: string; by: string }[] };
    for (const each of waiting) {
      const first = given.find(
        (other) =>
          other.agentId === each.agentId && other.assessor !== actor.userId && other.submittedRevision !== null,
      );
      const filled = worthOf(run.form, each.tickets, each.answers);
      const isStrange = strangeAnswers(placesOf(run.form, each.tickets), each.answers).length > 0;
      if (first && each.submittedRevision === null && !eachCounts(run.form.assessor))
        result.taken.push({ agentId: each.agentId, by: first.assessorName });
      else if (filled.status === 'incomplete' || isStrange) result.incomplete.push(each.agentId);
      else {
        const isCorrection = each.submittedRevision !== null;
        const reason = isCorrection ? input.reason : '';
        await handIn(connection, each, { worth: filled.worth, at: new Date(deps.now()), by: actor, reason });
        const subject = `${key.period} ${key.planId} ${key.formId} ${each.agentId}`;
        await audit(deps, actor, isCorrection ? 'assessment.corrected' : 'assessment.submitted', subject, connection);
        result.submitted += 1;
      }
    }
    return result;
  });
  await sendAssessments(deps, ingest);
  return outcome;
}
