import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { Conflict, Invalid } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import { planContent } from '../planContent.ts';
import { insertVersion, lockPlan, readVersions, versionInForce } from '../planStore.ts';
import { readPlan } from '../planText.ts';
import { nextMonth, thisMonth } from '../publishTemplates.ts';
import type { PublishedPlan } from '../schemas.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { validatePlan } from '../validatePlan.ts';

export interface PublishPlan {
  /** The plan as YAML or JSON. */
  readonly text: string;
  /** First month it applies to; without it next month, or from the beginning for a plan that is new. */
  readonly inForceFrom?: string | undefined;
  /** Keep it as the plan's draft instead: errors are told but do not stop it. */
  readonly draft?: boolean | undefined;
}

/**
 * Publishes a plan as its next version, which nothing can change any more.
 * Throws Invalid `plan.invalid` with every issue (required inputs included), Conflict `plan.unchanged` when it is the version
 * in force, and Conflict `plan.periodOpen` for a month that has begun under a version the organisation published itself.
 */
export async function publishPlan(deps: ScoreDeps, actor: Actor, input: PublishPlan): Promise<PublishedPlan> {
  authorise(actor, 'plan.publish');
  const { plan, issues: unreadable } = readPlan(input.text);
  if (!plan) throw new Invalid('plan.invalid', unreadable);
  const issues = validatePlan(plan, await deps.catalogue());
  const grave = issues.filter(({ level }) => level !== 'note');
  if (!input.draft && grave.length > 0) throw new Invalid('plan.invalid', grave);
  const { hash } = planContent(plan);
  const month = thisMonth(deps.now(), deps.timeZone);
  return transaction(deps.stores.postgres, async (connection) => {
    await lockPlan(connection, plan.id);
    const versions = await readVersions(connection, plan.id);
    const inForceFrom = input.inForceFrom ?? (versions.length === 0 ? null : nextMonth(deps.now(), deps.timeZone));
    if (!input.draft) {
      if (versions.filter(({ status }) => status === 'published').at(-1)?.hash === hash)
        throw new Conflict('plan.unchanged', { plan: plan.id });
      // A version locks when its period opens; a shipped template that nobody has adopted yet may still be replaced.
      const ruling = versionInForce(versions, month);
      if (ruling?.origin === 'own' && inForceFrom !== null && inForceFrom <= month) {
        throw new Conflict('plan.periodOpen', { plan: plan.id, month: inForceFrom });
      }
    }
    const status = input.draft ? 'draft' : 'published';
    const at = new Date(deps.now());
    const version = await insertVersion(connection, { plan, status, origin: 'own', inForceFrom, by: actor.name, at });
    await audit(deps, actor, input.draft ? 'plan.drafted' : 'plan.published', `${plan.id} ${version}`, connection);
    return { id: plan.id, version, status, hash, inForceFrom: input.draft ? null : inForceFrom, issues };
  });
}
