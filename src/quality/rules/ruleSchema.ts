import { z } from 'zod';

/** Whose words: people of the company (not their templates), customers, bots, or all that is visible. */
export const speakers = ['agent', 'customer', 'bot', 'anyone'] as const;
export type Speaker = (typeof speakers)[number];

export const categories = [
  ...['language', 'privacy', 'platform', 'promise', 'rating', 'sales'],
  ...['courtesy', 'response', 'emotion', 'phrase', 'other'],
] as const;

/** The five red lines, and the sixteen kinds of mistakes: what a confirmed hit may become. */
export const redLines = ['abuse', 'threat', 'mockery', 'data_leak', 'off_platform'] as const;
export const mistakes = [
  ...[
    'platform_rules',
    'product',
    'order_process',
    'aftersales_policy',
    'language',
    'listening',
    'emotion',
    'objection',
  ],
  ...['analysis', 'solution', 'cross_department', 'customer_first', 'warmth', 'responsibility', 'response_time'],
  'resolution_time',
] as const;

export const contactKinds = [
  ...['phone', 'wechat', 'qq', 'email', 'link', 'bankCard', 'identityCard', 'address'],
] as const;

export const idSchema = z.string().regex(/^[a-z][a-z0-9_]{1,59}$/);
// Whoever lists 12315 means what customers write, not a number.
const phrase = z.union([z.string(), z.number()]).transform(String).pipe(z.string().trim().min(2).max(60)).meta({
  id: 'phrase',
  description: '一种说法，2 到 60 个字符，按字面找 · A wording, 2 to 60 characters, found as it stands',
});
const phrases = z.array(phrase).min(1).max(200);
const domains = z
  .array(
    z
      .string()
      .trim()
      .toLowerCase()
      .max(100)
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
  )
  .min(1)
  .max(200)
  .meta({
    description: '这些域名和它们下面的链接不算 · Links to these domains, and below them, are none',
  });
const by = z.enum(speakers);
const names = z.array(z.string().trim().min(1).max(100)).min(1).max(50);

/** opening: up to the second reply of a person, its templates included; closing: the last two. */
const part = z.enum(['opening', 'closing', 'all']).meta({
  description:
    'opening 到人工的第二条回复为止，closing 是最后两条 · opening: up to the second reply of a person; closing: the last two',
});

const simpleConditions = [
  /** Says a word of these lists. */
  z.strictObject({
    words: z.array(idSchema).min(1).max(20),
    by: by.optional(),
    how: z
      .array(z.enum(['plain', 'disguised', 'homophone']))
      .min(1)
      .optional(),
  }),
  z.strictObject({ phrases, by: by.optional() }),
  /** None of these was said in that part, although a person replied. */
  z
    .strictObject({ lacks: phrases, by: by.optional(), part: part.optional() })
    .meta({ description: '有人工回复，却没有说过其中任何一种 · A person replied, and none of these was said' }),
  z.strictObject({ contact: z.array(z.enum(contactKinds)).min(1), by: by.optional(), ownDomains: domains.optional() }),
  z
    .strictObject({ abuseAtLeast: z.number().min(0.05).max(1), by: by.optional() })
    .meta({ description: '辱骂模型的分数至少这么高，0.05 到 1 · The abuse model says at least so much, 0.05 to 1' }),
  z
    .strictObject({ feeling: z.enum(['positive', 'negative']), by: by.optional() })
    .meta({ description: '模型认为带有这种情感 · The model takes it for this feeling' }),
  z
    .strictObject({
      negativeAbovePercent: z.number().min(0).max(100),
      tokensAtLeast: z.number().int().min(1).max(10_000).optional(),
    })
    .meta({
      description: '客户的话里负面词超过这个百分比 · More than this share of the customer’s words is negative, percent',
    }),
  /** The customer's last words stay without an answer, unless they are nothing but these. */
  z.strictObject({ unanswered: z.literal(true), besides: phrases.optional() }).meta({
    description:
      '客户最后的话没有答复，除非只是这些 · The customer’s last words stay unanswered, unless they are nothing but these',
  }),
  /** The first reply is nothing but such a phrase, and the next one comes this much later, or never. */
  z.strictObject({ cannedFirstReply: phrases, gapSeconds: z.number().int().min(1).max(86_400) }).meta({
    description:
      '第一条回复只是套话，之后这么多秒没有下文 · The first reply is nothing but such a phrase, and the next one comes so many seconds later',
  }),
  /** The agent ended it, silent for this long. */
  z
    .strictObject({ silentBeforeClose: z.number().int().min(1).max(86_400) })
    .meta({ description: '客服结束会话前沉默了这么多秒 · The agent ended it after so many seconds of silence' }),
  z
    .strictObject({
      replySlowerThan: z.number().int().min(1).max(604_800),
      turn: z.enum(['first', 'any']).optional(),
    })
    .meta({ description: '回复慢于这么多秒 · A reply comes after more than so many seconds' }),
  z.strictObject({ messageKind: z.array(z.enum(['image', 'product', 'invitation'])).min(1), by: by.optional() }),
  /** Of these conversations: lists left out mean any. */
  z
    .strictObject({
      scene: z
        .strictObject({
          issue: names.optional(),
          channel: names.optional(),
          shop: names.optional(),
          queue: names.optional(),
        })
        .refine((scene) => Object.keys(scene).length > 0),
    })
    .meta({ description: '只在这些会话里，不写的不限 · Only in these conversations; what is left out means any' }),
] as const;

type SimpleCondition = z.infer<(typeof simpleConditions)[number]>;
export type Within = 'message' | 'session' | { readonly turns: number };

/** A condition over one conversation; `src/quality/rules/conditions.ts` says what each one marks. */
export type Condition =
  | SimpleCondition
  | {
      readonly all: readonly Condition[];
      readonly within?: Within | undefined;
      readonly inOrder?: boolean | undefined;
    }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly repeated: Condition; readonly times: number };

export const conditionSchema: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      ...simpleConditions,
      z.strictObject({
        all: z.array(conditionSchema).min(2).max(20),
        within: z
          .union([z.enum(['message', 'session']), z.strictObject({ turns: z.number().int().min(0).max(50) })])
          .optional(),
        inOrder: z.boolean().optional(),
      }),
      z.strictObject({ any: z.array(conditionSchema).min(2).max(20) }),
      z.strictObject({ not: conditionSchema }),
      z.strictObject({ repeated: conditionSchema, times: z.number().int().min(2).max(50) }),
    ]),
  )
  .meta({ id: 'condition' });

const bilingual = (max: number) =>
  z.strictObject({ zh: z.string().trim().min(1).max(max), en: z.string().trim().min(1).max(max) });

/** When a rule may deduct: so many hits that people labelled, and a share of right ones. */
export const earnsSchema = z.strictObject({
  labelled: z.number().int().min(20).max(10_000),
  precisionPercent: z.number().min(50).max(100),
  rolling: z.number().int().min(10).max(1000),
});
export type Earns = z.infer<typeof earnsSchema>;
/** REC: fifty labels, the lower end of the 95% interval at 80%, the last thirty not below that either. */
export const standardEarns: Earns = { labelled: 50, precisionPercent: 80, rolling: 30 };

/** From the least grave on. */
export const severities = ['minor', 'major'] as const;
export type Severity = (typeof severities)[number];

export const ruleSchema = z.strictObject({
  id: idSchema,
  name: bilingual(60),
  /** What a person should look at before confirming. */
  advice: bilingual(500).optional(),
  category: z.enum(categories),
  severity: z.enum(severities),
  state: z.enum(['on', 'off']).optional(),
  /** What a confirmed hit becomes; without it the rule marks and nothing else. */
  incident: z.enum([...redLines, ...mistakes]).optional(),
  earns: earnsSchema.optional(),
  alert: z
    .boolean()
    .optional()
    .describe('命中后提醒主管去看，本身不扣分 · Its hits are shown to the supervisor; by itself it deducts nothing'),
  when: conditionSchema,
});
export type Rule = z.infer<typeof ruleSchema>;

export const listedWordSchema = z.strictObject({
  word: z.string().trim().min(2).max(40),
  homophones: z.boolean(),
});

export const wordListSchema = z.strictObject({
  id: idSchema,
  name: bilingual(60),
  /** A hit by its words is at least as grave, whatever its rule is. */
  severity: z.enum(severities),
  words: z.array(listedWordSchema).max(5000),
});
export type WordList = z.infer<typeof wordListSchema>;

export const isRedLine = (rule: Pick<Rule, 'incident'>): boolean =>
  rule.incident !== undefined && (redLines as readonly string[]).includes(rule.incident);
