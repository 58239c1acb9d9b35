import type { z } from 'zod';
import type { Ingest } from '../../../ingest/ingest.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise, isInScope, may } from '../../../people/authorise.ts';
import { BadInput, Forbidden, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { sendAssessments } from '../factsStore.ts';
import { workingPeriods } from '../formPeriods.ts';
import {
  insertDecision,
  insertNomination,
  type Nomination,
  nominationById,
  nominationsIn,
} from '../nominationStore.ts';
import { judgeOf, runsIn } from '../runStore.ts';
import type { decideNominationSchema, NominationList, nominateSchema } from '../schemas.ts';
import { peopleOf } from '../standing.ts';
import { pointsFit } from '../worth.ts';
import { openForm, refuseClosed } from './openForms.ts';

/** The nominations that the reader may see, and where they may nominate somebody. */
export async function listNominations(deps: Deps, actor: Actor): Promise<NominationList> {
  authorise(actor, 'assessment.read');
  const { postgres, clickhouse } = deps.stores;
  const periods = workingPeriods(deps.now(), deps.timeZone);
  const runs = (await runsIn(deps, periods)).filter(({ form }) => form.asks.kind === 'nomination');
  const nominations = await nominationsIn(
    postgres,
    periods.map(({ period }) => period.text),
  );
  const judge = await judgeOf(clickhouse, actor);
  const open = runs.map((run) => {
    const people = may(actor, 'assessment.write') ? peopleOf(run, judge) : [];
    return { run, people: people.map(({ agentId, name, team }) => ({ agentId, name, team })) };
  });
  const nameOf = ({ planId, formId }: Nomination) =>
    runs.find((run) => run.planId === planId && run.form.id === formId)?.form.name ?? { zh: formId, en: formId };
  return {
    nominations: nominations
      .filter((each) => isInScope(actor, each) && each.agentId !== actor.agentId)
      .map((each) => {
        const { id, period, most, item, agentId, agentName, team, what, evidence, at, byName, decision } = each;
        return {
          ...{ id, period, formName: nameOf(each), most, item, agentId, agentName, team, what, evidence },
          ...{ at: at.toISOString(), byName },
          decision: decision && { ...decision, at: new Date(decision.at).toISOString() },
          mayDecide: may(actor, 'nomination.decide') && each.byId !== actor.userId,
        };
      }),
    open: open.flatMap(({ run: { period, planId, form }, people }) =>
      people.length === 0 || form.asks.kind !== 'nomination'
        ? []
        : [{ period: period.text, plan: planId, form: form.id, name: form.name, most: form.asks.most, people }],
    ),
  };
}

/** Proposes somebody, with what shows it. Throws Forbidden `assessment.self`, NotFound `assessment.notYours`, Conflict `assessment.closed`. */
export async function nominate(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof nominateSchema>,
): Promise<{ id: number }> {
  authorise(actor, 'assessment.write');
  if (input.agentId === actor.agentId) throw new Forbidden('assessment.self');
  const { run, judge } = await openForm(deps, actor, input);
  const { form, period, planId, planVersion } = run;
  if (form.asks.kind !== 'nomination') throw new NotFound('assessment.unknown', { form: form.id, plan: planId });
  const { most } = form.asks;
  const person = peopleOf(run, judge).find(({ agentId }) => agentId === input.agentId);
  if (!person) throw new NotFound('assessment.notYours', { agent: input.agentId });
  return transaction(deps.stores.postgres, async (connection) => {
    await refuseClosed(connection, period.text);
    const { agentId, name, team, shop } = person;
    const id = await insertNomination(connection, actor, {
      ...{ period: period.text, planId, planVersion, formId: form.id, item: form.item, most },
      ...{ agentId, agentName: name, team, shop, what: input.what, evidence: input.evidence, at: new Date(deps.now()) },
    });
    await audit(deps, actor, 'nomination.made', String(id), connection);
    return { id };
  });
}

/**
 * Accepts a nomination for so many points, or rejects it, with a reason; deciding again replaces the decision before. Throws NotFound `nomination.unknown`,
 * Forbidden `nomination.own` where it is the actor's or about them, BadInput `nomination.points`, Conflict `assessment.closed`.
 */
export async function decideNomination(
  deps: Deps,
  ingest: Ingest,
  actor: Actor,
  id: number,
  { accepted, points, reason }: z.output<typeof decideNominationSchema>,
): Promise<void> {
  authorise(actor, 'nomination.decide');
  await transaction(deps.stores.postgres, async (connection) => {
    const nomination = await nominationById(connection, id);
    if (!isInScope(actor, nomination)) throw new NotFound('nomination.unknown', { nomination: id });
    if (nomination.byId === actor.userId || nomination.agentId === actor.agentId) throw new Forbidden('nomination.own');
    if (accepted && !pointsFit(points, nomination.most))
      throw new BadInput('nomination.points', { most: nomination.most });
    await refuseClosed(connection, nomination.period);
    const decision = { accepted, points: accepted ? points : '0', reason, at: new Date(deps.now()) };
    await insertDecision(connection, nomination, actor, decision);
    await audit(deps, actor, accepted ? 'nomination.accepted' : 'nomination.rejected', String(id), connection);
  });
  await sendAssessments(deps, ingest);
}
