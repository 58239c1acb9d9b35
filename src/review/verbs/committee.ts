import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, everybody } from '../../people/authorise.ts';
import { maskPersonalData } from '../../people/mask.ts';
import { BadInput, Conflict, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import { stateAfter } from '../actionState.ts';
import { departmentsOf, insertAction, insertMeeting, isOccasion, keepMove, lockAction } from '../reviewStore.ts';
import type { AddAction, AddMeeting, MoveAction } from '../schemas.ts';
import { byOf } from './occasions.ts';

/** Writes down a meeting of the committee, one that is still to come as well. */
export async function addMeeting(deps: Deps, actor: Actor, input: AddMeeting): Promise<{ id: number }> {
  authorise(actor, 'review.write', everybody);
  return transaction(deps.stores.postgres, async (connection) => {
    const departments = [...new Set(input.departments.map((each) => maskPersonalData(each)))];
    const meeting = { day: input.day, departments, notes: maskPersonalData(input.notes) };
    const id = await insertMeeting(connection, meeting, byOf(deps, actor));
    await audit(deps, actor, 'review.met', `${id} ${input.day}`, connection);
    return { id };
  });
}

/** An action somebody owns until a day. Throws NotFound `review.meetingUnknown`, `review.unknown` or `review.departmentUnknown`. */
export async function addAction(deps: Deps, actor: Actor, input: AddAction): Promise<{ id: number }> {
  authorise(actor, 'review.write', everybody);
  const { meeting, occasion } = input;
  return transaction(deps.stores.postgres, async (connection) => {
    const departments = await departmentsOf(connection, meeting);
    if (!departments) throw new NotFound('review.meetingUnknown', { meeting });
    if (occasion !== null && !(await isOccasion(connection, occasion)))
      throw new NotFound('review.unknown', { occasion });
    const [owner, what] = [maskPersonalData(input.owner), maskPersonalData(input.what)];
    const department = maskPersonalData(input.department);
    if (!departments.includes(department)) throw new NotFound('review.departmentUnknown', { department });
    const id = await insertAction(connection, { ...input, department, owner, what }, byOf(deps, actor));
    await audit(deps, actor, 'review.actionAdded', `${id} ${input.dueOn}`, connection);
    return { id };
  });
}

/**
 * Done, dropped, opened again or moved to another day, always with a reason. Throws NotFound `review.actionUnknown`, Conflict
 * `review.actionState`, BadInput `review.actionDay` for a move that names no other day.
 */
export async function moveAction(deps: Deps, actor: Actor, id: number, input: MoveAction): Promise<void> {
  authorise(actor, 'review.write', everybody);
  const { move } = input;
  await transaction(deps.stores.postgres, async (connection) => {
    const action = await lockAction(connection, id);
    if (!action) throw new NotFound('review.actionUnknown', { action: id });
    const state = stateAfter(action.state, move);
    if (state === null) throw new Conflict('review.actionState', { action: id });
    const dueOn = move === 'moved' ? input.dueOn : action.dueOn;
    if (dueOn === undefined || (move === 'moved' && dueOn === action.dueOn)) throw new BadInput('review.actionDay');
    const reason = maskPersonalData(input.reason);
    await keepMove(connection, id, { move, state, dueOn, reason }, byOf(deps, actor));
    await audit(deps, actor, 'review.actionMoved', `${id} ${move} ${dueOn}`, connection);
  });
}
