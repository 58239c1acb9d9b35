import { z } from 'zod';
import { marksSchema } from '../rubrics/marksSchema.ts';
import { rubricSchema } from '../rubrics/rubricSchema.ts';

const instant = z.iso.datetime();
const range = z.tuple([z.number(), z.number()]).nullable();
const agreement = z.object({ value: z.number(), interval: range, units: z.number().int() }).nullable();
const kappas = z.object({ plain: agreement, linear: agreement, quadratic: agreement });
const tendency = z.object({ value: z.number(), interval: range, of: z.number().int() }).nullable();
const round = z.object({
  id: z.number().int(),
  name: z.string(),
  rubric: z.object({ zh: z.string(), en: z.string() }),
  openedAt: instant,
  openedBy: z.string(),
  closedAt: instant.nullable(),
  outcome: z.string(),
  /** The version of the rubric in which what was agreed is worded. */
  reworded: z.number().int().nullable(),
  /** The round whose records are rated anew here; and the one in which some of this one's are. */
  follows: z.number().int().nullable(),
  followedBy: z.number().int().nullable(),
  records: z.number().int(),
  raters: z.array(z.object({ id: z.string(), name: z.string(), done: z.number().int(), expert: z.boolean() })),
});
/** GET /api/calibrations. */
export const roundListSchema = z.object({
  mayOpen: z.boolean(),
  rounds: z.array(round),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  rubrics: z.array(z.object({ id: z.string(), name: z.object({ zh: z.string(), en: z.string() }) })),
});
export type RoundList = z.infer<typeof roundListSchema>;
/** POST /api/calibrations: the conversations are drawn by seed from a period. */
export const openRoundSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  rubric: z.string().min(1).max(60),
  period: z.string().min(4).max(40),
  seed: z.string().trim().min(1).max(60),
  records: z.number().int().min(1).max(50),
  raters: z.array(z.string().min(1).max(200)).min(2).max(50),
  expert: z.string().max(200).nullable().default(null),
});
export type OpenRound = z.input<typeof openRoundSchema>;
export const openedRoundSchema = z.object({ id: z.number().int() });

export const roundStatsSchema = z.object({
  alpha: agreement,
  records: z.array(
    z.object({
      place: z.number().int(),
      spread: z.number().nullable(),
      tooWide: z.boolean(),
      agreed: z.number().nullable(),
    }),
  ),
  raters: z.array(
    z.object({
      member: z.string(),
      severity: tendency,
      /** Over all closed rounds in which they rated, and this one. */
      overall: z.object({ rounds: z.number().int(), severity: tendency, drift: tendency }),
      accuracy: z
        .object({ within: z.number().int(), of: z.number().int(), value: z.number(), interval: range })
        .nullable(),
    }),
  ),
  items: z.array(
    z.object({
      ...{ item: z.string(), same: z.number().int(), of: z.number().int() },
      ...{ nominal: agreement, alpha: agreement, fleiss: agreement },
      /** Of two raters. */
      cohen: kappas.nullable(),
    }),
  ),
  /** Every two raters: their totals in bands of ten points. */
  pairs: z.array(z.object({ first: z.string(), second: z.string(), shared: z.number().int(), ...kappas.shape })),
});
/** GET /api/calibrations/{id}: others' scores and the statistics are there once everybody has handed in, or the round is closed. */
export const roundPageSchema = round.omit({ rubric: true }).extend({
  rubric: rubricSchema,
  shown: z.boolean(),
  mayClose: z.boolean(),
  /** Later versions of the rubric: one of them may hold what the round agreed on. */
  laterVersions: z.array(z.number().int()),
  /** Whether the reader rates in this round. */
  rates: z.boolean(),
  conversations: z.array(
    z.object({
      place: z.number().int(),
      happenedAt: instant,
      done: z.boolean(),
      scores: z.array(z.object({ name: z.string(), score: z.string() })),
      notes: z.array(z.object({ at: instant, name: z.string(), text: z.string() })),
    }),
  ),
  stats: roundStatsSchema.nullable(),
});
export type RoundPage = z.infer<typeof roundPageSchema>;

/** GET /api/calibrations/{id}/records/{place}. */
export const calibrationRecordSchema = z.object({
  round: z.number().int(),
  place: z.number().int(),
  name: z.string(),
  happenedAt: instant,
  rubric: rubricSchema,
  /** Null where the reader does not rate, or has handed in. */
  own: z
    .object({ marks: marksSchema, comment: z.string(), revision: z.number().int(), seconds: z.number().int() })
    .nullable(),
  /** The next record of the round that the reader has not handed in. */
  next: z.number().int().nullable(),
});
export type CalibrationRecord = z.infer<typeof calibrationRecordSchema>;
export const closeRoundSchema = z.strictObject({
  outcome: z.string().trim().max(4000),
  /** The version of the rubric, later than the round's, in which it is worded. */
  reworded: z.number().int().min(1).nullable().default(null),
});
/** `followedBy`: the round that was opened for records on which the raters were too far apart. */
export const closedRoundSchema = z.object({ followedBy: z.number().int().nullable() });
