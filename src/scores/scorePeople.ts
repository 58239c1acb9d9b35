import { Temporal } from 'temporal-polyfill';
import type { Period } from '../metrics/period.ts';
import { blend } from './blend.ts';
import { gatherInputs } from './gatherInputs.ts';
import type { Person } from './organisation.ts';
import { monthOf, partsOf } from './periodSpan.ts';
import { pickVersion, readVersions, type StoredVersion } from './planStore.ts';
import { type ResolvedPlan, resolvePlan } from './resolvePlan.ts';
import { score } from './score.ts';
import type { Scorecard } from './scorecard.ts';
import type { ScoreDeps } from './scoreDeps.ts';

/** A plan with all its versions: each period is scored with the one in force when it opened. */
export interface PlanHistory {
  at(period: Period): { readonly plan: ResolvedPlan; readonly version: number };
}

/** Throws NotFound `plan.unknown`, or `plan.noVersion` when `version` (used for every period then) does not exist. */
export async function planHistory(deps: ScoreDeps, id: string, version?: number): Promise<PlanHistory> {
  const versions = (await readVersions(deps.stores.postgres, id)).filter(
    ({ status }) => version !== undefined || status === 'published',
  );
  const resolved = new Map<StoredVersion, ResolvedPlan>();
  const at = (period: Period) => {
    const stored = pickVersion(versions, id, version, monthOf(Temporal.PlainDate.from(period.firstDay)));
    const plan = resolved.get(stored) ?? resolvePlan(stored.plan, deps.catalogue);
    resolved.set(stored, plan);
    return { plan, version: stored.version };
  };
  pickVersion(versions, id, version, '0000-01');
  return { at };
}

/** The cards of these people: a month or some days from their figures, quarters and years blended from their parts. */
export async function scorePeople(
  deps: ScoreDeps,
  history: PlanHistory,
  period: Period,
  people: readonly Person[],
): Promise<ReadonlyMap<string, Scorecard>> {
  const { plan } = history.at(period);
  const parts = partsOf(period, deps.timeZone).filter(({ fromMs }) => fromMs <= deps.now());
  if (period.kind === 'month' || period.kind === 'days') {
    const inputs = await gatherInputs(deps, plan, period, people);
    return new Map([...inputs].map(([agentId, input]) => [agentId, score(plan, input)]));
  }
  const scored = await Promise.all(
    parts.map(async (part) => ({ part, cards: await scorePeople(deps, history, part, people) })),
  );
  return new Map(
    people.map(({ agentId }) => {
      const totals = scored.map(({ part, cards }) => ({ period: part.text, total: cards.get(agentId)?.total ?? null }));
      return [agentId, blend(plan, totals)];
    }),
  );
}
