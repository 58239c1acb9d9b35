import type { Bilingual } from '../platform/language.ts';
import { compare, fraction, multiply, toDecimal, toFixed } from './fraction.ts';
import { itemsById } from './itemsById.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { ExemptReason, Step, TeamStep } from './scorecard.ts';
import { both, countOf, shortAmount, tierName } from './wording.ts';

const reasons: Readonly<Record<ExemptReason, Bilingual>> = {
  promotion: { zh: '大促', en: 'promotion' },
  outage: { zh: '故障', en: 'outage' },
  holiday: { zh: '节假日', en: 'holiday' },
  other: { zh: '豁免', en: 'exemption' },
};

type Named = readonly { readonly id: string; readonly name: Bilingual }[] | undefined;
const nameIn = (list: Named, id: string): Bilingual => list?.find((each) => each.id === id)?.name ?? { zh: id, en: id };

/** One step of the arithmetic, with four decimals, as a reader would write it down. */
export function explainStep(step: Step, plan: ResolvedPlan): Bilingual {
  const items = itemsById(plan);
  const nameOf = (id: string): Bilingual => items.get(id)?.name ?? { zh: id, en: id };
  switch (step.kind) {
    case 'absent':
    case 'mentor':
    case 'tier':
    case 'exempt':
    case 'promotion':
    case 'replaced':
    case 'redistribute':
    case 'unrated':
      return explainBefore(step, plan, nameOf);
    case 'deduction':
    case 'sameIncident':
    case 'coupling':
    case 'incentive':
    case 'bonus':
    case 'track':
    case 'item':
    case 'part':
    case 'mean':
      return explainPoints(step, plan, nameOf);
    case 'round':
    case 'grade':
    case 'veto':
    case 'star':
    case 'coefficient':
      return explainEnding(step, plan);
    case 'team':
      return explainTeam(step, plan);
  }
}

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;
type NameOf = (id: string) => Bilingual;
const four = (amount: string) => toFixed(fraction(amount), 4);

/** What decides which items count, and with which weights. */
function explainBefore(
  step: Of<'absent' | 'mentor' | 'tier' | 'exempt' | 'promotion' | 'replaced' | 'redistribute' | 'unrated'>,
  plan: ResolvedPlan,
  nameOf: NameOf,
): Bilingual {
  return both((language) => {
    const zh = language === 'zh';
    const name = (id: string) => nameOf(id)[language];
    const list = (words: readonly string[]) => words.join(zh ? '、' : ', ');
    switch (step.kind) {
      case 'absent':
        if (step.attendance === null || step.allowed === null)
          return zh ? '入职首个不满月，本期不评级' : 'The first, partial month after hiring is unrated';
        return zh
          ? `出勤 ${shortAmount(step.attendance)}%，低于 ${shortAmount(step.allowed)}%，本期不评级`
          : `Attendance ${shortAmount(step.attendance)}%, below ${shortAmount(step.allowed)}%: the period is unrated`;
      case 'mentor':
        return zh
          ? `带教新人 ${list(step.mentees)}，按团队成绩计`
          : `Mentor of ${list(step.mentees)}: shares the team’s result`;
      case 'tier':
        return zh
          ? `岗级：${tierName(step.tier).zh}，权重按此岗级`
          : `Job tier: ${tierName(step.tier).en}; the weights are those of this tier`;
      case 'exempt': {
        const metric = plan.metrics.get(step.metric)?.name[language] ?? step.metric;
        const entries =
          step.entries.length === 0
            ? ''
            : zh
              ? `（豁免登记 ${list(step.entries)}）`
              : ` (exemption ${list(step.entries)})`;
        return zh
          ? `${metric}有 ${step.days.length} 天因${reasons[step.reason].zh}不计：${list(step.days)}${entries}`
          : `${metric}: ${countOf(step.days.length, 'day')} not counted, ${reasons[step.reason].en}: ${list(step.days)}${entries}`;
      }
      case 'promotion':
        return zh
          ? `大促期间，“${name(step.item)}”占 ${shortAmount(step.weight)} 分，从“${name(step.takesFrom)}”中扣出`
          : `Promotion: ${name(step.item)} weighs ${shortAmount(step.weight)}, taken from ${name(step.takesFrom)}`;
      case 'replaced': {
        const block = nameIn(plan.blocks, step.block)[language];
        return zh
          ? `“${name(step.item)}”有结果，代替“${block}”各项`
          : `${name(step.item)} has a result and replaces ${block}`;
      }
      case 'redistribute': {
        const to = {
          pair: { zh: '同一对的另一项', en: 'the other item of the pair' },
          block: { zh: '本组其他项', en: 'the rest of the block' },
          otherBlocks: { zh: '其他组', en: 'the other blocks' },
          otherTracks: { zh: '其他大类', en: 'the other tracks' },
        }[step.to][language];
        return zh
          ? `${list(step.missing.map(name))}没有足够数据，其 ${shortAmount(step.weight)} 分按权重分给${to}`
          : `${list(step.missing.map(name))}: too little data; the weight of ${shortAmount(step.weight)} goes pro rata to ${to}`;
      }
      case 'unrated':
        return zh
          ? `${shortAmount(step.missing)}% 的权重没有足够数据，超过 ${shortAmount(step.allowed)}%，本期不评级`
          : `${shortAmount(step.missing)}% of the weight has too little data, more than ${shortAmount(step.allowed)}%: the period is unrated`;
    }
  });
}

/** What adds to the running total, or tells how an item came by its points. */
function explainPoints(
  step: Of<'deduction' | 'sameIncident' | 'coupling' | 'incentive' | 'bonus' | 'track' | 'item' | 'part' | 'mean'>,
  plan: ResolvedPlan,
  nameOf: NameOf,
): Bilingual {
  return both((language) => {
    const zh = language === 'zh';
    const name = (id: string) => nameOf(id)[language];
    const list = (words: readonly string[]) => words.join(zh ? '、' : ', ');
    switch (step.kind) {
      case 'deduction': {
        const from = list([...step.incidents, ...step.days]);
        return zh
          ? `${name(step.item)}：${shortAmount(step.full)} − ${shortAmount(step.lost)}，剩 ${shortAmount(step.left)} 分（${from}）`
          : `${name(step.item)}: ${shortAmount(step.full)} − ${shortAmount(step.lost)}, ${shortAmount(step.left)} left (${from})`;
      }
      case 'sameIncident':
        return zh
          ? `事项 ${step.incidentId} 已在“${name(step.chargedUnder)}”中扣分，“${name(step.item)}”不再扣`
          : `Incident ${step.incidentId} is charged under ${name(step.chargedUnder)}, not again under ${name(step.item)}`;
      case 'coupling': {
        const coupling = nameIn(plan.plan.couplings, step.coupling)[language];
        if (step.attainment === null || step.factor === null || step.value === null)
          return zh ? `${coupling}：没有足够数据` : `${coupling}: too little data`;
        const capped = step.cap !== null && compare(fraction(step.attainment), fraction(step.cap)) > 0;
        const own = capped && step.cap !== null ? step.cap : step.attainment;
        const cap = capped
          ? zh
            ? `（${four(step.attainment)}，最高算 ${shortAmount(own)}）`
            : ` (${four(step.attainment)}, counted up to ${shortAmount(own)})`
          : '';
        const result = toFixed(multiply(fraction(step.value), fraction('100')), 2);
        return `${coupling}${zh ? '：' : ': '}${four(own)}${cap} × ${four(step.factor)} = ${four(step.value)}${zh ? `，即 ${result} 分` : `, that is ${result}`}`;
      }
      case 'incentive': {
        const incentive = nameIn(plan.incentives, step.incentive)[language];
        if (step.rate === null)
          return zh
            ? `${incentive}：比例尚待贵单位填写`
            : `${incentive}: the rate is still to be given by your organisation`;
        if (step.factor === null || step.value === null)
          return zh ? `${incentive}：没有联动系数，不计` : `${incentive}: there is no factor to multiply with`;
        return `${incentive}${zh ? '：' : ': '}${shortAmount(step.rate)} × ${four(step.factor)} = ${four(step.value)}`;
      }
      case 'bonus':
        return zh
          ? `${name(step.item)}加 ${four(step.points)} 分，本组不超满分，计 ${four(step.counted)}，累计 ${four(step.running)}`
          : `${name(step.item)} adds ${four(step.points)}, up to the block’s full mark ${four(step.counted)}, running total ${four(step.running)}`;
      case 'track': {
        const track = nameIn(plan.tracks, step.track)[language];
        return `${track}${zh ? '：' : ': '}${toFixed(fraction(step.score), 2)} × ${shortAmount(step.weight)}% = ${four(step.points)}`;
      }
      case 'item':
        return zh
          ? `${name(step.item)}：${four(step.attainment)} × ${four(step.weight)} = ${four(step.points)}，累计 ${four(step.running)}`
          : `${name(step.item)}: ${four(step.attainment)} × ${four(step.weight)} = ${four(step.points)}, running total ${four(step.running)}`;
      case 'part':
        return zh
          ? `${step.period} 得 ${step.total} 分，累计 ${step.running}`
          : `${step.period}: ${step.total}, running total ${step.running}`;
      case 'mean':
        return zh
          ? `${step.count} 期平均：${four(step.running)}`
          : `Mean of ${step.count} periods: ${four(step.running)}`;
    }
  });
}

/** From the sum to what it means. */
function explainEnding(step: Of<'round' | 'grade' | 'veto' | 'star' | 'coefficient'>, plan: ResolvedPlan): Bilingual {
  return both((language) => {
    const zh = language === 'zh';
    const gradeName = (id: string) => nameIn(plan.bands, id)[language];
    switch (step.kind) {
      case 'round':
        return zh
          ? `合计 ${four(step.sum)}，四舍五入为 ${step.total}`
          : `Sum ${four(step.sum)}, rounded half up to ${step.total}`;
      case 'grade': {
        const [from, to] = [shortAmount(step.from), step.to === null ? null : shortAmount(step.to)];
        if (to === null)
          return zh ? `达到 ${from} 分：${gradeName(step.grade)}` : `${from} or more: ${gradeName(step.grade)}`;
        return zh
          ? `达到 ${from} 分、不到 ${to} 分：${gradeName(step.grade)}`
          : `${from} or more, below ${to}: ${gradeName(step.grade)}`;
      }
      case 'veto': {
        const months = step.periods ?? [];
        if (months.length > 0)
          return zh
            ? `${months.join('、')} 有 ${step.incidents.length} 件已确认的红线事项，管到这一期：分数不变，等级为${gradeName(step.grade)}，系数为 0`
            : `${countOf(step.incidents.length, 'confirmed red line')} of ${months.join(', ')}, which by the plan reach this period: the score stays, the grade is ${gradeName(step.grade)}, the coefficient 0`;
        return zh
          ? `有 ${step.incidents.length} 件已确认的红线事项：分数不变，等级为${gradeName(step.grade)}，系数为 0`
          : `${countOf(step.incidents.length, 'confirmed red line')}: the score stays, the grade is ${gradeName(step.grade)}, the coefficient 0`;
      }
      case 'star':
        return zh
          ? `有 ${step.incidents.length} 件已确认的红线事项：减一星，分数不变`
          : `${countOf(step.incidents.length, 'confirmed red line')}: one star down, the score stays`;
      case 'coefficient':
        if (step.coefficient !== null) return zh ? `系数 ${step.coefficient}` : `Coefficient ${step.coefficient}`;
        return zh
          ? '该等级的系数尚待贵单位填写'
          : 'The coefficient of this grade is still to be given by your organisation';
    }
  });
}

/** How the team's figure changes a coefficient, or why it does not. */
function explainTeam({ metric: id, team, figure, ratio, factor, of, coefficient }: TeamStep, plan: ResolvedPlan) {
  const rule = plan.teamCoefficient;
  const metric = plan.metrics.get(id);
  return both((language) => {
    const zh = language === 'zh';
    const name = metric?.name[language] ?? id;
    const title = zh ? '团队系数：' : 'Team coefficient: ';
    if (ratio === null || figure.status === 'noData' || !rule) {
      const unchanged = zh ? '按 1 计，系数不变' : 'counted as 1, the coefficient stays';
      if (team === '') return `${title}${zh ? '没有所属团队，' : 'in no team, '}${unchanged}`;
      if (figure.status === 'noData')
        return `${title}${zh ? `${team}没有“${name}”的数据，` : `${team} has no data of ${name}, `}${unchanged}`;
      return zh
        ? `${title}${team}的“${name}”只有 ${figure.n} 个样本，不足 ${metric?.minN} 个，${unchanged}`
        : `${title}${name} of ${team} has ${countOf(figure.n, 'observation')}, fewer than ${metric?.minN}, ${unchanged}`;
    }
    const value = zh ? `${team}的“${name}”` : `${name} of ${team} `;
    const quotient = `${title}${value}${zh ? ' ' : ''}${four(figure.value)} ÷ ${shortAmount(toDecimal(rule.target))} = ${four(ratio)}`;
    const side = compare(fraction(ratio), fraction(factor));
    const limit = shortAmount(factor);
    const limited =
      side === 0
        ? ''
        : side > 0
          ? zh
            ? `，最高 ${limit}`
            : `, at most ${limit}`
          : zh
            ? `，最低 ${limit}`
            : `, at least ${limit}`;
    if (of === null || coefficient === null) return `${quotient}${limited}`;
    const product = `${shortAmount(of)} × ${four(factor)} = ${four(coefficient)}`;
    return `${quotient}${limited}${zh ? `；系数 ${product}` : `; coefficient ${product}`}`;
  });
}

/** The running total after a step, with four decimals; null where the step has none. */
export function runningTotal(step: Step): string | null {
  if (step.kind === 'round') return step.total;
  return 'running' in step ? toFixed(fraction(step.running), 4) : null;
}
