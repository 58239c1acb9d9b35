import { requestFor } from '../../metrics/askMetrics.ts';
import { readDefinitions } from '../../metrics/definitionStore.ts';
import type { Definitions } from '../../metrics/definitionVersions.ts';
import type { EvidenceDigest } from '../../metrics/evidenceDigestStore.ts';
import { evidenceDigests } from '../../metrics/evidenceDigestStore.ts';
import type { Period } from '../../metrics/period.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { readAssignments } from '../../scores/assignmentStore.ts';
import { coveringPlan } from '../../scores/coveringPlan.ts';
import { forcedGrades, type Ranked, rankedOf } from '../../scores/forcedGrades.ts';
import { type FrozenCard, stagedCards } from '../../scores/frozenCardStore.ts';
import { grouped } from '../../scores/grouped.ts';
import { itemsById } from '../../scores/itemsById.ts';
import type { Person } from '../../scores/organisation.ts';
import type { ResolvedPlan } from '../../scores/resolvePlan.ts';
import { score } from '../../scores/score.ts';
import type { ScoreDeps } from '../../scores/scoreDeps.ts';
import { everybodyIn, inputsOf, newCards, type PlanHistory, planHistory } from '../../scores/scorePeople.ts';

export interface Freezing {
  readonly period: Period;
  readonly made: Pick<FrozenCard, 'madeAt' | 'madeBy' | 'cause' | 'reason'>;
  readonly onProgress: (done: number, total: number) => Promise<void>;
}

export interface Frozen {
  readonly people: number;
  readonly rated: number;
  readonly plans: readonly FrozenCard['plan'][];
}

/**
 * Makes everybody's card by the plan that covers them and stages it within the transaction of a closing, a batch of people at a time;
 * then the grades by rank. `deps` counts from the facts of the closing.
 */
export async function freezeCards(deps: ScoreDeps, connection: Queryable, freezing: Freezing): Promise<Frozen> {
  const { period, onProgress } = freezing;
  const [everybody, rules, definitions] = await Promise.all([
    everybodyIn(deps, period),
    readAssignments(deps.stores.postgres),
    readDefinitions(deps.stores.postgres),
  ]);
  const covered = [...grouped(everybody, (person) => coveringPlan(rules, person, period.firstDay.slice(0, 7)))].sort();
  await stagedCards.open(connection);
  const plans: FrozenCard['plan'][] = [];
  let [done, rated] = [0, 0];
  for (const [planId, people] of covered) {
    const history = await planHistory(deps, planId);
    const { plan, version, hash } = history.at(period);
    plans.push({ id: planId, version, hash });
    const ranked: Ranked[] = [];
    for (let first = 0; first < people.length; first += deps.batch) {
      const batch = people.slice(first, first + deps.batch);
      const cards = await cardsOf(deps, { history, definitions, batch }, freezing);
      await stagedCards.add(connection, cards);
      ranked.push(...rankedOf(plan, batch, new Map(cards.map(({ agentId, card }) => [agentId, card]))));
      rated += cards.filter(({ card }) => card.status === 'rated').length;
      done += batch.length;
      await onProgress(done, everybody.length);
    }
    if (plan.plan.distribution) await stagedCards.rank(connection, forcedGrades(plan.plan.distribution, ranked));
  }
  return { people: await stagedCards.freeze(connection), rated, plans };
}

interface Batch {
  readonly history: PlanHistory;
  readonly definitions: Definitions;
  readonly batch: readonly Person[];
}

async function cardsOf(
  deps: ScoreDeps,
  { history, definitions, batch }: Batch,
  { period, made }: Freezing,
): Promise<FrozenCard[]> {
  const { plan, version, hash } = history.at(period);
  const isMonth = period.kind === 'month';
  const inputs = isMonth ? await inputsOf(deps, history, period, batch) : new Map<string, never>();
  const blended = isMonth ? new Map<string, never>() : await newCards(deps, history, period, batch);
  const evidence = isMonth
    ? await evidenceOf(deps, { plan, definitions, period, people: batch })
    : new Map<string, never>();
  return batch.flatMap((person): FrozenCard[] => {
    const input = inputs.get(person.agentId) ?? null;
    const card = input ? score(plan, input) : blended.get(person.agentId);
    if (!card) return [];
    return [
      {
        ...{ period: period.text, agentId: person.agentId, version: 1, plan: { id: plan.id, version, hash } },
        ...{ person, input, card, evidence: evidence.get(person.agentId) ?? {} },
        ...{ grade: card.grade, level: null, gradedBy: 'bands', coefficient: card.coefficient },
        ...made,
      },
    ];
  });
}

type Evidence = Record<string, EvidenceDigest>;

/** By person and item the digest of the rows behind its figure; of an item told by the team those of the team. */
export async function evidenceOf(
  deps: ScoreDeps,
  asked: {
    readonly plan: ResolvedPlan;
    readonly definitions: Definitions;
    readonly period: Period;
    readonly people: readonly Person[];
  },
): Promise<ReadonlyMap<string, Evidence>> {
  const { plan, definitions, period, people } = asked;
  const facts = await deps.facts(period);
  const found = new Map<string, Evidence>();
  for (const item of itemsById(plan).values()) {
    const by = item.ofTeam || plan.plan.appraises === 'team' ? 'team' : 'agent';
    const keyOf = ({ agentId, team }: Person) => (by === 'team' ? team : agentId);
    const digests = await evidenceDigests(facts, requestFor(definitions, item.metric.id, period, deps.timeZone), {
      ...{ period, by, among: [...new Set(people.map(keyOf))] },
      ...{ timeZone: deps.timeZone, now: deps.now() },
    });
    for (const person of people) {
      const digest = digests.get(keyOf(person));
      if (digest) found.set(person.agentId, { ...found.get(person.agentId), [item.id]: digest });
    }
  }
  return found;
}
