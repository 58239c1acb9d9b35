import type { BackTest } from './backTestSchemas.ts';
import { blend } from './blend.ts';
import { rankOf } from './cardView.ts';
import { forcedGrades, rankedOf } from './forcedGrades.ts';
import { fraction, sum, toDecimal } from './fraction.ts';
import { gradeBase, gradePay, type PayBase } from './gradePay.ts';
import { grouped } from './grouped.ts';
import type { Person } from './organisation.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { Scorecard } from './scorecard.ts';
import { figureOfTeam, type TeamFigures } from './teamCoefficient.ts';
import { vetoesOf, vetoesReach } from './vetoReach.ts';

/** One person and month as one of the two plans has them. */
export interface PaidCard {
  readonly person: Person;
  readonly period: string;
  readonly plan: ResolvedPlan;
  readonly card: Scorecard;
  readonly pay: PayBase;
}

type Cost = BackTest['before']['cost'];

/**
 * What a plan would cost: month by month, or, where its coefficients are months of year-end bonus, once for each person. `teams`: what each
 * team came to over the periods tried, where the plan multiplies the year's coefficient by it.
 */
export function costOf(cards: readonly PaidCard[], teams: TeamFigures | null = null): Cost {
  const rated = cards.filter(({ card }) => card.total !== null);
  const atYearEnd = cards.at(-1)?.plan.plan.pays === 'yearEndMonths';
  const coefficients = rated.flatMap(({ card }) => card.coefficient ?? []);
  return {
    coefficients: atYearEnd ? null : toDecimal(sum(coefficients.map(fraction))),
    withoutCoefficient: rated.length - coefficients.length,
    payFen: atYearEnd ? null : payOf(rated.map(({ card, pay }) => [card.coefficient, gradeBase('monthly', pay)])),
    bonus: atYearEnd ? bonusOf(cards, teams) : null,
  };
}

/** Each person's months of bonus by the mean of the periods tried, as a year is blended, of the latest salary known. */
function bonusOf(cards: readonly PaidCard[], teams: TeamFigures | null): NonNullable<Cost['bonus']> {
  const people = [...grouped(cards, ({ person }) => person.agentId).values()].flatMap((own) => {
    const [latest] = own.slice(-1);
    if (!latest) return [];
    const months = blend(
      latest.plan,
      own.map(({ period, card }) => ({ period, total: card.total })),
      {
        team: teams && figureOfTeam(teams, latest.person.team),
        vetoes: vetoesReach(latest.plan, 'year') ? own.flatMap(({ period, card }) => vetoesOf(card, period)) : [],
      },
    );
    const salaryFen = own.flatMap(({ pay }) => gradeBase('yearEndMonths', pay) ?? []).at(-1) ?? null;
    return months.coefficient === null ? [] : [{ months: months.coefficient, salaryFen }];
  });
  return {
    people: people.length,
    months: toDecimal(sum(people.map(({ months }) => fraction(months)))),
    payFen: payOf(people.map(({ months, salaryFen }) => [months, salaryFen])),
  };
}

/** Each in whole fen, rounded half up as it would be paid, then added; null where no salary is known. */
function payOf(paid: readonly (readonly [coefficient: string | null, monthlyFen: bigint | null])[]): string | null {
  const pays = paid.flatMap(([coefficient, monthlyFen]) =>
    monthlyFen === null ? [] : (gradePay(coefficient, monthlyFen) ?? []),
  );
  return pays.length === 0 ? null : pays.reduce((total, pay) => total + pay, 0n).toString();
}

/** How many cards of each grade by rank, among those tried in the same period; empty where the plan distributes none. */
export function ranksOf(cards: readonly PaidCard[]): BackTest['before']['ranks'] {
  const counts = new Map<string, BackTest['before']['ranks'][number]>();
  for (const own of grouped(cards, ({ period }) => period).values()) {
    const [first] = own;
    const distribution = first?.plan.plan.distribution;
    if (!first || !distribution) continue;
    const byAgent = new Map(own.map(({ person, card }) => [person.agentId, card]));
    const people = own.map(({ person }) => person);
    for (const forced of forcedGrades(distribution, rankedOf(first.plan, people, byAgent)).values()) {
      const rank = rankOf(first.plan, forced);
      if (!rank) continue;
      const { id, zh, en } = rank;
      counts.set(id, { grade: { id, zh, en }, count: (counts.get(id)?.count ?? 0) + 1 });
    }
  }
  const { top, second, standard, bottom, vetoed } = cards.at(-1)?.plan.plan.distribution ?? {};
  return [top, second, standard, bottom, vetoed].flatMap((each) => {
    if (!each || counts.size === 0) return [];
    return [counts.get(each.id) ?? { grade: { id: each.id, ...each.name }, count: 0 }];
  });
}
