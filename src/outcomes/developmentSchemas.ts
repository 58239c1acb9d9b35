import { z } from 'zod';
import { lostItemSchema } from './proposal.ts';
import { reasonSchema } from './schemas.ts';

const instant = z.iso.datetime();
const day = z.iso.date();

export const developmentKinds = ['training', 'improvementPlan'] as const;
export const developmentResults = ['reached', 'notReached', 'stopped'] as const;
export const developmentStates = ['open', 'ended'] as const;

const noteSchema = z.object({
  at: instant,
  by: z.string(),
  day,
  note: z.string(),
  /** Items whose goal was reached. */
  reached: z.array(z.string()).readonly(),
  /** The new last day, of an extension. */
  endsOn: day.nullable(),
});

export const developmentSchema = z.object({
  id: z.number().int(),
  kind: z.enum(developmentKinds),
  agent: z.object({ agentId: z.string(), name: z.string(), team: z.string(), shop: z.string() }),
  period: z.string(),
  goals: z.array(lostItemSchema.unwrap().extend({ reached: z.boolean() })).readonly(),
  paidMonths: z.number().int().nullable(),
  opened: z.object({ at: instant, by: z.string() }),
  endsOn: day,
  /** The last day has passed and nobody has ended it. */
  overdue: z.boolean(),
  ended: z.object({ at: instant, by: z.string(), result: z.enum(developmentResults), reason: z.string() }).nullable(),
  notes: z.array(noteSchema).readonly(),
  mayWrite: z.boolean(),
});
export type DevelopmentView = z.infer<typeof developmentSchema>;

export const developmentQuerySchema = z.object({
  state: z.enum(developmentStates).default('open'),
  kind: z.enum(developmentKinds).optional(),
});
export type DevelopmentQuery = z.infer<typeof developmentQuerySchema>;
export const developmentListSchema = z.object({
  plans: z.array(developmentSchema),
  counts: z.object({ open: z.number().int(), ended: z.number().int() }),
});
export type DevelopmentList = z.infer<typeof developmentListSchema>;

/** A talk; with `endsOn` it also moves the last day. */
export const noteInputSchema = z.strictObject({
  day,
  note: z.string().trim().min(1).max(2000),
  reached: z.array(z.string().max(64)).max(50).default([]),
  endsOn: day.optional(),
});
export type NoteInput = z.input<typeof noteInputSchema>;

export const endInputSchema = z.strictObject({ result: z.enum(developmentResults), reason: reasonSchema });
export type EndInput = z.infer<typeof endInputSchema>;
