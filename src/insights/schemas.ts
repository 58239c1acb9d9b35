import { z } from 'zod';
import { bilingual } from '../metrics/schemas.ts';

const thresholdSchema = z.object({
  id: z.string(),
  name: bilingual,
  unit: z.enum(['percent', 'seconds', 'count', 'ratio', 'points']),
  /** In force for the next run; `standard` is the definition's own. */
  value: z.number(),
  standard: z.number(),
  low: z.number(),
  high: z.number(),
});

const signalSchema = z.object({
  id: z.string(),
  name: bilingual,
  /** With the thresholds that held in the run shown. */
  rule: bilingual,
  /** What else could explain it. */
  innocent: bilingual,
  /** notRun: nobody has looked yet in this period. */
  status: z.enum(['measured', 'notMeasurable', 'notRun']),
  /** What the period's data do not have; a measured signal may lack a part. */
  lacks: z.array(bilingual),
  /** Whom there was enough to look at; null unless measured. */
  people: z.number().int().nullable(),
  thresholds: z.array(thresholdSchema),
});

const findingSchema = z.object({
  signal: z.string(),
  agentId: z.string(),
  name: z.string(),
  team: z.string(),
  /** 1: just past the line; at most 10. */
  strength: z.number(),
  why: bilingual,
  /** To inspect, sampled by a seed; not striking are ordinary records of the same person, to make up five. */
  evidence: z.array(
    z.object({
      kind: z.string(),
      id: z.string(),
      striking: z.boolean(),
      /** Opens /api/sessions/{id}, /api/tickets/{id} or /api/orders/{id}; null where there is nothing to open. */
      open: z.enum(['session', 'ticket', 'order']).nullable(),
    }),
  ),
});

const runSchema = z.object({
  version: z.number().int(),
  ranAt: z.iso.datetime(),
  /** When a run last found exactly the same. */
  checkedAt: z.iso.datetime(),
  durationMs: z.number().int(),
  by: z.string(),
});

export const signalsPageSchema = z.object({
  period: z.string(),
  run: runSchema.nullable(),
  nightly: z
    .object({ startedAt: z.iso.datetime(), durationMs: z.number().int().nullable(), failure: z.string().nullable() })
    .nullable(),
  mayChange: z.boolean(),
  signals: z.array(signalSchema),
  findings: z.array(findingSchema),
});
export type SignalsPage = z.infer<typeof signalsPageSchema>;
export type SignalView = SignalsPage['signals'][number];
export type FindingView = SignalsPage['findings'][number];

export const runSignalsSchema = z.object({ period: z.string().max(60) });

/** By signal and threshold; null goes back to the standard. */
export const changeThresholdsSchema = z.object({
  values: z.record(z.string().max(100), z.record(z.string().max(100), z.number().nullable())),
});
export type ChangeThresholds = z.infer<typeof changeThresholdsSchema>;
