import type { ShapeProblem } from '../platform/shapeSentences.ts';
import { readYaml, shapeProblems } from '../platform/yamlShape.ts';
import { type Issue, issue } from './planIssues.ts';
import { type Plan, planSchema } from './planSchema.ts';

/** Characters a plan may have at most. */
export const planTextMax = 256 * 1024;
const problemsMax = 200;

/** A plan out of YAML (JSON is YAML too), or everything that is wrong with its text and shape. Never throws. */
export function readPlan(text: string): { plan: Plan; issues: [] } | { plan: null; issues: Issue[] } {
  const read = readYaml(text, { lengthMax: planTextMax, numbers: 'asWritten' });
  return 'problems' in read ? failed(read.problems) : shapePlan(read.content);
}

/** The same for a plan that was parsed already, such as a stored one. */
export function shapePlan(content: unknown): { plan: Plan; issues: [] } | { plan: null; issues: Issue[] } {
  const parsed = planSchema.safeParse(content, { reportInput: true });
  return parsed.success ? { plan: parsed.data, issues: [] } : failed(parsed.error.issues.flatMap(shapeProblems));
}

function failed(problems: readonly ShapeProblem[]): { plan: null; issues: Issue[] } {
  return {
    plan: null,
    issues: problems.slice(0, problemsMax).map(({ path, code, params }) => issue(path, code, params)),
  };
}
