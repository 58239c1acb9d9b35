import type { RuleSummary } from '../../quality/rules/schemas.ts';

/** One decimal, as percentages are shown; null where there is nothing to show. */
export const percentText = (value: number | null): string | null => (value === null ? null : value.toFixed(1));

/** What the sentence about a rule's precision is filled with; null before anybody decided about a hit. */
export function precisionParts({ precision }: Pick<RuleSummary, 'precision'>): Record<string, string | number> | null {
  const [percent, low, high] = [precision.percent, precision.low, precision.high].map(percentText);
  if (!percent || !low || !high) return null;
  return { percent, low, high, confirmed: precision.confirmed, labelled: precision.labelled };
}

/** A rule to begin with. */
export const ruleTemplate = (id: string): string => `id: ${id}
name: { zh: 新规则, en: New rule }
category: other
severity: minor
# incident: language
when:
  phrases: [示例说法]
  by: agent
`;

/** Whether an address may name a rule. */
export const isRuleId = (id: string): boolean => /^[a-z][a-z0-9_]{1,59}$/.test(id);

export interface Placed {
  readonly x: number;
  readonly y: number;
}

/** Feelings as points of a drawing, 0 to 100 across and down; 50 points is the middle. One message alone stands in the middle. */
export function placeFeelings(feelings: readonly number[]): Placed[] {
  return feelings.map((feeling, i) => ({
    x: feelings.length === 1 ? 50 : (100 * i) / (feelings.length - 1),
    y: 100 - feeling,
  }));
}
