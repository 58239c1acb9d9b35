import { z } from 'zod';

export const markSchema = z.strictObject({
  /** Id of one of the item's levels, or `na`; null while only a comment was written. */
  level: z.string().max(60).nullable(),
  comment: z.string().max(2000),
});
/** A form as it is being filled in, by item. */
export const marksSchema = z.record(z.string().max(60), markSchema);
export type Marks = z.infer<typeof marksSchema>;
