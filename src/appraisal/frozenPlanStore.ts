import { z } from 'zod';
import { NotFound } from '../platform/errors.ts';
import type { Queryable } from '../platform/transaction.ts';
import type { PlanMetric } from '../scores/planMetric.ts';
import { pickVersion, readVersions } from '../scores/planStore.ts';
import { type ResolvedPlan, resolvePlan } from '../scores/resolvePlan.ts';
import { readClosing } from './closingStore.ts';

// Written by us when the period was closed, and never altered since.
const metricsSchema = z.array(z.custom<PlanMetric>());

/** A plan as it was read when a period was closed: with the metrics as they were defined then. Throws NotFound `appeal.noCard`. */
export async function frozenPlan(
  postgres: Queryable,
  period: string,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<ResolvedPlan> {
  const closing = await readClosing(postgres, period);
  if (!closing) throw new NotFound('appeal.noCard', { agent: '', period });
  const versions = await readVersions(postgres, id);
  const { plan } = pickVersion(versions, id, version, '');
  return resolvePlan(plan, metricsSchema.parse(JSON.parse(closing.metrics)));
}
