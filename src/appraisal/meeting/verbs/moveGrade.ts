import type pg from 'pg';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise, everybody } from '../../../people/authorise.ts';
import { BadInput, Conflict, Forbidden, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { multiply } from '../../../scores/fraction.ts';
import {
  type FrozenCard,
  insertFrozenCards,
  readCardVersions,
  readFrozenCards,
} from '../../../scores/frozenCardStore.ts';
import { isVetoed } from '../../../scores/isVetoed.ts';
import { keptCoefficient } from '../../../scores/keptCoefficient.ts';
import type { ResolvedPlan } from '../../../scores/resolvePlan.ts';
import { teamFactor, teamIn } from '../../../scores/teamCoefficient.ts';
import { readCycle } from '../../cycleStore.ts';
import { frozenPlan } from '../../frozenPlanStore.ts';
import { gradeSteps } from '../../gradeScale.ts';
import { insertMove, markUndone, moveView, readMove } from '../moveStore.ts';
import type { Moved, MoveGrade } from '../schemas.ts';

type Grade = Pick<FrozenCard, 'grade' | 'level' | 'gradedBy' | 'coefficient'>;

/**
 * Moves one person of a closed period to another grade, with the reason: the card gets its next version. Throws Conflict
 * `cycle.wrongState` once the period is published, `meeting.unrated`, `meeting.redLine` for whoever a red line holds where they are,
 * `meeting.sameGrade`; BadInput `meeting.gradeUnknown`; Forbidden `meeting.ownGrade`.
 */
export async function moveGrade(
  deps: Deps,
  actor: Actor,
  input: MoveGrade & { readonly period: string },
): Promise<Moved> {
  authorise(actor, 'meeting.write', everybody);
  const { period, agentId, grade, reason } = input;
  return transaction(deps.stores.postgres, async (connection) => {
    const card = await heldCard(connection, actor, period, agentId);
    const plan = await frozenPlan(connection, period, card.plan);
    const to = gradeAt(plan, card, grade);
    const next = await addVersion(deps, actor, connection, card, to, reason);
    const at = new Date(deps.now());
    const by = { userId: actor.userId, name: actor.name };
    const id = await insertMove(connection, {
      ...{ period, agentId, agentName: card.person.name, planId: card.plan.id, version: next.version },
      from: { grade: card.grade ?? '', level: card.level },
      to: { grade, level: to.level },
      ...{ reason, at, by },
    });
    await audit(deps, actor, 'meeting.moved', `${period} ${agentId} ${card.grade} ${grade}`, connection);
    return moved(connection, period, id, next);
  });
}

/** Takes the last move of a person back: what was before counts again. Throws NotFound `meeting.moveUnknown`, Conflict `meeting.notLast`,
 * `meeting.overtaken` where the card was revised since. */
export async function undoMove(
  deps: Deps,
  actor: Actor,
  { period, move: id }: { readonly period: string; readonly move: number },
): Promise<Moved> {
  authorise(actor, 'meeting.write', everybody);
  return transaction(deps.stores.postgres, async (connection) => {
    await holdClosed(connection, period);
    const move = await readMove(connection, period, id);
    if (!move) throw new NotFound('meeting.moveUnknown');
    if (move.undoneAt !== null || !move.isLast) throw new Conflict('meeting.notLast');
    if (move.isOvertaken) throw new Conflict('meeting.overtaken');
    const card = await heldCard(connection, actor, period, move.agentId);
    const before = (await readCardVersions(connection, period, move.agentId)).find(
      ({ version }) => version === move.version - 1,
    );
    if (!before) throw new RangeError(`no version before ${move.version}`);
    const next = await addVersion(deps, actor, connection, card, before, `撤销 · undone #${id}`);
    await markUndone(connection, id, { at: new Date(deps.now()), by: { userId: actor.userId, name: actor.name } });
    await audit(deps, actor, 'meeting.undone', `${period} ${move.agentId} ${move.to} ${move.from}`, connection);
    return moved(connection, period, id, next);
  });
}

async function holdClosed(connection: pg.PoolClient, period: string): Promise<void> {
  const cycle = await readCycle(connection, period, true);
  if (cycle?.state !== 'closed') throw new Conflict('cycle.wrongState', { period });
}

async function heldCard(connection: pg.PoolClient, actor: Actor, period: string, agentId: string): Promise<FrozenCard> {
  await holdClosed(connection, period);
  const [card] = await readFrozenCards(connection, period, [agentId]);
  if (!card) throw new NotFound('scorecard.agentUnknown', { agent: agentId, period });
  if (actor.agentId === agentId) throw new Forbidden('meeting.ownGrade');
  return card;
}

/** The grade asked for, on the scale the person is graded by. A level is the nearest: the last of a better grade, the first of a worse. */
function gradeAt(plan: ResolvedPlan, card: FrozenCard, grade: string): Grade {
  if (card.grade === null) throw new Conflict('meeting.unrated');
  if (isVetoed(plan, card.card)) throw new Conflict('meeting.redLine');
  if (card.grade === grade) throw new Conflict('meeting.sameGrade');
  const steps = gradeSteps(plan, card.level === null ? 'bands' : 'distribution');
  const to = steps.findIndex(({ id, byRedLine }) => id === grade && !byRedLine);
  const step = steps[to];
  if (!step) throw new BadInput('meeting.gradeUnknown');
  const from = steps.findIndex(({ id }) => id === card.grade);
  if (card.level !== null)
    return {
      ...{ grade, level: to < from ? step.levels : 1, gradedBy: 'meeting', coefficient: card.coefficient },
    };
  const ofBand = plan.bands.find(({ id }) => id === grade)?.coefficient ?? null;
  const coefficient = ofBand && multiply(ofBand, teamFactor(plan, teamIn(card.card)));
  return { grade, level: null, gradedBy: 'meeting', coefficient: coefficient && keptCoefficient(coefficient) };
}

async function addVersion(
  deps: Deps,
  actor: Actor,
  connection: pg.PoolClient,
  card: FrozenCard,
  { grade, level, gradedBy, coefficient }: Grade,
  reason: string,
): Promise<FrozenCard> {
  const next: FrozenCard = {
    ...{ ...card, version: card.version + 1, grade, level, gradedBy, cause: 'meeting', reason },
    // By rank one is paid by the card's own coefficient, which may have been revised since the move that is undone.
    coefficient: level === null ? coefficient : card.card.coefficient,
    ...{ madeAt: new Date(deps.now()).toISOString(), madeBy: { userId: actor.userId, name: actor.name } },
  };
  await insertFrozenCards(connection, [next]);
  return next;
}

async function moved(connection: pg.PoolClient, period: string, id: number, card: FrozenCard): Promise<Moved> {
  const move = await readMove(connection, period, id);
  if (!move) throw new RangeError(`no move ${id}`);
  const { agentId, grade, level, gradedBy, coefficient } = card;
  return { person: { agentId, grade, level, gradedBy, coefficient }, move: moveView(move) };
}
