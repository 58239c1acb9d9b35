import { z } from 'zod';
import { amountOrInputSchema, amountSchema, idSchema, recSchema, textSchema } from './planAmounts.ts';

/** `miss`, `20`, `8to23`, `0.5`: as options are written where metrics are asked for. */
const optionValueSchema = z
  .string()
  .regex(/^[\w.-]{1,40}$/)
  .meta({ id: 'optionValue', description: '选项的一个取值 · One of the values of the option' });
const optionNameSchema = z.string().regex(/^[a-zA-Z][\w-]{0,39}$/);
/** Wherever a plan names a metric whose figure it takes. */
export const optionsSchema = z
  .record(optionNameSchema, optionValueSchema)
  .optional()
  .describe('指标的计法选项，代替现行定义的 · How the metric counts here, instead of the definition in force');

const targetSchema = z
  .union([
    amountOrInputSchema,
    z
      .strictObject({ byPriority: z.strictObject({ normal: amountSchema, urgent: amountSchema }) })
      .describe('每种优先级各有目标，按工单数加权 · One target per priority, weighted by tickets'),
    z
      .strictObject({
        byLoad: z.strictObject({
          metric: idSchema,
          options: optionsSchema,
          threshold: amountSchema,
          below: amountSchema,
          reached: amountSchema,
          unknown: amountSchema,
        }),
      })
      .describe(
        '按每天的负荷定目标，按量加权 · Decided per day by load, weighted by volume; unknown: load has no data',
      ),
    z
      .strictObject({
        byTier: z.strictObject({
          junior: amountOrInputSchema,
          mid: amountOrInputSchema,
          senior: amountOrInputSchema,
          unknown: amountOrInputSchema,
        }),
      })
      .describe('按岗级；考核团队时按各岗级的量加权 · By job tier; for a team weighted by the volume of each tier'),
    z
      .strictObject({ ofMetric: z.strictObject({ metric: idSchema, options: optionsSchema, factor: amountSchema }) })
      .describe('同一人另一指标的若干倍 · A factor of another metric of the same person'),
  ])
  .describe('目标 · The value to reach');

const chargeSchema = z.strictObject({
  incident: idSchema.describe('事项名 · The item of the incidents'),
  minor: amountSchema.describe('轻微一次扣几分 · Points for a minor one'),
  major: amountSchema.describe('严重一次扣几分 · Points for a major one'),
  oncePerDay: z.boolean().optional().describe('一天最多扣一次 · At most once a day'),
});

const curveSchema = z
  .discriminatedUnion('curve', [
    z
      .strictObject({ curve: z.literal('ratio') })
      .describe('实际 ÷ 目标，越低越好时为目标 ÷ 实际，最高 1 · value ÷ target, or target ÷ value; never above 1'),
    z
      .strictObject({ curve: z.literal('range'), pass: amountSchema })
      .describe(
        '目标为满分线，pass 得 80%，之间线性 · Full at the target, 80% at pass, linear between, proportional below',
      ),
    z
      .strictObject({ curve: z.literal('linear'), floor: amountSchema })
      .describe('floor 为 0，目标为 1，之间线性 · 0 at the floor, 1 at the target, linear between'),
    z
      .strictObject({
        curve: z.literal('step'),
        steps: z
          .array(z.strictObject({ at: amountSchema, gives: amountSchema }))
          .min(1)
          .max(20),
      })
      .describe('达到哪一档得几成，从好到差 · The share of the first step reached, best first; 0 below all'),
    z
      .strictObject({
        curve: z.literal('table'),
        rows: z
          .array(z.strictObject({ below: amountSchema.optional(), gives: amountSchema }))
          .min(1)
          .max(30),
      })
      .describe(
        '区间表，从小到大，最后一行不写 below · Ranges of the value from small to large; the last has no below',
      ),
    z
      .strictObject({ curve: z.literal('perPoint'), each: amountSchema.default('1'), loses: amountSchema })
      .describe('与目标每差满 each 扣 loses 分 · Loses points for every full `each` that the target is missed by'),
    z
      .strictObject({ curve: z.literal('perOccurrence'), loses: amountSchema })
      .describe('每发生一次不合格扣 loses 分 · Loses points for every bad one (a rate) or every one (a count)'),
    z
      .strictObject({
        curve: z.literal('deductions'),
        charges: z.array(chargeSchema).max(20),
        perDay: amountSchema.optional().describe('指标当天未达目标扣几分 · Points for each day that misses the target'),
      })
      .describe('按已确认的事项扣分，扣完为止 · Points are charged for confirmed incidents, down to 0'),
  ])
  .describe('达成度算法 · How value and target give the attainment');

const deductModeSchema = z.strictObject({
  mode: z.literal('deduct'),
  above: amountSchema.describe('样本多于它时按百分点扣 · With more observations than this points are lost per point'),
  perPoint: amountSchema.describe('低于目标每满 1 个百分点扣几分 · Points lost per full point under the target'),
  perBad: amountSchema.describe('样本不多时每个差评扣几分 · Otherwise points lost per bad one'),
});

const redistributeMode = z
  .literal('redistribute')
  .describe(
    '样本不足的项不计分，权重分给别的项 · Items with too little data give no score; their weight goes to others',
  );
const unratedAbove = amountSchema.describe(
  '缺失权重超过百分之几则不评级 · Percent of the weight; a card that misses more is unrated',
);

export const smallSampleSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: redistributeMode, unratedAbove, rec: recSchema }),
  deductModeSchema.extend({ unratedAbove, rec: recSchema }),
]);

export const itemSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  metric: idSchema.describe('目录中的指标 · A metric of the catalogue'),
  options: optionsSchema,
  weight: z
    .union([
      amountSchema,
      z.strictObject({
        byTier: z.strictObject({
          junior: amountSchema,
          mid: amountSchema,
          senior: amountSchema,
          unknown: amountSchema,
        }),
      }),
    ])
    .optional()
    .describe('权重；同组都不写则平分 · Weight, by tier if need be; left out by all of a block: equal shares'),
  value: z
    .literal('standardised')
    .optional()
    .describe(
      '取标准化值：假如大家遇到同样的队列、店铺、时段和咨询原因 · The standardised value, under everybody’s mix of queue, shop, part of the day and contact reason',
    ),
  target: targetSchema,
  of: z
    .literal('team')
    .optional()
    .describe('取所在团队的值，用于只计到团队的指标 · The figure of the person’s team, for metrics told of teams only'),
  better: z
    .enum(['higher', 'lower'])
    .optional()
    .describe('指标本身没有方向时必填 · Needed where the metric itself has no direction'),
  attainment: curveSchema.default({ curve: 'ratio' }),
  perMonth: z.boolean().optional().describe('目标按每月计 · The target is for one month'),
  minimumN: amountSchema.optional().describe('最少样本，代替目录中的 · Smallest number of observations'),
  smallSample: z
    .discriminatedUnion('mode', [z.strictObject({ mode: redistributeMode }), deductModeSchema])
    .optional()
    .describe('本项的小样本规则，代替方案的 · Replaces the plan’s rule for small samples'),
  pair: idSchema
    .optional()
    .describe('同组同名的项合为一对：一项缺数据，权重先归另一项 · Items that share this word stand in for each other'),
  bonus: z
    .boolean()
    .optional()
    .describe(
      '加分项：不占权重，最多加 weight 分，本组不超满分 · Adds up to its weight; the block stays within its full mark',
    ),
  rec: recSchema,
});

export const trackSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  weight: amountSchema.describe('占总分多少，合计 100 · Share of the total; all sum to 100'),
  within: z
    .strictObject({ min: amountSchema, max: amountSchema })
    .optional()
    .describe('权重允许的范围 · What the weight may be'),
  rec: recSchema,
});

export const blockSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  weight: amountSchema.describe(
    '各项权重之和；有 track 时同一大类内合计 100 · Sum of its items; within a track all sum to 100',
  ),
  track: idSchema.optional().describe('所属大类 · The track it belongs to'),
  values: z
    .enum(['period', 'latest'])
    .default('period')
    .describe('period：本期的值；latest：最近一次评定 · The period’s own values, or each item’s latest assessment'),
  items: z.array(itemSchema).min(1).max(50),
  replacedBy: itemSchema
    .omit({ weight: true, pair: true, bonus: true })
    .optional()
    .describe('有数据时代替整组，如考试代替抽查 · Takes the whole block where it has data, such as an exam'),
  rec: recSchema,
});
