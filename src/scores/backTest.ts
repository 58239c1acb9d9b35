import { costOf, ranksOf } from './backTestCost.ts';
import type { BackTest, BackTestRow } from './backTestSchemas.ts';
import { gradeOf, totalsOf } from './cardView.ts';
import { distribution } from './distribution.ts';
import { divide, type Fraction, fraction, subtract, sum, toFixed } from './fraction.ts';
import type { PayBase } from './gradePay.ts';
import { isVetoed } from './isVetoed.ts';
import type { Person } from './organisation.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { Scorecard } from './scorecard.ts';
import type { TeamFigures } from './teamCoefficient.ts';

export interface TriedSide {
  readonly plan: ResolvedPlan;
  readonly version: number;
  readonly card: Scorecard;
}

/** One person and month under the plan that was in force and under the one tried. */
export interface TriedCard {
  readonly person: Person;
  readonly period: string;
  readonly before: TriedSide;
  readonly after: TriedSide;
  /** Nothing of it known where it is not on record, or not for this reader. */
  readonly pay: PayBase;
}

type Grade = BackTestRow['before']['grade'];

/** How people's grades move from the plan in force to the one tried: cards for each pair of grades, best grades first. */
export function movesOf(cards: readonly TriedCard[]): Pick<BackTest, 'moves' | 'up' | 'down' | 'same'> {
  const counts = new Map<string, { before: Grade; after: Grade; count: number }>();
  let [up, down, same] = [0, 0, 0];
  for (const { before, after } of cards) {
    const key = `${before.card.grade} ${after.card.grade}`;
    const found = counts.get(key);
    if (found) found.count += 1;
    else counts.set(key, { before: gradeOn(before), after: gradeOn(after), count: 1 });
    const [from, to] = [rankOf(before), rankOf(after)];
    if (from === to) same += 1;
    else if (from !== null && to !== null && to < from) up += 1;
    else if (from !== null && to !== null) down += 1;
  }
  return { moves: [...counts.values()].sort((a, b) => b.count - a.count), up, down, same };
}

/** 0 for the best grade; null without one. Two plans are compared by the place of their grades, not by their names. */
const rankOf = ({ plan, card }: TriedSide): number | null =>
  card.grade === null ? null : plan.bands.findIndex(({ id }) => id === card.grade);

const gradeOn = ({ plan, card }: TriedSide): Grade => gradeOf(plan, card.grade);

/** What one of the two plans makes of everybody. Pay is null as soon as no salary is known. */
export function sideOf(
  cards: readonly TriedCard[],
  which: 'before' | 'after',
  teams: TeamFigures | null = null,
): BackTest['before'] {
  const [first] = cards;
  if (!first) throw new RangeError('nobody was tried');
  const { plan } = first[which];
  const sides = cards.map((each) => ({ ...each, ...each[which] }));
  const totals = sides.flatMap(({ card }) => card.total ?? []);
  return {
    id: plan.id,
    name: plan.name,
    versions: [...new Set(sides.map(({ version }) => version))].sort((a, b) => a - b),
    rated: totals.length,
    unrated: cards.length - totals.length,
    vetoed: sides.filter((side) => isVetoed(side.plan, side.card)).length,
    meanTotal: totals.length === 0 ? null : toFixed(divide(sum(totals.map(fraction)), whole(totals.length)), 2),
    distribution: distribution(totals),
    grades: plan.bands.flatMap((band) => {
      const grade = gradeOf(plan, band.id);
      return grade ? [{ grade, count: sides.filter(({ card }) => card.grade === band.id).length }] : [];
    }),
    cost: costOf(sides, teams),
    ranks: ranksOf(sides),
  };
}

const whole = (count: number): Fraction => ({ n: BigInt(count), d: 1n });

/** Approximate on purpose: what is compared and averaged for reading is no score. */
interface ItemPoints {
  readonly points: number;
  readonly lost: number;
}

/** Points by metric: that is what an item of one plan and its counterpart in another have in common. */
function pointsByMetric(card: Scorecard): Map<string, ItemPoints> {
  const found = new Map<string, ItemPoints>();
  for (const { metric, points, effectiveWeight } of card.items) {
    if (points === null || effectiveWeight === null) continue;
    const other = found.get(metric) ?? { points: 0, lost: 0 };
    const lost = Number(effectiveWeight) - Number(points);
    found.set(metric, { points: other.points + Number(points), lost: other.lost + lost });
  }
  return found;
}

interface Decided {
  readonly before: ReadonlyMap<string, ItemPoints>;
  readonly after: ReadonlyMap<string, ItemPoints>;
  readonly decides: string | null;
  readonly losesMost: string | null;
}

/** Which item moves a card's total most, and where it loses most points under the plan tried. */
function decide(card: TriedCard): Decided {
  const before = pointsByMetric(card.before.card);
  const after = pointsByMetric(card.after.card);
  const metrics = [...new Set([...after.keys(), ...before.keys()])];
  // An item that only one of the plans has gives nothing under the other.
  const pointsOf = (side: ReadonlyMap<string, ItemPoints>, metric: string) => side.get(metric)?.points ?? 0;
  const moved = (metric: string) => Math.abs(pointsOf(after, metric) - pointsOf(before, metric));
  const lost = (metric: string) => after.get(metric)?.lost ?? 0;
  const comparable = card.before.card.total !== null && card.after.card.total !== null;
  return { before, after, decides: comparable ? largest(metrics, moved) : null, losesMost: largest(metrics, lost) };
}

/** The one with the largest amount above zero, the first of equals. */
function largest(metrics: readonly string[], amountOf: (metric: string) => number): string | null {
  let [found, most]: [string | null, number] = [null, 1e-9];
  for (const metric of metrics) {
    const amount = amountOf(metric);
    if (amount > most) [found, most] = [metric, amount];
  }
  return found;
}

/** Item by item: mean points on both sides, and how often it decides. The item that decides most cards comes first. */
export function itemsAndRows(cards: readonly TriedCard[]): Pick<BackTest, 'items' | 'rows'> {
  const decided = cards.map((card) => ({ card, ...decide(card) }));
  const names = new Map<string, { zh: string; en: string }>();
  for (const { card } of decided)
    for (const { plan } of [card.before, card.after])
      for (const { metric, name } of [
        ...plan.blocks.flatMap(({ items }) => items),
        ...plan.promotionItems.map(({ item }) => item),
      ])
        names.set(metric.id, name);
  const nameOf = (metric: string | null) => (metric === null ? null : (names.get(metric) ?? null));
  const met = new Set(decided.flatMap(({ before, after }) => [...after.keys(), ...before.keys()]));
  const items = [...met].map((metric) => {
    const of = (which: 'before' | 'after', what: 'points' | 'lost') =>
      mean(decided.flatMap((each) => each[which].get(metric)?.[what] ?? []));
    return {
      id: metric,
      name: nameOf(metric) ?? { zh: metric, en: metric },
      metric,
      pointsBefore: of('before', 'points'),
      pointsAfter: of('after', 'points'),
      lostAfter: of('after', 'lost'),
      decides: decided.filter(({ decides }) => decides === metric).length,
      losesMost: decided.filter(({ losesMost }) => losesMost === metric).length,
    };
  });
  const rows = decided.map(({ card, decides, losesMost }): BackTestRow => {
    const [before, after] = [resultOf(card.before), resultOf(card.after)];
    const { agentId, name, team, shop } = card.person;
    return {
      ...{ agentId, name, team, shop, period: card.period, before, after },
      change:
        before.total === null || after.total === null
          ? null
          : toFixed(subtract(fraction(after.total), fraction(before.total)), 2),
      vetoes: totalsOf(card.after.plan, card.after.card).vetoes,
      decides: nameOf(decides),
      losesMost: nameOf(losesMost),
    };
  });
  return { items: items.sort((a, b) => b.decides - a.decides || b.losesMost - a.losesMost), rows };
}

const mean = (amounts: readonly number[]): string | null =>
  amounts.length === 0 ? null : (amounts.reduce((total, each) => total + each, 0) / amounts.length).toFixed(4);

const resultOf = (side: TriedSide): BackTestRow['before'] => ({
  total: side.card.total,
  grade: gradeOn(side),
  coefficient: side.card.coefficient,
});
