import type { Queryable } from '../../platform/transaction.ts';
import type { FrozenCard } from '../../scores/frozenCardStore.ts';
import { grouped } from '../../scores/grouped.ts';
import type { Plan } from '../../scores/planSchema.ts';
import { readVersions } from '../../scores/planStore.ts';
import { agentsIn, cardsIn, issuedIn, kindOf, publishedPeriods } from '../groundStore.ts';
import { isOfCards } from '../proposal.ts';
import { keepChanges, standingIn } from '../proposalStore.ts';
import { type Ground, proposeFor } from '../proposeFor.ts';
import { reconcile } from '../reconcile.ts';

export interface ProposeInput {
  /** The period that is being published, or one of whose cards was revised. */
  readonly period: string;
  /** Whose cards changed; everybody's unless given. */
  readonly agents?: readonly string[];
  readonly at: Date;
  readonly by: { readonly userId: string; readonly name: string };
  /** Why it is looked at again, for the events; empty when publishing. */
  readonly reason?: string;
}

/** So many people's cards are held at a time. */
const batch = 500;

/**
 * Makes the proposals of a period say what its published cards say, and those of later published periods, whose runs may rest on it.
 * Call it in the transaction that publishes or revises, after the cards are there. Repeating it changes nothing. Nothing is decided
 * here, and no proposal is taken away: one whose basis fell is marked. Returns how many were newly made.
 */
export async function proposeOutcomes(connection: Queryable, input: ProposeInput): Promise<number> {
  const kind = kindOf(input.period);
  if (kind === null) throw new Error(`no cycle has the period ${input.period}`);
  const published = await publishedPeriods(connection, kind);
  const months = kind === 'month' ? published : await publishedPeriods(connection, 'month');
  const plans = new Map<string, Plan>();
  let made = 0;
  for (const period of [...new Set([input.period, ...published])].filter((each) => each >= input.period).sort()) {
    const earlier = [...new Set([...published, period])].filter((each) => each <= period).sort();
    const agents = input.agents ?? (await agentsIn(connection, period));
    for (let from = 0; from < agents.length; from += batch) {
      const some = agents.slice(from, from + batch);
      made += await proposeForSome(connection, input, { period, kind, earlier, months, plans, agents: some });
    }
  }
  return made;
}

interface Some {
  readonly period: string;
  readonly kind: 'month' | 'quarter' | 'year';
  /** Published periods of the kind up to this one. */
  readonly earlier: readonly string[];
  /** All published months. */
  readonly months: readonly string[];
  /** Plan versions that were read already. */
  readonly plans: Map<string, Plan>;
  readonly agents: readonly string[];
}

async function proposeForSome(connection: Queryable, input: ProposeInput, some: Some): Promise<number> {
  const { period, kind, agents } = some;
  const own = await cardsIn(connection, [period], agents);
  const issued = await issuedIn(connection, some.earlier, agents);
  const standing = grouped((await standingIn(connection, period, agents)).filter(isOfCards), ({ agentId }) => agentId);
  const grounds: Ground[] = [];
  for (const card of [...own.values()].flat()) {
    const plan = await planOf(connection, some.plans, card);
    const months = kind === 'month' ? [card] : [];
    grounds.push({ plan, kind, card, issued: issued.get(card.agentId) ?? [], months, starMonths: [] });
  }
  const months = some.months.filter((month) => isWithin(month, period));
  const withItems = await cardsOf(connection, kind === 'month' ? [] : months, grounds.filter(asksForItems));
  const upToNow = kind === 'month' ? some.earlier : [];
  const starred = await cardsOf(
    connection,
    upToNow,
    grounds.filter(({ plan }) => plan.stars),
  );
  const changes = grounds.flatMap((ground) => {
    const { card, months: ownMonth } = ground;
    const proposed = proposeFor({
      ...ground,
      months: withItems.get(card.agentId) ?? ownMonth,
      starMonths: starred.get(card.agentId) ?? [],
    });
    return reconcile(standing.get(card.agentId) ?? [], proposed).map((change) => ({ card, change }));
  });
  const by = { at: input.at, userId: input.by.userId, name: input.by.name, reason: input.reason ?? '' };
  return (await keepChanges(connection, changes, by)).length;
}

/** Whole cards are read again only for whom they tell something. */
const cardsOf = (connection: Queryable, periods: readonly string[], grounds: readonly Ground[]) =>
  cardsIn(
    connection,
    periods,
    grounds.map(({ card }) => card.agentId),
  );

const asksForItems = (ground: Ground): boolean =>
  proposeFor(ground).some(({ kind }) => kind === 'training' || kind === 'improvementPlan');

/** Whether a month lies within a quarter or year: 2026-11 within 2026-Q4 and 2026. */
function isWithin(month: string, period: string): boolean {
  const [year, number] = month.split('-');
  return period === year || period === `${year}-Q${Math.ceil(Number(number) / 3)}`;
}

async function planOf(connection: Queryable, known: Map<string, Plan>, { plan }: FrozenCard): Promise<Plan> {
  const key = `${plan.id} ${plan.version}`;
  const found = known.get(key);
  if (found) return found;
  for (const each of await readVersions(connection, plan.id)) known.set(`${plan.id} ${each.version}`, each.plan);
  const read = known.get(key);
  if (!read) throw new Error(`a frozen card names ${key}, which was never published`);
  return read;
}
