import type { AssessmentForm, Question } from './assessmentFormSchema.ts';
import { compare, fraction, zero } from './fraction.ts';
import { type Issue, issue } from './planIssues.ts';
import type { PlanMetric } from './planMetric.ts';
import type { Plan } from './planSchema.ts';
import { whole } from './validateItem.ts';

const hundred = fraction('100');

/** The forms by which people assess: levels in order, numbers in range, an item that some metric reads. */
export function validateAssessments(plan: Plan, metrics: ReadonlyMap<string, PlanMetric>): Issue[] {
  const read = new Set([...metrics.values()].flatMap(({ assessment }) => assessment ?? []));
  return (plan.assessments ?? []).flatMap((form, f) => {
    const path = `assessments[${f}]`;
    return [
      ...whole(form.dueDays, `${path}.dueDays`),
      ...(read.has(form.item) ? [] : [issue(`${path}.item`, 'form.unread', { item: form.item })]),
      ...(form.assessor === 'colleagues' && form.asks.kind !== 'questions'
        ? [issue(`${path}.asks`, 'form.colleagues')]
        : []),
      ...asked(form, `${path}.asks`),
    ];
  });
}

function asked({ asks, item }: AssessmentForm, path: string): Issue[] {
  switch (asks.kind) {
    case 'questions':
      return [
        ...repeated(asks.questions, `${path}.questions`),
        ...asks.questions.flatMap((question, q) => levels(question, `${path}.questions[${q}].levels`)),
      ];
    case 'checklist':
      return [
        ...repeated(asks.lines, `${path}.lines`),
        ...(asks.tickets === undefined ? [] : whole(asks.tickets, `${path}.tickets`)),
        // Each line of an audit is an assessment of its own, so it can be ticked once only.
        ...(asks.tickets !== undefined && item === 'audit' ? [issue(`${path}.tickets`, 'form.auditTickets')] : []),
      ];
    case 'count':
    case 'nomination':
      return whole(asks.most, `${path}.most`);
  }
}

function levels({ levels: given }: Question, path: string): Issue[] {
  return given.flatMap(({ points }, l) => {
    const value = fraction(points);
    const better = given[l - 1];
    const place = `${path}[${l}].points`;
    if (compare(value, zero) < 0 || compare(value, hundred) > 0) return [issue(place, 'percent.range')];
    return better && compare(fraction(better.points), value) <= 0 ? [issue(place, 'form.levels')] : [];
  });
}

function repeated(entries: readonly { readonly id: string }[], path: string): Issue[] {
  return entries.flatMap(({ id }, i) =>
    entries.slice(0, i).some((earlier) => earlier.id === id) ? [issue(`${path}[${i}].id`, 'id.duplicate', { id })] : [],
  );
}
