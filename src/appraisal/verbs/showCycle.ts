import type pg from 'pg';
import { todayIn } from '../../facts/calendarDays.ts';
import { type Period, parsePeriod } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise, isInScope, scopeFilter } from '../../people/authorise.ts';
import { isHeld } from '../../platform/advisoryLock.ts';
import { messages } from '../../platform/messages.ts';
import { sentenceOf } from '../../platform/sentences.ts';
import { gradeOf, rankOf } from '../../scores/cardView.ts';
import { findFrozenPeople, readRevisedCards, type Standing, standingsOf } from '../../scores/frozenCardStore.ts';
import { grouped } from '../../scores/grouped.ts';
import type { ResolvedPlan } from '../../scores/resolvePlan.ts';
import { planHistory } from '../../scores/scorePeople.ts';
import { readClosing } from '../closingStore.ts';
import { nextState } from '../cycle.ts';
import type { CycleDeps } from '../cycleDeps.ts';
import { cyclePeriod } from '../cyclePeriod.ts';
import { readCycle, readCycles, readMoves, type StoredCycle } from '../cycleStore.ts';
import { periodsSoFar } from '../periodsSoFar.ts';
import type { CycleList, CyclePage, CyclePeople, CycleRow } from '../schemas.ts';
import { type CycleWork, readWork } from '../workStore.ts';
import { firstWorkDay } from './firstWorkDay.ts';
import { whatIsMissing } from './whatIsMissing.ts';

/** Every month, quarter and year that data reach into, the latest first, opened or not. */
export async function listCycles(deps: CycleDeps, actor: Actor): Promise<CycleList> {
  authorise(actor, 'cycle.read');
  const { postgres } = deps.stores;
  const [stored, first] = await Promise.all([readCycles(postgres), firstWorkDay(deps)]);
  const known = new Map(stored.map((cycle) => [cycle.period, cycle]));
  const reached = first === null ? [] : periodsSoFar(first, todayIn(deps));
  const texts = [...new Set([...reached, ...known.keys()])];
  const periods = texts.map((text) => parsePeriod(text, deps.timeZone));
  periods.sort((a, b) => b.toMs - a.toMs || b.fromMs - a.fromMs);
  return { cycles: await Promise.all(periods.map((period) => rowOf(deps, period, known.get(period.text) ?? null))) };
}

/** One cycle: where it stands, what is missing before it may move on, what it holds. */
export async function showCycle(deps: CycleDeps, actor: Actor, text: string): Promise<CyclePage> {
  authorise(actor, 'cycle.read');
  const period = cyclePeriod(text, deps.timeZone);
  const { postgres } = deps.stores;
  // First: work that ends meanwhile would leave a period that stands where it stood, with nobody at work on it.
  const work = await workOn(postgres, period.text);
  const row = await rowOf(deps, period, await readCycle(postgres, period.text));
  const next = nextState(row.state);
  const [missing, moves, standings, revised] = await Promise.all([
    next === null ? [] : whatIsMissing(deps, period, next),
    readMoves(postgres, period.text),
    standingsOf(postgres, period.text),
    readRevisedCards(postgres, period.text),
  ]);
  const seen = standings.filter(({ person }) => isInScope(actor, person));
  const ids = new Set(seen.map(({ agentId }) => agentId));
  return {
    ...row,
    next,
    missing: missing.map((each) => ({ ...each, names: [...each.names] })),
    work: work && {
      ...{ verb: work.verb, stage: work.stage, done: work.done, total: work.total, by: work.byName },
      startedAt: work.startedAt.toISOString(),
      failure:
        work.failure === null ? null : sentenceOf({ code: work.failure, params: { period: period.text } }, messages),
    },
    moves: moves.map(({ fromState, toState, at, byName, reason }) => ({
      ...{ from: fromState, to: toState, at: at.toISOString(), by: byName, reason },
    })),
    grades: await gradesOf(deps, period, seen),
    revised: revised.filter(({ agentId }) => ids.has(agentId)).map((each) => ({ ...each, at: each.at.toISOString() })),
  };
}

/** What a killed process left behind is no work that goes on. */
async function workOn(postgres: pg.Pool, period: string): Promise<CycleWork | null> {
  const work = await readWork(postgres, period);
  return work && (work.failure !== null || (await isHeld(postgres, 'cycles'))) ? work : null;
}

const found = 50;

/** People whose card of a closed period can be corrected, by a part of their name or id. */
export async function findPeople(
  deps: CycleDeps,
  actor: Actor,
  { period, text }: { readonly period: string; readonly text: string },
): Promise<CyclePeople> {
  authorise(actor, 'cycle.write');
  return {
    people: await findFrozenPeople(deps.stores.postgres, cyclePeriod(period, deps.timeZone).text, {
      ...{ text, limit: found, within: scopeFilter(actor) },
    }),
  };
}

async function rowOf(deps: CycleDeps, period: Period, cycle: StoredCycle | null): Promise<CycleRow> {
  const { firstDay, lastDay, text } = period;
  const closing = await readClosing(deps.stores.postgres, text);
  return {
    ...{ period: text, firstDay, lastDay, state: cycle?.state ?? 'draft' },
    ...{ publishedOn: cycle?.publishedOn ?? null, people: closing?.people ?? null },
  };
}

async function gradesOf(deps: CycleDeps, period: Period, standings: readonly Standing[]): Promise<CyclePage['grades']> {
  const groups = grouped(standings, ({ planId, planVersion, grade, level }) =>
    JSON.stringify([planId, planVersion, grade, level !== null]),
  );
  const rows = await Promise.all(
    [...groups.values()].map(async (some) => {
      const [{ planId, planVersion, grade, level }] = some as [Standing, ...Standing[]];
      const { plan } = (await planHistory(deps, planId, planVersion)).at(period);
      const ranked = grade !== null && level !== null ? rankOf(plan, { grade, level }) : null;
      const named = ranked ? { id: ranked.id, zh: ranked.zh, en: ranked.en } : gradeOf(plan, grade);
      const place = placeOf(plan, named?.id ?? null);
      return { plan: { id: planId, version: planVersion, name: plan.name }, grade: named, people: some.length, place };
    }),
  );
  return rows
    .sort((a, b) => (a.plan.id < b.plan.id ? -1 : a.plan.id > b.plan.id ? 1 : a.place - b.place))
    .map(({ place: _, ...row }) => row);
}

/** Best grades first; who is unrated comes last. */
function placeOf({ bands, plan }: ResolvedPlan, grade: string | null): number {
  if (grade === null) return Number.POSITIVE_INFINITY;
  const { top, second, standard, bottom, vetoed } = plan.distribution ?? {};
  const ranks = [top, second, standard, bottom, vetoed].flatMap((rank) => (rank ? [rank.id] : []));
  return ranks.includes(grade) ? ranks.indexOf(grade) : bands.findIndex(({ id }) => id === grade);
}
