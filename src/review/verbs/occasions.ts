import { dayIn } from '../../facts/calendarDays.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, everybody } from '../../people/authorise.ts';
import { maskPersonalData } from '../../people/mask.ts';
import { BadInput, Conflict, Invalid, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { type Queryable, transaction } from '../../platform/transaction.ts';
import { readDraft } from '../../scores/draftStore.ts';
import { readVersions } from '../../scores/planStore.ts';
import {
  type By,
  dropOccasion,
  insertOccasion,
  keepOutcome,
  lockOccasion,
  type StoredOccasion,
} from '../reviewStore.ts';
import type { AddOccasion, DecidePlan } from '../schemas.ts';

export const byOf = (deps: Pick<Deps, 'now'>, { userId, name }: Actor): By => ({
  ...{ at: new Date(deps.now()), userId, name },
});

/** Puts an occasion on the calendar. Throws Invalid `review.plans` with every plan there is not. */
export async function addOccasion(deps: Deps, actor: Actor, input: AddOccasion): Promise<{ id: number }> {
  authorise(actor, 'review.write', everybody);
  return transaction(deps.stores.postgres, async (connection) => {
    const plans = [...new Set(input.plans)];
    const known = new Set((await readVersions(connection)).map(({ planId }) => planId));
    const strange = plans.filter((plan) => !known.has(plan));
    if (strange.length > 0)
      throw new Invalid(
        'review.plans',
        strange.map((plan) => ({ path: `plans.${input.plans.indexOf(plan)}`, code: 'plan.unknown' })),
      );
    const [title, note] = [maskPersonalData(input.title), maskPersonalData(input.note)];
    const id = await insertOccasion(connection, { ...input, title, note, plans }, byOf(deps, actor));
    await audit(deps, actor, 'review.added', `${id} ${input.kind} ${input.day}`, connection);
    return { id };
  });
}

/** Calls an occasion off; what was decided of it stays. Throws NotFound `review.unknown`, Conflict `review.dropped`. */
export async function callOff(
  deps: Deps,
  actor: Actor,
  id: number,
  { reason }: { readonly reason: string },
): Promise<void> {
  authorise(actor, 'review.write', everybody);
  await transaction(deps.stores.postgres, async (connection) => {
    await openOccasion(connection, id);
    await dropOccasion(connection, id, maskPersonalData(reason), byOf(deps, actor));
    await audit(deps, actor, 'review.calledOff', String(id), connection);
  });
}

/**
 * Records what came of a plan's review: kept as it is, or changed by a draft or a version. Recording it again replaces it, as a draft becomes
 * a version; the audit log has each. Throws as `callOff`, NotFound `review.planUnknown`, BadInput
 * `review.oneLink`, NotFound `draft.unknown` or `plan.noVersion`, BadInput `review.versionBefore`.
 */
export async function decidePlan(deps: Deps, actor: Actor, id: number, input: DecidePlan): Promise<void> {
  authorise(actor, 'review.write', everybody);
  const { plan, outcome } = input;
  await transaction(deps.stores.postgres, async (connection) => {
    const occasion = await openOccasion(connection, id);
    if (!occasion.plans.some((each) => each.plan === plan)) throw new NotFound('review.planUnknown', { plan });
    const link =
      outcome === 'changed' ? await linkOf(deps, connection, input, occasion.day) : { draft: null, version: null };
    const reason = maskPersonalData(input.reason);
    await keepOutcome(connection, { occasion: id, plan, outcome, reason, ...link }, byOf(deps, actor));
    await audit(
      deps,
      actor,
      'review.decided',
      `${id} ${plan} ${outcome} ${link.draft ?? link.version ?? ''}`,
      connection,
    );
  });
}

async function linkOf(
  { timeZone }: Deps,
  connection: Queryable,
  { plan, draft, version }: Extract<DecidePlan, { outcome: 'changed' }>,
  day: string,
) {
  if ((draft === undefined) === (version === undefined)) throw new BadInput('review.oneLink');
  if (draft !== undefined) {
    const found = await readDraft(connection, draft);
    if (found?.planId !== plan || found.deletedAt !== null) throw new NotFound('draft.unknown', { draft });
    return { draft, version: null };
  }
  const number = version as number;
  const found = (await readVersions(connection, plan)).find((each) => each.version === number);
  if (!found) throw new NotFound('plan.noVersion', { plan, version: number });
  demandSince(dayIn(Date.parse(found.publishedAt), timeZone), day, number);
  return { draft: null, version: number };
}

/** What was there before cannot have come of it. Throws BadInput `review.versionBefore`. */
export function demandSince(made: string, since: string, version: number): void {
  if (made < since) throw new BadInput('review.versionBefore', { version, made, since });
}

async function openOccasion(connection: Queryable, id: number): Promise<StoredOccasion> {
  const occasion = await lockOccasion(connection, id);
  if (!occasion) throw new NotFound('review.unknown', { occasion: id });
  if (occasion.dropped) throw new Conflict('review.dropped', { occasion: id });
  return occasion;
}
