import { z } from 'zod';
import { caseReasons } from './proposeCases.ts';
import { strategies } from './strategies.ts';

const instant = z.iso.datetime();
const reason = z.enum(caseReasons);
const strategy = z.enum(strategies);
const viewSchema = z.enum(['proposed', 'templates']);

/** How many people must have voted for a case before a template can be made of it. */
export const votesNeeded = 2;
/** How many lines a template's excerpt may have. */
export const excerptMax = 20;

const caseSchema = z.object({
  id: z.number().int(),
  /** The Monday of its week. */
  week: z.string(),
  /** null where the reader may not open the conversation. */
  sessionId: z.string().nullable(),
  agentName: z.string(),
  team: z.string(),
  issue: z.string(),
  happenedAt: instant,
  reasons: z.array(reason),
  /** The figures behind the reasons: stars, and feelings in points from 0 to 100. */
  why: z.object({
    rating: z.number().int().nullable(),
    feelingStart: z.number().nullable(),
    feelingEnd: z.number().nullable(),
  }),
  votes: z.number().int(),
  voted: z.boolean(),
  /** Whether it is the reader's own conversation. */
  own: z.boolean(),
  template: z
    .object({
      title: z.string(),
      strategies: z.array(strategy),
      words: z.string(),
      /** Masked; the names of those who took part are letters. */
      excerpt: z.array(z.object({ who: z.enum(['customer', 'bot', 'system', 'agent']), text: z.string() })),
      madeAt: instant,
      madeName: z.string(),
    })
    .nullable(),
});
export type BestCase = z.infer<typeof caseSchema>;

/** GET /api/cases: `after` is how many to pass over. */
export const casesQuerySchema = z.object({
  view: viewSchema.default('templates'),
  text: z.string().trim().max(100).default(''),
  strategy: strategy.optional(),
  reason: reason.optional(),
  /** This one only. */
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional(),
  after: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export const caseListSchema = z.object({
  view: viewSchema,
  counts: z.object({ proposed: z.number().int(), templates: z.number().int() }),
  cases: z.array(caseSchema),
  next: z.number().int().nullable(),
  /** Mondays of the weeks one can look for cases in, the latest first, and whether somebody has looked. */
  weeks: z.array(z.object({ monday: z.string(), looked: z.boolean() })),
  votesNeeded: z.number().int(),
  may: z.object({ vote: z.boolean(), write: z.boolean(), propose: z.boolean() }),
});
export type CaseList = z.infer<typeof caseListSchema>;

/** POST /api/cases/proposals. */
export const proposeInputSchema = z.strictObject({ week: z.string().max(20) });
export const proposedSchema = z.object({ candidates: z.number().int(), proposed: z.number().int() });
export type Proposed = z.infer<typeof proposedSchema>;

/** PUT /api/cases/{id}/vote. */
export const voteInputSchema = z.strictObject({ for: z.boolean() });

/** PUT /api/cases/{id}/template. `lines` are keys of messages. */
export const templateInputSchema = z.strictObject({
  title: z.string().trim().min(1).max(80),
  strategies: z.array(strategy).min(1).max(strategies.length),
  words: z.string().trim().max(500),
  lines: z
    .array(z.string().regex(/^\d{1,20}$/))
    .min(1)
    .max(excerptMax),
});
export type TemplateInput = z.infer<typeof templateInputSchema>;

/** POST /api/rubrics/cite: the text of a rubric with a line of a template as one more example of a level. */
export const citeInputSchema = z.strictObject({
  text: z.string().max(1_000_000),
  item: z.string().max(60),
  level: z.string().max(60),
  case: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  line: z
    .number()
    .int()
    .min(0)
    .max(excerptMax - 1),
});
export type CiteInput = z.infer<typeof citeInputSchema>;
export const citedSchema = z.object({ text: z.string() });
