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
import { inTurn } from '../../scores/inTurn.ts';
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
    const run = inTurn(deps, people);
    // The evidence of a quarter or a year is that of its months.
    const evidence = period.kind === 'month' ? evidenceInTurn(deps, { plan, definitions, period, people }) : noEvidence;
    let staging: Promise<unknown> = Promise.resolve();
    for (let first = 0; first < people.length; first += deps.batch) {
      const batch = people.slice(first, first + deps.batch);
      // The next cards are made while the database takes in the last.
      const making = cardsOf(run, { history, evidence: evidence(first), batch }, freezing);
      const [cards] = await Promise.all([making, staging]);
      staging = stagedCards.add(connection, cards);
      // Awaited with the next batch; where that one fails first, this failure is not looked at.
      staging.catch(() => undefined);
      ranked.push(...rankedOf(plan, batch, new Map(cards.map(({ agentId, card }) => [agentId, card]))));
      rated += cards.filter(({ card }) => card.status === 'rated').length;
      done += batch.length;
      await onProgress(done, everybody.length);
    }
    await staging;
    if (plan.plan.distribution) await stagedCards.rank(connection, forcedGrades(plan.plan.distribution, ranked));
  }
  return { people: await stagedCards.freeze(connection), rated, plans };
}

interface Batch {
  readonly history: PlanHistory;
  readonly evidence: Promise<ReadonlyMap<string, Evidence>>;
  readonly batch: readonly Person[];
}

const noEvidence = async () => new Map<string, Evidence>();

/** Every question for evidence reads the facts of everybody: so many batches share one. */
const batchesAtOnce = 10;

/** The evidence of the people from a place on: asked for many at a time, of whom it is kept until the next ones are due. */
function evidenceInTurn(deps: ScoreDeps, asked: EvidenceOf) {
  const atOnce = batchesAtOnce * deps.batch;
  let known: { readonly first: number; readonly found: Promise<ReadonlyMap<string, Evidence>> } | null = null;
  return (first: number) => {
    if (!known || first >= known.first + atOnce) {
      const people = asked.people.slice(first, first + atOnce);
      known = { first, found: evidenceOf(deps, { ...asked, people }) };
    }
    return known.found;
  };
}

async function cardsOf(
  deps: ScoreDeps,
  { history, evidence: asked, batch }: Batch,
  { period, made }: Freezing,
): Promise<FrozenCard[]> {
  const { plan, version, hash } = history.at(period);
  const isMonth = period.kind === 'month';
  const [evidence, inputs] = await Promise.all([
    asked,
    isMonth ? inputsOf(deps, history, period, batch) : new Map<string, never>(),
  ]);
  const blended = isMonth ? new Map<string, never>() : await newCards(deps, history, period, batch);
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

interface EvidenceOf {
  readonly plan: ResolvedPlan;
  readonly definitions: Definitions;
  readonly period: Period;
  readonly people: readonly Person[];
}

/** By person and item the digest of the rows behind its figure; of an item told by the team those of the team. */
export async function evidenceOf(deps: ScoreDeps, asked: EvidenceOf): Promise<ReadonlyMap<string, Evidence>> {
  const { plan, definitions, period, people } = asked;
  const found = new Map<string, Record<string, EvidenceDigest>>();
  const facts = await deps.facts(period);
  for (const item of itemsById(plan).values()) {
    const by = item.ofTeam || plan.plan.appraises === 'team' ? 'team' : 'agent';
    const keyOf = ({ agentId, team }: Person) => (by === 'team' ? team : agentId);
    const digests = await evidenceDigests(facts, requestFor(definitions, item.metric.id, period, deps.timeZone), {
      ...{ period, by, among: [...new Set(people.map(keyOf))] },
      ...{ timeZone: deps.timeZone, now: deps.now() },
    });
    for (const person of people) {
      const digest = digests.get(keyOf(person));
      if (!digest) continue;
      const own = found.get(person.agentId) ?? {};
      own[item.id] = digest;
      found.set(person.agentId, own);
    }
  }
  return found;
}
