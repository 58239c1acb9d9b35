import type { z } from 'zod';
import { agentsAt, spokenMessages } from '../../../metrics/sessionStore.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise, scopeFilter } from '../../../people/authorise.ts';
import { BadInput, Forbidden, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { rubricOf } from '../../rubrics/rubricStore.ts';
import { mayInspect } from '../../sampling/assign.ts';
import type { Candidate } from '../../sampling/drawSample.ts';
import { candidatesById } from '../../sampling/populationStore.ts';
import type { pickSchema } from '../schemas.ts';
import { readerOf } from './openTask.ts';

const messagesMax = 2000;

/**
 * A task out of a conversation that the inspector chose, or of one of its messages: credited to the owner, or to the message's author. Outside
 * samples, so no estimate rests on it. Throws NotFound `session.unknown`, BadInput `inspection.scope` where rubric and choice do not fit.
 */
export async function pickInspection(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof pickSchema>,
): Promise<{ id: number }> {
  authorise(actor, 'inspection.write');
  const { stores } = deps;
  const { rubric, version } = await rubricOf(stores.postgres, input.rubric);
  if ((rubric.scope === 'message') !== (input.message !== null)) throw new BadInput('inspection.scope');
  const [session] = await candidatesById(deps, [input.sessionId], scopeFilter(actor));
  if (!session) throw new NotFound('session.unknown', { session: input.sessionId.slice(0, 100) });
  const place = input.message === null ? session : { ...session, ...(await authorOf(deps, session, input.message)) };
  if (!mayInspect(await readerOf(deps, actor), place)) throw new Forbidden('inspection.ownTeam');
  return transaction(stores.postgres, async (connection) => {
    const { rows } = await connection.query<{ id: string }>(
      `INSERT INTO inspection_tasks (stratum, reasons, session_id, message, agent_id, agent_name, team, shop, happened_at, rubric_id, rubric_version,
         hide_agent, assignee, created_at, state)
       VALUES (NULL, '{picked}', $1, $2, $3, $4, $5, $6, $7, $8, $9, false, $10, $11, 'open') RETURNING id`,
      [
        ...[session.sessionId, input.message, place.agentId, place.agentName],
        ...[place.team, place.shop, session.at, rubric.id, version, actor.userId, new Date(deps.now())],
      ],
    );
    const id = Number(rows[0]?.id);
    await audit(deps, actor, 'inspection.picked', String(id), connection);
    return { id };
  });
}

/** Who wrote a message, an agent by hand, and where they were when they did: maybe in another team than the conversation's owner. */
async function authorOf({ stores: { clickhouse } }: Deps, session: Candidate, place: number) {
  const message = (await spokenMessages(clickhouse, session.sessionId, messagesMax))[place];
  if (message?.sender !== 'agent' || message.auto || message.sender_id === '')
    throw new BadInput('inspection.notAReply');
  const { sender_id: agentId, at } = message;
  const [author] = await agentsAt(clickhouse, [agentId], at);
  if (!author) return { agentId, agentName: agentId, team: '' };
  return { agentId, agentName: author.name || agentId, team: author.team, shop: author.shop || session.shop };
}
