import { z } from 'zod';
import { setting, writeSetting } from '../people/store.ts';
import type { Queryable } from '../platform/transaction.ts';
import type { ThresholdValues } from './thresholds.ts';

const name = 'signals.thresholds';
const chosenSchema = z.record(z.string(), z.record(z.string(), z.number()));

/** What the organisation chose instead of the definitions' own thresholds. */
export async function chosenThresholds(postgres: Queryable): Promise<ThresholdValues> {
  const kept = await setting(postgres, name);
  return kept === null ? {} : chosenSchema.parse(kept);
}

export const keepThresholds = (postgres: Queryable, chosen: ThresholdValues): Promise<void> =>
  writeSetting(postgres, name, chosen);
