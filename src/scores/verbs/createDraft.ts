import { randomUUID } from 'node:crypto';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { BadInput, Conflict } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import type { CreateDraft, SavedDraft } from '../draftSchemas.ts';
import { insertDraft } from '../draftStore.ts';
import { pickVersion, readVersions, readWritten } from '../planStore.ts';
import { thisMonth } from '../publishTemplates.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { renamePlan, whoseText, writePlan } from '../writePlan.ts';

/**
 * A new draft: of a stored version (the next version of its plan, or under `as` a plan of its own), or of a text.
 * Throws NotFound as showPlan does, Conflict `plan.idTaken` for a plan of one's own under an id in use, and BadInput
 * `draft.nameless` for a text that does not say which plan it is.
 */
export async function createDraft(deps: ScoreDeps, actor: Actor, input: CreateDraft): Promise<SavedDraft> {
  authorise(actor, 'plan.publish');
  const { content, planId, baseVersion } = await contentOf(deps, input);
  const id = randomUUID();
  await transaction(deps.stores.postgres, async (connection) => {
    const signed = { by: actor.name, at: new Date(deps.now()) };
    await insertDraft(connection, {
      ...{ id, planId, content, baseVersion, origin: 'own', templateHash: null, ...signed },
    });
    await audit(deps, actor, 'draft.created', `${planId} ${id}`, connection);
  });
  return { id, plan: planId, revision: 1 };
}

async function contentOf(
  deps: ScoreDeps,
  input: CreateDraft,
): Promise<{ content: string; planId: string; baseVersion: number | null }> {
  const { postgres } = deps.stores;
  if ('text' in input) {
    const { id } = whoseText(input.text);
    if (id === null) throw new BadInput('draft.nameless');
    return { content: input.text, planId: id, baseVersion: null };
  }
  const versions = await readVersions(postgres, input.plan);
  const base = pickVersion(versions, input.plan, input.version, thisMonth(deps.now(), deps.timeZone));
  const text = (await readWritten(postgres, input.plan, base.version)) ?? writePlan(base.plan);
  if (!input.as) return { content: text, planId: input.plan, baseVersion: base.version };
  const taken = await readVersions(postgres, input.as.id);
  if (taken.length > 0) throw new Conflict('plan.idTaken', { plan: input.as.id });
  return { content: renamePlan(text, input.as), planId: input.as.id, baseVersion: null };
}
