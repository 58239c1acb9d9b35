import { z } from 'zod';
import { intervalSchema } from '../metrics/comparisonSchemas.ts';
import { gradeSchema, textSchema } from './schemas.ts';

/** How sure a card is, and where it may end: aids to reading, in plain numbers; no score is made from them. */
export const outlookSchema = z.object({
  period: z.string(),
  agentId: z.string(),
  items: z.array(
    z.object({
      item: z.string(),
      interval: intervalSchema,
      /** The interval in words; null where there is none. */
      text: textSchema.nullable(),
      points: z.tuple([z.number(), z.number()]).nullable(),
    }),
  ),
  /** 95% range of the total, and the sentence that says so when a grade boundary lies in it. */
  total: z.tuple([z.number(), z.number()]).nullable(),
  boundary: textSchema.nullable(),
  /** Scored items without an interval, such as a value that one person gave. */
  silent: z.array(textSchema),
  /** Only while the period runs. */
  projection: z
    .object({
      low: z.number(),
      middle: z.number(),
      high: z.number(),
      daysLeft: z.number().int(),
      historyDays: z.number().int(),
      grades: z.array(z.object({ grade: gradeSchema, share: z.number() })),
      text: textSchema,
    })
    .nullable(),
  /** Why there is no projection; null where there is one. */
  withoutProjection: z.enum(['over', 'notBegun', 'blended', 'team', 'tooShort', 'unrated']).nullable(),
});
export type Outlook = z.infer<typeof outlookSchema>;
