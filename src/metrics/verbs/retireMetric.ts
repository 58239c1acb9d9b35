import type { Actor } from '../../people/actor.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { Queryable } from '../../platform/transaction.ts';
import {
  type Definitions,
  type DefinitionVersion,
  isRetiredIn,
  lastCountingIn,
  retiredFrom,
} from '../definitionVersions.ts';
import { monthAt } from '../months.ts';
import { authoriseForAll, type Saved, saveDecisions } from './saveDefinitions.ts';

export interface RetireMetric {
  readonly metric: string;
  /** First month in which it is no longer offered; next month unless given. */
  readonly from?: string | undefined;
  readonly reason?: string | undefined;
}

/** The plan versions that count by a metric in that month or later, as people know them (`desk 3`). */
export type PlansUsing = (postgres: Queryable, metric: string, from: string) => Promise<readonly string[]>;

/**
 * From a month on a metric of one's own is no longer offered; months before it, and what was closed, still answer. Throws NotFound
 * `metric.notOwn`, Conflict `metric.usedByPlans` naming the plan versions in force then or later, `definition.monthOver` or
 * `definition.unchanged`.
 */
export async function retireMetric(
  deps: Deps,
  actor: Actor,
  input: RetireMetric,
  plansUsing: PlansUsing,
): Promise<Saved> {
  authoriseForAll(actor);
  const { metric, reason = '' } = input;
  const from = input.from ?? monthAt(deps.now(), deps.timeZone, 1);
  return saveDecisions(deps, actor, async (definitions, connection) => {
    const versions = ownVersions(definitions, metric);
    const plans = await plansUsing(connection, metric, from);
    if (plans.length > 0) throw new Conflict('metric.usedByPlans', { metric, month: from, plans: plans.join(', ') });
    // A version that was decided for a later month would bring it back.
    const later = beginnings(versions).filter((month) => month > from && !isRetiredIn(versions, month));
    return [from, ...later].map((month) => ({ metric, content: { kind: 'retired' }, from: month, reason }));
  });
}

/**
 * Takes a retirement back: the metric is offered again as it counted last, from the month it was to end or, where that is over, from
 * the running one. Throws NotFound `metric.notOwn`, Conflict `metric.notRetired`.
 */
export async function restoreMetric(deps: Deps, actor: Actor, input: Omit<RetireMetric, 'from'>): Promise<Saved> {
  authoriseForAll(actor);
  const { metric, reason = '' } = input;
  const running = monthAt(deps.now(), deps.timeZone);
  return saveDecisions(deps, actor, (definitions) => {
    const versions = ownVersions(definitions, metric);
    if (retiredFrom(versions) === null) throw new Conflict('metric.notRetired', { metric });
    const ended = beginnings(versions).filter((month) => isRetiredIn(versions, month));
    const months = new Set(ended.map((month) => (month < running ? running : month)));
    return [...months].flatMap((from) => {
      const last = lastCountingIn(versions, from);
      return last && isRetiredIn(versions, from) ? [{ metric, content: last.content, from, reason }] : [];
    });
  });
}

function ownVersions(definitions: Definitions, metric: string): readonly DefinitionVersion[] {
  const versions = definitions.get(metric) ?? [];
  if (versions[0]?.content.kind !== 'own') throw new NotFound('metric.notOwn', { metric: metric.slice(0, 60) });
  return versions;
}

/** The months with which a version begins. */
const beginnings = (versions: readonly DefinitionVersion[]): string[] =>
  [...new Set(versions.flatMap(({ inForceFrom }) => inForceFrom ?? []))].sort();
