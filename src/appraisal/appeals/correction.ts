import { z } from 'zod';

const id = z.string().min(1).max(500);

/** What a decision puts right, as people choose it. */
export const correctionSchema = z.discriminatedUnion('kind', [
  /** An incident that did not happen, or not so: it is charged no more, and counts in no figure. */
  z.strictObject({ kind: z.literal('incident'), incidentId: id }),
  /** A record (session, ticket, rating, assessment …) that does not count, in any figure it stands behind. */
  z.strictObject({ kind: z.literal('record'), record: z.strictObject({ kind: z.string().min(1).max(40), id }) }),
  /** A day that an item charges for, which is charged no more. */
  z.strictObject({ kind: z.literal('day'), item: id, day: z.iso.date() }),
  /** The right value of an item (of one part of it, where it has parts), which replaces the one that was counted. */
  z.strictObject({
    kind: z.literal('value'),
    item: id,
    part: z.string().min(1).max(60).nullable(),
    value: z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/),
  }),
]);
export type Correction = z.infer<typeof correctionSchema>;
