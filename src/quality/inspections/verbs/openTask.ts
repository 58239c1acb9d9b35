import type { Actor } from '../../../people/actor.ts';
import { authorise, isInScope, may, scopeFilter } from '../../../people/authorise.ts';
import { NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import type { Queryable } from '../../../platform/transaction.ts';
import { mayInspect } from '../../sampling/assign.ts';
import { inspectorOf } from '../../sampling/inspectorStore.ts';
import type { Reader } from '../listStore.ts';
import { type Form, type Purpose, purposeOf, type Task } from '../task.ts';
import { type EventRow, eventsOf, formsOf, taskById } from '../taskStore.ts';

export interface Opened {
  readonly task: Task;
  readonly forms: readonly Form[];
  readonly events: readonly EventRow[];
  readonly own: Form | null;
  /** What a form of the reader's would be; null where there is nothing for them to judge. */
  readonly purpose: Purpose | null;
  /** Others' scores are hidden from the reader until theirs is in. */
  readonly blind: boolean;
}

export async function readerOf(deps: Deps, actor: Actor): Promise<Reader> {
  const judges = may(actor, 'inspection.write');
  return { ...(await inspectorOf(deps.stores.clickhouse, actor)), agents: scopeFilter(actor).agents, judges };
}

/**
 * The task as this person may see it: inspectors what they may judge, everybody else in scope what has been handed in. Out of reach looks
 * like absent: throws NotFound `inspection.unknown`.
 */
export async function openTask(
  deps: Deps,
  actor: Actor,
  id: number,
  from: Queryable = deps.stores.postgres,
  lock: 'lock' | 'read' = 'read',
): Promise<Opened> {
  authorise(actor, 'inspection.read');
  const task = await taskById(from, id, lock);
  const reader = await readerOf(deps, actor);
  const forms = await formsOf(from, id);
  const events = await eventsOf(from, id);
  const own = forms.find(({ inspector }) => inspector === actor.userId) ?? null;
  const able = reader.judges && mayInspect(reader, task);
  const seen = isInScope(actor, { agentId: task.agentId, team: task.team, shop: task.shop }) && task.state !== 'open';
  if (!able && !seen && !own) throw new NotFound('inspection.unknown', { inspection: id });
  const possible = able ? purposeOf(task, forms, actor.userId) : null;
  const isAsked = count(events, 'asked') > count(events, 'second');
  const purpose = possible === 'second' && !isAsked && !own ? null : possible;
  return { task, forms, events, own, purpose, blind: purpose === 'first' || purpose === 'second' };
}

const count = (events: readonly EventRow[], what: EventRow['what']) =>
  events.filter((event) => event.what === what).length;
