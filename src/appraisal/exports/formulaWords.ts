import type { MetricDefinition } from '../../metrics/metricDefinition.ts';
import type { Bilingual } from '../../platform/language.ts';
import { both } from '../../scores/wording.ts';

/** How a metric's figure is made, in words: what is divided by what. `counted`: the options that an item names. */
export function formulaWords(
  { form, texts, counting, numeratorTimes, unit }: MetricDefinition,
  counted: Bilingual | null = null,
): Bilingual {
  return both((language) => {
    const zh = language === 'zh';
    const [above, below] = [texts.numerator[language], texts.denominator[language]];
    const times = numeratorTimes === 1 ? '' : ` × ${numeratorTimes}`;
    const percent = unit === 'percent' ? ' × 100%' : unit === 'nps' ? ' × 100' : '';
    const ratio = `${above}${times} ÷ ${below}${percent}`;
    const words = counted ? (zh ? `（${counted.zh}）` : ` (${counted.en})`) : '';
    if (counting.percentile !== undefined)
      return zh
        ? `${above}的第 ${counting.percentile} 百分位，样本：${below}${words}`
        : `percentile ${counting.percentile} of ${above}, over ${below}${words}`;
    switch (form) {
      case 'count':
        return `${above}${times}${words}`;
      case 'ratio':
        return `${ratio}${words}`;
      case 'volatility':
        return zh ? `每日 ${ratio} 的标准差 ÷ 均值${words}` : `standard deviation ÷ mean of the days’ ${ratio}${words}`;
    }
  });
}
