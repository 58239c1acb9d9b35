import type pg from 'pg';
import { lockDefinitions } from '../../metrics/definitionStore.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { BadInput, Conflict, Invalid } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import { isAdopted } from '../acknowledgementStore.ts';
import { firstMonth, monthsAheadMax } from '../firstMonth.ts';
import { monthAfter } from '../monthAfter.ts';
import { planContent } from '../planContent.ts';
import { insertVersion, lockPlan, readVersions } from '../planStore.ts';
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
}

/**
 * Publishes a plan as its next version, which nothing can change any more.
 * Throws Invalid `plan.invalid` with every issue (required inputs included), Conflict `plan.unchanged` when it is the latest
 * version already, Conflict `plan.periodOpen` for a month that has begun under a version in force, and BadInput
 * `plan.monthTooFar` for one that is years away.
 */
export async function publishPlan(deps: ScoreDeps, actor: Actor, input: PublishPlan): Promise<PublishedPlan> {
  authorise(actor, 'plan.publish');
  return transaction(deps.stores.postgres, (connection) => publishWithin(connection, deps, actor, input));
}

/** The same within a transaction, for whoever has more to do at once. */
export async function publishWithin(
  connection: pg.PoolClient,
  deps: ScoreDeps,
  actor: Actor,
  input: PublishPlan,
): Promise<PublishedPlan> {
  const { plan, issues: unreadable } = readPlan(input.text);
  if (!plan) throw new Invalid('plan.invalid', unreadable);
  // Nobody retires a metric between the look at the plan and its publication.
  await lockDefinitions(connection);
  const issues = validatePlan(plan, await deps.catalogue());
  const grave = issues.filter(({ level }) => level !== 'note');
  if (grave.length > 0) throw new Invalid('plan.invalid', grave);
  const { hash } = planContent(plan);
  const month = thisMonth(deps.now(), deps.timeZone);
  await lockPlan(connection, plan.id);
  const versions = await readVersions(connection, plan.id);
  const inForceFrom = input.inForceFrom ?? (versions.length === 0 ? null : nextMonth(deps.now(), deps.timeZone));
  if (versions.at(-1)?.hash === hash) throw new Conflict('plan.unchanged', { plan: plan.id });
  const first = firstMonth(versions, month, await isAdopted(connection, plan.id));
  if (first !== null && inForceFrom !== null && inForceFrom < first)
    throw new Conflict('plan.periodOpen', { plan: plan.id, month: inForceFrom, first });
  const last = monthAfter(month, monthsAheadMax);
  if (inForceFrom !== null && inForceFrom > last) throw new BadInput('plan.monthTooFar', { month: inForceFrom, last });
  const at = new Date(deps.now());
  const version = await insertVersion(connection, {
    ...{ plan, origin: 'own', inForceFrom, written: input.text, by: actor.name, at },
  });
  await audit(deps, actor, 'plan.published', `${plan.id} ${version}`, connection);
  return { id: plan.id, version, hash, inForceFrom, issues };
}
