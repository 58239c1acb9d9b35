import { z } from 'zod';
import { bilingual } from '../../metrics/schemas.ts';
import { categories, idSchema, mistakes, redLines, severities } from './ruleSchema.ts';

export const hitDecisions = ['confirmed', 'overturned', 'missed', 'comment'] as const;

const precisionSchema = z.object({
  labelled: z.number().int(),
  confirmed: z.number().int(),
  /** Percent; null before anybody labelled a hit. low, high: 95% (Wilson). */
  percent: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
const earns = z.object({ labelled: z.number(), precisionPercent: z.number(), rolling: z.number() });

const ruleSummarySchema = z.object({
  id: z.string(),
  name: bilingual,
  category: z.enum(categories),
  severity: z.enum(severities),
  on: z.boolean(),
  incident: z.enum([...redLines, ...mistakes]).nullable(),
  /** Whether its hits alert the supervisor. */
  alert: z.boolean(),
  version: z.number().int(),
  origin: z.enum(['shipped', 'own']),
  /** marks: only marks. redLine: a person's confirmation counts. earned: confirmed hits deduct. learning, lost: they do not. */
  standing: z.enum(['marks', 'redLine', 'earned', 'learning', 'lost']),
  earns: earns.nullable(),
  rolling: z.number().nullable(),
  precision: precisionSchema,
  /** Of the last thirty days; sharePercent of the inspected sessions, null where there are none. */
  hits: z.number().int(),
  sessions: z.number().int(),
  sharePercent: z.number().nullable(),
  /** More than a third of the sessions: it says little. */
  hitsTooMuch: z.boolean(),
});
export type RuleSummary = z.infer<typeof ruleSummarySchema>;

/** What the models get wrong, by their own evaluation, percent. */
const engineSchema = z.object({ version: z.string(), errors: z.array(z.object({ what: bilingual, text: bilingual })) });

/** Of a period: none where nothing was inspected. */
export const enginesSchema = engineSchema.omit({ version: true }).extend({ versions: z.array(z.string()) });
export type Engines = z.infer<typeof enginesSchema>;

export const progressSchema = z.object({
  /** Whether everything imported is inspected by the rules in force. */
  upToDate: z.boolean(),
  doing: z.enum(['fresh', 'rules']).nullable(),
  done: z.number().int(),
  total: z.number().int(),
  inspectedAt: z.iso.datetime().nullable(),
  /** From the end of the last derivation to the end of its inspection. */
  lagSeconds: z.number().nullable(),
  failure: z.string().nullable(),
  failedAt: z.iso.datetime().nullable(),
  ruleSet: z.number().int(),
  engine: engineSchema.nullable(),
});
export type Progress = z.infer<typeof progressSchema>;

const listSummarySchema = z.object({
  id: z.string(),
  name: bilingual,
  severity: z.enum(severities),
  words: z.number().int(),
  homophones: z.number().int(),
  version: z.number().int(),
  usedBy: z.array(z.string()),
});

export const ruleListSchema = z.object({
  rules: z.array(ruleSummarySchema),
  lists: z.array(listSummarySchema),
  progress: progressSchema,
  mayWrite: z.boolean(),
  mayDecide: z.boolean(),
});
export type RuleList = z.infer<typeof ruleListSchema>;

const versionSchema = z.object({
  version: z.number().int(),
  savedAt: z.iso.datetime(),
  savedBy: z.string(),
  reason: z.string(),
  origin: z.enum(['shipped', 'own']),
  written: z.string(),
});

export const rulePageSchema = z.object({
  rule: ruleSummarySchema.extend({ advice: bilingual.nullable(), written: z.string() }),
  versions: z.array(versionSchema),
  mayWrite: z.boolean(),
  mayDecide: z.boolean(),
});
export type RulePage = z.infer<typeof rulePageSchema>;

export const wordListPageSchema = z.object({
  id: z.string(),
  name: bilingual,
  severity: z.enum(severities),
  /** One word a line; ~ at the end also finds what sounds alike. */
  text: z.string(),
  version: z.number().int(),
  usedBy: z.array(bilingual),
  versions: z.array(versionSchema.omit({ written: true })),
  mayWrite: z.boolean(),
});
export type WordListPage = z.infer<typeof wordListPageSchema>;

const reason = z.string().trim().max(500);
export const saveRuleSchema = z.object({
  text: z.string().max(64 * 1024),
  reason,
  /** Save although it hits more than half of the recent conversations. */
  evenSo: z.boolean().optional(),
});
export const saveWordsSchema = z.object({
  name: z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) }),
  severity: z.enum(severities),
  text: z.string().max(900_000),
  reason,
  /** Save although a rule that uses it would hit more than half of the recent conversations. */
  evenSo: z.boolean().optional(),
});

export const hitSchema = z.object({
  sessionId: z.string(),
  rule: z.string(),
  ruleName: bilingual,
  ruleVersion: z.number().int(),
  severity: z.enum(severities),
  standing: z.enum(['marks', 'redLine', 'earned', 'learning', 'lost']),
  /** '0': the conversation as a whole. */
  messageKey: z.string(),
  at: z.iso.datetime(),
  agentId: z.string(),
  agentName: z.string().nullable(),
  issue: z.string(),
  /** Personal data masked; the beginning of a long message. */
  text: z.string(),
  places: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
  status: z.enum(['open', 'confirmed', 'overturned', 'missed']),
  incident: z.enum(['none', 'due', 'written', 'refused']),
});
export type HitView = z.infer<typeof hitSchema>;

export const hitListSchema = z.object({ hits: z.array(hitSchema), next: z.string().nullable() });
export type HitList = z.infer<typeof hitListSchema>;

export const decideHitSchema = z.object({
  sessionId: z.string().min(1).max(500),
  rule: z.string().min(1).max(60),
  messageKey: z.string().regex(/^\d{1,20}$/),
  decision: z.enum(hitDecisions),
  comment: z.string().trim().max(1000).optional(),
});
export const decidedSchema = z.object({
  status: hitSchema.shape.status,
  /** Whether the decision becomes (or takes back) an incident. */
  incident: hitSchema.shape.incident,
  /** What was said then is counted from a copy: the decision says whether the rule was right, and becomes no incident. */
  monthClosed: z.boolean(),
  /** The rule has earned it by itself, but the plan that covers the agent asks for more. */
  heldByPlan: z.boolean(),
});
export type Decided = z.infer<typeof decidedSchema>;

const markSchema = z.object({
  rule: z.string(),
  ruleName: bilingual,
  ruleVersion: z.number().int(),
  advice: bilingual.nullable(),
  severity: z.enum(severities),
  standing: hitSchema.shape.standing,
  messageKey: z.string(),
  at: z.iso.datetime(),
  agentId: z.string(),
  foundBy: z.enum(['rule', 'person']),
  /** Whether the rule, as it is now, still hits it. */
  inForce: z.boolean(),
  /** UTF-16 places in the masked text, and in the text as written. */
  places: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
  writtenPlaces: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
  status: hitSchema.shape.status,
  incident: hitSchema.shape.incident,
  decisions: z.array(
    z.object({ decision: z.enum(hitDecisions), comment: z.string(), at: z.iso.datetime(), by: z.string() }),
  ),
});
export type MarkView = z.infer<typeof markSchema>;

export const sessionInspectionSchema = z.object({
  /** null: not inspected yet. Feelings are points from 0 to 100, 50 is neutral. */
  measured: z
    .object({
      feelings: z.array(z.object({ messageKey: z.string(), feeling: z.number() })),
      start: z.number().nullable(),
      end: z.number().nullable(),
      temperature: z.number().nullable(),
      agents: z.array(
        z.object({
          agentId: z.string(),
          replies: z.number().int(),
          personalPercent: z.number().nullable(),
          negativePercent: z.number().nullable(),
          feeling: z.number().nullable(),
        }),
      ),
      engine: z.string(),
      /** What the models get wrong by their own evaluation. */
      errors: engineSchema.shape.errors,
      ruleSet: z.number().int(),
      inspectedAt: z.iso.datetime(),
    })
    .nullable(),
  marks: z.array(markSchema),
  /** Messages of which only so many characters, the first ones, were looked at. */
  partlyInspected: z.number().int(),
  inspectedCharacters: z.number().int(),
  timeline: z.array(
    z.object({ at: z.iso.datetime(), what: z.string(), agentName: z.string().nullable(), value: z.string() }),
  ),
  orders: z.array(z.string()),
  similar: z.array(
    z.object({
      sessionId: z.string(),
      issue: z.string(),
      startedAt: z.iso.datetime(),
      shared: z.array(bilingual),
      temperature: z.number().nullable(),
    }),
  ),
  /** Rules one may say of a message that they missed it. */
  rules: z.array(z.object({ id: z.string(), name: bilingual })),
  mayDecide: z.boolean(),
});
export type SessionInspection = z.infer<typeof sessionInspectionSchema>;

/** A rule as text, or a word list as text: what the rules that use it would hit; a list that none uses is looked for as it is. */
export const tryRuleSchema = z.union([
  z.strictObject({ text: saveRuleSchema.shape.text }),
  z.strictObject({ list: z.strictObject({ id: idSchema, text: saveWordsSchema.shape.text }) }),
]);
export const trialSchema = z.object({
  id: z.string(),
  /** Of the rule or the list. */
  name: bilingual,
  running: z.boolean(),
  /** Why it stopped before all of history. */
  stopped: z.enum(['timeLimit', 'sessionLimit', 'failed']).nullable(),
  seconds: z.number(),
  secondsMax: z.number(),
  /** Conversations looked at, newest first, of `total`; the earliest one's start. */
  sessions: z.number().int(),
  total: z.number().int(),
  since: z.iso.datetime().nullable(),
  sessionsHit: z.number().int(),
  hits: z.number().int(),
  sharePercent: z.number().nullable(),
  hitsTooMuch: z.boolean(),
  precision: precisionSchema,
  /** Some of the hits, spread over what was looked at. */
  sample: z.array(
    hitSchema.pick({ sessionId: true, messageKey: true, at: true, text: true, places: true, status: true }),
  ),
});
export type Trial = z.infer<typeof trialSchema>;
