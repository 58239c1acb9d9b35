import { begunPeriod, type Period } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import { gradeOf, itemView, rankOf, totalsOf } from '../cardView.ts';
import { explainCard, strengths } from '../explain.ts';
import { explainStep, runningTotal } from '../explainStep.ts';
import { cardCycle } from '../frozenCardStore.ts';
import { lifts } from '../lift.ts';
import type { Person } from '../organisation.ts';
import { ownPlan } from '../ownPlan.ts';
import { periodBefore } from '../periodSpan.ts';
import type { ResolvedPlan } from '../resolvePlan.ts';
import type { ScorecardPage } from '../schemas.ts';
import type { Scorecard } from '../scorecard.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { everybodyIn, inputsOf, type PlanHistory, planHistory, scorePeople } from '../scorePeople.ts';
import { viewScores } from '../viewScores.ts';

const trendLength = 6;

/** One card as it is asked for: by the person's own plan in the period unless another is named, on wish in a version of it. */
export interface CardAsked {
  readonly plan?: string | undefined;
  readonly period: string;
  readonly agentId: string;
  readonly version?: number | undefined;
}

/**
 * One person's whole card: every item explained, the arithmetic, the trend, what went well and what would lift it most.
 * Throws Forbidden `scope.outside` for somebody else's card, NotFound `scorecard.agentUnknown`.
 */
export async function showScorecard(deps: ScoreDeps, actor: Actor, input: CardAsked): Promise<ScorecardPage> {
  authorise(actor, 'scorecard.read');
  const period = begunPeriod(input.period, deps);
  const everybody = await everybodyIn(deps, period);
  const person = everybody.find(({ agentId }) => agentId === input.agentId);
  authorise(actor, 'scorecard.read', person ?? { agentId: input.agentId });
  if (!person) throw new NotFound('scorecard.agentUnknown', { agent: input.agentId, period: period.text });
  const own = await ownPlan(deps, period, person.agentId);
  const history = await planHistory(deps, input.plan ?? own, input.version);
  const team = everybody.filter(
    (each) => each.agentId === person.agentId || (person.team !== '' && each.team === person.team),
  );
  const { plan, version, hash } = history.at(period);
  const [cards, trend, cycle] = await Promise.all([
    scorePeople(deps, history, period, team),
    earlier(deps, period, person, history.inForce === own ? null : history),
    cardCycle(deps.stores.postgres, { period: period.text, agentId: person.agentId, planHash: hash }),
  ]);
  const card = cards.get(person.agentId);
  // A plan for teams has no card for somebody who leads none.
  if (!card) throw new NotFound('scorecard.agentUnknown', { agent: input.agentId, period: period.text });
  // The card of a quarter has no figures of its own: what could be lifted is in its months.
  const made =
    card.items.length === 0 ? undefined : (await inputsOf(deps, history, period, [person])).get(person.agentId);
  const before = trend.at(-1);
  const context = { agentId: person.agentId, period: period.text, team: [...cards.values()] };
  return {
    plan: { id: plan.id, name: plan.name, version },
    period: period.text,
    cycle: cycle && cycleView(plan, cycle),
    agent: person,
    ...totalsOf(plan, card),
    previousTotal: before?.plan.id === plan.id ? before.card.total : null,
    sentence: explainCard(card, plan),
    tracks: card.tracks.map((track) => ({
      ...track,
      name: plan.tracks.find(({ id }) => id === track.id)?.name ?? plan.name,
    })),
    blocks: card.blocks.map((block) => {
      const own = plan.blocks.find(({ id }) => id === block.id);
      return { ...block, name: own?.name ?? plan.name, track: own?.track ?? null };
    }),
    items: card.items.map((score) => itemView(plan, score, context)),
    views: (plan.plan.views ?? []).map((view) => ({
      ...{ id: view.id, name: view.name },
      parts: viewScores(view, card).map((part) => ({
        ...part,
        name: view.parts.find(({ id }) => id === part.id)?.name ?? view.name,
      })),
    })),
    steps: card.steps.map((step) => ({
      kind: step.kind,
      item: 'item' in step ? step.item : null,
      text: explainStep(step, plan),
      running: runningTotal(step),
    })),
    trend: [...trend, { at: period, card, plan }].map(({ at, card: each, plan: by }) => ({
      ...{ period: at.text, total: each.total, grade: gradeOf(by, each.grade), plan: by.id },
    })),
    madeFrom: card.steps.flatMap((step) => (step.kind === 'part' ? [{ period: step.period, total: step.total }] : [])),
    strengths: strengths(card, plan),
    lifts: made ? lifts(plan, made, card) : [],
  };
}

function cycleView(
  plan: ResolvedPlan,
  { state, publishedOn, version, entry, gradedBy, computed }: NonNullable<Awaited<ReturnType<typeof cardCycle>>>,
): ScorecardPage['cycle'] {
  const named =
    computed &&
    (computed.level === null ? gradeOf(plan, computed.grade) : rankOf(plan, { ...computed, level: computed.level }));
  const before = named && { id: named.id, zh: named.zh, en: named.en };
  return { state, publishedOn, version, entry, meeting: gradedBy === 'meeting' ? { computed: before } : null };
}

interface Earlier {
  readonly at: Period;
  readonly card: Scorecard;
  readonly plan: ResolvedPlan;
}

/**
 * Up to six periods of the same kind before this one, oldest first; what lies before the first card is left out. Each by the plan the
 * person was under in it, or all of them by one that is tried.
 */
async function earlier(
  deps: ScoreDeps,
  period: Period,
  person: Person,
  tried: PlanHistory | null,
): Promise<readonly Earlier[]> {
  const periods: Period[] = [];
  for (let at = period; periods.length < trendLength; ) {
    at = periodBefore(at, deps.timeZone);
    periods.unshift(at);
  }
  const cards = await Promise.all(
    periods.map(async (at) => {
      const history = tried ?? (await planHistory(deps, await ownPlan(deps, at, person.agentId)));
      const card = (await scorePeople(deps, history, at, [person])).get(person.agentId);
      return { at, card, plan: history.at(at).plan };
    }),
  );
  const first = cards.findIndex(({ card }) => card?.total != null);
  return first === -1 ? [] : cards.slice(first).flatMap(({ card, ...each }) => (card ? [{ ...each, card }] : []));
}
