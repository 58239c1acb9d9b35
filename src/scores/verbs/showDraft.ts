import { Temporal } from 'temporal-polyfill';
import { lastClosedMonth, readClosedPeriods } from '../../metrics/closedStore.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { isAdopted } from '../acknowledgementStore.ts';
import type { DraftPage } from '../draftSchemas.ts';
import { readDraft, type StoredDraft } from '../draftStore.ts';
import { firstMonth } from '../firstMonth.ts';
import { issuesOfText } from '../issuesOfText.ts';
import { mentionMonths, readMentions } from '../mentionStore.ts';
import { readVersions, readWritten, versionInForce } from '../planStore.ts';
import { nextMonth, thisMonth } from '../publishTemplates.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { writePlan } from '../writePlan.ts';
import { draftLine } from './listDrafts.ts';

/** A draft as its editor needs it. Throws NotFound `draft.unknown`. */
export async function showDraft(deps: ScoreDeps, actor: Actor, id: string): Promise<DraftPage> {
  authorise(actor, 'plan.try');
  const { postgres } = deps.stores;
  const draft = await theDraft(postgres, id);
  const fromMs = Temporal.Instant.fromEpochMilliseconds(deps.now())
    .toZonedDateTimeISO(deps.timeZone)
    .subtract({ months: mentionMonths }).epochMilliseconds;
  const [versions, catalogue, mentions] = await Promise.all([
    readVersions(postgres, draft.planId),
    deps.catalogue(),
    readMentions(deps.stores.clickhouse, { fromMs, timeZone: deps.timeZone }),
  ]);
  const month = thisMonth(deps.now(), deps.timeZone);
  const ruling = versionInForce(versions, month);
  return {
    ...draftLine(draft, catalogue),
    text: draft.content,
    issues: [...issuesOfText(draft.content, catalogue).issues],
    inForce: ruling && {
      version: ruling.version,
      text: (await readWritten(postgres, draft.planId, ruling.version)) ?? writePlan(ruling.plan),
    },
    firstMonth: firstMonth(versions, month, {
      adopted: await isAdopted(postgres, draft.planId),
      lastClosed: lastClosedMonth(await readClosedPeriods(postgres)),
    }),
    offeredMonth: nextMonth(deps.now(), deps.timeZone),
    mentions: { months: mentionMonths, items: mentions },
  };
}

/** Throws NotFound `draft.unknown` for one that is not there, or was deleted. */
export async function theDraft(postgres: Queryable, id: string): Promise<StoredDraft> {
  const draft = await readDraft(postgres, id);
  if (!draft || draft.deletedAt) throw new NotFound('draft.unknown');
  return draft;
}
