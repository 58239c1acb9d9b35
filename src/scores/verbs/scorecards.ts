import { begunPeriod, type Period } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { Permission } from '../../people/permissions.ts';
import { rowOf } from '../cardView.ts';
import { type ForcedGrade, forcedGrades } from '../forcedGrades.ts';
import { toDecimal } from '../fraction.ts';
import type { Person } from '../organisation.ts';
import { periodBefore } from '../periodSpan.ts';
import type { ResolvedPlan } from '../resolvePlan.ts';
import type { ScorecardList } from '../schemas.ts';
import type { Scorecard } from '../scorecard.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { everybodyIn, type PlanHistory, planHistory, scorePeople } from '../scorePeople.ts';
import { type PeopleFilter, visiblePeople } from '../visiblePeople.ts';

export interface ScorecardQuery extends PeopleFilter {
  readonly plan: string;
  readonly period: string;
  /** This version instead of the one in force in the period: to try a plan on the past. */
  readonly version?: number | undefined;
}

export interface Cards {
  readonly plan: ResolvedPlan;
  readonly version: number;
  readonly period: Period;
  readonly people: readonly Person[];
  readonly cards: ReadonlyMap<string, Scorecard>;
  /** Totals of the period before; null for people unrated then, or not asked for. */
  readonly previousTotals: ReadonlyMap<string, string | null>;
  /** Grades by rank among everybody, where the plan distributes them; null where the pool is too small to rank. */
  readonly ranks: ReadonlyMap<string, ForcedGrade | null>;
}

/** The cards of everybody the actor may see. Throws NotFound `plan.unknown`, BadInput `period.unreadable`. */
export async function scorecards(
  deps: ScoreDeps,
  actor: Actor,
  input: ScorecardQuery,
  { permission = 'scorecard.read', previous = true }: { permission?: Permission; previous?: boolean } = {},
): Promise<Cards> {
  authorise(actor, permission);
  const period = begunPeriod(input.period, deps);
  const [history, people] = await Promise.all([
    planHistory(deps, input.plan, input.version),
    visiblePeople(deps, actor, period, input),
  ]);
  const before = periodBefore(period, deps.timeZone);
  const [cards, earlier, ranks] = await Promise.all([
    scorePeople(deps, history, period, people),
    previous ? scorePeople(deps, history, before, people) : new Map<string, Scorecard>(),
    everybodyIn(deps, period).then((everybody) => rankAmong(deps, history, period, everybody)),
  ]);
  const previousTotals = new Map([...earlier].map(([agentId, { total }]) => [agentId, total]));
  return { ...history.at(period), period, people, cards, previousTotals, ranks };
}

/** Ranks are among everybody whom the plan is for, whoever asks and however few they look at. */
export async function rankAmong(
  deps: ScoreDeps,
  history: PlanHistory,
  period: Period,
  everybody: readonly Person[],
): Promise<Cards['ranks']> {
  const { plan } = history.at(period);
  const { distribution } = plan.plan;
  if (!distribution) return new Map();
  const cards = await scorePeople(deps, history, period, everybody);
  const rated = everybody.flatMap(({ agentId, team, shop }) => {
    const card = cards.get(agentId);
    if (!card || card.total === null) return [];
    const vetoed = card.vetoes.some(({ incident }) => plan.vetoes.has(incident));
    return [{ id: agentId, total: card.total, vetoed, team, shop }];
  });
  return forcedGrades(distribution, rated);
}

/** As the table shows one plan's cards. */
export function listOf(found: Cards): ScorecardList {
  const { plan, version, period, people, cards, previousTotals, ranks } = found;
  const named = { id: plan.id, name: plan.name, version };
  return {
    plan: named,
    period: period.text,
    blocks: plan.blocks.map(({ id, name, weight }) => ({ id, name, weight: toDecimal(weight) })),
    columns: columnsOf(found).map(({ id, block, name, metric, weight }) => ({
      id,
      block,
      name,
      metric: metric.id,
      weight: toDecimal(weight),
      unit: metric.unit,
    })),
    rows: people.flatMap((person) => {
      const card = cards.get(person.agentId);
      if (!card) return [];
      const previousTotal = previousTotals.get(person.agentId) ?? null;
      const rank = ranks.get(person.agentId) ?? null;
      return [{ ...rowOf(plan, person, card, { previousTotal, rank }), plan: named }];
    }),
  };
}

/** The plan's items in its order; replacements and those of the promotion rule only where somebody has them. */
export function columnsOf({ plan, cards }: Pick<Cards, 'plan' | 'cards'>) {
  const present = new Set([...cards.values()].flatMap(({ items }) => items.map(({ id }) => id)));
  const promoted = plan.promotionItems.map(({ item }) => item).filter(({ id }) => present.has(id));
  return plan.blocks.flatMap((block) => [
    ...block.items,
    ...(block.replacedBy && present.has(block.replacedBy.id) ? [block.replacedBy] : []),
    ...promoted.filter((item) => item.block === block.id),
  ]);
}
