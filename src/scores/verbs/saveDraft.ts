import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { Conflict } from '../../platform/errors.ts';
import type { SavedDraft } from '../draftSchemas.ts';
import { updateDraft } from '../draftStore.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { whoseText } from '../writePlan.ts';
import { theDraft } from './showDraft.ts';

/**
 * Saves a draft as typed, mistakes included. Throws NotFound `draft.unknown`, and Conflict `draft.changed`, with nothing saved,
 * when somebody saved it since the revision named.
 */
export async function saveDraft(
  deps: ScoreDeps,
  actor: Actor,
  id: string,
  { text, revision }: { readonly text: string; readonly revision: number },
): Promise<SavedDraft> {
  authorise(actor, 'plan.publish');
  const { postgres } = deps.stores;
  const before = await theDraft(postgres, id);
  const planId = whoseText(text).id ?? before.planId;
  const signed = { by: actor.name, at: new Date(deps.now()) };
  const saved = await updateDraft(postgres, id, revision, { planId, content: text, ...signed });
  if (saved === null) {
    const now = await theDraft(postgres, id);
    throw new Conflict('draft.changed', { by: now.savedBy, revision: now.revision });
  }
  await audit(deps, actor, 'draft.saved', `${id} ${saved}`);
  return { id, plan: planId, revision: saved };
}
