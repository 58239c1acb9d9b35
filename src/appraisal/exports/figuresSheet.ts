import type { Bilingual } from '../../platform/language.ts';
import { explainItem, explainTarget } from '../../scores/explain.ts';
import { itemsById } from '../../scores/itemsById.ts';
import { baseMetric } from '../../scores/planMetric.ts';
import type { ResolvedItem } from '../../scores/resolvePlan.ts';
import type { ItemScore } from '../../scores/scorecard.ts';
import { formulaWords } from './formulaWords.ts';
import { type ExportCard, type ExportGround, type ExportMetric, whoColumns } from './ground.ts';
import { type Column, countColumn, numberColumn, type Sheet, sheetOf, textColumn } from './sheet.ts';

interface Figure extends ExportCard {
  readonly score: ItemScore;
  readonly item: ResolvedItem;
  readonly metric: ExportMetric | null;
}

const units: Readonly<Record<string, Bilingual>> = {
  percent: { zh: '%', en: '%' },
  seconds: { zh: '秒', en: 'seconds' },
  minutes: { zh: '分钟', en: 'minutes' },
  hours: { zh: '小时', en: 'hours' },
  points: { zh: '分', en: 'points' },
  yuan: { zh: '元', en: 'yuan' },
  count: { zh: '个', en: 'count' },
  nps: { zh: '净推荐值', en: 'NPS' },
};
export const unitName = (unit: string): Bilingual => units[unit] ?? { zh: unit, en: unit };

const statuses: Readonly<Record<ItemScore['status'], Bilingual>> = {
  scored: { zh: '计分', en: 'scored' },
  noData: { zh: '没有数据', en: 'no data' },
  lowSample: { zh: '样本不足', en: 'too few observations' },
};

const columns: readonly Column<Figure>[] = [
  ...whoColumns,
  textColumn('plan', { zh: '方案', en: 'Plan' }, ({ by }, language) => by.plan.name[language]),
  countColumn('planVersion', { zh: '方案版本', en: 'Plan version' }, ({ by }) => by.version),
  textColumn('block', { zh: '考核维度', en: 'Block' }, ({ by, score }, language) => blockName(by, score)[language]),
  textColumn('item', { zh: '项目', en: 'Item' }, ({ item }, language) => item.name[language], 20),
  textColumn('itemId', { zh: '项目编号', en: 'Item id' }, ({ score }) => score.id),
  textColumn('metric', { zh: '指标', en: 'Metric' }, ({ item }, language) => item.metric.name[language], 20),
  textColumn('metricId', { zh: '指标编号', en: 'Metric id' }, ({ score }) => score.metric),
  textColumn('unit', { zh: '单位', en: 'Unit' }, ({ item }, language) => unitName(item.metric.unit)[language]),
  numberColumn('value', { zh: '指标值', en: 'Value' }, ({ score }) => score.value),
  numberColumn('asCounted', { zh: '标准化前', en: 'As counted' }, ({ score }) => score.standardised?.raw ?? null),
  numberColumn('numerator', { zh: '分子', en: 'Numerator' }, ({ score }) => score.numerator),
  numberColumn('denominator', { zh: '分母', en: 'Denominator' }, ({ score }) => score.denominator),
  countColumn('n', { zh: '样本', en: 'Observations' }, ({ score }) => score.n),
  countColumn('minimumN', { zh: '至少样本', en: 'Minimum' }, ({ score }) => score.minimumN),
  textColumn('formula', { zh: '指标怎样算', en: 'How the figure is made' }, formula, 48),
  numberColumn('target', { zh: '当期目标', en: 'Target in force' }, ({ score }) => score.target),
  textColumn(
    'targetWhy',
    { zh: '目标的来由', en: 'Why this target' },
    ({ score, item }, language) => explainTarget(score, item)[language],
    24,
  ),
  numberColumn('attainment', { zh: '达成度', en: 'Attainment' }, ({ score }) => score.attainment),
  numberColumn('weight', { zh: '权重', en: 'Weight' }, ({ score }) => score.weight),
  numberColumn('outOf', { zh: '满分', en: 'Out of' }, ({ score }) => score.effectiveWeight),
  numberColumn('points', { zh: '得分', en: 'Points' }, ({ score }) => score.points),
  textColumn(
    'pointsWhy',
    { zh: '得分怎样来', en: 'How the points arise' },
    ({ score, item }, language) => explainItem(score, item)[language],
    60,
  ),
  textColumn('status', { zh: '状态', en: 'Status' }, ({ score }, language) => statuses[score.status][language]),
  textColumn('period', { zh: '取自周期', en: 'Figure of' }, ({ score, card }) => score.valuePeriod ?? card.period),
  countColumn('exemptDays', { zh: '不计天数', en: 'Days not counted' }, ({ score }) => score.exemptDays),
  countColumn('evidenceRows', { zh: '依据行数', en: 'Rows behind it' }, ({ card, score }) => {
    const digest = card.evidence[score.id];
    return digest ? digest.rows : null;
  }),
  textColumn('evidenceHash', { zh: '依据的哈希', en: 'Hash of the rows' }, ({ card, score }) => {
    const digest = card.evidence[score.id];
    return digest ? digest.sha256 : null;
  }),
];

/** One row for each item of each card: every number needed to do it again by hand, and its formula in words. */
export function figuresSheet(ground: ExportGround): Sheet {
  const metrics = new Map(ground.metrics.map((metric) => [metric.definition.id, metric]));
  async function* rows(): AsyncGenerator<Figure> {
    for await (const row of ground.cards()) {
      const items = itemsById(row.by.plan);
      for (const score of row.card.card.items) {
        const item = items.get(score.id);
        if (!item) throw new RangeError(`item ${score.id} is not in plan ${row.by.plan.id}`);
        yield { ...row, score, item, metric: metrics.get(baseMetric(score.metric)) ?? null };
      }
    }
  }
  return sheetOf('figures', columns, ground.language, rows);
}

function blockName(by: ExportCard['by'], { block }: ItemScore): Bilingual {
  return by.plan.blocks.find(({ id }) => id === block)?.name ?? { zh: block, en: block };
}

function formula({ item, metric }: Figure, language: keyof Bilingual): string | null {
  if (!metric) return null;
  return formulaWords(metric.definition, item.metric.counted ?? metric.counted)[language];
}
