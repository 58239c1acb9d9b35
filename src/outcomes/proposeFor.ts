import type { Bilingual } from '../platform/language.ts';
import type { FrozenCard } from '../scores/frozenCardStore.ts';
import { paidAs } from '../scores/gradePay.ts';
import { type Tier, tiers } from '../scores/planAmounts.ts';
import type { Plan } from '../scores/planSchema.ts';
import type { Scorecard } from '../scores/scorecard.ts';
import { starLines, stars } from '../scores/stars.ts';
import { streaks } from '../scores/streaks.ts';
import { lostItems } from './lostItems.ts';
import type { BasisCard, Proposed, Suggestion } from './proposal.ts';

/** A card's grade as it counts, in a published period. */
export interface IssuedCard {
  readonly period: string;
  readonly version: number;
  readonly planId: string;
  readonly grade: string | null;
  /** The grade of the bands, where a distribution or a meeting gave another. */
  readonly band: string | null;
  readonly total: string | null;
}

/** What one person's proposals of a period are made from. */
export interface Ground {
  readonly plan: Plan;
  readonly kind: 'month' | 'quarter' | 'year';
  /** Of the period itself. */
  readonly card: FrozenCard;
  /** All of this kind of period up to this one, oldest first, this one included. */
  readonly issued: readonly IssuedCard[];
  /** Cards with items, oldest first: the month's own, or the months of a quarter or year. */
  readonly months: readonly FrozenCard[];
  /** For a plan with stars: every month up to this one, oldest first. */
  readonly starMonths: readonly FrozenCard[];
}

/** What the rules of a person's plan propose for a period. Nothing here decides anything. */
export function proposeFor(ground: Ground): Proposed[] {
  return [...outcomes(ground), ...pay(ground), ...starChanges(ground), ...redLines(ground)];
}

/** Grades of another plan mean something else: a run counts within one plan. */
function ownRun({ issued, card }: Ground): readonly IssuedCard[] {
  const other = issued.findLastIndex(({ planId }) => planId !== card.plan.id);
  return issued.slice(other + 1);
}

function outcomes(ground: Ground): Proposed[] {
  const { plan, kind, card } = ground;
  const run = ownRun(ground);
  const fired = new Set(
    plan.outcomes
      .filter(
        (outcome) =>
          streaks({ ...plan, outcomes: [outcome] }, kind, onScaleOf(plan, outcome, run)).at(-1)?.period === card.period,
      )
      .map(({ id }) => id),
  );
  const rated = run.filter(({ grade }) => grade !== null);
  return plan.outcomes
    .filter(({ id }) => fired.has(id))
    .map((outcome) => ({
      ...{ kind: outcome.proposes, rule: outcome.id, words: outcome.text },
      basis: rated.slice(-Number(outcome.inARow)).map((each) => basisOf(plan, each)),
      suggestion: suggestionOf(ground, outcome),
    }));
}

/** An outcome is counted on the scale that its grade is of: a plan that distributes may also speak of its bands. */
const onScaleOf = ({ bands, distribution }: Plan, { grade }: Plan['outcomes'][number], run: readonly IssuedCard[]) =>
  distribution && bands.some(({ id }) => id === grade) ? run.map((each) => ({ ...each, grade: each.band })) : run;

function suggestionOf({ plan, card, months }: Ground, outcome: Plan['outcomes'][number]): Suggestion {
  const { proposes: kind } = outcome;
  switch (kind) {
    case 'raise':
      return { kind, from: outcome.range?.from ?? null, to: outcome.range?.to ?? null };
    case 'promotion':
      return { kind, from: card.person.tier, to: nextTier(card.person.tier) };
    case 'honour':
      return { kind, title: outcome.title ?? null };
    case 'training': {
      const paidMonths = outcome.paidMonths === undefined ? null : Number(outcome.paidMonths);
      return { kind, paidMonths, lost: lostItems(plan, cardsOf(months)) };
    }
    case 'improvementPlan':
      return { kind, lost: lostItems(plan, cardsOf(months)) };
    case 'transfer':
      return { kind };
  }
}

/** null where no tier is known, or none is above. */
export const nextTier = (tier: Tier | null): Tier | null =>
  tier === null ? null : (tiers[tiers.indexOf(tier) + 1] ?? null);

const cardsOf = (frozen: readonly FrozenCard[]): Scorecard[] => frozen.map(({ card }) => card);

/**
 * What the period pays: the coefficient by the month; months of salary once, with the year's card; a mentor's share of the team's result;
 * incentives of the month. A longer period pays nothing again.
 */
function pay({ plan, kind, card }: Ground): Proposed[] {
  const basis = [ofCard(plan, card)];
  const { coefficient } = card;
  const found: Proposed[] = [];
  const mentees = card.card.steps.flatMap((step) => (step.kind === 'mentor' ? step.mentees : []));
  const rated = card.card.status === 'rated';
  const as = rated ? paidAs(plan, kind) : null;
  if (as === 'yearEndMonths')
    found.push({ ...bare('bonusMonths', basis), suggestion: { kind: 'bonusMonths', coefficient } });
  if (as === 'monthly')
    found.push(
      mentees.length > 0
        ? { ...bare('mentorShare', basis), suggestion: { kind: 'mentorShare', coefficient, mentees } }
        : { ...bare('coefficient', basis), suggestion: { kind: 'coefficient', coefficient } },
    );
  for (const step of card.card.steps) {
    if (step.kind !== 'incentive') continue;
    const incentive = plan.incentives?.find(({ id }) => id === step.incentive);
    const figure = incentive?.of === undefined ? undefined : card.input?.values[incentive.of]?.figure;
    const of = figure === undefined || figure.status === 'noData' ? null : figure.numerator;
    found.push({
      ...{ kind: 'incentive', rule: step.incentive, words: incentive?.name ?? null, basis },
      suggestion: { kind: 'incentive', rate: step.rate, factor: step.factor, percent: step.value, of },
    });
  }
  return found;
}

const bare = (kind: 'coefficient' | 'bonusMonths' | 'mentorShare', basis: readonly BasisCard[]) => ({
  ...{ kind, rule: kind, words: null, basis },
});

/** A star more for the run this month completes, and one less for each red line that costs one: two proposals, as each has its reason. */
function starChanges({ plan, kind, card, starMonths }: Ground): Proposed[] {
  if (!plan.stars || kind !== 'month') return [];
  const months = starMonths.filter((each) => each.plan.id === plan.id);
  const last = stars({ vetoes: plan.vetoes, stars: plan.stars }, months).at(-1);
  if (last?.period !== card.period) return [];
  const rated = months.filter((month) => month.card.status === 'rated');
  const run = rated.slice(-Number(plan.stars.inARow)).map((month) => ofCard(plan, month));
  const incidents = starLines(plan, card.card);
  return [
    ...(last.gained ? [{ ...starOf('gained'), basis: run, suggestion: star(1, []) }] : []),
    ...(last.lost > 0
      ? [{ ...starOf('redLine'), basis: [ofCard(plan, card)], suggestion: star(-last.lost, incidents) }]
      : []),
  ];
}

const starOf = (rule: string) => ({ kind: 'star' as const, rule, words: null });
const star = (change: number, incidents: readonly string[]): Suggestion => ({ kind: 'star', change, incidents });

function redLines({ plan, kind, card }: Ground): Proposed[] {
  const grave = new Map(
    plan.vetoes.flatMap(({ incident, name, effect }) => (effect === 'starDown' ? [] : [[incident, name] as const])),
  );
  const incidents = card.card.vetoes.flatMap(({ incident, incidentId, at }) => {
    const name = grave.get(incident);
    return name ? [{ id: incidentId, name, at }] : [];
  });
  if (kind !== 'month' || incidents.length === 0) return [];
  const consequence = plan.bands.find(({ id }) => id === card.card.grade)?.consequence ?? null;
  return [
    {
      ...{ kind: 'redLine', rule: 'redLine', words: null, basis: [ofCard(plan, card)] },
      suggestion: { kind: 'redLine', incidents, consequence },
    },
  ];
}

const ofCard = (plan: Plan, { period, version, grade, card }: FrozenCard): BasisCard =>
  basisOf(plan, { period, version, grade, total: card.total });

export function basisOf(plan: Plan, { period, version, grade, total }: Omit<IssuedCard, 'planId' | 'band'>): BasisCard {
  return { period, version, grade: gradeName(plan, grade), total };
}

/** Of a band, or of the distribution; its id where this version of the plan knows it no more. */
function gradeName({ bands, distribution }: Plan, grade: string | null): Bilingual | null {
  if (grade === null) return null;
  const { top, second, standard, bottom, vetoed } = distribution ?? {};
  const found = [...bands, top, second, standard, bottom, vetoed].find((each) => each?.id === grade);
  return found?.name ?? { zh: grade, en: grade };
}
