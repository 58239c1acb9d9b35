import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { DraftList } from '../draftSchemas.ts';
import { readDrafts, type StoredDraft } from '../draftStore.ts';
import { issuesOfText } from '../issuesOfText.ts';
import type { PlanMetric } from '../planMetric.ts';
import type { ScoreDeps } from '../scoreDeps.ts';

/** Every draft, last saved first. */
export async function listDrafts(deps: ScoreDeps, actor: Actor): Promise<DraftList> {
  authorise(actor, 'plan.try');
  const [drafts, catalogue] = await Promise.all([readDrafts(deps.stores.postgres), deps.catalogue()]);
  return { drafts: drafts.map((draft) => draftLine(draft, catalogue)) };
}

export function draftLine(draft: StoredDraft, catalogue: readonly PlanMetric[]): DraftList['drafts'][number] {
  const { id, planId, revision, origin, baseVersion, savedAt, savedBy, content } = draft;
  const { plan, issues } = issuesOfText(content, catalogue);
  return {
    ...{ id, plan: planId, name: plan?.name ?? null, revision, origin, baseVersion },
    ...{ savedAt: savedAt.toISOString(), savedBy },
    errors: issues.filter(({ level }) => level !== 'note').length,
  };
}
