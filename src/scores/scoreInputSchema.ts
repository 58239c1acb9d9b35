import { z } from 'zod';
import { tiers } from './planAmounts.ts';
import { exemptReasons, type ScoreInput } from './scorecard.ts';

const decimal = z.string().max(200);
const id = z.string().max(500);

/** A figure as it is kept beside a card. */
export const figureSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.enum(['ok', 'lowSample']),
    ...{ value: decimal, numerator: decimal, denominator: decimal, n: z.int().min(0) },
  }),
  z.strictObject({
    status: z.literal('noData'),
    ...{ value: z.null(), numerator: decimal, denominator: decimal, n: z.literal(0) },
  }),
]);

const dayFigure = z.strictObject({ numerator: decimal, denominator: decimal, n: z.int().min(0) });
const mixShare = { denominator: decimal, expected: decimal };
const severity = z.enum(['minor', 'major']).nullable();
const byMetric = <Value extends z.ZodType>(value: Value) => z.record(id, value);

/** What a card is scored from, as it is kept and read back: everything that `score` looks at, and nothing else. */
export const scoreInputSchema: z.ZodType<ScoreInput> = z.strictObject({
  values: byMetric(
    z.strictObject({
      figure: figureSchema,
      period: id.exactOptional(),
      months: z.int().positive().max(1200).exactOptional(),
    }),
  ),
  byPriority: byMetric(z.record(id, figureSchema)).exactOptional(),
  days: byMetric(
    z.array(
      z.strictObject({
        day: id,
        volume: decimal,
        load: decimal.nullable(),
        relax: decimal.nullable(),
        value: decimal.nullable().exactOptional(),
      }),
    ),
  ).exactOptional(),
  caseMix: byMetric(
    z.strictObject({
      ...mixShare,
      overall: z.strictObject({ numerator: decimal, denominator: decimal }),
      strata: z.int().min(0),
      days: z.record(id, z.strictObject(mixShare)).exactOptional(),
    }),
  ).exactOptional(),
  targets: z.literal(2).exactOptional(),
  tier: z.enum(tiers).nullable(),
  promotion: z.boolean(),
  vetoes: z.array(z.strictObject({ incident: id, incidentId: id, at: id })),
  incidents: z
    .array(
      z.strictObject({
        ...{ incident: id, incidentId: id, severity, at: id, day: id, sessionId: id.nullable() },
        teller: id.exactOptional(),
      }),
    )
    .exactOptional(),
  exempt: byMetric(
    z.array(
      z.strictObject({
        day: id,
        reason: z.enum(exemptReasons),
        entry: id.nullable(),
        figure: dayFigure.nullable(),
        parts: z.record(id, dayFigure).exactOptional(),
      }),
    ),
  ).exactOptional(),
  tierVolumes: byMetric(
    z.strictObject({
      ...{ junior: decimal.exactOptional(), mid: decimal.exactOptional() },
      ...{ senior: decimal.exactOptional(), unknown: decimal.exactOptional() },
    }),
  ).exactOptional(),
  presence: z.strictObject({ attendance: decimal.nullable(), firstPartMonth: z.boolean() }).exactOptional(),
  mentored: z.array(id).exactOptional(),
});
