import { lastClosedMonth, readClosedPeriods } from '../../metrics/closedStore.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { BadInput, Conflict, NotFound } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import type { AssignmentList, AssignPlan } from '../acknowledgementSchemas.ts';
import { putAssignment, readAssignments } from '../assignmentStore.ts';
import { coveringPlan, isSamePeople, plainPlan } from '../coveringPlan.ts';
import { monthsAheadMax } from '../firstMonth.ts';
import { monthAfter } from '../monthAfter.ts';
import { tiers } from '../planAmounts.ts';
import { lockPlan, readVersions } from '../planStore.ts';
import { nextMonth, thisMonth } from '../publishTemplates.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { peopleNow } from './listExemptions.ts';

/** Which plan covers whom: the rules, and how many people each plan has this month. */
export async function listAssignments(deps: ScoreDeps, actor: Actor): Promise<AssignmentList> {
  authorise(actor, 'plan.try');
  const [rules, people] = await Promise.all([readAssignments(deps.stores.postgres), peopleNow(deps)]);
  const month = thisMonth(deps.now(), deps.timeZone);
  const covered = new Map<string, number>();
  for (const person of people) {
    const plan = coveringPlan(rules, person, month);
    covered.set(plan, (covered.get(plan) ?? 0) + 1);
  }
  return {
    rules: rules.map(({ assignedAt, tier, ...rule }) => ({
      ...rule,
      tier: tiers.find((each) => each === tier) ?? '',
      agentName: people.find(({ agentId }) => agentId === rule.agentId)?.name ?? rule.agentId,
      assignedAt: assignedAt.toISOString(),
    })),
    plainPlan,
    covered: [...covered].map(([plan, count]) => ({ plan, people: count })),
  };
}

/**
 * Lets a plan cover some people from a month on. Throws NotFound `plan.unknown`, BadInput `assignment.nobody`,
 * `plan.monthTooFar`, Conflict `assignment.periodClosed` for a month that is closed or lies before one, and `assignment.periodOpen`
 * for a month that has begun under a rule for the same people.
 */
export async function assignPlan(deps: ScoreDeps, actor: Actor, input: AssignPlan): Promise<void> {
  authorise(actor, 'plan.publish');
  const month = thisMonth(deps.now(), deps.timeZone);
  const last = monthAfter(month, monthsAheadMax);
  if (input.fromMonth > last) throw new BadInput('plan.monthTooFar', { month: input.fromMonth, last });
  const people = await peopleNow(deps);
  const meant = people.filter(
    ({ agentId, team, tier }) =>
      (input.agentId === '' || input.agentId === agentId) &&
      (input.team === '' || input.team === team) &&
      (input.tier === '' || input.tier === tier),
  );
  await transaction(deps.stores.postgres, async (connection) => {
    await lockPlan(connection, 'assignments');
    const closed = lastClosedMonth(await readClosedPeriods(connection));
    if (closed !== null && input.fromMonth <= closed)
      throw new Conflict('assignment.periodClosed', { month: input.fromMonth, closed, first: monthAfter(closed, 1) });
    const rules = await readAssignments(connection);
    // A rule may end whose people have left; a new one for nobody would keep whatever was typed, such as the number of somebody erased.
    const ends = input.planId === null && rules.some((rule) => isSamePeople(rule, input));
    if (meant.length === 0 && !ends) throw new BadInput('assignment.nobody');
    if (input.planId !== null && (await readVersions(connection, input.planId)).length === 0)
      throw new NotFound('plan.unknown', { plan: input.planId });
    const begun = rules.some((rule) => isSamePeople(rule, input) && rule.fromMonth <= month);
    if (begun && input.fromMonth <= month) {
      const first = nextMonth(deps.now(), deps.timeZone);
      throw new Conflict('assignment.periodOpen', { month: input.fromMonth, first });
    }
    await putAssignment(connection, { ...input, assignedAt: new Date(deps.now()), assignedBy: actor.name });
    const whom = [input.team, input.tier, input.agentId].filter((word) => word !== '').join(' ');
    await audit(deps, actor, 'plan.assigned', `${input.planId ?? '−'} ${input.fromMonth} ${whom}`.trim(), connection);
  });
}
