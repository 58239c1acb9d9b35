import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { seededDraws } from '../../../metrics/seededDraws.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { BadInput, Conflict, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { runsIn } from '../../assessments/runStore.ts';
import { formPeriod } from '../../assessments/verbs/openForms.ts';
import { ratersToday } from '../raterStore.ts';
import {
  deleteRatings,
  feedbackRoundById,
  insertFeedbackRound,
  insertRatings,
  insertSubjects,
  ratingsOf,
  setPerspective,
  subjectsOf,
} from '../roundStore.ts';
import type { makeRoundSchema, setRatersSchema } from '../schemas.ts';
import { suggestRaters } from '../suggestRaters.ts';

/** Rounds are about the whole organisation: whoever sees a part of it only has none to make or to look at. */
export const everything = { agentId: null, team: null, shop: null };

/** Makes a round by a plan's form, its raters suggested. Throws NotFound `assessment.unknown`, BadInput `round.nobody`. */
export async function makeRound(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof makeRoundSchema>,
): Promise<{ id: number }> {
  authorise(actor, 'round.write', everything);
  const runs = await runsIn(deps, [formPeriod(deps, input.period)], 'colleagues');
  const run = runs.find(({ planId, form }) => planId === input.plan && form.id === input.form);
  if (!run) throw new NotFound('assessment.unknown', { form: input.form, plan: input.plan });
  const { colleagues, hasLeft } = await ratersToday(deps);
  const named = run.people.filter(({ team }) => input.teams.length === 0 || input.teams.includes(team));
  const subjects = colleagues.filter(({ agentId }) => named.some((person) => person.agentId === agentId));
  // Who has left since the period can neither learn from it nor be asked.
  if (subjects.length === 0) throw new BadInput('round.nobody');
  const seed = randomBytes(16).toString('hex');
  const suggested = suggestRaters(subjects, colleagues, input.howMany, seededDraws(seed));
  const nameOf = new Map(colleagues.map(({ agentId, name }) => [agentId, name]));
  return transaction(deps.stores.postgres, async (connection) => {
    const id = await insertFeedbackRound(connection, {
      ...{
        name: input.name,
        period: run.period.text,
        planId: run.planId,
        planVersion: run.planVersion,
        form: run.form,
      },
      ...{ seed, dueOn: input.dueOn, at: new Date(deps.now()), by: actor.name },
    });
    await insertSubjects(connection, id, subjects);
    await insertRatings(
      connection,
      id,
      suggested
        .filter(({ rater }) => !hasLeft(rater))
        .map((each) => ({ ...each, raterName: nameOf.get(each.rater) ?? each.rater })),
    );
    await audit(deps, actor, 'round.made', String(id), connection);
    return { id };
  });
}

/**
 * Sets who rates one person; what was handed in stays. Throws BadInput `round.self` where somebody would rate themselves as anything but themselves,
 * `round.twice`, `rater.unknown` for people who have left or never were; Conflict `round.state` once it is closed, `rating.submitted`.
 */
export async function setRaters(
  deps: Deps,
  actor: Actor,
  id: number,
  { subject, raters }: z.output<typeof setRatersSchema>,
): Promise<void> {
  authorise(actor, 'round.write', everything);
  if (raters.some(({ rater, perspective }) => (rater === subject) !== (perspective === 'self')))
    throw new BadInput('round.self');
  if (new Set(raters.map(({ rater }) => rater)).size !== raters.length) throw new BadInput('round.twice');
  const known = await ratersToday(deps);
  const nameOf = new Map(known.all.map((each) => [each.id, each.name]));
  await transaction(deps.stores.postgres, async (connection) => {
    const round = await feedbackRoundById(connection, id, 'lock');
    if (round.state !== 'draft' && round.state !== 'open') throw new Conflict('round.state', { state: round.state });
    if (!(await subjectsOf(connection, id)).some(({ agentId }) => agentId === subject))
      throw new NotFound('round.noSubject', { agent: subject });
    const before = await ratingsOf(connection, id, subject);
    const wanted = new Map(raters.map((each) => [each.rater, each]));
    const gone = before.filter(({ rater }) => !wanted.has(rater));
    if (gone.some(({ isSubmitted }) => isSubmitted)) throw new Conflict('rating.submitted');
    const added = raters.filter(({ rater }) => !before.some((each) => each.rater === rater));
    const [stranger] = added.filter(({ rater }) => !nameOf.has(rater));
    if (stranger) throw new BadInput('rater.unknown', { rater: stranger.rater });
    await deleteRatings(
      connection,
      gone.map((each) => each.id),
    );
    await insertRatings(
      connection,
      id,
      added.map(({ rater, perspective }) => ({ subject, rater, raterName: nameOf.get(rater) ?? rater, perspective })),
    );
    for (const { id: rating, rater, perspective, isSubmitted } of before) {
      const now = wanted.get(rater);
      if (!now || now.perspective === perspective) continue;
      if (isSubmitted) throw new Conflict('rating.submitted');
      await setPerspective(connection, rating, now.perspective);
    }
    await audit(deps, actor, 'round.raters', `${id} ${subject}`, connection);
  });
}

/** Takes back a round that nobody has been asked about yet. Throws Conflict `round.state`. */
export async function deleteRound(deps: Deps, actor: Actor, id: number): Promise<void> {
  authorise(actor, 'round.write', everything);
  await transaction(deps.stores.postgres, async (connection) => {
    const { state } = await feedbackRoundById(connection, id, 'lock');
    if (state !== 'draft') throw new Conflict('round.state', { state });
    await connection.query('DELETE FROM feedback_rounds WHERE id = $1', [id]);
    await audit(deps, actor, 'round.deleted', String(id), connection);
  });
}
