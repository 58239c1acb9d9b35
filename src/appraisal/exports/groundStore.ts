import { z } from 'zod';
import { composeMetric } from '../../metrics/composeMetric.ts';
import { readDefinitions } from '../../metrics/definitionStore.ts';
import { lastCountingIn } from '../../metrics/definitionVersions.ts';
import type { MetricDefinition } from '../../metrics/metricDefinition.ts';
import { chosenWords } from '../../metrics/metricOptions.ts';
import type { Queryable } from '../../platform/transaction.ts';
import {
  cardEntriesIn,
  type FrozenCard,
  frozenCardsAfter,
  itemsPresent,
  standingsOf,
} from '../../scores/frozenCardStore.ts';
import { keptMetrics } from '../../scores/keptMetrics.ts';
import { pickVersion, readVersions } from '../../scores/planStore.ts';
import type { Closing } from '../closingStore.ts';
import { frozenPlan } from '../frozenPlanStore.ts';
import { plansOf } from '../frozenPoolStore.ts';
import { type ExportCard, type ExportMetric, type ExportPlan, planKey } from './ground.ts';
import { placesOf } from './placesOf.ts';

/** The plans of a closed period as they were read then. */
export async function exportPlans(postgres: Queryable, period: string): Promise<ExportPlan[]> {
  const [named, present] = [await plansOf(postgres, period), await itemsPresent(postgres, period)];
  return Promise.all(
    named.map(async ({ id, version }) => {
      const { hash, inForceFrom } = pickVersion(await readVersions(postgres, id), id, version, '');
      const plan = await frozenPlan(postgres, period, { id, version });
      return { plan, version, hash, inForceFrom, present: present.get(planKey(id, version)) ?? new Set() };
    }),
  );
}

// Written by us when the period was closed, and never altered since.
const metricsSchema = z.array(z.custom<MetricDefinition>());

/** The metrics that the plans name, in the words that held when the period was closed; one's own as it was defined in the month. */
export async function exportMetrics(
  postgres: Queryable,
  closing: Closing,
  plans: readonly ExportPlan[],
  month: string,
): Promise<ExportMetric[]> {
  const kept = metricsSchema.parse(JSON.parse(closing.metrics));
  const named = new Set(plans.flatMap(({ plan }) => keptMetrics(plan.plan, kept).map(({ id }) => id)));
  const definitions = await readDefinitions(postgres);
  return kept
    .filter(({ id }) => named.has(id))
    .map((definition) => {
      const version = lastCountingIn(definitions.get(definition.id) ?? [], month);
      const { content = null } = version ?? {};
      const chosen = content?.kind === 'choice' ? content.choice.options : {};
      return {
        definition: content?.kind === 'own' ? composeMetric(content.own) : definition,
        counted: Object.keys(chosen).length > 0 ? chosenWords(definition.options, chosen) : null,
        version: version?.version ?? null,
        since: version?.inForceFrom ?? null,
      };
    });
}

const atOnce = 1000;

export interface Seen {
  readonly plans: readonly ExportPlan[];
  /** Whether what the calibration meeting decided counts. */
  readonly meeting: boolean;
  readonly inScope: (card: FrozenCard) => boolean;
}

/** The cards that count in a closed period, by agent id, each time read anew and a thousand at a time. */
export async function exportCards(
  postgres: Queryable,
  period: string,
  { plans, meeting, inScope }: Seen,
): Promise<() => AsyncGenerator<ExportCard>> {
  const [standings, entries] = [await standingsOf(postgres, period), await cardEntriesIn(postgres, period)];
  const places = placesOf(standings);
  const byKey = new Map(plans.map((by) => [planKey(by.plan.id, by.version), by]));
  return async function* cards() {
    for (let after = ''; ; ) {
      const batch = await frozenCardsAfter(postgres, period, { after, limit: atOnce, meeting });
      for (const card of batch) {
        const by = byKey.get(planKey(card.plan.id, card.plan.version));
        const place = places.get(card.agentId);
        if (!by || !place) throw new RangeError(`card of ${card.agentId} without its plan or place`);
        if (inScope(card)) yield { card, by, ...place, entry: entries.get(card.agentId) ?? null };
      }
      const last = batch.at(-1);
      if (!last || batch.length < atOnce) return;
      after = last.agentId;
    }
  };
}
