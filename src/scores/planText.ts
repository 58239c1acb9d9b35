import { LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { type Issue, issue } from './planIssues.ts';
import { type Plan, planSchema } from './planSchema.ts';

const textLengthMax = 256 * 1024;

/** A plan out of YAML (JSON is YAML too), or everything that is wrong with its text and shape. Never throws. */
export function readPlan(text: string): { plan: Plan; issues: [] } | { plan: null; issues: Issue[] } {
  if (text.length > textLengthMax) return failed([issue('', 'text.tooLong', { max: textLengthMax })]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, merge: false, prettyErrors: false });
  if (document.errors.length > 0) {
    return failed(
      document.errors.map((error) =>
        issue('', 'text.notYaml', { line: lines.linePos(error.pos[0]).line, code: error.code }),
      ),
    );
  }
  // Numbers stay as they were written: 1.20 or 0.1 must not pass through binary floating point.
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'number' || typeof node.value === 'bigint')
        node.value = node.source ?? String(node.value);
    },
  });
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    if (error instanceof ReferenceError) return failed([issue('', 'text.aliases', {})]);
    throw error;
  }
  return shapePlan(content);
}

/** The same for a plan that was parsed already, such as a stored one. */
export function shapePlan(content: unknown): { plan: Plan; issues: [] } | { plan: null; issues: Issue[] } {
  const parsed = planSchema.safeParse(content, { reportInput: true });
  if (parsed.success) return { plan: parsed.data, issues: [] };
  return failed(parsed.error.issues.flatMap(shapeIssues));
}

function failed(issues: Issue[]): { plan: null; issues: Issue[] } {
  return { plan: null, issues };
}

function shapeIssues(found: z.core.$ZodIssue): Issue[] {
  const path = pathText(found.path);
  switch (found.code) {
    case 'unrecognized_keys':
      return found.keys.map((key) =>
        issue(path === '' ? key : `${path}.${key}`, 'shape.unknownKey', { key: key.slice(0, 60) }),
      );
    case 'invalid_type':
      return [issue(path, found.input === undefined ? 'shape.missing' : 'shape.type', { expected: found.expected })];
    case 'invalid_value':
      return [issue(path, 'shape.choice', { choices: found.values.map(String).join(', ') })];
    case 'custom':
      return [issue(path, 'shape.amount', {})];
    case 'too_big':
      return [issue(path, 'shape.tooLong', { max: Number(found.maximum) })];
    case 'too_small':
      return [issue(path, 'shape.tooShort', { min: Number(found.minimum) })];
    case 'invalid_union': {
      // The branch that got furthest says what is wrong: the others only say that it is another form.
      const nearest = found.errors.find((branch) =>
        branch.some((inner) => inner.code !== 'invalid_type' || inner.path.length > 0),
      );
      return (
        nearest?.flatMap((inner) => shapeIssues({ ...inner, path: [...found.path, ...inner.path] })) ?? [
          issue(path, 'shape.other', { code: found.code }),
        ]
      );
    }
    default:
      return [issue(path, 'shape.other', { code: found.code })];
  }
}

export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const step of path)
    text += typeof step === 'number' ? `[${step}]` : text === '' ? String(step) : `.${String(step)}`;
  return text;
}
