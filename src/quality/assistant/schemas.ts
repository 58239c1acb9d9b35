import { z } from 'zod';

const bilingual = z.object({ zh: z.string(), en: z.string() });
const interval = z.tuple([z.number(), z.number()]).nullable();

/** REC: agreement that is surely no better than this is not shown to be much more than chance, whatever somebody sets. */
export const thresholdMin = 0.4;

/** Limits of what is asked, and what agreement must be shown before suggestions are. */
const limits = {
  on: z.boolean(),
  budgetKind: z.enum(['calls', 'tokens']),
  /** Of a month of the organisation's calendar. */
  budget: z.number().int().min(0).max(1_000_000_000),
  perMinute: z.number().int().min(1).max(600),
  timeoutSeconds: z.number().int().min(1).max(120),
  /** The lower end of alpha's 95% interval must reach it. */
  threshold: z.number().min(thresholdMin).max(1),
  /** Conversations that people and the model both scored. */
  sharedMin: z.number().int().min(5).max(1000),
};
/** PUT /api/assistant. `key`: null leaves the one there is, '' removes it; it never comes back out. */
export const changeAssistantSchema = z.strictObject({
  ...limits,
  baseUrl: z.string().trim().max(500),
  model: z.string().trim().max(200),
  key: z.string().trim().max(1000).nullable(),
});
export type ChangeAssistant = z.infer<typeof changeAssistantSchema>;

export const agreementSchema = z.object({
  /** Conversations that both scored, people without having seen the suggestion. */
  shared: z.number().int(),
  alpha: z.object({ value: z.number(), interval, units: z.number().int() }).nullable(),
  kappa: z.object({ value: z.number(), interval, units: z.number().int() }).nullable(),
  /** Model minus people, in points. */
  difference: z.number().nullable(),
  verdict: z.enum(['earned', 'tooFew', 'cannotTell', 'below']),
});
export type AgreementView = z.infer<typeof agreementSchema>;

/** sent: it left, and no answer is known of. The others after sent tell how it ended. */
export const outcomeSchema = z.enum([
  ...(['sent', 'answered', 'unreadable', 'refused', 'failed', 'timedOut', 'unreachable', 'address'] as const),
  'tooLarge',
]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** GET /api/assistant. */
export const assistantPageSchema = z.object({
  mayChange: z.boolean(),
  settings: z.object({
    ...limits,
    /** null for whoever may not change it. */
    baseUrl: z.string().nullable(),
    model: z.string(),
    /** none, kept, or kept but no longer readable because the server's secret changed. */
    key: z.enum(['none', 'kept', 'lost']),
    /** Whether the environment names the endpoint. */
    fromEnvironment: z.boolean(),
  }),
  used: z.object({ month: z.string(), calls: z.number().int(), tokens: z.number().int() }),
  rubrics: z.array(
    z.object({ id: z.string(), name: bilingual, unasked: z.number().int(), agreement: agreementSchema }),
  ),
  /** The last requests, newest first. */
  requests: z.array(
    z.object({
      id: z.number().int(),
      at: z.iso.datetime(),
      task: z.number().int(),
      by: z.string(),
      outcome: outcomeSchema,
      status: z.number().int().nullable(),
      tokens: z.number().int(),
      durationMs: z.number().int().nullable(),
    }),
  ),
});
export type AssistantPage = z.infer<typeof assistantPageSchema>;

export const measureSchema = z.strictObject({ rubric: z.string().max(60), count: z.number().int().min(1).max(20) });
/** POST /api/assistant/measure. `code` and `stopped`: what went wrong last, as name and as sentence. */
export const measuredSchema = z.object({
  asked: z.number().int(),
  code: z.string().nullable(),
  stopped: bilingual.nullable(),
});

export type Measured = z.infer<typeof measuredSchema>;

/** Why an item of an answer does not count. */
export const discardSchema = z.enum([
  ...(['shape', 'itemUnknown', 'levelUnknown', 'repeated', 'noQuote', 'inventedQuote'] as const),
]);
export const suggestedItemSchema = z.object({
  item: z.string(),
  level: z.string(),
  reason: z.string(),
  quotes: z.array(z.string()),
});
export const discardedSchema = z.object({ item: z.string().nullable(), why: discardSchema });
/**
 * GET and POST /api/inspections/{id}/suggestion. off: no model. hidden: its agreement does not reach yet. blind: here people judge without
 * it, so that agreement stays measured. none: not asked yet.
 */
export const suggestionSchema = z.object({
  state: z.enum(['off', 'hidden', 'blind', 'none', 'ready']),
  agreement: agreementSchema.nullable(),
  suggestion: z
    .object({
      model: z.string(),
      askedAt: z.iso.datetime(),
      items: z.array(suggestedItemSchema),
      discarded: z.array(discardedSchema),
    })
    .nullable(),
});
export type SuggestionView = z.infer<typeof suggestionSchema>;
