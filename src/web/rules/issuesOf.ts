import { readRule } from '../../quality/rules/readRule.ts';
import { ruleIssue } from '../../quality/rules/ruleIssues.ts';
import type { Issue } from '../yamlForm/editing.ts';

/** What the server would refuse, as one types. `id` is the rule's own, null for a new one. */
export function issuesOf(text: string, lists: ReadonlySet<string>, id: string | null): readonly Issue[] {
  const { rule, issues } = readRule(text, lists);
  return rule && id !== null && rule.id !== id ? [ruleIssue('id', 'id.other', { id })] : issues;
}
