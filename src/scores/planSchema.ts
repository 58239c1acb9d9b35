import { z } from 'zod';
import { assessmentFormSchema } from './assessmentFormSchema.ts';
import { amountOrInputSchema, amountSchema, idSchema, recSchema, textSchema } from './planAmounts.ts';
import { blockSchema, itemSchema, optionsSchema, smallSampleSchema, trackSchema } from './planItemSchema.ts';

/**
 * The plan format: the single source of its types, of the checks on shape, and of the published plans/plan.schema.json.
 * What needs the whole plan or the metric catalogue to judge is in validatePlan.ts.
 */
const inputSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  about: textSchema,
  min: amountSchema,
  max: amountSchema,
  value: amountSchema.optional().describe('由贵单位填写 · Given by the organisation'),
});

const bandSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  from: amountSchema.describe('下限（含） · from ≤ total'),
  to: amountSchema.optional().describe('上限（不含），最高等级不写 · total < to; the best band has none'),
  coefficient: amountOrInputSchema,
  vetoOnly: z
    .boolean()
    .optional()
    .describe('只因红线而得的等级，放最后，from 与 to 都为 0 · Reached by a red line only; last, from 0 to 0'),
  consequence: textSchema.optional(),
  rec: recSchema,
});

const couplingTermSchema = z.union([
  z.strictObject({ metric: idSchema, options: optionsSchema, target: amountOrInputSchema }),
  z.strictObject({ item: idSchema }),
  z.strictObject({ coupling: idSchema }),
]);

const couplingSchema = z
  .strictObject({
    id: idSchema,
    name: textSchema,
    of: couplingTermSchema.describe(
      '被调节的：指标、方案的项或另一联动 · What is adjusted; an item of the plan counts as adjusted',
    ),
    cap: amountSchema.describe('被调节的达成度最高算到多少 · Its attainment counts up to this'),
    by: z.array(couplingTermSchema).min(1).max(10).describe('取其中最低的达成度 · The least of their attainments'),
    floor: amountSchema,
    ceiling: amountSchema,
    rec: recSchema,
  })
  .describe('联动：达成度 × clamp(最低达成度, floor, ceiling) · attainment × clamp(least attainment, floor, ceiling)');

const rankSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  levels: amountSchema.describe('分几级 · How many levels it has'),
});
const sharedRankSchema = rankSchema.extend({ share: amountSchema.describe('占百分之几 · Percent of the people') });

const distributionSchema = z
  .strictObject({
    top: sharedRankSchema,
    second: sharedRankSchema,
    standard: rankSchema,
    bottom: sharedRankSchema,
    vetoed: rankSchema.optional(),
    pool: z.enum(['all', 'team', 'shop']).describe('在谁之间排 · Among whom'),
    smallest: amountSchema.describe('少于几人不排 · Fewer people than this are not ranked among themselves'),
    otherwise: z
      .enum(['bands', 'merge'])
      .describe('人数不足：按分段，或与全体合并 · Then: the bands, or one pool of all'),
    rec: recSchema,
  })
  .describe('强制分布 · Forced distribution');

const teamCoefficientSchema = z
  .strictObject({
    enabled: z.boolean().describe('false：写着但不起作用 · false: written down, without effect'),
    metric: idSchema.describe('按团队、以分子之和 ÷ 分母之和计 · Told of the team, as a ratio of sums'),
    options: optionsSchema,
    target: amountSchema,
    min: amountSchema,
    max: amountSchema,
    periods: z
      .array(z.enum(['quarter', 'year']))
      .min(1)
      .max(2)
      .describe('乘在哪些周期的系数上 · The periods whose coefficient it multiplies'),
    rec: recSchema,
  })
  .describe(
    '团队系数：等级的系数 × clamp(团队的值 ÷ target, min, max)，总分与等级不变 · Team coefficient: coefficient × clamp(team figure ÷ target, min, max); total and grade stay',
  );

const outcomeSchema = z.strictObject({
  id: idSchema,
  grade: idSchema.describe('分段或分布的等级 · A band, or a grade of the distribution'),
  orBetter: z.boolean().optional().describe('更高的等级也算 · Better grades count as well'),
  of: z
    .enum(['month', 'quarter', 'year'])
    .optional()
    .describe('连续的什么周期，默认月 · Periods of this kind; months unless given'),
  inARow: amountSchema.describe('连续几期 · How many periods in a row'),
  proposes: z.enum(['training', 'improvementPlan', 'raise', 'transfer', 'promotion', 'honour']),
  range: z
    .strictObject({ from: amountSchema, to: amountSchema })
    .optional()
    .describe('加薪的建议范围，百分之几 · For a raise: the range proposed, in percent'),
  title: textSchema.optional().describe('荣誉的名称 · For an honour: what it is called'),
  paidMonths: amountSchema.optional().describe('带薪培训几个月 · For training: how many months of it are paid'),
  text: textSchema,
  rec: recSchema,
});

export const planSchema = z
  .strictObject({
    format: z.literal('1'),
    id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
    name: textSchema,
    summary: textSchema,
    source: z.string().max(200).optional(),
    appraises: z
      .enum(['agent', 'team'])
      .optional()
      .describe('team：考核主管，用其团队的合计值 · team: managers, on their team’s ratios of sums'),
    inputs: z
      .array(inputSchema)
      .max(50)
      .default([])
      .describe('原方案没写、由贵单位决定的数 · What the source leaves open and the organisation must decide'),
    tracks: z.array(trackSchema).min(2).max(10).optional().describe('几个大类，各自百分制 · Parts, each out of 100'),
    blocks: z.array(blockSchema).min(1).max(20),
    bands: z.array(bandSchema).min(2).max(20).describe('等级，从高到低 · Grades, best first'),
    smallSample: smallSampleSchema.default({ mode: 'redistribute', unratedAbove: '50' }),
    presence: z
      .strictObject({
        attendanceBelow: amountSchema.optional().describe('出勤低于百分之几不评级 · Percent; less is unrated'),
        firstPartMonth: z.boolean().optional().describe('入职首个不满月不评级 · The first, partial month is unrated'),
        rec: recSchema,
      })
      .optional(),
    promotion: z
      .strictObject({
        items: z
          .array(z.strictObject({ takesFrom: idSchema, item: itemSchema }))
          .max(10)
          .default([])
          .describe('大促期间从别的项让出权重的项 · Items that take weight from another one while they have data'),
        relax: z
          .strictObject({ factor: amountSchema, metrics: z.array(idSchema).max(50) })
          .optional()
          .describe('大促日这些指标的目标放宽 · Their targets are relaxed on promotion days'),
        exclude: z
          .strictObject({ metrics: z.array(idSchema).min(1).max(50) })
          .optional()
          .describe('大促日不计入这些指标 · Promotion days do not count in these metrics'),
        rec: recSchema,
      })
      .optional()
      .describe('日历中有大促日的周期 · What holds in a period with promotion days in the calendar'),
    vetoes: z
      .array(
        z.strictObject({
          incident: idSchema,
          name: textSchema,
          effect: z
            .enum(['lowestGrade', 'starDown'])
            .optional()
            .describe('默认等级最低、系数 0；starDown：减一星 · Lowest grade and coefficient 0, or one star down'),
        }),
      )
      .max(50)
      .default([])
      .describe('红线：只看已确认的 · Red lines; only confirmed ones have an effect'),
    vetoReach: z
      .strictObject({
        upTo: z.enum(['month', 'quarter', 'year']).describe('最长到哪种周期 · Up to which kind of period'),
        rec: recSchema,
      })
      .optional()
      .describe(
        '使等级最低的红线管到多长的周期：所在的月，到季度，或到年度；不写只管所在的月 · How far a red line that forces the grade acts: in its month, up to the quarter or the year; its month alone unless given',
      ),
    ruleEvidence: z
      .strictObject({
        labelled: amountSchema.describe('至少多少个裁定 · Hits decided, at least'),
        precisionPercent: amountSchema.describe(
          '准确率 95% 区间的下端，百分之几 · Lower end of the precision’s interval',
        ),
        rolling: amountSchema.describe(
          '规则改过之后、最近多少个裁定 · Of the last decisions, since the rule last changed',
        ),
        rec: recSchema,
      })
      .optional()
      .describe(
        '规则的命中要扣分，至少要有这些依据；与规则自己的门槛取严 · What a rule has to show before its hits deduct; the stricter of this and its own',
      ),
    couplings: z.array(couplingSchema).max(10).optional(),
    incentives: z
      .array(
        z.strictObject({
          id: idSchema,
          name: textSchema,
          rate: amountOrInputSchema,
          coupling: idSchema.describe('按这个联动系数打折 · Multiplied by the factor of this coupling'),
          of: idSchema
            .optional()
            .describe(
              '比例乘以这个指标的分子（元）；不写则金额由人填写 · The rate is of this metric’s numerator in yuan',
            ),
          rec: recSchema,
        }),
      )
      .max(10)
      .optional(),
    stars: z
      .strictObject({
        meets: z.array(idSchema).min(1).max(20).describe('这些项全部达标 · All of these items at their full marks'),
        inARow: amountSchema.describe('连续几个月加一星 · Months in a row for one star more'),
        floor: amountSchema,
        rec: recSchema,
      })
      .optional(),
    mentoring: z
      .strictObject({ months: amountSchema, rec: recSchema })
      .optional()
      .describe('新人头几个月，带教人也按团队成绩计 · In these first months a mentor gets the team’s card as well'),
    survey: z
      .strictObject({
        step: amountSchema.describe('一项的权重一次最多动几分 · How many points an item moves at most'),
        least: amountSchema.describe(
          '至少有这么多条回答才提议 · So many answers are needed before anything is proposed',
        ),
        rec: recSchema,
      })
      .optional()
      .describe(
        '客户参与：调查回答提议权重的改动，由人决定 · Customers take part: survey answers propose weights, people decide',
      ),
    distribution: distributionSchema.optional(),
    teamCoefficient: teamCoefficientSchema.optional(),
    outcomes: z.array(outcomeSchema).max(50).default([]).describe('只提议，由人决定 · Proposals; people decide'),
    pays: z
      .enum(['monthly', 'yearEndMonths'])
      .optional()
      .describe('系数乘什么：月度绩效，或年终几个月工资 · What the coefficient multiplies'),
    presets: z
      .array(z.strictObject({ id: idSchema, name: textSchema, coefficients: z.record(idSchema, amountSchema) }))
      .max(10)
      .optional()
      .describe('另一套系数 · Another set of coefficients by band'),
    views: z
      .array(
        z.strictObject({
          id: idSchema,
          name: textSchema,
          parts: z
            .array(
              z.strictObject({ id: idSchema, name: textSchema, weight: amountSchema, items: z.array(idSchema).min(1) }),
            )
            .min(1)
            .max(12),
          rec: recSchema,
        }),
      )
      .max(5)
      .optional()
      .describe('同样的项换一种归类看，不影响总分 · The same items seen in other groups; the total stays'),
    appeal: z
      .strictObject({
        days: amountSchema.describe('结果公布后几天内可以申诉 · Days after publication within which one may appeal'),
        decideDays: amountSchema
          .optional()
          .describe(
            '主管、人事各在几个工作日内答复，默认 3 · Working days for each of supervisor and HR; 3 unless given',
          ),
        text: textSchema,
      })
      .optional(),
    assessments: z
      .array(assessmentFormSchema)
      .max(30)
      .optional()
      .describe('由人评定的表 · Forms by which people assess what no log can show'),
    checklist: z
      .array(z.strictObject({ id: idSchema, text: textSchema }))
      .max(100)
      .default([])
      .describe('计分之外逐项核对的要点 · Points an auditor ticks off beside the score'),
    notes: z.array(textSchema).max(50).default([]),
  })
  .meta({
    title: 'Heng plan',
    description:
      '衡的绩效方案 · An appraisal plan of Heng 衡: what is measured, what it weighs, and what the total means.',
  });

export type Plan = z.infer<typeof planSchema>;
export type PlanBlock = Plan['blocks'][number];
export type PlanItem = PlanBlock['items'][number];
export type PlanTarget = PlanItem['target'];
export type Curve = PlanItem['attainment'];
