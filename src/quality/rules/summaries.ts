import type { Label } from './decisionStore.ts';
import type { RuleCounts } from './hitStore.ts';
import { listsOf } from './readRule.ts';
import type { Earns, Rule } from './ruleSchema.ts';
import type { RuleSummary } from './schemas.ts';
import { type Standings, standingOf } from './standing.ts';

/** Above this share of the inspected conversations a rule says little about any of them. */
export const tooMuchPercent = 33;

export interface ToldRule {
  readonly rule: Rule;
  readonly version: number;
  /** From this version on it and its lists look for what they look for now. */
  readonly meansSince: number;
  readonly origin: 'shipped' | 'own';
}

/** What there is to say of one rule: its labels (oldest first, of hits it still makes) and how often it hit. */
export function summaryOf(
  told: ToldRule,
  labels: readonly Label[],
  counted: { readonly counts: RuleCounts | undefined; readonly inspected: number },
): RuleSummary {
  const { rule, version, origin } = told;
  const standings = ruleStanding(told, labels);
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

export function ruleStanding(
  { rule, meansSince }: Pick<ToldRule, 'rule' | 'meansSince'>,
  labels: readonly Label[],
  plan: Earns | null = null,
): Standings {
  const own = labels.filter((label) => label.rule === rule.id);
  const asItIs = own.filter(({ ruleVersion }) => ruleVersion >= meansSince);
  const said = (of: readonly Label[]) => of.map(({ confirmed }) => confirmed);
  return standingOf(rule, said(own), said(asItIs), plan);
}

/** Whether the rule looks for listed words: such hits measure how many banned words are found. */
export const looksForWords = (rule: Rule): boolean => listsOf(rule.when).length > 0;
