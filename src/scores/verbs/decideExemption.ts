import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import { markApproved, markWithdrawn, readExemption } from '../exemptionStore.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { subjectOf } from './enterExemption.ts';
import { peopleNow, whomOf } from './listExemptions.ts';

/**
 * Lets an entry take effect. Throws NotFound `exemption.unknown`, Conflict `exemption.decided` when it was approved or withdrawn
 * already, and Conflict `exemption.ownEntry` for whoever entered it: it takes two.
 */
export async function approveExemption(deps: ScoreDeps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'exemption.approve');
  await transaction(deps.stores.postgres, async (connection) => {
    const entry = await readExemption(connection, id);
    if (!entry) throw new NotFound('exemption.unknown');
    authorise(actor, 'exemption.approve', whomOf(entry, await peopleNow(deps)));
    if (entry.approvedAt || entry.withdrawnAt) throw new Conflict('exemption.decided');
    if (entry.enteredBy === actor.userId) throw new Conflict('exemption.ownEntry');
    await markApproved(connection, id, { at: new Date(deps.now()), by: actor.userId, name: actor.name });
    await audit(deps, actor, 'exemption.approved', subjectOf(entry), connection);
  });
}

/** Takes an entry back, approved or not; the days count again. Throws NotFound `exemption.unknown`, Conflict `exemption.decided`. */
export async function withdrawExemption(
  deps: ScoreDeps,
  actor: Actor,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<void> {
  authorise(actor, 'exemption.write');
  await transaction(deps.stores.postgres, async (connection) => {
    const entry = await readExemption(connection, id);
    if (!entry) throw new NotFound('exemption.unknown');
    authorise(actor, 'exemption.write', whomOf(entry, await peopleNow(deps)));
    if (entry.withdrawnAt) throw new Conflict('exemption.decided');
    await markWithdrawn(connection, id, { at: new Date(deps.now()), by: actor.userId, name: actor.name, reason });
    await audit(deps, actor, 'exemption.withdrawn', subjectOf(entry), connection);
  });
}
