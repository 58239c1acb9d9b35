import type { Bilingual, Language } from '../platform/language.ts';
import { closeUp } from './closeUp.ts';
import { explainAssessments } from './explainAssessments.ts';
import { deductModeText, nameAsCounted } from './explainPlan.ts';
import { paidAs } from './gradePay.ts';
import type { AmountOrInput } from './planAmounts.ts';
import type { PlanMetric } from './planMetric.ts';
import type { Plan } from './planSchema.ts';
import type { PlanPage } from './schemas.ts';
import { amountText, both, countOf, periodKinds } from './wording.ts';

type RuleText = PlanPage['rules'][number];
type Metrics = ReadonlyMap<string, PlanMetric>;

/** What holds beside items, grades and outcomes, in the order in which it acts. */
export function explainRules(plan: Plan, metrics: Metrics): RuleText[] {
  return [
    ...whose(plan),
    ...smallSample(plan),
    ...presence(plan),
    ...vetoReachText(plan),
    ...ruleEvidence(plan),
    ...excluded(plan, metrics),
    ...(plan.couplings ?? []).map((coupling) => couplingText(plan, coupling, metrics)),
    ...incentives(plan),
    ...starsText(plan),
    ...distribution(plan),
    ...teamCoefficientText(plan, metrics),
    ...presets(plan),
    ...views(plan),
    ...surveyText(plan),
    ...explainAssessments(plan),
  ];
}

function whose({ appraises, mentoring }: Plan): RuleText[] {
  if (appraises !== 'team') return [];
  const lines = [
    {
      zh: '主管按所带团队的合计值考核：分子之和 ÷ 分母之和，不取各人的平均。',
      en: 'Managers are appraised on their teams’ ratios of sums, never on means of people.',
    },
    ...(mentoring
      ? [
          {
            zh: `新人入职头 ${mentoring.months} 个月，其带教人（人员表里写明的）也按团队成绩计。`,
            en: `In a new hire’s first ${countOf(mentoring.months, 'month')} the mentor (column mentor_id of the agent list) shares the team’s result.`,
          },
        ]
      : []),
  ];
  return [{ id: 'whose', title: { zh: '考核谁', en: 'Who is appraised' }, lines, rec: mentoring?.rec ?? null }];
}

function smallSample({ smallSample: rule }: Plan): RuleText[] {
  const missing = both((language) =>
    language === 'zh'
      ? `没有足够数据的项不计分，权重分给其他项；缺失超过 ${rule.unratedAbove}% 则本期不评级。`
      : `Items with too little data give no score and their weight goes to others; above ${rule.unratedAbove}% missing the period is unrated.`,
  );
  const lines = rule.mode === 'deduct' ? [both((language) => deductModeText(rule, language)), missing] : [missing];
  return [{ id: 'smallSample', title: { zh: '样本不足时', en: 'Small samples' }, lines, rec: rule.rec ?? null }];
}

/** How far a red line that forces the grade acts; told also where the plan does not say, as somebody's pay depends on it. */
function vetoReachText(plan: Plan): RuleText[] {
  if (plan.vetoes.every(({ effect }) => effect === 'starDown')) return [];
  const upTo = plan.vetoReach?.upTo ?? 'month';
  const reach = {
    month: {
      zh: '经人确认的红线只管所在的月：季度与年度记分卡不受影响。',
      en: 'A red line confirmed by a person acts in its month alone: the cards of its quarter and year are not touched.',
    },
    quarter: {
      zh: '经人确认的红线管到所在的月和季度：总分不变，等级最低，系数为 0；年度记分卡不受影响。',
      en: 'A red line confirmed by a person acts in its month and its quarter: the total stays, the grade is the lowest, the coefficient 0; the card of the year is not touched.',
    },
    year: {
      zh: '经人确认的红线管到所在的月、季度和年度：总分不变，等级最低，系数为 0。',
      en: 'A red line confirmed by a person acts in its month, its quarter and its year: the total stays, the grade is the lowest, the coefficient 0.',
    },
  }[upTo];
  const again = {
    zh: '红线事项被推翻后，所在的月、季度和年度都重算。',
    en: 'When the red line is overturned, month, quarter and year are computed again.',
  };
  const bonus = {
    zh: '年终奖按年度记分卡发放，红线不减少它。',
    en: 'The year-end bonus is paid by the card of the year: no red line lessens it.',
  };
  const unpaid = paidAs(plan, 'year') !== null && upTo !== 'year' ? [bonus] : [];
  const lines = [reach, ...unpaid, ...(upTo === 'month' ? [] : [again])];
  const title = { zh: '红线管到多长的周期', en: 'How far red lines reach' };
  return [{ id: 'vetoReach', title, lines, rec: plan.vetoReach?.rec ?? null }];
}

function ruleEvidence({ ruleEvidence: rule }: Plan): RuleText[] {
  if (!rule) return [];
  const lines = [
    {
      zh: `质检规则的命中要扣分，须有人裁定过至少 ${rule.labelled} 个、准确率 95% 区间的下端不低于 ${rule.precisionPercent}%，最近 ${rule.rolling} 个裁定也不低于它；规则自己的门槛更严的，按规则的。红线须人确认，不受此限。`,
      en: `Hits of inspection rules deduct once people decided about at least ${rule.labelled} of them, the 95% interval of the precision begins at ${rule.precisionPercent}% or above, and the last ${rule.rolling} are not below that; a rule that asks more of itself goes by its own. Red lines take a person’s confirmation instead.`,
    },
  ];
  return [
    { id: 'ruleEvidence', title: { zh: '规则扣分的依据', en: 'Evidence of rules' }, lines, rec: rule.rec ?? null },
  ];
}

function presence({ presence: rule }: Plan): RuleText[] {
  if (!rule) return [];
  const { attendanceBelow, firstPartMonth } = rule;
  const lines = [
    ...(attendanceBelow === undefined
      ? []
      : [
          {
            zh: `出勤低于 ${attendanceBelow}% 不评级。`,
            en: `Below ${attendanceBelow}% attendance the period is unrated.`,
          },
        ]),
    ...(firstPartMonth ? [{ zh: '入职首个不满月不评级。', en: 'The first, partial month is unrated.' }] : []),
  ];
  return [{ id: 'presence', title: { zh: '不评级', en: 'Unrated' }, lines, rec: rule.rec ?? null }];
}

function excluded({ promotion }: Plan, metrics: Metrics): RuleText[] {
  if (!promotion?.exclude) return [];
  const names = both((language) =>
    list(
      promotion.exclude?.metrics.map((id) => metricName(id, metrics)[language]),
      language,
    ),
  );
  const line = { zh: `大促日不计入：${names.zh}。`, en: `Promotion days do not count in: ${names.en}.` };
  return [{ id: 'exclude', title: { zh: '大促日', en: 'Promotion days' }, lines: [line], rec: null }];
}

function couplingText(plan: Plan, coupling: NonNullable<Plan['couplings']>[number], metrics: Metrics): RuleText {
  const { id, name, of, by, cap, floor, ceiling, rec } = coupling;
  const line = both((language) => {
    const zh = language === 'zh';
    const term = (each: typeof of) => termText(plan, each, metrics)[language];
    const limits = list(by.map(term), language);
    return zh
      ? closeUp(
          `${term(of)}的达成度最高算 ${cap}，乘以 ${limits} 中最低的达成度（限制在 ${floor} 到 ${ceiling} 之间）。`,
          [limits],
        )
      : `Attainment of ${term(of)}, up to ${cap}, times the least attainment of ${limits}, between ${floor} and ${ceiling}.`;
  });
  return { id: `coupling.${id}`, title: name, lines: [line], rec: rec ?? null };
}

function termText(plan: Plan, term: NonNullable<Plan['couplings']>[number]['of'], metrics: Metrics): Bilingual {
  if ('coupling' in term) return plan.couplings?.find(({ id }) => id === term.coupling)?.name ?? same(term.coupling);
  if ('item' in term)
    return plan.blocks.flatMap(({ items }) => items).find(({ id }) => id === term.item)?.name ?? same(term.item);
  const name = nameAsCounted(term, metrics);
  return both((language) => {
    const target = given(plan, term.target, language);
    return language === 'zh' ? closeUp(`${name.zh}（目标 ${target}）`, [target]) : `${name.en} (target ${target})`;
  });
}

function incentives(plan: Plan): RuleText[] {
  return (plan.incentives ?? []).map(({ id, name, rate, coupling, rec }) => {
    const factor = plan.couplings?.find((each) => each.id === coupling)?.name ?? same(coupling);
    const share = given(plan, rate, 'zh');
    const line = {
      zh: closeUp(`比例 ${share}，乘以“${factor.zh}”的系数。`, [share]),
      en: `A rate of ${given(plan, rate, 'en')}, times the factor of ${factor.en}.`,
    };
    return { id: `incentive.${id}`, title: name, lines: [line], rec: rec ?? null };
  });
}

function starsText(plan: Plan): RuleText[] {
  if (!plan.stars) return [];
  const { meets, inARow, floor, rec } = plan.stars;
  const items = new Map(plan.blocks.flatMap((block) => block.items.map((item) => [item.id, item.name] as const)));
  const line = both((language) => {
    const names = list(
      meets.map((id) => (items.get(id) ?? same(id))[language]),
      language,
    );
    return language === 'zh'
      ? `${names}连续 ${inARow} 个月全部达标加一星，红线减一星，最低 ${floor} 星。`
      : `${names} in full for ${countOf(inARow, 'month')} in a row add a star; a red line takes one, down to ${floor}.`;
  });
  return [{ id: 'stars', title: { zh: '星级', en: 'Stars' }, lines: [line], rec: rec ?? null }];
}

function distribution({ distribution: found }: Plan): RuleText[] {
  if (!found) return [];
  const { top, second, standard, bottom, vetoed, pool, smallest, otherwise, rec } = found;
  const among = {
    all: { zh: '全公司', en: 'everybody' },
    team: { zh: '团队', en: 'each team' },
    shop: { zh: '店铺', en: 'each shop' },
  }[pool];
  const levels = (rank: { levels: string }, language: Language) =>
    language === 'zh' ? `${rank.levels} 级` : countOf(rank.levels, 'level');
  const shares = both((language) => {
    const zh = language === 'zh';
    const ranks = [top, second, { ...standard, share: null }, bottom].map((rank) => {
      const share = rank.share === null ? (zh ? '其余' : 'the rest') : `${rank.share}%`;
      return `${rank.name[language]} ${share}${zh ? '（' : ' ('}${levels(rank, language)}${zh ? '）' : ')'}`;
    });
    const veto = vetoed ? [`${vetoed.name[language]}${zh ? '（只因红线）' : ' (red lines only)'}`] : [];
    return `${list([...ranks, ...veto], language)}${zh ? '。' : '.'}`;
  });
  const rule = {
    zh: `在${among.zh}之内按总分排；同分在高端往下归，在低端往上归；不足 ${smallest} 人${otherwise === 'bands' ? '不排，按分段' : '与其他不足的合并排'}。`,
    en: `Ranked by total among ${among.en}; ties fall at the top and rise at the bottom; with fewer than ${smallest} people ${otherwise === 'bands' ? 'the bands decide' : 'small pools are ranked together'}.`,
  };
  return [
    {
      id: 'distribution',
      title: { zh: '强制分布', en: 'Forced distribution' },
      lines: [shares, rule],
      rec: rec ?? null,
    },
  ];
}

/** What multiplies the coefficients of longer periods, also where it is switched off: one sees what switching it on would do. */
export function teamCoefficientText({ teamCoefficient: rule }: Plan, metrics: Metrics): RuleText[] {
  if (!rule) return [];
  const { enabled, target, min, max, periods, rec } = rule;
  const name = nameAsCounted(rule, metrics);
  const [at, least, most] = [target, min, max].map(amountText);
  const which = both((language) => {
    const kinds = (['quarter', 'year'] as const).filter((kind) => periods.includes(kind));
    return language === 'zh'
      ? kinds.map((kind) => periodKinds[kind].zh).join('与')
      : kinds.map((kind) => `${periodKinds[kind].en}s`).join(' and ');
  });
  const formula = {
    zh: `${which.zh}记分卡上，等级的系数再乘以团队系数：所在团队的“${name.zh}”÷ ${at}，最低 ${least}，最高 ${most}；乘得的系数四舍五入到四位小数。总分和等级不变。`,
    en: `On the cards of ${which.en} the grade’s coefficient is multiplied by the team’s: ${name.en} of one’s team ÷ ${at}, at least ${least} and at most ${most}; the product is rounded to four decimals. Total and grade stay.`,
  };
  const figure = {
    zh: '团队的值是全队分子之和 ÷ 分母之和，不取各人的平均；没有团队、没有数据或样本不足时按 1 计，系数为 0 的仍为 0。',
    en: 'The team’s figure is a ratio of sums, never a mean of people; without a team, without data or with too few observations it counts as 1, and a coefficient of 0 stays 0.',
  };
  const off = {
    zh: '未启用，系数不受团队影响。启用后：',
    en: 'Switched off: no coefficient depends on the team. Switched on:',
  };
  const lines = enabled ? [formula, figure] : [off, formula, figure];
  return [{ id: 'teamCoefficient', title: { zh: '团队系数', en: 'Team coefficient' }, lines, rec: rec ?? null }];
}

function presets(plan: Plan): RuleText[] {
  return (plan.presets ?? []).map(({ id, name, coefficients }) => {
    const line = both((language) => {
      // In the order of the grades, best first: a stored plan has lost the order of its fields.
      const named = plan.bands.flatMap((band) => {
        const amount = coefficients[band.id];
        return amount === undefined ? [] : [`${band.name[language]} ${amountText(amount)}`];
      });
      return language === 'zh'
        ? `可改用的系数：${list(named, 'zh')}。`
        : `Coefficients to use instead: ${list(named, 'en')}.`;
    });
    return { id: `preset.${id}`, title: name, lines: [line], rec: null };
  });
}

function views(plan: Plan): RuleText[] {
  const items = new Map(plan.blocks.flatMap((block) => block.items.map((item) => [item.id, item.name] as const)));
  return (plan.views ?? []).map(({ id, name, parts, rec }) => {
    const line = both((language) => {
      const named = parts.map((part) => {
        const own = list(
          part.items.map((item) => (items.get(item) ?? same(item))[language]),
          language,
        );
        return language === 'zh'
          ? `${part.name.zh} ${amountText(part.weight)}（${own}）`
          : `${part.name.en} ${amountText(part.weight)} (${own})`;
      });
      return `${named.join(language === 'zh' ? '，' : ', ')}${language === 'zh' ? '。' : '.'}`;
    });
    return { id: `view.${id}`, title: name, lines: [line], rec: rec ?? null };
  });
}

function surveyText({ survey }: Plan): RuleText[] {
  if (!survey) return [];
  const { step, least, rec } = survey;
  const line = {
    zh: `客户在调查中说看重哪一项；有 ${least} 条回答起，按提及的比例提议权重的改动，一项一次最多动 ${step} 分。提议显示在草案里，采用与否由人决定。`,
    en: `Customers say in surveys which item matters to them; from ${least} answers on a change of weights is proposed by how often each was named, ${countOf(step, 'point')} an item at most. It is shown in drafts; people decide.`,
  };
  return [{ id: 'survey', title: { zh: '客户参与', en: 'Customers take part' }, lines: [line], rec: rec ?? null }];
}

const same = (text: string): Bilingual => ({ zh: text, en: text });
const list = (words: readonly string[] | undefined, language: Language): string =>
  (words ?? []).join(language === 'zh' ? '、' : ', ');
const metricName = (id: string, metrics: Metrics): Bilingual => metrics.get(id)?.name ?? same(id);

function given(plan: Plan, amount: AmountOrInput, language: Language): string {
  if (typeof amount === 'string') return amountText(amount);
  const value = plan.inputs.find(({ id }) => id === amount.input)?.value;
  return value ?? (language === 'zh' ? '待贵单位填写' : 'to be given by your organisation');
}
