import type { Bilingual, Language } from '../platform/language.ts';
import { lostTo } from './deduct.ts';
import { explainStep } from './explainStep.ts';
import { compare, fraction, subtract, toDecimal, zero } from './fraction.ts';
import { itemsById } from './itemsById.ts';
import type { ResolvedItem, ResolvedPlan } from './resolvePlan.ts';
import type { ItemScore, LoadDays, Scorecard } from './scorecard.ts';
import {
  both,
  countOf,
  figureText,
  markText,
  partName,
  pointsText,
  shareText,
  shortAmount,
  tierName,
} from './wording.ts';

/** Why the target is what it is: 8 天低负荷按 30 秒，14 天高负荷按 60 秒. */
export function explainTarget(score: ItemScore, item: ResolvedItem): Bilingual {
  const { unit } = item.metric;
  return both((language) => {
    const zh = language === 'zh';
    const mark = (value: string) => markText(value, unit, language);
    const why = score.targetWhy;
    const relaxed = relaxedText(score, language);
    const base = (): string => {
      switch (why.kind) {
        case 'fixed':
          return zh ? '方案规定' : 'set by the plan';
        case 'range':
          return zh ? `${mark(why.pass)} 得 80%，目标值得满分` : `80% at ${mark(why.pass)}, full at the target`;
        case 'byPriority':
          return why.targets
            .map(({ key, target }) => `${partName(key)[language]} ${mark(target)}`)
            .join(zh ? '，' : ', ');
        case 'byLoad':
          return why.days.length === 0
            ? zh
              ? '没有考勤，按默认'
              : 'default, as there is no attendance'
            : why.days.map((days) => loadDays(days, mark, language)).join(zh ? '，' : ', ');
        case 'byTier':
          return zh ? `${tierName(why.tier).zh}岗目标` : `for ${tierName(why.tier).en}`;
        case 'byTierVolume':
          return why.tiers
            .map(({ tier, volume, target }) => {
              const who = tierName(tier === 'unknown' ? null : tier)[language];
              const goal = target === null ? (zh ? '待填写' : 'to be given') : mark(target);
              return zh
                ? `${who}岗 ${shortAmount(volume)} 件按 ${goal}`
                : `${shortAmount(volume)} of ${who} at ${goal}`;
            })
            .join(zh ? '，' : ', ');
        case 'input':
          return why.value === null
            ? zh
              ? '尚待贵单位填写'
              : 'still to be given by your organisation'
            : zh
              ? '由贵单位填写'
              : 'given by your organisation';
        case 'perMonth':
          return zh
            ? `每月 ${mark(why.each)}，共 ${why.months} 个月`
            : `${mark(why.each)} a month, ${countOf(why.months, 'month')}`;
        case 'ofMetric':
          if (why.unfit === 'lowSample')
            return zh
              ? '所依据的指标样本不足，不作目标'
              : 'the figure it depends on has too few observations to be a target';
          if (why.unfit === 'notPositive')
            return zh ? '所依据的指标为 0，不作目标' : 'the figure it depends on is 0: that is no target';
          return why.value === null
            ? zh
              ? '所依据的指标没有数据'
              : 'the figure it depends on has no data'
            : zh
              ? `${shortAmount(why.value)} 的 ${why.factor} 倍`
              : `${why.factor} times ${shortAmount(why.value)}`;
      }
    };
    return relaxed === null ? base() : `${base()}${zh ? '，' : ', '}${relaxed}`;
  });
}

function relaxedText({ relaxed }: ItemScore, language: Language): string | null {
  if (!relaxed) return null;
  return language === 'zh'
    ? `其中 ${relaxed.days} 天大促放宽到 ${relaxed.factors.join('、')} 倍`
    : `${countOf(relaxed.days, 'promotion day')} relaxed to ${relaxed.factors.join(', ')} times`;
}

function loadDays({ load, days, target }: LoadDays, mark: (value: string) => string, language: Language): string {
  const names = {
    below: { zh: '低负荷', en: 'low load' },
    reached: { zh: '高负荷', en: 'high load' },
    unknown: { zh: '负荷未知', en: 'unknown load' },
  };
  return language === 'zh'
    ? `${days} 天${names[load].zh}按 ${mark(target)}`
    : `${countOf(days, 'day')} of ${names[load].en} at ${mark(target)}`;
}

/** The one sentence that says why an item has these points. */
export function explainItem(score: ItemScore, item: ResolvedItem): Bilingual {
  const { unit } = item.metric;
  return both((language) => {
    const zh = language === 'zh';
    const name = item.name[language];
    if (score.bonus && score.points === null) return zh ? `${name}没有加分` : `${name}: nothing to add`;
    if (score.status !== 'noData' && item.curve.curve === 'deductions') return deductionText(score, item, language);
    if (score.standardised && score.value === null) {
      const raw = figureText(score.standardised.raw, unit, language);
      return zh
        ? `${name} ${raw}，没有可比的情形，不能标准化，不计分，权重分给其他项`
        : `${name} ${raw}: no circumstances to compare it in, so it cannot be standardised and gives no score; its weight goes to other items`;
    }
    if (score.status === 'noData' || score.value === null) {
      return zh
        ? `${name}没有数据，不计分，权重分给其他项`
        : `${name}: no data, no score; its weight goes to other items`;
    }
    const value = `${figureText(score.value, unit, language)}${asCounted(score, unit, language)}`;
    if (score.status === 'lowSample') {
      return zh
        ? `${name} ${value}，只有 ${score.n} 个样本，不足 ${score.minimumN} 个，不计分，权重分给其他项`
        : `${name} ${value} from ${countOf(score.n, 'observation')}, fewer than ${score.minimumN}: no score; its weight goes to other items`;
    }
    const result = earned(score, language);
    const from =
      score.valuePeriod === null
        ? ''
        : zh
          ? `（取 ${score.valuePeriod} 的评定）`
          : ` (assessed for ${score.valuePeriod})`;
    if (score.parts.length > 0) {
      const parts = score.parts.flatMap((part) => {
        if (part.value === null || part.attainment === null) return [];
        const each = figureText(part.value, unit, language);
        const target = markText(part.target, unit, language);
        const share = shareText(part.attainment);
        return [
          zh
            ? `${partName(part.key).zh} ${part.n} 张平均 ${each}，目标 ${target}，达成 ${share}`
            : `${countOf(part.n, partName(part.key).en.replace(/s$/, ''))} at ${each}, target ${target}, ${share} attained`,
        ];
      });
      const relaxed = relaxedText(score, language);
      const why = relaxed === null ? '' : zh ? `（${relaxed}）` : ` (${relaxed})`;
      return zh
        ? `${name}${from}：${parts.join('；')}${why}；${result}`
        : `${name}${from}: ${parts.join('; ')}${why}; ${result}`;
    }
    if (score.target === null)
      return zh
        ? `${name} ${value}${from}，没有可比的目标，不计分`
        : `${name} ${value}${from}: no target to compare with, no score`;
    const target = figureText(score.target, unit, language);
    const plain = score.targetWhy.kind === 'fixed' && !score.relaxed;
    const why = plain ? '' : zh ? `（${explainTarget(score, item).zh}）` : ` (${explainTarget(score, item).en})`;
    return zh
      ? `${name} ${value}${from}，目标 ${target}${why}，${result}`
      : `${name} ${value}${from}, target ${target}${why}: ${result}`;
  });
}

/** （标准化值，原值 88.00%：折算成…）; empty where the item is judged by the figure as counted. */
function asCounted({ standardised }: ItemScore, unit: string, language: Language): string {
  if (!standardised) return '';
  const raw = figureText(standardised.raw, unit, language);
  if (standardised.strata < 2)
    return language === 'zh'
      ? `（标准化值；各人遇到的情形没有差别，与原值 ${raw} 相同）`
      : ` (standardised; the circumstances do not differ, so as counted, ${raw})`;
  return language === 'zh'
    ? `（标准化值，原值 ${raw}：按大家遇到的队列、店铺、时段和咨询原因折算）`
    : ` (standardised; ${raw} as counted, allowing for the queues, shops, hours and contact reasons met)`;
}

/** 3 次共扣 6 分，10 分剩 4 分. */
function deductionText(score: ItemScore, item: ResolvedItem, language: Language): string {
  const zh = language === 'zh';
  const name = item.name[language];
  const charged = score.deductions.filter(({ points }) => compare(fraction(points), zero) > 0);
  const full = shortAmount(toDecimal(item.full));
  const result = earned(score, language);
  if (charged.length === 0) return zh ? `${name}没有扣分，${result}` : `${name}: nothing charged, ${result}`;
  const incidents = charged.filter(({ incidentId }) => incidentId !== null).length;
  const days = charged.length - incidents;
  const lost = shortAmount(toDecimal(lostTo(charged)));
  const what = [
    ...(incidents > 0 ? [zh ? `${incidents} 次事项` : countOf(incidents, 'incident')] : []),
    ...(days > 0 ? [zh ? `${days} 天未达标` : `${countOf(days, 'day')} off target`] : []),
  ].join(zh ? '、' : ', ');
  return zh
    ? `${name} ${what}共扣 ${lost} 分（满分 ${full} 分，扣完为止），${result}`
    : `${name}: ${what} cost ${lost} of ${full} points, at most all of them; ${result}`;
}

function earned({ attainment, points, effectiveWeight, bonus }: ItemScore, language: Language): string {
  const zh = language === 'zh';
  if (bonus && points !== null) return zh ? `加 ${pointsText(points)} 分` : `adds ${pointsText(points)} points`;
  if (attainment === null || points === null || effectiveWeight === null)
    return zh ? '本期不评级' : 'the period is unrated';
  if (compare(fraction(attainment), fraction('1')) >= 0)
    return zh ? `得满分 ${pointsText(points)} 分` : `full ${pointsText(points)} points`;
  return zh
    ? `达成 ${shareText(attainment)}，得 ${pointsText(points)} 分（满分 ${pointsText(effectiveWeight)} 分）`
    : `${shareText(attainment)} attained, ${pointsText(points)} of ${pointsText(effectiveWeight)} points`;
}

/** The card in one sentence. */
export function explainCard(card: Scorecard, plan: ResolvedPlan): Bilingual {
  const unrated = card.steps.find((step) => step.kind === 'unrated' || step.kind === 'absent');
  const { total } = card;
  if (total === null)
    return unrated ? explainStep(unrated, plan) : { zh: '本期没有总分', en: 'There is no score for this period' };
  const grade = plan.bands.find(({ id }) => id === card.grade)?.name ?? { zh: '', en: '' };
  return both((language) => {
    const zh = language === 'zh';
    const coefficient =
      card.coefficient === null
        ? zh
          ? '系数待填写'
          : 'coefficient to be given'
        : zh
          ? `系数 ${card.coefficient}`
          : `coefficient ${card.coefficient}`;
    const veto = !card.steps.some(({ kind }) => kind === 'veto')
      ? ''
      : zh
        ? '（因红线事项）'
        : ' (because of a red line)';
    return zh ? `${total} 分，${grade.zh}${veto}，${coefficient}` : `${total}, ${grade.en}${veto}, ${coefficient}`;
  });
}

/** What went well: items at their full points, the weightiest first; those that merely lost nothing together in one line. */
export function strengths(card: Scorecard, plan: ResolvedPlan): { item: string; text: Bilingual }[] {
  const items = itemsById(plan);
  const full = card.items
    .filter(
      ({ attainment, points }) =>
        points !== null && attainment !== null && compare(fraction(attainment), fraction('1')) >= 0,
    )
    .sort((a, b) => compare(fraction(b.points ?? '0'), fraction(a.points ?? '0')))
    .flatMap((score) => items.get(score.id) ?? []);
  const untouched = full.filter(({ curve }) => curve.curve === 'deductions');
  const [first] = untouched;
  const met = full
    .filter(({ curve }) => curve.curve !== 'deductions')
    .flatMap((item) => {
      const score = card.items.find(({ id }) => id === item.id);
      return score ? [{ item: item.id, text: explainItem(score, item) }] : [];
    });
  return first ? [...met, { item: first.id, text: untouchedText(untouched) }] : met;
}

const untouchedText = (items: readonly ResolvedItem[]): Bilingual => ({
  zh: `${items.length} 项没有扣分：${items.map(({ name }) => name.zh).join('、')}`,
  en: `Nothing charged in ${countOf(items.length, 'item')}: ${items.map(({ name }) => name.en).join(', ')}`,
});

/** effectiveWeight − points; null for an item that gives no score, and for a bonus. */
export function lostPoints({ effectiveWeight, points, bonus }: ItemScore): string | null {
  // Nobody loses what would only have been added.
  return effectiveWeight === null || points === null || bonus
    ? null
    : toDecimal(subtract(fraction(effectiveWeight), fraction(points)));
}
