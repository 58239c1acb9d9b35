import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type { Deps } from '../platform/http.ts';
import { packageRoot } from '../platform/root.ts';
import { transaction } from '../platform/transaction.ts';
import { insertDraft, wasOffered } from './draftStore.ts';
import { monthOf } from './periodSpan.ts';
import { planContent } from './planContent.ts';
import type { Plan } from './planSchema.ts';
import { insertVersion, lockPlan, publishedTexts, readVersions } from './planStore.ts';
import { readPlan } from './planText.ts';

/** The plans that ship with Heng. */
export const shippedPlans = (): Plan[] => shippedFiles().map(planOf);

/** The texts of the files, comments included. */
function shippedFiles(): string[] {
  const folder = join(packageRoot, 'plans');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

function planOf(written: string): Plan {
  const { plan, issues } = readPlan(written);
  if (!plan) throw new Error(`${written.slice(0, 40)}: ${issues[0]?.path} ${issues[0]?.message.en}`);
  return plan;
}

/**
 * Publishes each shipped plan that is not stored yet. A template that changed with a release becomes a new version from next
 * month on, never an edit; where the organisation has published its own version, it becomes a draft for people to decide on.
 * Repeating it changes nothing, and reads no file that was published as it is: that would be a third of the time a start takes.
 */
export async function publishTemplates(
  deps: Pick<Deps, 'stores' | 'now' | 'timeZone'>,
  shipped: readonly string[] = shippedFiles(),
): Promise<void> {
  const { postgres } = deps.stores;
  const published = await publishedTexts(postgres, shipped);
  for (const written of shipped) {
    if (published.has(written)) continue;
    const plan = planOf(written);
    const { hash } = planContent(plan);
    await transaction(postgres, async (connection) => {
      await lockPlan(connection, plan.id);
      const versions = await readVersions(connection, plan.id);
      if (versions.some((version) => version.hash === hash)) return;
      const signed = { by: 'Heng', at: new Date(deps.now()), origin: 'template' as const };
      if (versions.some(({ origin }) => origin === 'own')) {
        if (await wasOffered(connection, plan.id, hash)) return;
        const draft = { id: randomUUID(), planId: plan.id, content: written, baseVersion: null, templateHash: hash };
        await insertDraft(connection, { ...draft, ...signed });
        return;
      }
      const inForceFrom = versions.length === 0 ? null : nextMonth(deps.now(), deps.timeZone);
      await insertVersion(connection, { plan, written, inForceFrom, draft: null, ...signed });
    });
  }
}

/** The month after the one that is running: the first whose period has not opened yet. */
export function nextMonth(now: number, timeZone: string): string {
  return monthOf(thisDay(now, timeZone).add({ months: 1 }));
}

export function thisMonth(now: number, timeZone: string): string {
  return monthOf(thisDay(now, timeZone));
}

function thisDay(now: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
}
