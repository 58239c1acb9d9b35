import { setImmediate as breath } from 'node:timers/promises';
import { type Period, parsePeriod } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise, may } from '../../people/authorise.ts';
import { BadInput, Conflict, Invalid } from '../../platform/errors.ts';
import { itemsAndRows, movesOf, sideOf, type TriedCard } from '../backTest.ts';
import { type BackTest, type TryQuery, triedPeriodsMax } from '../backTestSchemas.ts';
import { sensitivity } from '../backTestSensitivity.ts';
import { noPayBase, type PayBase, paidAs } from '../gradePay.ts';
import { payBasesIn } from '../payBaseStore.ts';
import { partsOf } from '../periodSpan.ts';
import { planContent } from '../planContent.ts';
import { readVersions } from '../planStore.ts';
import { readPlan } from '../planText.ts';
import { rememberFigures } from '../rememberFigures.ts';
import { resolvePlan } from '../resolvePlan.ts';
import type { Scored } from '../retotal.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { inputsOf, type PlanHistory, planHistory, scorePeople } from '../scorePeople.ts';
import { type TeamFigures, teamRule } from '../teamCoefficient.ts';
import { teamFigures } from '../teamFigures.ts';
import { visiblePeople } from '../visiblePeople.ts';
import { theDraft } from './showDraft.ts';

export type TryInput = Omit<TryQuery, 'plan'> & {
  /** A stored plan, or one that is only in the caller's hands. */
  readonly plan: string | PlanHistory;
};
export type Progress = (done: number, of: number) => void;

/**
 * A plan on past periods, next to the one that was in force, for the people the actor may see. Nothing is stored.
 * Throws NotFound `plan.unknown`, `plan.noVersion`, `draft.unknown`, Invalid `plan.invalid` for a draft with errors, BadInput `period.unreadable`, `try.periodFuture`, `try.periodsTooMany`,
 * Conflict `try.nobody`.
 */
export async function tryPlan(
  deps: ScoreDeps,
  actor: Actor,
  input: TryInput,
  progress: Progress = () => {},
): Promise<BackTest> {
  authorise(actor, 'plan.try');
  const periods = monthsToTry(deps, input.periods);
  const asking = { ...deps, figures: rememberFigures(deps.figures) };
  const tried = await triedHistory(deps, input);
  const [first] = periods;
  const against = await planHistory(deps, input.against ?? (first ? tried.at(first).plan.id : ''));
  const seesPay = may(actor, 'pay.read');
  const cards: TriedCard[] = [];
  const scored: Scored[] = [];
  const steps = periods.length + 1;
  for (const [done, period] of periods.entries()) {
    progress(done, steps);
    const found = await tryPeriod(asking, actor, input, { tried, against, period, seesPay });
    cards.push(...found.cards);
    scored.push(...found.scored);
    await breath();
  }
  if (cards.length === 0) throw new Conflict('try.nobody');
  progress(periods.length, steps);
  const moving = sensitivity(scored);
  let moved = moving.next();
  for (; !moved.done; moved = moving.next()) await breath();
  const [teamsBefore, teamsAfter] = await Promise.all(
    [against, tried].map((history) => teamsTried(asking, history, periods)),
  );
  const salaries = new Set(cards.flatMap(({ person, pay }) => (pay.salaryFen === null ? [] : [person.agentId])));
  const people = new Set(cards.map(({ person }) => person.agentId)).size;
  const known = salaries.size === 0 ? 'unknown' : salaries.size < people ? 'partly' : 'known';
  return {
    periods: periods.map(({ text }) => text),
    cards: cards.length,
    people,
    before: sideOf(cards, 'before', teamsBefore),
    after: sideOf(cards, 'after', teamsAfter),
    pay: seesPay ? known : 'hidden',
    salaries: salaries.size,
    ...movesOf(cards),
    ...itemsAndRows(cards),
    sensitivity: moved.value,
  };
}

/** What the teams came to from the first day tried to the last, for a plan whose bonus of the year is multiplied by it; else null. */
async function teamsTried(
  deps: ScoreDeps,
  history: PlanHistory,
  periods: readonly Period[],
): Promise<TeamFigures | null> {
  const [first, last] = [periods.at(0), periods.at(-1)];
  const plan = last && history.at(last).plan;
  const rule = plan && paidAs(plan.plan, 'year') ? teamRule(plan, 'year') : null;
  if (!first || !last || !rule) return null;
  return teamFigures(deps, rule, parsePeriod(`${first.firstDay}..${last.lastDay}`, deps.timeZone));
}

async function triedHistory(deps: ScoreDeps, { plan, version, draft }: TryInput): Promise<PlanHistory> {
  if (draft !== undefined) return draftHistory(deps, draft);
  return typeof plan === 'string' ? planHistory(deps, plan, version) : plan;
}

/** A draft as if it were the next version and in force throughout. Throws Invalid `plan.invalid`, NotFound `draft.unknown`. */
async function draftHistory(deps: ScoreDeps, id: string): Promise<PlanHistory> {
  const { postgres } = deps.stores;
  const { plan, issues } = readPlan((await theDraft(postgres, id)).content);
  if (!plan) throw new Invalid('plan.invalid', issues);
  const versions = await readVersions(postgres, plan.id);
  const resolved = resolvePlan(plan, await deps.catalogue());
  const found = { plan: resolved, version: (versions.at(-1)?.version ?? 0) + 1, hash: planContent(plan).hash };
  return { at: () => found, inForce: null };
}

/** Everybody of one period under both plans; who has no card under either is left out. */
async function tryPeriod(
  deps: ScoreDeps,
  actor: Actor,
  { team, shop }: TryInput,
  run: { tried: PlanHistory; against: PlanHistory; period: Period; seesPay: boolean },
): Promise<{ cards: TriedCard[]; scored: Scored[] }> {
  const { tried, against, period } = run;
  const people = await visiblePeople(deps, actor, period, { team, shop });
  // One after the other: what the first asked for, the second need not ask again.
  const after = await scorePeople(deps, tried, period, people);
  const before = await scorePeople(deps, against, period, people);
  const [inputs, pay] = await Promise.all([
    inputsOf(deps, tried, period, people),
    run.seesPay ? payBasesIn(deps.stores.clickhouse, period) : new Map<string, PayBase>(),
  ]);
  const [sideAfter, sideBefore] = [tried.at(period), against.at(period)];
  const cards: TriedCard[] = [];
  const scored: Scored[] = [];
  for (const person of people) {
    const [card, other, input] = [after.get(person.agentId), before.get(person.agentId), inputs.get(person.agentId)];
    if (!card || !other || !input) continue;
    cards.push({
      person,
      period: period.text,
      before: { plan: sideBefore.plan, version: sideBefore.version, card: other },
      after: { plan: sideAfter.plan, version: sideAfter.version, card },
      pay: pay.get(person.agentId) ?? noPayBase,
    });
    scored.push({ plan: sideAfter.plan, input, card });
  }
  return { cards, scored };
}

/** The months (or ranges of days) asked for, oldest first, each once; quarters and years become their months. */
function monthsToTry(deps: ScoreDeps, text: string): Period[] {
  const asked = text.split(',').filter((each) => each !== '');
  const leaves = (period: Period): Period[] => {
    const parts = partsOf(period, deps.timeZone);
    return parts.length === 0 ? [period] : parts.flatMap(leaves);
  };
  const found = new Map(
    asked.flatMap((each) => leaves(parsePeriod(each, deps.timeZone))).map((period) => [period.text, period]),
  );
  const periods = [...found.values()].sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
  const future = periods.find(({ fromMs }) => fromMs > deps.now());
  if (future) throw new BadInput('try.periodFuture', { period: future.text });
  if (periods.length === 0) throw new BadInput('period.unreadable', { period: '' });
  if (periods.length > triedPeriodsMax)
    throw new BadInput('try.periodsTooMany', { count: periods.length, most: triedPeriodsMax });
  return periods;
}
