import { todayIn } from '../../facts/calendarDays.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, isInScope, may, scopeFilter } from '../../people/authorise.ts';
import { BadInput, Conflict, Forbidden, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { type Queryable, transaction } from '../../platform/transaction.ts';
import type { DevelopmentList, DevelopmentQuery, DevelopmentView, EndInput, NoteInput } from '../developmentSchemas.ts';
import {
  endDevelopment,
  insertNote,
  lockDevelopment,
  readDevelopments,
  type StoredDevelopment,
} from '../developmentStore.ts';

/** Trainings and improvement plans in reach; an agent sees their own. */
export async function listDevelopments(deps: Deps, actor: Actor, query: DevelopmentQuery): Promise<DevelopmentList> {
  authorise(actor, 'improvement.read');
  const found = await readDevelopments(deps.stores.postgres, scopeFilter(actor));
  const open = found.filter(({ endedAt }) => endedAt === null);
  const ended = found.filter(({ endedAt }) => endedAt !== null);
  const shown = (query.state === 'open' ? open : ended).filter(({ kind }) => !query.kind || kind === query.kind);
  return {
    plans: shown.map((each) => viewOf(deps, actor, each)),
    counts: { open: open.length, ended: ended.length },
  };
}

/**
 * Writes down a talk, and with it goals that were reached or a later last day. Throws NotFound `development.unknown`, Conflict
 * `development.ended`, BadInput `development.goalUnknown` or `development.day`, Forbidden `outcome.own`.
 */
export async function addNote(deps: Deps, actor: Actor, id: number, input: NoteInput): Promise<void> {
  authorise(actor, 'improvement.write');
  await transaction(deps.stores.postgres, async (connection) => {
    const plan = await openOne(connection, actor, id);
    const { day, note, reached = [], endsOn = null } = input;
    if (reached.some((item) => !plan.goals.some((goal) => goal.item === item)))
      throw new BadInput('development.goalUnknown');
    if (day > todayIn(deps)) throw new BadInput('development.day', { day });
    if (endsOn !== null && endsOn <= plan.endsOn) throw new BadInput('development.endsOn', { day: plan.endsOn });
    await insertNote(connection, id, { day, note, reached, endsOn }, byOf(deps, actor, ''));
    await audit(deps, actor, 'development.noted', `${id} ${plan.kind} ${plan.agentId}`, connection);
  });
}

/** Ends one with a decision. What follows from goals not reached is a proposal of its own. Throws as `addNote`. */
export async function endPlan(deps: Deps, actor: Actor, id: number, { result, reason }: EndInput): Promise<void> {
  authorise(actor, 'improvement.write');
  await transaction(deps.stores.postgres, async (connection) => {
    const plan = await openOne(connection, actor, id);
    await endDevelopment(connection, id, result, byOf(deps, actor, reason));
    await audit(deps, actor, 'development.ended', `${id} ${plan.kind} ${plan.agentId} ${result}`, connection);
  });
}

async function openOne(connection: Queryable, actor: Actor, id: number): Promise<StoredDevelopment> {
  const plan = await lockDevelopment(connection, id);
  if (!plan || !isInScope(actor, plan)) throw new NotFound('development.unknown', { plan: id });
  if (actor.agentId === plan.agentId) throw new Forbidden('outcome.own');
  if (plan.endedAt) throw new Conflict('development.ended', { plan: id });
  return plan;
}

const byOf = (deps: Deps, actor: Actor, reason: string) => ({
  ...{ at: new Date(deps.now()), userId: actor.userId, name: actor.name, reason },
});

function viewOf(deps: Deps, actor: Actor, plan: StoredDevelopment): DevelopmentView {
  const { id, kind, agentId, name, team, shop, period, paidMonths, endsOn, endedAt, notes } = plan;
  const reached = new Set(notes.flatMap((note) => note.reached));
  return {
    ...{ id, kind, agent: { agentId, name, team, shop }, period, paidMonths, endsOn },
    goals: plan.goals.map((goal) => ({ ...goal, reached: reached.has(goal.item) })),
    opened: { at: plan.openedAt.toISOString(), by: plan.openedName },
    overdue: endedAt === null && endsOn < todayIn(deps),
    ended:
      endedAt && plan.result
        ? {
            ...{ at: endedAt.toISOString(), by: plan.endedName ?? '', result: plan.result },
            reason: plan.endedReason ?? '',
          }
        : null,
    notes: notes.map(({ at, ...note }) => ({ ...note, at: new Date(at).toISOString() })),
    mayWrite: endedAt === null && may(actor, 'improvement.write') && actor.agentId !== agentId,
  };
}
