import { begunPeriod, type Period } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { Permission } from '../../people/permissions.ts';
import { rowOf } from '../cardView.ts';
import { type ForcedGrade, forcedGrades, type Ranked, rankedOf } from '../forcedGrades.ts';
import { toDecimal } from '../fraction.ts';
import { shownCards } from '../frozenCardStore.ts';
import { inTurn } from '../inTurn.ts';
import type { Person } from '../organisation.ts';
import { periodBefore } from '../periodSpan.ts';
import type { ResolvedPlan } from '../resolvePlan.ts';
import type { ScorecardList } from '../schemas.ts';
import type { Scorecard } from '../scorecard.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import {
  type CardBatch,
  cardBatches,
  everybodyIn,
  type PlanHistory,
  planHistory,
  scorePeople,
} from '../scorePeople.ts';
import { type PeopleFilter, visiblePeople } from '../visiblePeople.ts';

export interface ScorecardQuery extends PeopleFilter {
  readonly plan: string;
  readonly period: string;
  /** This version instead of the one in force in the period: to try a plan on the past. */
  readonly version?: number | undefined;
}

/** The cards of a period as they are made: a batch of people at a time, in the order of the people. */
export interface CardStream {
  readonly plan: ResolvedPlan;
  readonly version: number;
  readonly period: Period;
  readonly people: readonly Person[];
  /** Everybody whom the plan is for, whether the actor may see them or not. */
  readonly pool: readonly Person[];
  /** Grades by rank among everybody, where the plan distributes them; null where the pool is too small to rank. */
  readonly ranks: ReadonlyMap<string, ForcedGrade | null>;
  batches(): AsyncGenerator<CardBatch & Previous>;
}

interface Previous {
  /** Totals of the period before; null for people unrated then, or not asked for. */
  readonly previousTotals: ReadonlyMap<string, string | null>;
  /** Those who were under another plan in the period before: the two totals are of different things. */
  readonly changedPlan: ReadonlySet<string>;
}

/** The whole of a stream at once: of so many people as a reader looks at. */
export interface Cards extends Omit<CardStream, 'batches'>, CardBatch, Omit<Previous, 'changedPlan'> {
  readonly people: readonly Person[];
}

interface Asked {
  readonly permission?: Permission;
  /** Whether totals of the period before are looked up. */
  readonly previous?: boolean;
}

/** The cards of everybody the actor may see. Throws NotFound `plan.unknown`, BadInput `period.unreadable`. */
export async function streamCards(
  deps: ScoreDeps,
  actor: Actor,
  input: ScorecardQuery,
  { permission = 'scorecard.read', previous = true }: Asked = {},
): Promise<CardStream> {
  authorise(actor, permission);
  const period = begunPeriod(input.period, deps);
  const [history, people] = await Promise.all([
    planHistory(deps, input.plan, input.version),
    visiblePeople(deps, actor, period, input),
  ]);
  const before = periodBefore(period, deps.timeZone);
  async function* batches() {
    const run = inTurn(deps, people);
    for await (const batch of cardBatches(run, history, period, people)) {
      const earlier = previous ? await scorePeople(run, history, before, batch.people) : new Map<string, Scorecard>();
      const previousTotals = new Map([...earlier].map(([agentId, { total }]) => [agentId, total]));
      yield { ...batch, previousTotals, changedPlan: new Set<string>() };
    }
  }
  const pool = await everybodyIn(deps, period);
  const ranks = await rankAmong(deps, history, period, pool);
  return { ...history.at(period), period, people, pool, ranks, batches };
}

/** The same, all of it. */
export async function scorecards(
  deps: ScoreDeps,
  actor: Actor,
  input: ScorecardQuery,
  asked: Asked = {},
): Promise<Cards> {
  const { batches, ...stream } = await streamCards(deps, actor, input, asked);
  const cards = new Map<string, Scorecard>();
  const previousTotals = new Map<string, string | null>();
  for await (const batch of batches()) {
    for (const [agentId, card] of batch.cards) cards.set(agentId, card);
    for (const [agentId, total] of batch.previousTotals) previousTotals.set(agentId, total);
  }
  return { ...stream, cards, previousTotals };
}

/** Ranks are among everybody whom the plan is for, whoever asks and however few they look at; of a closed period as they were issued. */
export async function rankAmong(
  deps: ScoreDeps,
  history: PlanHistory,
  period: Period,
  everybody: readonly Person[],
): Promise<CardStream['ranks']> {
  const { plan, hash } = history.at(period);
  const { distribution } = plan.plan;
  if (!distribution) return new Map();
  const agents = everybody.map(({ agentId }) => agentId);
  const frozen = await shownCards(deps.stores.postgres, period.text, hash, agents);
  if (frozen.size > 0) return new Map([...frozen].map(([agentId, { rank }]) => [agentId, rank]));
  const rated: Ranked[] = [];
  for await (const { people, cards } of cardBatches(inTurn(deps, everybody), history, period, everybody))
    rated.push(...rankedOf(plan, people, cards));
  return forcedGrades(distribution, rated);
}

/** One plan's cards as the table shows them: of each card its row alone is kept. */
export async function listOf({ plan, version, period, ranks, batches }: CardStream): Promise<ScorecardList> {
  const named = { id: plan.id, name: plan.name, version };
  const rows: ScorecardList['rows'] = [];
  const present = new Set<string>();
  for await (const { people, cards, previousTotals } of batches()) {
    for (const person of people) {
      const card = cards.get(person.agentId);
      if (!card) continue;
      for (const { id } of card.items) present.add(id);
      const previousTotal = previousTotals.get(person.agentId) ?? null;
      const rank = ranks.get(person.agentId) ?? null;
      rows.push({ ...rowOf(plan, person, card, { previousTotal, rank }), plan: named });
    }
  }
  return {
    plan: named,
    period: period.text,
    blocks: plan.blocks.map(({ id, name, weight }) => ({ id, name, weight: toDecimal(weight) })),
    columns: columnsOf(plan, present).map(({ id, block, name, metric, weight }) => ({
      id,
      block,
      name,
      metric: metric.id,
      weight: toDecimal(weight),
      unit: metric.unit,
    })),
    rows,
  };
}

/** The plan's items in its order; replacements and those of the promotion rule only where somebody has them (`present`). */
export function columnsOf(plan: ResolvedPlan, present: ReadonlySet<string>) {
  const promoted = plan.promotionItems.map(({ item }) => item).filter(({ id }) => present.has(id));
  return plan.blocks.flatMap((block) => [
    ...block.items,
    ...(block.replacedBy && present.has(block.replacedBy.id) ? [block.replacedBy] : []),
    ...promoted.filter((item) => item.block === block.id),
  ]);
}
