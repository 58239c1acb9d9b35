import { Temporal } from 'temporal-polyfill';
import type { Period } from '../metrics/period.ts';
import { askingOnly } from './askingOnly.ts';
import { readAssignments } from './assignmentStore.ts';
import { blend } from './blend.ts';
import { coveringPlan } from './coveringPlan.ts';
import { approvedExemptions, recordUses } from './exemptionStore.ts';
import { frozenInputs, issuedResults, type PartResult, shownCards } from './frozenCardStore.ts';
import { gatherInputs } from './gatherInputs.ts';
import { grouped } from './grouped.ts';
import { atMoment } from './memo.ts';
import { hasAgentList, type Person, peopleIn } from './organisation.ts';
import { monthOf, monthsOf, partsOf } from './periodSpan.ts';
import { closedVersions, pickVersion, readVersions, type StoredVersion } from './planStore.ts';
import { type ResolvedPlan, resolvePlan } from './resolvePlan.ts';
import { score } from './score.ts';
import type { Scorecard, ScoreInput } from './scorecard.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { figureOfTeam, teamRule } from './teamCoefficient.ts';
import { teamFigures } from './teamFigures.ts';
import { vetoesOf, vetoesReach } from './vetoReach.ts';

/** A plan with all its versions: each period is scored with the one in force when it opened, a closed one with the one it was closed with. */
export interface PlanHistory {
  /** Its id where it is asked for as it is in force; null for a version that is tried on periods it is not in force in. */
  readonly inForce: string | null;
  at(period: Period): { readonly plan: ResolvedPlan; readonly version: number; readonly hash: string };
}

/** Throws NotFound `plan.unknown`, or `plan.noVersion` when `version` (used for every period then) does not exist. */
export async function planHistory(deps: ScoreDeps, id: string, version?: number): Promise<PlanHistory> {
  const { postgres } = deps.stores;
  const [versions, catalogue, closed] = await Promise.all([
    readVersions(postgres, id),
    deps.catalogue(),
    version === undefined ? closedVersions(postgres, id) : new Map<string, number>(),
  ]);
  const resolved = new Map<StoredVersion, ResolvedPlan>();
  const at = (period: Period) => {
    const month = monthOf(Temporal.PlainDate.from(period.firstDay));
    const found = pickVersion(versions, id, version ?? closed.get(period.text), month);
    const plan = resolved.get(found) ?? resolvePlan(found.plan, catalogue);
    resolved.set(found, plan);
    return { plan, version: found.version, hash: found.hash };
  };
  pickVersion(versions, id, version, '0000-01');
  return { at, inForce: version === undefined ? id : null };
}

/** Everybody who was employed on some day of the period; without an agent list, everybody who did something in it. */
export function everybodyIn(deps: ScoreDeps, period: Period): Promise<readonly Person[]> {
  return deps.people.get(period.text, async () => {
    const facts = await deps.facts(period);
    const people = await peopleIn(facts, period);
    return people.length > 0 || (await hasAgentList(facts)) ? people : peopleMet(deps, period);
  });
}

async function peopleMet(deps: ScoreDeps, period: Period): Promise<Person[]> {
  const metrics = (await deps.catalogue()).filter(({ dimensions }) => dimensions.includes('agent')).map(({ id }) => id);
  const rows = await deps.figures({ period, by: ['agent'], metrics });
  const agents = [...new Set(rows.flatMap(({ key }) => key.agent ?? []))].sort();
  return agents.map((agentId) => ({ agentId, name: agentId, team: '', shop: '', tier: null }));
}

/** So few people's inputs are kept in a company that is too large to be kept whole. */
const fewPeople = 40;

/** What the cards of these people are made from: of a closed period what was frozen then. Who has no card by the plan is left out. */
export async function inputsOf(
  deps: ScoreDeps,
  history: PlanHistory,
  period: Period,
  people: readonly Person[],
): Promise<ReadonlyMap<string, ScoreInput>> {
  const agents = people.map(({ agentId }) => agentId);
  const frozen = await frozenInputs(deps.stores.postgres, period.text, history.at(period).hash, agents);
  const others = people.filter(({ agentId }) => !frozen.has(agentId));
  if (others.length === 0) return frozen;
  return new Map([...frozen, ...(await gatheredInputs(deps, history, period, others))]);
}

/**
 * The same from the facts. A company of no more people than a batch is gathered at once and kept: whoever asks
 * next, for whomever, finds it there. In a larger one only those asked for are gathered, and a few of them kept.
 */
async function gatheredInputs(
  deps: ScoreDeps,
  history: PlanHistory,
  period: Period,
  people: readonly Person[],
): Promise<ReadonlyMap<string, ScoreInput>> {
  const { plan, hash } = history.at(period);
  const [exemptions, everybody] = await Promise.all([
    approvedExemptions(deps.stores.postgres, period),
    everybodyIn(deps, period),
  ]);
  const whole = everybody.length <= deps.batch;
  const agents = people.map(({ agentId }) => agentId);
  const gather = async () => {
    const asking = whole ? deps : (deps.turn?.(plan, agents) ?? askingOnly(deps, plan, agents));
    const inputs = await gatherInputs(asking, plan, period, whole ? everybody : people, exemptions);
    await recordUses(deps, period, inputs);
    return inputs;
  };
  if (!whole && people.length > fewPeople) return gather();
  const key = `${hash} ${period.text}${whole ? '' : ` ${JSON.stringify(agents)}`}`;
  return deps.inputs.get(key, gather, `${atMoment(period, deps.now())} ${JSON.stringify(exemptions)}`);
}

/** The cards of one batch of people. */
export interface CardBatch {
  readonly people: readonly Person[];
  readonly cards: ReadonlyMap<string, Scorecard>;
}

/** The cards of many people, a batch at a time, so that however many they are no more than a batch is in memory. */
export async function* cardBatches(
  deps: ScoreDeps,
  history: PlanHistory,
  period: Period,
  people: readonly Person[],
): AsyncGenerator<CardBatch> {
  for (let first = 0; first < people.length; first += deps.batch) {
    const batch = people.slice(first, first + deps.batch);
    yield { people: batch, cards: await scorePeople(deps, history, period, batch) };
  }
}

/**
 * The cards of these people, those left out who were not there: of a closed period as they were frozen, otherwise a month or some days
 * from their figures, quarters and years blended from their parts.
 */
export async function scorePeople(
  deps: ScoreDeps,
  history: PlanHistory,
  period: Period,
  people: readonly Person[],
): Promise<ReadonlyMap<string, Scorecard>> {
  const agents = people.map(({ agentId }) => agentId);
  const frozen = await shownCards(deps.stores.postgres, period.text, history.at(period).hash, agents);
  const others = people.filter(({ agentId }) => !frozen.has(agentId));
  const cards = new Map([...frozen].map(([agentId, { card }]) => [agentId, card]));
  if (others.length === 0) return cards;
  for (const [agentId, card] of await newCards(deps, history, period, others)) cards.set(agentId, card);
  return cards;
}

/** The same, made anew. */
export async function newCards(
  deps: ScoreDeps,
  history: PlanHistory,
  period: Period,
  people: readonly Person[],
): Promise<ReadonlyMap<string, Scorecard>> {
  const { plan } = history.at(period);
  const parts = partsOf(period, deps.timeZone).filter(({ fromMs }) => fromMs <= deps.now());
  if (period.kind === 'month' || period.kind === 'days') {
    const inputs = await inputsOf(deps, history, period, people);
    return new Map(
      people.flatMap(({ agentId }): [string, Scorecard][] => {
        const input = inputs.get(agentId);
        return input ? [[agentId, score(plan, input)]] : [];
      }),
    );
  }
  const rule = teamRule(plan, period.kind);
  const resultsOf = (part: Period) => partResults(deps, history, { period, part }, people);
  const [teams, ...scored] = await Promise.all([
    rule && teamFigures(deps, rule, period),
    ...parts.map(async (part) => ({ part, results: await resultsOf(part) })),
  ]);
  // From the months themselves: the card of a quarter between them need not have been made by a plan that lets red lines reach it.
  const months = !vetoesReach(plan, period.kind)
    ? []
    : period.kind === 'quarter'
      ? scored
      : await Promise.all(
          monthsOf(period, deps.timeZone)
            .filter(({ fromMs }) => fromMs <= deps.now())
            .map(async (part) => ({ part, results: await resultsOf(part) })),
        );
  return new Map(
    people.map(({ agentId, team }) => {
      const totals = scored.map(({ part, results }) => ({
        ...{ period: part.text, total: results.get(agentId)?.total ?? null },
      }));
      const vetoes = months.flatMap(({ part, results }) => vetoesOf(results.get(agentId), part.text));
      return [agentId, blend(plan, totals, { team: teams && figureOfTeam(teams, team), vetoes })];
    }),
  );
}

interface PartOf {
  readonly period: Period;
  readonly part: Period;
}

/**
 * What one part of a longer period came to. For whom the plan covers in the longer period a part that is closed counts as it was frozen, by
 * whatever plan, and one that is not by the plan that covers them in it. Everybody else is tried on this plan alone.
 */
async function partResults(
  deps: ScoreDeps,
  history: PlanHistory,
  { period, part }: PartOf,
  people: readonly Person[],
): Promise<ReadonlyMap<string, PartResult>> {
  const { postgres } = deps.stores;
  const rules = await readAssignments(postgres);
  const planIn = (person: Person, { firstDay }: Period) => coveringPlan(rules, person, firstDay.slice(0, 7));
  const isCovered = (person: Person) => planIn(person, period) === history.inForce;
  const covered = people.filter(isCovered);
  const issued = await issuedResults(
    postgres,
    part.text,
    covered.map(({ agentId }) => agentId),
  );
  const results = new Map<string, PartResult>(issued ?? []);
  const add = async (by: PlanHistory, some: readonly Person[]) => {
    for (const [agentId, card] of await scorePeople(deps, by, part, some)) results.set(agentId, card);
  };
  if (issued === null)
    for (const [planId, some] of grouped(covered, (person) => planIn(person, part)))
      await add(planId === history.inForce ? history : await planHistory(deps, planId), some);
  const tried = people.filter((person) => !isCovered(person));
  if (tried.length > 0) await add(history, tried);
  return results;
}
