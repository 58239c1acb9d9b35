import { compare, fraction, zero } from './fraction.ts';
import { offeredMetric } from './offeredMetric.ts';
import { type Issue, issue } from './planIssues.ts';
import type { PlanMetric } from './planMetric.ts';
import type { Plan } from './planSchema.ts';
import { checkTarget } from './validateItem.ts';
import { checkOptions } from './validateOptions.ts';

type Coupling = NonNullable<Plan['couplings']>[number];
type Term = Coupling['of'];

/** What couplings refer to exists, their limits make sense, and none depends on itself. */
export function validateCouplings(plan: Plan, metrics: ReadonlyMap<string, PlanMetric>): Issue[] {
  const couplings = plan.couplings ?? [];
  const items = new Set(plan.blocks.flatMap((block) => block.items.map(({ id }) => id)));
  const known = new Set(couplings.map(({ id }) => id));
  const term = (found: Term, path: string): Issue[] => {
    if ('item' in found)
      return items.has(found.item) ? [] : [issue(`${path}.item`, 'item.unknown', { item: found.item })];
    if ('coupling' in found) {
      const { coupling } = found;
      return known.has(coupling) ? [] : [issue(`${path}.coupling`, 'coupling.unknown', { coupling })];
    }
    const metric = metrics.get(found.metric);
    const missing = offeredMetric(found.metric, `${path}.metric`, metrics);
    if (!metric || missing.length > 0) return missing;
    const options = checkOptions({ options: found.options }, metric, path, plan.appraises ?? 'agent');
    if (options.length > 0) return options;
    if (metric.better === 'band') return [issue(`${path}.metric`, 'metric.noDirection', { metric: found.metric })];
    return checkTarget(found.target, metric.better, `${path}.target`, plan.inputs);
  };
  const own = couplings.flatMap((coupling, c) => {
    const path = `couplings[${c}]`;
    const { floor, ceiling, cap } = coupling;
    return [
      ...term(coupling.of, `${path}.of`),
      ...coupling.by.flatMap((each, i) => term(each, `${path}.by[${i}]`)),
      ...(compare(fraction(cap), zero) <= 0 ? [issue(`${path}.cap`, 'target.notPositive')] : []),
      ...(compare(fraction(floor), zero) < 0 ? [issue(`${path}.floor`, 'target.negative')] : []),
      ...(compare(fraction(floor), fraction(ceiling)) > 0 ? [issue(path, 'coupling.limits', { floor, ceiling })] : []),
    ];
  });
  return [...own, ...twiceAdjusted(couplings), ...cycles(couplings)];
}

/** An item adjusted by two couplings would depend on which one came first. */
function twiceAdjusted(couplings: readonly Coupling[]): Issue[] {
  const seen = new Set<string>();
  return couplings.flatMap(({ of }, c) => {
    if (!('item' in of)) return [];
    const again = seen.has(of.item);
    seen.add(of.item);
    return again ? [issue(`couplings[${c}].of.item`, 'coupling.twice', { item: of.item })] : [];
  });
}

/** A coupling waits for those it names, and for the one that adjusts an item it is limited by. */
export function dependencies(coupling: Coupling, all: readonly Coupling[]): string[] {
  const limits = coupling.by.flatMap((term) => {
    if ('coupling' in term) return [term.coupling];
    if (!('item' in term)) return [];
    return all.flatMap(({ id, of }) => ('item' in of && of.item === term.item ? [id] : []));
  });
  return 'coupling' in coupling.of ? [coupling.of.coupling, ...limits] : limits;
}

/** Each cycle once, at the coupling of it that comes first, with the whole way round. */
function cycles(couplings: readonly Coupling[]): Issue[] {
  const byId = new Map(couplings.map((coupling) => [coupling.id, coupling]));
  const done = new Set<string>();
  const issues: Issue[] = [];
  const visit = (id: string, trail: readonly string[]): void => {
    const coupling = byId.get(id);
    if (!coupling || done.has(id)) return;
    const from = trail.indexOf(id);
    if (from >= 0) {
      const round = trail.slice(from);
      const place = Math.min(...round.map((each) => couplings.findIndex((other) => other.id === each)));
      issues.push(issue(`couplings[${place}]`, 'coupling.cycle', { path: [...round, id].join(' → ') }));
      return;
    }
    for (const next of dependencies(coupling, couplings)) visit(next, [...trail, id]);
    done.add(id);
  };
  for (const { id } of couplings) visit(id, []);
  return issues;
}
