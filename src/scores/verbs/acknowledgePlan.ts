import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import { insertAcknowledgement, readAcknowledgements } from '../acknowledgementStore.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { unread } from './listDue.ts';

/**
 * The signed-in agent has read a version that is going to cover them. Saying it again changes nothing.
 * Throws NotFound `acknowledgement.notDue` for a version that is not theirs to acknowledge.
 */
export async function acknowledgePlan(
  deps: ScoreDeps,
  actor: Actor,
  { plan, version }: { readonly plan: string; readonly version: number },
): Promise<void> {
  authorise(actor, 'plan.acknowledge');
  const { agentId } = actor;
  const { postgres } = deps.stores;
  const due = (await unread(deps, actor)).find(
    (each) => each.version.planId === plan && each.version.version === version,
  );
  if (!due || agentId === null) {
    const known = await readAcknowledgements(postgres, plan, version);
    if (known.some((each) => each.agentId === agentId)) return;
    throw new NotFound('acknowledgement.notDue', { plan, version });
  }
  await transaction(postgres, async (connection) => {
    const noting = { planId: plan, version, byName: actor.name, at: new Date(deps.now()) };
    if (await insertAcknowledgement(connection, agentId, noting))
      await audit(deps, actor, 'plan.acknowledged', `${plan} ${version} ${agentId}`, connection);
  });
}
