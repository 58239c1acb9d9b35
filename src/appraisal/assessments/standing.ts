import type { Period } from '../../metrics/period.ts';
import type { Bilingual } from '../../platform/language.ts';
import type { AssessmentForm } from '../../scores/assessmentFormSchema.ts';
import { eachCounts, type Judge, mayAssess } from './mayAssess.ts';

export interface RunPerson {
  readonly agentId: string;
  readonly name: string;
  readonly team: string;
  readonly shop: string;
  /** Drawn for a checklist by tickets; empty for other forms. */
  readonly tickets: readonly string[];
  /** Other teams that asked this person for a ticket in the period; empty for forms of other assessors. */
  readonly asking: readonly string[];
}

/** One form of a plan in one period, with everybody it is about. */
export interface FormRun {
  readonly planId: string;
  readonly planName: Bilingual;
  readonly planVersion: number;
  readonly form: AssessmentForm;
  readonly period: Period;
  readonly dueOn: string;
  readonly people: readonly RunPerson[];
}

/** What is known of a form that somebody began. */
export interface Begun {
  readonly period: string;
  readonly planId: string;
  readonly formId: string;
  readonly agentId: string;
  readonly assessor: string;
  readonly isSubmitted: boolean;
}

const isOf = (run: FormRun, begun: Begun): boolean =>
  begun.period === run.period.text && begun.planId === run.planId && begun.formId === run.form.id;

/** Whom the form is still wanting for: nobody has handed one in. */
export function missingIn(run: FormRun, begun: readonly Begun[]): RunPerson[] {
  const done = new Set(begun.filter((each) => each.isSubmitted && isOf(run, each)).map(({ agentId }) => agentId));
  return run.people.filter(({ agentId }) => !done.has(agentId));
}

/** The people of a form that are this assessor's at all. */
export const peopleOf = (run: FormRun, judge: Judge): RunPerson[] =>
  run.people.filter((person) => mayAssess(run.form.assessor, judge, person, person.asking));

/** Those of them still to be assessed by this assessor. */
export function openFor(run: FormRun, judge: Judge, begun: readonly Begun[]): RunPerson[] {
  const settles = (each: Begun) => (eachCounts(run.form.assessor) ? each.assessor === judge.actor.userId : true);
  const done = new Set(
    begun.filter((each) => each.isSubmitted && isOf(run, each) && settles(each)).map(({ agentId }) => agentId),
  );
  return peopleOf(run, judge).filter(({ agentId }) => !done.has(agentId));
}
