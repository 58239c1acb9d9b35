import type { Actor } from '../../../people/actor.ts';
import { authorise, may } from '../../../people/authorise.ts';
import type { Deps } from '../../../platform/http.ts';
import { readCycles } from '../../cycleStore.ts';
import { workingPeriods } from '../formPeriods.ts';
import { begunIn, lastReminders } from '../givenStore.ts';
import { nominationsIn } from '../nominationStore.ts';
import { judgeOf, runsIn } from '../runStore.ts';
import type { AssessmentList, AssessmentTask } from '../schemas.ts';
import { type Begun, type FormRun, openFor, peopleOf } from '../standing.ts';
import { isClosed, isLate } from './openForms.ts';

/** What the reader has to assess in the months and quarters that are worked on now, the earliest due first. */
export async function listAssessments(deps: Deps, actor: Actor): Promise<AssessmentList> {
  authorise(actor, 'assessment.read');
  const { postgres, clickhouse } = deps.stores;
  const periods = workingPeriods(deps.now(), deps.timeZone);
  const names = periods.map(({ period }) => period.text);
  const [runs, ofColleagues, begun, cycles, reminders, nominations, judge] = await Promise.all([
    runsIn(deps, periods),
    runsIn(deps, periods, 'colleagues'),
    begunIn(postgres, names),
    readCycles(postgres),
    lastReminders(postgres, names),
    nominationsIn(postgres, names),
    judgeOf(clickhouse, actor),
  ]);
  const closed = new Set(cycles.filter(isClosed).map(({ period }) => period));
  const assesses = may(actor, 'assessment.write');
  const tasks = runs.flatMap((run): AssessmentTask[] => {
    if (!assesses) return [];
    const own = peopleOf(run, judge);
    if (own.length === 0) return [];
    const open = run.form.asks.kind === 'nomination' ? [] : openFor(run, judge, begun);
    return [taskOf(deps, run, { total: own.length, open: open.length, drafts: draftsOf(run, actor, begun), closed })];
  });
  const due = tasks.filter((task) => task.isEnded && !task.isClosed && !task.isOptional);
  const left = (some: readonly AssessmentTask[]) => some.reduce((all, { total, done }) => all + total - done, 0);
  const open = left(due);
  const [reminded] = reminders
    .filter(
      ({ assessor, period }) =>
        assessor === actor.userId && due.some((task) => task.period === period && task.done < task.total),
    )
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  const seen = new Set(
    [...runs, ...ofColleagues].filter(({ people }) => people.length > 0).map(({ period }) => period.text),
  );
  const withForms = periods
    .filter(({ period }) => seen.has(period.text))
    .sort((one, other) => other.period.toMs - one.period.toMs);
  const decides = may(actor, 'nomination.decide');
  return {
    tasks: tasks.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)),
    open,
    overdue: left(due.filter(({ isOverdue }) => isOverdue)),
    reminded: reminded ? { at: reminded.at.toISOString(), byName: reminded.byName } : null,
    may: {
      ...{ assess: assesses, remind: may(actor, 'assessment.remind'), decide: decides },
      nominate: tasks.some(({ kind }) => kind === 'nomination'),
    },
    undecided: decides ? nominations.filter(({ decision }) => decision === null).length : 0,
    periods: withForms.map(({ period }) => period.text),
    period: (withForms.find(({ period }) => period.toMs <= deps.now()) ?? withForms[0])?.period.text ?? null,
  };
}

function draftsOf(run: FormRun, actor: Actor, begun: readonly Begun[]): number {
  return begun.filter(
    (each) =>
      !each.isSubmitted &&
      each.assessor === actor.userId &&
      each.period === run.period.text &&
      each.planId === run.planId &&
      each.formId === run.form.id,
  ).length;
}

interface Stand {
  readonly total: number;
  readonly open: number;
  readonly drafts: number;
  readonly closed: ReadonlySet<string>;
}

function taskOf(deps: Deps, run: FormRun, { total, open, drafts, closed }: Stand): AssessmentTask {
  const { form, period, planId, planName, dueOn } = run;
  return {
    ...{ period: period.text, plan: planId, planName, form: form.id, name: form.name, kind: form.asks.kind },
    ...{ assessor: form.assessor, isOptional: form.optional === true, dueOn },
    isEnded: period.toMs <= deps.now(),
    isOverdue: open > 0 && isLate(deps, run),
    isClosed: closed.has(period.text),
    ...{ total, done: total - open, drafts },
  };
}
