import type { Actor } from '../../people/actor.ts';
import { gradeOf } from '../cardView.ts';
import { distribution } from '../distribution.ts';
import { explainCard } from '../explain.ts';
import { compare, divide, fraction, subtract, sum, toFixed } from '../fraction.ts';
import { grouped } from '../grouped.ts';
import type { Person } from '../organisation.ts';
import { periodBefore } from '../periodSpan.ts';
import type { Overview } from '../schemas.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { missedByTeams } from '../teamsBelowTarget.ts';
import { assignedCards } from './assignedCards.ts';
import type { ListQuery } from './listScorecards.ts';
import { type CardStream, columnsOf, streamCards } from './scorecards.ts';

const movedMax = 5;

/**
 * The team at a glance: how totals spread, who moved, and which team figures miss their target; each person by the plan chosen, or
 * without one by the plan that covers them. Totals by different plans are never averaged, nor compared over a change of plan.
 */
export async function showOverview(deps: ScoreDeps, actor: Actor, input: ListQuery): Promise<Overview> {
  const { plan } = input;
  const permission = 'overview.read';
  const streams =
    plan === undefined
      ? await assignedCards(deps, actor, input, permission)
      : [await streamCards(deps, actor, { ...input, plan }, { permission })];
  const seen = await Promise.all(streams.map(seenBy));
  const rated = seen.flatMap(({ people }) => people).filter(({ total }) => total !== null);
  const moves = rated.flatMap(moveOf).sort((a, b) => compare(fraction(b.change), fraction(a.change)));
  const period = streams[0]?.period;
  return {
    period: input.period,
    previousPeriod: period ? periodBefore(period, deps.timeZone).text : null,
    agents: seen.reduce((agents, { people }) => agents + people.length, 0),
    rated: rated.length,
    plans: seen.filter(({ people }) => people.length > 0).map(planView),
    movedUp: moves.filter(({ change }) => !change.startsWith('-') && change !== '0.00').slice(0, movedMax),
    movedDown: moves
      .filter(({ change }) => change.startsWith('-'))
      .reverse()
      .slice(0, movedMax),
    changedPlan: rated.filter(({ changedPlan }) => changedPlan).length,
    missed: period
      ? await missedByTeams(
          deps,
          period,
          seen.map(({ stream, people, present }) => ({
            plan: named(stream),
            resolved: stream.plan,
            teams: [...new Set(people.map(({ person }) => person.team))].filter((team) => team !== ''),
            pool: stream.pool,
            items: columnsOf(stream.plan, present),
          })),
        )
      : [],
    unrated: seen.flatMap(({ people }) =>
      people.flatMap(({ person, reason }) => (reason === null ? [] : [{ ...person, reason }])),
    ),
  };
}

type Named = Overview['plans'][number]['plan'];
type Mover = Overview['movedUp'][number];

interface SeenPerson {
  readonly person: Person;
  readonly plan: Named;
  readonly total: string | null;
  readonly grade: string | null;
  readonly previousTotal: string | null;
  readonly changedPlan: boolean;
  /** Why they are not rated; null where they are. */
  readonly reason: Overview['unrated'][number]['reason'] | null;
}

interface Seen {
  readonly stream: CardStream;
  readonly people: readonly SeenPerson[];
  /** The items that somebody has. */
  readonly present: ReadonlySet<string>;
}

const named = ({ plan: { id, name }, version }: CardStream): Named => ({ id, name, version });

/** Of each card the little that a glance needs. Who has no card by the plan is not looked at. */
async function seenBy(stream: CardStream): Promise<Seen> {
  const seen: SeenPerson[] = [];
  const present = new Set<string>();
  const plan = named(stream);
  for await (const { people, cards, previousTotals, changedPlan } of stream.batches()) {
    for (const person of people) {
      const card = cards.get(person.agentId);
      if (!card) continue;
      for (const { id } of card.items) present.add(id);
      const { total, grade } = card;
      const previousTotal = previousTotals.get(person.agentId) ?? null;
      const reason = total === null ? explainCard(card, stream.plan) : null;
      seen.push({ person, plan, total, grade, previousTotal, changedPlan: changedPlan.has(person.agentId), reason });
    }
  }
  return { stream, people: seen, present };
}

function planView({ stream, people }: Seen): Overview['plans'][number] {
  const totals = people.flatMap(({ total }) => total ?? []);
  const byGrade = grouped(people, ({ grade }) => grade ?? '');
  return {
    plan: named(stream),
    agents: people.length,
    rated: totals.length,
    meanTotal:
      totals.length === 0 ? null : toFixed(divide(sum(totals.map(fraction)), fraction(String(totals.length))), 2),
    distribution: distribution(totals),
    grades: stream.plan.bands.flatMap(({ id }) => {
      const grade = gradeOf(stream.plan, id);
      return grade ? [{ grade, count: byGrade.get(id)?.length ?? 0 }] : [];
    }),
  };
}

/** Who was rated both times, and by the same plan. */
function moveOf({ person, plan, total, previousTotal, changedPlan }: SeenPerson): Mover[] {
  if (total === null || previousTotal === null || changedPlan) return [];
  const change = toFixed(subtract(fraction(total), fraction(previousTotal)), 2);
  return [{ ...person, plan: plan.id, total, previousTotal, change }];
}
