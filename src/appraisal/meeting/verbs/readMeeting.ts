import { factsFor } from '../../../metrics/closedStore.ts';
import type { Actor } from '../../../people/actor.ts';
import { accountNames } from '../../../people/actors.ts';
import { authorise, everybody, may } from '../../../people/authorise.ts';
import { Conflict, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { rankedPools } from '../../../scores/forcedGrades.ts';
import { toDecimal } from '../../../scores/fraction.ts';
import { gradeBase, noPayBase, type PayBase, paidAs } from '../../../scores/gradePay.ts';
import { payBasesIn } from '../../../scores/payBaseStore.ts';
import type { ResolvedPlan } from '../../../scores/resolvePlan.ts';
import { cyclePeriod } from '../../cyclePeriod.ts';
import { readCycle } from '../../cycleStore.ts';
import { frozenPlan } from '../../frozenPlanStore.ts';
import { plansOf } from '../../frozenPoolStore.ts';
import { gradeSteps } from '../../gradeScale.ts';
import { leniencyOf } from '../leniency.ts';
import { moveView, readMoves } from '../moveStore.ts';
import { type PoolMember, poolOf } from '../poolStore.ts';
import { itemName, raterName } from '../ratedNames.ts';
import { ratingsIn } from '../ratingStore.ts';
import type { Meeting, MeetingPerson, MeetingStep } from '../schemas.ts';

/**
 * What a calibration meeting looks at, for whoever sees everybody: all people of one plan by total, their grades as computed and as decided, quotas, pay, and how
 * lenient each rater was. Throws Conflict `cycle.wrongState` for a period that is not closed, NotFound `plan.unknown`.
 */
export async function readMeeting(
  deps: Deps,
  actor: Actor,
  input: { readonly period: string; readonly plan?: string | undefined },
): Promise<Meeting> {
  authorise(actor, 'meeting.read', everybody);
  const { postgres } = deps.stores;
  const period = cyclePeriod(input.period, deps.timeZone);
  const cycle = await readCycle(postgres, period.text);
  const versions = await plansOf(postgres, period.text);
  if (!cycle || versions.length === 0) throw new Conflict('cycle.wrongState', { period: period.text });
  const plans: { readonly plan: ResolvedPlan; readonly version: (typeof versions)[number] }[] = [];
  for (const each of versions) plans.push({ version: each, plan: await frozenPlan(postgres, period.text, each) });
  const shown = input.plan === undefined ? plans[0] : plans.find((each) => each.version.id === input.plan);
  if (!shown) throw new NotFound('plan.unknown', { plan: String(input.plan) });
  const { plan, version } = shown;
  const facts = await factsFor(deps.stores, period);
  const as = may(actor, 'pay.read') ? paidAs(plan.plan, period.kind) : null;
  const [members, moves, ratings, pay, accounts] = await Promise.all([
    poolOf(postgres, period.text, version),
    readMoves(postgres, period.text, version.id),
    ratingsIn(facts, period),
    as ? payBasesIn(deps.stores.clickhouse, period) : new Map<string, PayBase>(),
    accountNames(postgres),
  ]);
  const pools = poolsOf(plan, members);
  const poolNames = new Map(pools.flatMap(({ name, people }) => people.map(({ id }) => [id, name] as const)));
  const baseOf = (agentId: string) => as && gradeBase(as, pay.get(agentId) ?? noPayBase);
  const names = new Map([...members.map(({ agentId, person }) => [agentId, person.name] as const), ...accounts]);
  const named = (each: typeof shown) => ({
    ...{ id: each.plan.id, version: each.version.version, name: each.plan.name },
  });
  return {
    ...{ period: period.text, state: cycle.state, plans: plans.map(named), plan: named(shown) },
    scales: { bands: stepsOf(plan, 'bands'), distribution: stepsOf(plan, 'distribution') },
    pools: pools.map(({ name, people, cutOffs: { top, second, bottom } }) => ({
      ...{ name, n: people.length, top, second, bottom: people.length - bottom },
    })),
    people: members.map((member) => personOf(plan, member, poolNames, baseOf)),
    moves: moves.map(moveView),
    leniency: leniencyOf(ratings).map((each) => ({
      ...{ ...each, itemName: itemName(each.item), raterName: raterName(each.rater, names) },
    })),
    mayMove: cycle.state === 'closed' && may(actor, 'meeting.write'),
  };
}

export const isVetoed = (plan: ResolvedPlan, { vetoes }: Pick<PoolMember, 'vetoes'>): boolean =>
  vetoes.some((incident) => plan.vetoes.has(incident));

function poolsOf(plan: ResolvedPlan, members: readonly PoolMember[]) {
  const { distribution } = plan.plan;
  if (!distribution) return [];
  return rankedPools(
    distribution,
    members.flatMap((member) => {
      const { agentId: id, person, total } = member;
      return total === null
        ? []
        : [{ id, total, vetoed: isVetoed(plan, member), team: person.team, shop: person.shop }];
    }),
  );
}

function stepsOf(plan: ResolvedPlan, of: 'distribution' | 'bands'): MeetingStep[] {
  if (of === 'distribution' && !plan.plan.distribution) return [];
  const coefficients = new Map(plan.bands.map(({ id, coefficient }) => [id, coefficient]));
  return gradeSteps(plan, of).map((step) => {
    const coefficient = of === 'bands' ? coefficients.get(step.id) : null;
    return { ...step, coefficient: coefficient ? toDecimal(coefficient) : null };
  });
}

function personOf(
  plan: ResolvedPlan,
  member: PoolMember,
  pools: ReadonlyMap<string, string>,
  baseOf: (agentId: string) => bigint | null,
): MeetingPerson {
  const { agentId, person, total, grade, level, gradedBy, coefficient } = member;
  const { computedGrade, computedLevel, computedCoefficient } = member;
  return {
    ...{ agentId, name: person.name, team: person.team, total, grade, level, gradedBy, coefficient },
    computed: { grade: computedGrade, level: computedLevel, coefficient: computedCoefficient },
    scale: computedLevel === null ? 'bands' : 'distribution',
    pool: pools.get(agentId) ?? null,
    baseFen: baseOf(agentId)?.toString() ?? null,
    fixed: grade === null ? 'unrated' : isVetoed(plan, member) ? 'redLine' : null,
  };
}
