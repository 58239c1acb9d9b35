import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { Conflict } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import { removeDraft } from '../draftStore.ts';
import type { PublishedPlan } from '../schemas.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { publishWithin } from './publishPlan.ts';
import { theDraft } from './showDraft.ts';

/**
 * A draft becomes the next version of its plan and is gone as a draft, both or neither. Throws as publishPlan does, NotFound
 * `draft.unknown`, and Conflict `draft.changed` when it is not the revision that its publisher saw.
 */
export async function publishDraft(
  deps: ScoreDeps,
  actor: Actor,
  id: string,
  { revision, inForceFrom }: { readonly revision: number; readonly inForceFrom?: string | undefined },
): Promise<PublishedPlan> {
  authorise(actor, 'plan.publish');
  return transaction(deps.stores.postgres, async (connection) => {
    await connection.query('SELECT 1 FROM plan_drafts WHERE id = $1 FOR UPDATE', [id]);
    const draft = await theDraft(connection, id);
    if (draft.revision !== revision)
      throw new Conflict('draft.changed', { by: draft.savedBy, revision: draft.revision });
    const published = await publishWithin(connection, deps, actor, { text: draft.content, draft: id, inForceFrom });
    await removeDraft(connection, id);
    return published;
  });
}
