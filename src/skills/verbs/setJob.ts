import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { maskPersonalData } from '../../people/mask.ts';
import { Forbidden, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import type { SetJob } from '../schemas.ts';
import { insertPersonJob, lockSkills, readCatalogue } from '../skillStore.ts';
import { proposeRotations } from './proposeRotations.ts';
import { colleague } from './readMatrix.ts';

/** Says whose job it is from now on. Throws NotFound `skill.person` or `skill.jobUnknown`, Forbidden `skill.own`. */
export async function setJob(deps: Deps, actor: Actor, agentId: string, { job, reason }: SetJob): Promise<void> {
  authorise(actor, 'skill.write');
  await colleague(deps, actor, agentId);
  if (actor.agentId === agentId) throw new Forbidden('skill.own');
  await transaction(deps.stores.postgres, async (connection) => {
    await lockSkills(connection);
    const { jobs } = await readCatalogue(connection);
    if (!jobs.some(({ id, retired }) => id === job && !retired)) throw new NotFound('skill.jobUnknown', { job });
    const by = { at: new Date(deps.now()), userId: actor.userId, name: actor.name };
    await insertPersonJob(connection, { agentId, job, reason: maskPersonalData(reason) }, by);
    await audit(deps, actor, 'skill.job', `${agentId} ${job}`, connection);
    await proposeRotations(connection, { at: by.at, agents: [agentId] });
  });
}
