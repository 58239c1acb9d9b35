import type { Interval, IntervalMethod } from '../metrics/interval.ts';
import type { Bilingual } from '../platform/language.ts';
import type { Noise } from './noise.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { Scorecard } from './scorecard.ts';
import { both, countOf, figureText } from './wording.ts';

const methods: Readonly<Record<IntervalMethod, Bilingual>> = {
  wilson: { zh: 'Wilson 区间', en: 'Wilson' },
  t: { zh: 't 区间', en: 'Student’s t' },
  trinomial: { zh: '三项方差', en: 'trinomial variance' },
  orderStatistic: { zh: '次序统计量', en: 'order statistics' },
  bootstrap: { zh: '按天重抽样（种子固定）', en: 'days drawn again, by a seeded lot' },
  poisson: { zh: 'Poisson 精确区间', en: 'exact Poisson' },
};

/** 同样的工作，95% 的时候落在 88.2% 到 95.1% 之间（Wilson 区间）; null where there is no interval. */
export function explainInterval({ method, low, high }: Interval, unit: string): Bilingual | null {
  if (method === null || low === null || high === null) return null;
  return both((language) => {
    const [from, to] = [low, high].map((value) => figureText(value.toFixed(4), unit, language));
    return language === 'zh'
      ? `95% 区间 ${from} 到 ${to}（${methods[method].zh}）`
      : `95% interval ${from} to ${to} (${methods[method].en})`;
  });
}

/** That the grade is within the noise, in one sentence; null when it is sure. */
export function explainBoundary(plan: ResolvedPlan, card: Scorecard, { total, boundary }: Noise): Bilingual | null {
  if (!boundary || !total || card.total === null) return null;
  const nameOf = (id: string) => plan.bands.find((band) => band.id === id)?.name ?? { zh: id, en: id };
  const [low, high] = total.map((each) => each.toFixed(2));
  const [above, below] = [nameOf(boundary.above), nameOf(boundary.below)];
  return {
    zh: `总分 ${card.total} 的 95% 区间是 ${low} 到 ${high}，包含“${above.zh}”与“${below.zh}”的分界 ${boundary.at} 分：样本有限，这个等级还说不准。`,
    en: `The 95% range of ${card.total} is ${low} to ${high}, which holds the boundary of ${boundary.at} between ${above.en} and ${below.en}: the grade is within the noise.`,
  };
}

/** Where the period may end, in one sentence. */
export function explainProjection(
  { low, high, daysLeft }: { low: number; high: number; daysLeft: number },
  likely: { grade: Bilingual; share: number } | undefined,
): Bilingual {
  return both((language) => {
    const [from, to] = [low.toFixed(2), high.toFixed(2)];
    const share = likely ? Math.round(likely.share * 100) : 0;
    if (language === 'zh') {
      const grade = likely ? `，最可能是“${likely.grade.zh}”（${share}%）` : '';
      return `还有 ${daysLeft} 天。照最近几周的样子，期末总分有八成可能在 ${from} 到 ${to} 分之间${grade}。`;
    }
    const grade = likely ? `, most likely ${likely.grade.en} (${share}%)` : '';
    return `${countOf(daysLeft, 'day')} left. If it goes on as in the last weeks, the total will end between ${from} and ${to} in eight cases of ten${grade}.`;
  });
}
