import type { z } from 'zod';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { placesOf, strangeAnswers } from '../answers.ts';
import { givenOfForm, lockForm, saveGiven } from '../givenStore.ts';
import type { saveAnswersSchema } from '../schemas.ts';
import { peopleOf } from '../standing.ts';
import { openForm, refuseClosed } from './openForms.ts';

/**
 * Keeps what an assessor has typed about one person, over the revision they read. Throws Forbidden `assessment.self`, NotFound `assessment.notYours` for
 * people outside the actor's reach, Conflict `assessment.changed` or `assessment.closed`, Invalid `assessment.invalid`.
 */
export async function saveAnswers(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof saveAnswersSchema>,
): Promise<{ revision: number }> {
  authorise(actor, 'assessment.write');
  if (input.agentId === actor.agentId) throw new Forbidden('assessment.self');
  const { run, judge } = await openForm(deps, actor, input);
  const person = peopleOf(run, judge).find(({ agentId }) => agentId === input.agentId);
  if (!person) throw new NotFound('assessment.notYours', { agent: input.agentId });
  const key = { period: run.period.text, planId: run.planId, formId: run.form.id };
  return transaction(deps.stores.postgres, async (connection) => {
    await lockForm(connection, key);
    await refuseClosed(connection, key.period);
    const own = (await givenOfForm(connection, key)).find(
      ({ agentId, assessor }) => agentId === input.agentId && assessor === actor.userId,
    );
    if ((own?.revision ?? 0) !== input.revision) throw new Conflict('assessment.changed');
    const tickets = own?.tickets ?? person.tickets;
    const strange = strangeAnswers(placesOf(run.form, tickets), input.answers);
    if (strange.length > 0) throw new Invalid('assessment.invalid', strange);
    const revision = await saveGiven(connection, actor, {
      ...{ ...key, agentId: input.agentId, assessor: actor.userId, planVersion: run.planVersion, tickets },
      ...{ answers: input.answers, note: input.note, at: new Date(deps.now()) },
    });
    const subject = `${key.period} ${key.planId} ${key.formId} ${input.agentId}`;
    await audit(deps, actor, 'assessment.saved', subject, connection);
    return { revision };
  });
}
