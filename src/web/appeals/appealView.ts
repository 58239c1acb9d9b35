import type { Appeal } from '../../appraisal/appeals/schemas.ts';

/** What is to be put right, as somebody chooses it in the form. */
export interface Chosen {
  readonly incidents: readonly string[];
  readonly days: readonly string[];
  readonly records: readonly { readonly kind: string; readonly id: string }[];
  /** By part, '' for the whole item; what is no number yet is left out. */
  readonly values: Readonly<Record<string, string>>;
}

export const nothingChosen: Chosen = { incidents: [], days: [], records: [], values: {} };

const isValue = (text: string) => /^-?\d{1,12}(\.\d{1,6})?$/.test(text);

/** The same as corrections: for an inspection or incident what is proposed, for an item what was chosen. */
export function correctionsOf(
  { kind, proposed, choices, subject }: Pick<Appeal, 'kind' | 'proposed' | 'choices' | 'subject'>,
  chosen: Chosen,
): Appeal['proposed'] {
  if (kind !== 'item') return proposed;
  const item = choices.value?.item ?? subject;
  return [
    ...chosen.incidents.map((incidentId) => ({ kind: 'incident' as const, incidentId })),
    ...chosen.days.map((day) => ({ kind: 'day' as const, item, day })),
    ...chosen.records.map((record) => ({ kind: 'record' as const, record })),
    ...Object.entries(chosen.values).flatMap(([part, text]) =>
      isValue(text.trim())
        ? [{ kind: 'value' as const, item, part: part === '' ? null : part, value: text.trim() }]
        : [],
    ),
  ];
}

/** What HR starts from: the supervisor's word, which HR may change. */
export function wordSoFar({ decisions }: Pick<Appeal, 'decisions'>): {
  readonly decision: 'upheld' | 'rejected';
  readonly chosen: Chosen;
} {
  const given = decisions.findLast(({ step }) => step === 'supervisor');
  if (!given) return { decision: 'upheld', chosen: nothingChosen };
  const { decision, corrections } = given;
  return {
    decision,
    chosen: {
      incidents: corrections.flatMap((each) => (each.kind === 'incident' ? [each.incidentId] : [])),
      days: corrections.flatMap((each) => (each.kind === 'day' ? [each.day] : [])),
      records: corrections.flatMap((each) => (each.kind === 'record' ? [each.record] : [])),
      values: Object.fromEntries(
        corrections.flatMap((each) => (each.kind === 'value' ? [[each.part ?? '', each.value]] : [])),
      ),
    },
  };
}

/** Steps of an appeal, with the one it is at. */
export const steps = ['submitted', 'supervisor', 'hr', 'final'] as const;
export function stepAt(state: Appeal['state']): number {
  switch (state) {
    case 'submitted':
      return 1;
    case 'hr':
      return 2;
    case 'final':
      return 3;
  }
}

export const toggled = <Value>(list: readonly Value[], value: Value, same: (a: Value) => boolean): Value[] =>
  list.some(same) ? list.filter((each) => !same(each)) : [...list, value];
