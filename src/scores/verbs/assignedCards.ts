import { begunPeriod, type Period } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { Permission } from '../../people/permissions.ts';
import { readAssignments } from '../assignmentStore.ts';
import { coveringPlan } from '../coveringPlan.ts';
import { grouped } from '../grouped.ts';
import { inTurn } from '../inTurn.ts';
import type { Person } from '../organisation.ts';
import { periodBefore } from '../periodSpan.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { cardBatches, everybodyIn, planHistory, scorePeople } from '../scorePeople.ts';
import { visiblePeople } from '../visiblePeople.ts';
import { type CardStream, rankAmong, type ScorecardQuery } from './scorecards.ts';

/** Which plan covers somebody over a period: the one that does in its first month. */
type PlanOf = (person: Person, period: Period) => string;

/**
 * The cards of everybody the actor may see, each by the plan that covers them: one entry for each plan. Ranks are among those whom the
 * plan covers; totals of the period before are by the plan that covered each one then. Throws BadInput `period.unreadable`.
 */
export async function assignedCards(
  deps: ScoreDeps,
  actor: Actor,
  input: Omit<ScorecardQuery, 'plan' | 'version'>,
  permission: Permission = 'scorecard.read',
): Promise<CardStream[]> {
  authorise(actor, permission);
  const period = begunPeriod(input.period, deps);
  const [people, everybody, rules] = await Promise.all([
    visiblePeople(deps, actor, period, input),
    everybodyIn(deps, period),
    readAssignments(deps.stores.postgres),
  ]);
  const planOf: PlanOf = (person, { firstDay }) => coveringPlan(rules, person, firstDay.slice(0, 7));
  const before = periodBefore(period, deps.timeZone);
  const covered = [...grouped(people, (person) => planOf(person, period))].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return Promise.all(
    covered.map(async ([plan, own]) => {
      const history = await planHistory(deps, plan);
      const pool = everybody.filter((person) => planOf(person, period) === plan);
      async function* batches() {
        const run = inTurn(deps, own);
        for await (const batch of cardBatches(run, history, period, own))
          yield {
            ...batch,
            previousTotals: await totalsBefore(run, batch.people, before, planOf),
            changedPlan: new Set(
              batch.people.filter((person) => planOf(person, before) !== plan).map(({ agentId }) => agentId),
            ),
          };
      }
      const ranks = await rankAmong(deps, history, period, pool);
      return { ...history.at(period), period, people: own, pool, ranks, batches };
    }),
  );
}

async function totalsBefore(
  deps: ScoreDeps,
  people: readonly Person[],
  before: Period,
  planOf: PlanOf,
): Promise<Map<string, string | null>> {
  const groups = [...grouped(people, (person) => planOf(person, before))];
  const scored = await Promise.all(
    groups.map(async ([plan, own]) => scorePeople(deps, await planHistory(deps, plan), before, own)),
  );
  return new Map(scored.flatMap((cards) => [...cards].map(([id, { total }]): [string, string | null] => [id, total])));
}
