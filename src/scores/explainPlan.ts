import { chosenWords } from '../metrics/metricOptions.ts';
import type { Bilingual, Language } from '../platform/language.ts';
import { closeUp } from './closeUp.ts';
import { type AmountOrInput, type TierKey, tierKeys } from './planAmounts.ts';
import { type ChosenOptions, type PlanMetric, withOptions } from './planMetric.ts';
import type { PlanItem } from './planSchema.ts';
import { amountText, both, countOf, markText, partName, shareText, tierName } from './wording.ts';

/** A block's replacement has no weight of its own. */
type ExplainedItem = Omit<PlanItem, 'weight' | 'pair' | 'bonus'> & Pick<Partial<PlanItem>, 'weight' | 'pair' | 'bonus'>;

/** An item of a plan in one sentence: which way is better, the target, and what share of it counts. */
export function explainPlanItem(item: ExplainedItem, metrics: ReadonlyMap<string, PlanMetric>): Bilingual {
  const metric = metrics.get(item.metric) ?? null;
  const nameOf = (other: NamedMetric): Bilingual => nameAsCounted(other, metrics);
  const better = item.better ?? (metric?.better === 'lower' ? 'lower' : 'higher');
  const unit = metric?.unit ?? 'count';
  return both((language) => {
    const zh = language === 'zh';
    const mark = (amount: string) => `${better === 'higher' ? '≥' : '≤'} ${markText(amount, unit, language)}`;
    const target = targetText(item.target, mark, nameOf, language);
    const months = item.perMonth ? (zh ? '（每月）' : ' a month') : '';
    const parts = [
      zh ? `目标${/^\p{Script=Han}/u.test(target) ? '：' : ' '}${target}${months}` : `target ${target}${months}`,
      item.smallSample?.mode === 'deduct'
        ? deductModeText(item.smallSample, language)
        : curveText(item, better, unit, language),
    ];
    if (item.options) parts.unshift(...optionsText(item.options, metric, language));
    if (item.value === 'standardised')
      parts.push(
        zh
          ? '取标准化值：假如大家遇到同样的队列、店铺、时段和咨询原因；记分卡同时写明原值'
          : 'judged by the standardised value, under everybody’s mix of queue, shop, hour and contact reason; the card shows the value as counted beside it',
      );
    if (typeof item.weight === 'object') parts.unshift(weightText(item.weight.byTier, language));
    if (item.pair !== undefined)
      parts.push(
        zh ? '与同一对的另一项一起看，缺数据时由它代替' : 'seen with the other of its pair, which stands in for it',
      );
    if (item.bonus)
      parts.push(zh ? '加分项，不占权重，本组不超满分' : 'a bonus outside the weights, up to the block’s full mark');
    if (item.minimumN !== undefined)
      parts.push(zh ? `至少 ${item.minimumN} 个样本` : `at least ${countOf(item.minimumN, 'observation')}`);
    return parts.join(zh ? '；' : '; ');
  });
}

type NamedMetric = Pick<PlanItem, 'metric' | 'options'>;

/** A metric that a target or a coupling looks at, with the options named there in brackets. */
export function nameAsCounted(
  { metric: id, options }: NamedMetric,
  metrics: ReadonlyMap<string, PlanMetric>,
): Bilingual {
  const metric = metrics.get(id);
  return metric ? withOptions(metric, options).name : { zh: id, en: id };
}

/** How the metric counts for this item: 按“失误的类别：语言表达”计. */
function optionsText(options: ChosenOptions, metric: PlanMetric | null, language: Language): string[] {
  const words = chosenWords(metric?.options ?? {}, options)[language];
  if (words === '') return [];
  return [language === 'zh' ? `计法：${words}` : `counted with ${words}`];
}

function weightText(byTier: Readonly<Record<TierKey, string>>, language: Language): string {
  const each = tierKeys.map(
    (tier) => `${tierName(tier === 'unknown' ? null : tier)[language]} ${amountText(byTier[tier])}`,
  );
  return language === 'zh' ? `权重 ${each.join('，')}` : `weight ${each.join(', ')}`;
}

export function deductModeText(
  { above, perPoint, perBad }: { above: string; perPoint: string; perBad: string },
  language: Language,
): string {
  return language === 'zh'
    ? `样本多于 ${above} 时，低于目标每满 1 个百分点扣 ${perPoint} 分，否则每个差评扣 ${perBad} 分`
    : `with more than ${above} observations ${perPoint} points are lost per full point under the target, otherwise ${perBad} per bad one`;
}

function targetText(
  target: PlanItem['target'],
  mark: (amount: string) => string,
  nameOf: (other: NamedMetric) => Bilingual,
  language: Language,
): string {
  const zh = language === 'zh';
  const comma = zh ? '，' : ', ';
  const given = (amount: AmountOrInput) =>
    typeof amount === 'string' ? mark(amount) : zh ? '待贵单位填写' : 'to be given by your organisation';
  if (typeof target === 'string' || 'input' in target) return given(target);
  if ('byPriority' in target) {
    const parts = Object.entries(target.byPriority).map(
      ([key, amount]) => `${partName(key)[language]} ${mark(amount)}`,
    );
    return `${parts.join(comma)}${zh ? '，按工单数加权' : ', weighted by tickets'}`;
  }
  if ('byTier' in target) {
    return Object.entries(target.byTier)
      .map(([tier, amount]) => {
        const value = given(amount);
        return closeUp(`${tierName(tier === 'unknown' ? null : tier)[language]} ${value}`, [value]);
      })
      .join(comma);
  }
  if ('ofMetric' in target) {
    const { factor } = target.ofMetric;
    const name = nameOf(target.ofMetric)[language];
    return zh ? `${name}的 ${amountText(factor)} 倍` : `${amountText(factor)} times ${name}`;
  }
  const { threshold, below, reached, unknown } = target.byLoad;
  const load = nameOf(target.byLoad)[language];
  return zh
    ? `按日负荷（${load}）：低于 ${threshold} 为 ${mark(below)}，达到 ${threshold} 为 ${mark(reached)}，没有考勤为 ${mark(unknown)}`
    : `by the day's load (${load}): below ${threshold} ${mark(below)}, from ${threshold} on ${mark(reached)}, without attendance ${mark(unknown)}`;
}

function curveText(
  { attainment }: ExplainedItem,
  better: 'higher' | 'lower',
  unit: string,
  language: Language,
): string {
  const zh = language === 'zh';
  const mark = (amount: string) => markText(amount, unit, language);
  switch (attainment.curve) {
    case 'ratio':
      if (better === 'higher')
        return zh ? '达成度 = 实际 ÷ 目标，最高 100%' : 'attainment = value ÷ target, at most 100%';
      return zh ? '达成度 = 目标 ÷ 实际，最高 100%' : 'attainment = target ÷ value, at most 100%';
    case 'range':
      return zh
        ? `${mark(attainment.pass)} 得 80%，到目标之间线性升到 100%，不足时按比例`
        : `80% at ${mark(attainment.pass)}, rising to 100% at the target, proportional below`;
    case 'linear':
      return zh
        ? `${mark(attainment.floor)} 为 0，到目标线性升到 100%`
        : `0 at ${mark(attainment.floor)}, rising to 100% at the target`;
    case 'step':
      return attainment.steps
        .map(({ at, gives }) => (zh ? `达到 ${mark(at)} 得 ${gives}` : `${gives} from ${mark(at)}`))
        .join(zh ? '，' : ', ');
    case 'table':
      return attainment.rows
        .map(({ below, gives }) => {
          const share = shareText(gives).replace('.00', '');
          if (below === undefined) return zh ? `其余 ${share}` : `otherwise ${share}`;
          return zh ? `低于 ${mark(below)} 为 ${share}` : `${share} below ${mark(below)}`;
        })
        .join(zh ? '，' : ', ');
    case 'perPoint':
      return zh
        ? `与目标每差满 ${mark(attainment.each)} 扣 ${attainment.loses} 分`
        : `${attainment.loses} points lost for every full ${mark(attainment.each)} off the target`;
    case 'perOccurrence':
      return zh ? `每发生一次扣 ${attainment.loses} 分` : `${attainment.loses} points lost for each one`;
    case 'deductions': {
      const { charges, perDay } = attainment;
      const each = charges.map(({ minor, major, oncePerDay }) => {
        const range = minor === major ? minor : `${minor}–${major}`;
        const daily = oncePerDay ? (zh ? '，一天最多一次' : ', at most once a day') : '';
        return zh ? `每次扣 ${range} 分${daily}` : `${range} points lost each time${daily}`;
      });
      const days =
        perDay === undefined
          ? []
          : [zh ? `每个未达标的日子扣 ${perDay} 分` : `${perDay} points lost for each day off the target`];
      return [...new Set([...each, ...days])].join(zh ? '，' : ', ') + (zh ? '，扣完为止' : ', down to nothing');
    }
  }
}
