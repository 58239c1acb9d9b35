import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import { markDeleted, readDraft } from '../draftStore.ts';
import type { ScoreDeps } from '../scoreDeps.ts';

/** Deletes a draft, or takes a deleted one back. Throws NotFound `draft.unknown`. */
export async function deleteDraft(
  deps: ScoreDeps,
  actor: Actor,
  { id, deleted }: { readonly id: string; readonly deleted: boolean },
): Promise<void> {
  authorise(actor, 'plan.publish');
  await transaction(deps.stores.postgres, async (connection) => {
    const draft = await readDraft(connection, id);
    if (!draft) throw new NotFound('draft.unknown');
    if ((draft.deletedAt !== null) === deleted) return;
    await markDeleted(connection, id, deleted ? new Date(deps.now()) : null);
    await audit(deps, actor, deleted ? 'draft.deleted' : 'draft.restored', `${draft.planId} ${id}`, connection);
  });
}
