import type { Bilingual, Language } from '../platform/language.ts';
import type { PlanItem } from './planSchema.ts';
import type { PlanMetric } from './validatePlan.ts';
import { amountText, both, countOf, markText, partName, tierName } from './wording.ts';

/** An item of a plan in one sentence: which way is better, the target, and what share of it counts. */
export function explainPlanItem(item: PlanItem, metric: PlanMetric | null): Bilingual {
  const better = item.better ?? (metric?.better === 'lower' ? 'lower' : 'higher');
  const unit = metric?.unit ?? 'count';
  return both((language) => {
    const zh = language === 'zh';
    const mark = (amount: string) => `${better === 'higher' ? '≥' : '≤'} ${markText(amount, unit, language)}`;
    const target = targetText(item.target, mark, language);
    const months = item.perMonth ? (zh ? '（每月）' : ' a month') : '';
    const parts = [
      zh ? `目标 ${target}${months}` : `target ${target}${months}`,
      curveText(item, better, unit, language),
    ];
    if (item.minimumN !== undefined)
      parts.push(zh ? `至少 ${item.minimumN} 个样本` : `at least ${countOf(item.minimumN, 'observation')}`);
    return parts.join(zh ? '；' : '; ');
  });
}

function targetText(target: PlanItem['target'], mark: (amount: string) => string, language: Language): string {
  const zh = language === 'zh';
  const comma = zh ? '，' : ', ';
  if (typeof target === 'string') return mark(target);
  if ('byPriority' in target) {
    const parts = Object.entries(target.byPriority).map(
      ([key, amount]) => `${partName(key)[language]} ${mark(amount)}`,
    );
    return `${parts.join(comma)}${zh ? '，按工单数加权' : ', weighted by tickets'}`;
  }
  if ('byTier' in target) {
    return Object.entries(target.byTier)
      .map(([tier, amount]) => `${tierName(tier === 'unknown' ? null : tier)[language]} ${mark(amount)}`)
      .join(comma);
  }
  if ('ofMetric' in target) {
    const { metric, factor } = target.ofMetric;
    return zh ? `${metric} 的 ${amountText(factor)} 倍` : `${amountText(factor)} times ${metric}`;
  }
  const { metric, threshold, below, reached, unknown } = target.byLoad;
  return zh
    ? `按日负荷（${metric}）：低于 ${threshold} 为 ${mark(below)}，达到 ${threshold} 为 ${mark(reached)}，没有考勤为 ${mark(unknown)}`
    : `by the day's load (${metric}): below ${threshold} ${mark(below)}, from ${threshold} on ${mark(reached)}, without attendance ${mark(unknown)}`;
}

function curveText({ attainment }: PlanItem, better: 'higher' | 'lower', unit: string, language: Language): string {
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
  }
}
