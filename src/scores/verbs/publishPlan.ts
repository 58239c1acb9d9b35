import type pg from 'pg';
import { lastClosedMonth, readClosedPeriods } from '../../metrics/closedStore.ts';
import { lockDefinitions } from '../../metrics/definitionStore.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { BadInput, Conflict, Invalid, NotFound } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import { isAdopted } from '../acknowledgementStore.ts';
import { firstMonth, monthsAheadMax } from '../firstMonth.ts';
import { monthAfter } from '../monthAfter.ts';
import { planContent } from '../planContent.ts';
import { insertVersion, lockPlan, readVersions, readWritten } from '../planStore.ts';
import { readPlan } from '../planText.ts';
import { nextMonth, thisMonth } from '../publishTemplates.ts';
import type { PublishedPlan } from '../schemas.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { validatePlan } from '../validatePlan.ts';
import { fillInputs, writePlan } from '../writePlan.ts';

interface Beginning {
  /** First month it applies to; without it next month, or from the beginning for a plan that is new. */
  readonly inForceFrom?: string | undefined;
}
export interface PublishPlan extends Beginning {
  /** The plan as YAML or JSON. */
  readonly text: string;
  /** The draft that it is. */
  readonly draft?: string;
}
/** A plan's latest version with inputs that were still to be given. */
export interface GiveInputs extends Beginning {
  readonly plan: string;
  readonly version: number;
  readonly inputs: Readonly<Record<string, string>>;
}

/**
 * Publishes a plan as its next version, which nothing can change any more.
 * Throws Invalid `plan.invalid` with every issue (required inputs included), Conflict `plan.unchanged` when it is the latest
 * version already, Conflict `plan.periodClosed` for a month that is closed or lies before one, `plan.periodOpen` for a month that has
 * begun under a version in force, and BadInput `plan.monthTooFar` for one that is years away. Inputs are given to the latest version only: Conflict `plan.newerVersion`.
 */
export async function publishPlan(
  deps: ScoreDeps,
  actor: Actor,
  input: PublishPlan | GiveInputs,
): Promise<PublishedPlan> {
  authorise(actor, 'plan.publish');
  return transaction(deps.stores.postgres, async (connection) => {
    if ('text' in input) return publishWithin(connection, deps, actor, input);
    const { inForceFrom } = input;
    return publishWithin(connection, deps, actor, { text: await textWithInputs(connection, input), inForceFrom });
  });
}

/** The latest version as its author wrote it, comments and all, with the inputs in their places. */
async function textWithInputs(connection: pg.PoolClient, { plan, version, inputs }: GiveInputs): Promise<string> {
  await lockPlan(connection, plan);
  const versions = await readVersions(connection, plan);
  const base = versions.at(-1);
  if (!base) throw new NotFound('plan.unknown', { plan });
  if (base.version !== version) throw new Conflict('plan.newerVersion', { plan, version: String(base.version) });
  const text = (await readWritten(connection, plan, version)) ?? writePlan(base.plan);
  return fillInputs(text, inputs);
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
  const lastClosed = lastClosedMonth(await readClosedPeriods(connection));
  const first = firstMonth(versions, month, { adopted: await isAdopted(connection, plan.id), lastClosed });
  if (first !== null && inForceFrom !== null && inForceFrom < first && lastClosed !== null && inForceFrom <= lastClosed)
    throw new Conflict('plan.periodClosed', { plan: plan.id, month: inForceFrom, closed: lastClosed, first });
  if (first !== null && inForceFrom !== null && inForceFrom < first)
    throw new Conflict('plan.periodOpen', { plan: plan.id, month: inForceFrom, first });
  const last = monthAfter(month, monthsAheadMax);
  if (inForceFrom !== null && inForceFrom > last) throw new BadInput('plan.monthTooFar', { month: inForceFrom, last });
  const at = new Date(deps.now());
  const version = await insertVersion(connection, {
    ...{ plan, origin: 'own', inForceFrom, written: input.text, draft: input.draft ?? null, by: actor.name, at },
  });
  await audit(deps, actor, 'plan.published', `${plan.id} ${version}`, connection);
  return { id: plan.id, version, hash, inForceFrom, issues };
}
