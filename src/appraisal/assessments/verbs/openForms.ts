import { todayIn } from '../../../facts/calendarDays.ts';
import { begunPeriod, type Period } from '../../../metrics/period.ts';
import type { Actor } from '../../../people/actor.ts';
import { BadInput, Conflict, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import type { Queryable } from '../../../platform/transaction.ts';
import { readCycle, type StoredCycle } from '../../cycleStore.ts';
import type { Judge } from '../mayAssess.ts';
import { judgeOf, runsIn } from '../runStore.ts';
import type { FormRun } from '../standing.ts';

/** A month or a quarter that has begun. Throws BadInput `period.unreadable`, `period.future`, `assessment.period`. */
export function formPeriod(deps: Deps, text: string): { period: Period; every: 'month' | 'quarter' } {
  const period = begunPeriod(text, deps);
  if (period.kind !== 'month' && period.kind !== 'quarter') throw new BadInput('assessment.period', { period: text });
  return { period, every: period.kind };
}

/** One form of a period, and the actor as its assessor. Throws NotFound `assessment.unknown`. */
export async function openForm(
  deps: Deps,
  actor: Actor,
  asked: { readonly period: string; readonly plan: string; readonly form: string },
): Promise<{ run: FormRun; judge: Judge }> {
  const chosen = formPeriod(deps, asked.period);
  const runs = await runsIn(deps, [chosen]);
  const run = runs.find(({ planId, form }) => planId === asked.plan && form.id === asked.form);
  if (!run) throw new NotFound('assessment.unknown', { form: asked.form, plan: asked.plan });
  return { run, judge: await judgeOf(deps.stores.clickhouse, actor) };
}

export const isClosed = (cycle: StoredCycle | null): boolean =>
  cycle !== null && cycle.state !== 'draft' && cycle.state !== 'open';

/** What is closed is not assessed any more: a correction is a revision of its cards. Throws Conflict `assessment.closed`. */
export async function refuseClosed(connection: Queryable, period: string): Promise<void> {
  if (isClosed(await readCycle(connection, period, true))) throw new Conflict('assessment.closed', { period });
}

/** Whether a form is late today, as long as somebody is still to be assessed by it. */
export const isLate = (deps: Deps, { dueOn }: Pick<FormRun, 'dueOn'>): boolean => todayIn(deps) > dueOn;
