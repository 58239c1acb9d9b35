import type { Worth } from './worth.ts';

/** A row of kind assessments; `revision` makes every version differ, so that an earlier state that holds again wins as well. */
export type AssessmentRow = Readonly<
  Record<'agent_id' | 'period' | 'item' | 'value' | 'by' | 'note' | 'form' | 'revision' | 'withdrawn', string>
>;

interface HandedIn {
  readonly formId: string;
  readonly period: string;
  readonly agentId: string;
  readonly assessor: string;
  readonly assessorAgent: string | null;
  readonly handedNote: string;
  readonly worth: readonly Worth[];
  readonly factsRevision: number;
  readonly factsItems: readonly string[];
}

/** What a form that was handed in says as rows; items it spoke of before and does not any more go out as withdrawn. */
export function rowsOf(given: HandedIn): { rows: AssessmentRow[]; items: string[] } {
  const { formId, period, agentId, assessor, assessorAgent, handedNote, worth, factsRevision, factsItems } = given;
  const items = [...new Set([...factsItems, ...worth.map(({ item }) => item)])];
  const rows = items.map((item) => {
    const found = worth.find((each) => each.item === item);
    return {
      ...{ agent_id: agentId, period, item, by: `${formId}:${assessorAgent ?? assessor}`, note: handedNote },
      ...{ form: formId, revision: String(factsRevision) },
      // A withdrawn row needs a value as every row does; nothing reads it.
      ...(found ? { value: found.value, withdrawn: 'false' } : { value: '0', withdrawn: 'true' }),
    };
  });
  return { rows, items };
}
