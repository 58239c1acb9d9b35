import type { Label } from './decisionStore.ts';
import type { RuleCounts } from './hitStore.ts';
import { listsOf } from './readRule.ts';
import type { Rule } from './ruleSchema.ts';
import type { RuleSummary } from './schemas.ts';
import { type Standings, standingOf } from './standing.ts';

/** Above this share of the inspected conversations a rule says little about any of them. */
export const tooMuchPercent = 33;

export interface ToldRule {
  readonly rule: Rule;
  readonly version: number;
  readonly origin: 'shipped' | 'own';
}

/** What there is to say of one rule: its labels (oldest first, of hits it still makes) and how often it hit. */
export function summaryOf(
  { rule, version, origin }: ToldRule,
  labels: readonly Label[],
  counted: { readonly counts: RuleCounts | undefined; readonly inspected: number },
): RuleSummary {
  const standings = ruleStanding(rule, labels);
  const { counts, inspected } = counted;
  const sharePercent = inspected === 0 ? null : (100 * (counts?.sessions ?? 0)) / inspected;
  return {
    ...{ id: rule.id, name: rule.name, category: rule.category, severity: rule.severity },
    ...{ on: rule.state !== 'off', incident: rule.incident ?? null, alert: rule.alert === true, version, origin },
    ...standings,
    ...{ hits: counts?.hits ?? 0, sessions: counts?.sessions ?? 0, sharePercent },
    hitsTooMuch: sharePercent !== null && sharePercent > tooMuchPercent,
  };
}

export const ruleStanding = (rule: Rule, labels: readonly Label[]): Standings =>
  standingOf(
    rule,
    labels.filter((label) => label.rule === rule.id).map(({ confirmed }) => confirmed),
  );

/** Whether the rule looks for listed words: such hits measure how many banned words are found. */
export const looksForWords = (rule: Rule): boolean => listsOf(rule.when).length > 0;
