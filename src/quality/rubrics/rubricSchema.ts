import { z } from 'zod';

/** The sixteen kinds of mistakes of S3, as incidents name them. */
export const mistakes = [
  ...(['platform_rules', 'product', 'order_process', 'aftersales_policy', 'language', 'listening'] as const),
  ...(['emotion', 'objection', 'analysis', 'solution', 'cross_department', 'customer_first', 'warmth'] as const),
  ...(['responsibility', 'response_time', 'resolution_time'] as const),
] as const;
/** The red lines: each forces the lowest grade once a person has confirmed it. */
export const redLines = ['abuse', 'threat', 'mockery', 'data_leak', 'off_platform'] as const;

const id = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9_-]*$/);
/** A decimal with at most two places, kept as text so that no digit is lost. */
const points = z
  .string()
  .refine((text) => /^\d{1,4}(\.\d{1,2})?$/.test(text))
  .meta({ id: 'points', description: '分数，最多两位小数 · Points, two decimals at most' });
const text = (max: number) =>
  z.strictObject({ zh: z.string().trim().min(1).max(max), en: z.string().trim().min(1).max(max) });

export const levelSchema = z
  .strictObject({
    id: id.describe('等级编号 · Name of the level, unique within its item'),
    name: text(40),
    points: points.describe('此等级的得分 · Points of this level'),
    anchor: text(500).optional().describe('锚定描述 · What conduct at this level looks like'),
    examples: z.array(text(500)).max(5).optional().describe('例句 · What it sounds like'),
    severity: z
      .enum(['minor', 'major'])
      .optional()
      .describe('记为轻微或严重事项 · Recorded as a minor or a major incident'),
  })
  .describe('等级 · A level');

export const itemSchema = z
  .strictObject({
    id,
    name: text(60),
    about: text(500).optional().describe('看什么 · What to look at'),
    incident: z
      .enum([...mistakes, ...redLines])
      .optional()
      .describe('扣分时记为哪类事项 · Which incident lost points become'),
    critical: z.boolean().optional().describe('最低等级时整单不合格 · At its lowest level the whole form fails'),
    applies: z
      .enum(['always', 'sometimes'])
      .optional()
      .describe('sometimes：可选不适用 · sometimes: may be marked not applicable'),
    levels: z.array(levelSchema).min(2).max(9).describe('从最好到最差 · From best to worst'),
  })
  .describe('评分项 · An item');

export const rubricSchema = z
  .strictObject({
    id: id.describe('标准的编号 · Name of the rubric'),
    name: text(60),
    about: text(1000).optional(),
    scope: z
      .enum(['conversation', 'message'])
      .describe(
        '评整段会话或单条消息 · What is scored: a conversation, credited to its owner, or a message, credited to its author',
      ),
    failsAt: points
      .optional()
      .describe('关键项不合格时总分至多为此 · The most the total can be once a critical item failed; 0 unless given'),
    categories: z
      .array(
        z
          .strictObject({
            id,
            name: text(60),
            weight: points.describe('类别的满分 · What its items add up to'),
            items: z.array(itemSchema).min(1).max(30),
          })
          .describe('类别 · A category'),
      )
      .min(1)
      .max(12)
      .describe('各类别的满分相加为 100 · Their weights add up to 100'),
  })
  .describe('质检标准 · A rubric');

export type Rubric = z.infer<typeof rubricSchema>;
export type RubricItem = z.infer<typeof itemSchema>;
export type RubricLevel = z.infer<typeof levelSchema>;
