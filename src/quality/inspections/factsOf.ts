import type { Rubric } from '../rubrics/rubricSchema.ts';
import { scoreForm } from '../rubrics/scoreForm.ts';
import type { Form, Task } from './task.ts';

type Row = Readonly<Record<string, string>>;
export interface InspectionFacts {
  readonly assessments: readonly Row[];
  readonly incidents: readonly Row[];
  /** Items that are incidents now or were in an earlier revision. */
  readonly items: readonly string[];
}

/**
 * A task as rows of the open format. Every revision differs in a column of its own, so that an earlier state that holds again wins as
 * well. The score that counts is an assessment `professionalism` of the month of the conversation; each form handed in is `qa:SESSION#inspection:ID` by
 * its inspector; findings are incidents. What no longer holds goes out as withdrawn or overturned. `weight`: what the score that
 * counts weighs in its sample; null outside samples.
 */
export function factsOf(
  task: Task,
  forms: readonly Form[],
  rubric: Rubric,
  { month, weight }: { readonly month: string; readonly weight: string | null },
): InspectionFacts {
  const given = { agent_id: task.agentId, period: month, note: '', revision: String(task.factsRevision) };
  const final = forms.find(({ id }) => id === task.finalForm);
  const spoken = `qa:${task.sessionId}${task.message === null ? '' : `#${task.message}`}`;
  const record = task.ownRecord ? `${spoken}#${idOf(task)}` : spoken;
  const judged = forms.map(({ inspector, inspectorAgent, score }) => ({
    ...{ ...given, item: record, by: inspectorAgent ?? inspector, ...worthOf(score) },
  }));
  const counts = {
    ...given,
    item: 'professionalism',
    by: idOf(task),
    inspection: String(task.id),
    sample_weight: weight ?? '',
  };
  const scored = final ? scoreForm(rubric, final.marks) : null;
  const findings = scored?.status === 'scored' ? scored.findings : [];
  const items = [...new Set([...task.factsItems, ...findings.map(({ item }) => item)])];
  return {
    assessments: [{ ...counts, ...worthOf(final ? (task.counted ?? final.score) : null) }, ...judged],
    incidents: items.flatMap((item): Row[] => {
      const found = findings.find((each) => each.item === item);
      const incident = found?.incident ?? incidentOf(rubric, item);
      if (!incident) return [];
      return [
        {
          ...{ agent_id: task.agentId, at: task.happenedAt, item: incident, severity: found?.severity ?? 'minor' },
          ...{ incident_id: `${idOf(task)}:${item}`, session_id: task.sessionId, note: '' },
          // What is in dispute is an allegation: it has no effect until somebody decided.
          status: !found ? 'overturned' : task.state === 'disputed' ? 'pending' : 'confirmed',
          revision: String(task.factsRevision),
        },
      ];
    }),
    items,
  };
}

const idOf = ({ id }: Task) => `inspection:${id}`;

const worthOf = (score: string | null) =>
  score === null ? { value: '0', withdrawn: 'true' } : { value: score, withdrawn: 'false' };

const incidentOf = (rubric: Rubric, id: string): string | undefined =>
  rubric.categories.flatMap(({ items }) => items).find((item) => item.id === id)?.incident;
