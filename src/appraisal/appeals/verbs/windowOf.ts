import { dayIn } from '../../../facts/calendarDays.ts';
import type { Deps } from '../../../platform/http.ts';
import type { Queryable } from '../../../platform/transaction.ts';
import { lastRevised } from '../../../scores/frozenCardStore.ts';
import type { ResolvedPlan } from '../../../scores/resolvePlan.ts';
import { appealWindow, type Window } from '../window.ts';
import { specialDaysFrom } from './specialDaysFrom.ts';

/**
 * Until when a card of a published period can be appealed against: counted from the day of the publication, or of a later revision, which
 * is a result that nobody has seen before. Without an agent, until when the last of everybody by the plan can.
 */
export async function windowOf(
  deps: Pick<Deps, 'stores' | 'timeZone'>,
  postgres: Queryable,
  {
    plan,
    period,
    publishedOn,
    agentId,
  }: {
    readonly plan: ResolvedPlan;
    readonly period: string;
    readonly publishedOn: string;
    readonly agentId?: string;
  },
): Promise<Window> {
  const revised = await lastRevised(postgres, period, agentId === undefined ? { planId: plan.id } : { agentId });
  const revisedOn = revised && dayIn(revised.getTime(), deps.timeZone);
  const from = revisedOn !== null && revisedOn > publishedOn ? revisedOn : publishedOn;
  return appealWindow(plan.plan, from, await specialDaysFrom(deps, from), deps.timeZone);
}
