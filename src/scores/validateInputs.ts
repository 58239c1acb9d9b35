import { compare, fraction } from './fraction.ts';
import { type Issue, issue } from './planIssues.ts';
import type { Plan } from './planSchema.ts';

/** Every input that is named exists and is used; what is given lies within its range. */
export function validateInputs(plan: Plan): Issue[] {
  const known = new Set(plan.inputs.map(({ id }) => id));
  const used = namedInputs(plan, '');
  const unknown = used
    .filter(({ input }) => !known.has(input))
    .map(({ input, path }) => issue(path, 'input.unknown', { input }));
  const names = new Set(used.map(({ input }) => input));
  const own = plan.inputs.flatMap((input, i) => {
    const path = `inputs[${i}]`;
    const { min, max } = input;
    if (compare(fraction(min), fraction(max)) > 0) return [issue(path, 'input.limits', { min, max })];
    if (!names.has(input.id)) return [issue(path, 'input.unused')];
    if (input.value === undefined) return [issue(`${path}.value`, 'input.missing', input.name)];
    const value = fraction(input.value);
    const inside = compare(value, fraction(min)) >= 0 && compare(value, fraction(max)) <= 0;
    return inside ? [] : [issue(`${path}.value`, 'input.range', { min, max })];
  });
  return [...unknown, ...own];
}

/** Every place of the plan that says `{ input: id }`. */
function namedInputs(value: unknown, path: string): { input: string; path: string }[] {
  if (Array.isArray(value)) return value.flatMap((each, i) => namedInputs(each, `${path}[${i}]`));
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === 'input' && typeof only[1] === 'string')
    return [{ input: only[1], path: `${path}.input` }];
  return entries.flatMap(([key, each]) => namedInputs(each, path === '' ? key : `${path}.${key}`));
}
