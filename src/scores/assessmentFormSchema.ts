import { z } from 'zod';
import { amountSchema, idSchema, recSchema, textSchema } from './planAmounts.ts';

/** Who fills a form in. `otherDepartment`: whoever asked the person's team for a ticket. `colleagues`: a 360 round, which has its own page. */
export const assessors = ['supervisor', 'otherDepartment', 'inspector', 'trainer', 'hr', 'colleagues'] as const;
export type Assessor = (typeof assessors)[number];

const levelSchema = z.strictObject({
  points: amountSchema.describe('这一级得几分，0–100 · Points of this level, 0 to 100'),
  name: textSchema,
  anchor: textSchema.describe('什么样的表现属于这一级 · What conduct at this level looks like'),
});

const questionSchema = z.strictObject({
  id: idSchema,
  text: textSchema,
  levels: z.array(levelSchema).min(2).max(9).describe('等级，从好到差 · Levels, best first'),
});

const asksSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('questions'), questions: z.array(questionSchema).min(1).max(20) })
      .describe('逐题选一级，取各题得分的平均 · A level for each question; the mean of their points counts'),
    z
      .strictObject({
        kind: z.literal('checklist'),
        tickets: amountSchema
          .optional()
          .describe('每人随机抽几张工单逐张核对；不写则整期核对一次 · So many tickets of each person, drawn at random'),
        lines: z
          .array(z.strictObject({ id: idSchema, text: textSchema }))
          .min(1)
          .max(50),
      })
      .describe('逐条核对：是、否、不适用；取“是”的比例 · Yes, no or not applicable; the share of yes counts'),
    z
      .strictObject({ kind: z.literal('count'), unit: textSchema, most: amountSchema.describe('最多填几 · At most') })
      .describe('填一个数 · A number'),
    z
      .strictObject({ kind: z.literal('nomination'), most: amountSchema.describe('一人一期最多几分 · Points at most') })
      .describe(
        '提名并写明依据，由另一人决定；只有通过的计分 · A nomination with its evidence, decided by somebody else; only accepted ones count',
      ),
  ])
  .describe('问什么 · What is asked');

/** What no log can show and people assess: a form, who fills it in, and by when. */
export const assessmentFormSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  about: textSchema.optional().describe('给评定人的说明 · Told to whoever fills it in'),
  item: idSchema.describe('写入哪个评定项，由指标读取 · The assessment item that its metric reads'),
  assessor: z.enum(assessors).describe('由谁评 · Who fills it in'),
  every: z.enum(['month', 'quarter']).describe('多久一次 · How often'),
  dueDays: amountSchema.describe('周期结束后几天内交 · Due so many days after the period’s end'),
  optional: z.boolean().optional().describe('没评也不算缺 · Nothing is missing without it'),
  asks: asksSchema,
  rec: recSchema,
});
export type AssessmentForm = z.infer<typeof assessmentFormSchema>;
export type Question = z.infer<typeof questionSchema>;
