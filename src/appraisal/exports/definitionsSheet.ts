import type { Bilingual } from '../../platform/language.ts';
import { explainPlanItem } from '../../scores/explainPlan.ts';
import { teamCoefficientText } from '../../scores/explainRules.ts';
import { toDecimal } from '../../scores/fraction.ts';
import { itemsById } from '../../scores/itemsById.ts';
import { both, shortAmount } from '../../scores/wording.ts';
import { unitName } from './figuresSheet.ts';
import { formulaWords } from './formulaWords.ts';
import type { ExportGround, ExportMetric, ExportPlan } from './ground.ts';
import { type Column, countColumn, type Sheet, sheetOf, textColumn } from './sheet.ts';

/** A plan, an item or a rule of it, or a metric, in both languages. */
interface Defined {
  readonly kind: Bilingual;
  readonly id: string;
  readonly name: Bilingual;
  readonly version: Bilingual | null;
  readonly since: string | null;
  readonly hash: string | null;
  readonly weight: string | null;
  readonly unit: Bilingual | null;
  readonly minN: number | null;
  readonly definition: Bilingual | null;
  readonly formula: Bilingual | null;
  readonly attribution: Bilingual | null;
  readonly period: Bilingual | null;
  readonly exclusion: Bilingual | null;
  readonly counted: Bilingual | null;
  readonly source: string | null;
}

const inBoth = (
  key: string,
  title: Bilingual,
  of: (row: Defined) => Bilingual | null,
  width: number,
): Column<Defined>[] => [
  textColumn(
    `${key}Zh`,
    { zh: `${title.zh}（中文）`, en: `${title.en} (Chinese)` },
    (row) => of(row)?.zh ?? null,
    width,
  ),
  textColumn(
    `${key}En`,
    { zh: `${title.zh}（英文）`, en: `${title.en} (English)` },
    (row) => of(row)?.en ?? null,
    width,
  ),
];

const columns: readonly Column<Defined>[] = [
  textColumn('kind', { zh: '类别', en: 'Kind' }, ({ kind }, language) => kind[language], 10),
  textColumn('id', { zh: '编号', en: 'Id' }, ({ id }) => id, 26),
  ...inBoth('name', { zh: '名称', en: 'Name' }, ({ name }) => name, 24),
  textColumn('version', { zh: '版本', en: 'Version' }, ({ version }, language) => version?.[language] ?? null, 10),
  textColumn('since', { zh: '生效月份', en: 'In force from' }, ({ since }) => since, 12),
  textColumn('hash', { zh: '哈希（sha256）', en: 'Hash (sha256)' }, ({ hash }) => hash, 24),
  textColumn('weight', { zh: '权重', en: 'Weight' }, ({ weight }) => weight, 10),
  textColumn('unit', { zh: '单位', en: 'Unit' }, ({ unit }, language) => unit?.[language] ?? null, 10),
  countColumn('minN', { zh: '至少样本', en: 'Minimum' }, ({ minN }) => minN),
  ...inBoth('definition', { zh: '定义', en: 'Definition' }, ({ definition }) => definition, 40),
  ...inBoth('formula', { zh: '怎样算', en: 'Formula' }, ({ formula }) => formula, 48),
  ...inBoth('counted', { zh: '计法', en: 'Counted with' }, ({ counted }) => counted, 24),
  ...inBoth('attribution', { zh: '归谁', en: 'Credited to' }, ({ attribution }) => attribution, 24),
  ...inBoth('period', { zh: '归哪一期', en: 'Counted in' }, ({ period }) => period, 20),
  ...inBoth('exclusion', { zh: '不计', en: 'Without' }, ({ exclusion }) => exclusion, 32),
  textColumn('source', { zh: '来源', en: 'Source' }, ({ source }) => source, 20),
];

const nothing = {
  ...{ version: null, since: null, hash: null, weight: null, unit: null, minN: null, definition: null },
  ...{ formula: null, attribution: null, period: null, exclusion: null, counted: null, source: null },
} as const;

/** What the figures mean: the plans with their hashes, how each item gives points, and each metric as it was defined in the period. */
export const definitionsSheet = ({ language, plans, metrics }: ExportGround): Sheet =>
  sheetOf('definitions', columns, language, () => [...plans.flatMap(planRows), ...metrics.map(metricRow)]);

function planRows({ plan, version, hash, inForceFrom, present }: ExportPlan): Defined[] {
  const written = new Map(
    [
      ...plan.plan.blocks.flatMap((block) => [...block.items, ...(block.replacedBy ? [block.replacedBy] : [])]),
      ...(plan.plan.promotion?.items.map(({ item }) => item) ?? []),
    ].map((item) => [item.id, item]),
  );
  const own: Defined = {
    ...{ ...nothing, kind: { zh: '方案', en: 'plan' }, id: plan.id, name: plan.name, version: numbered(version), hash },
    ...{ since: inForceFrom, definition: plan.plan.summary },
  };
  const items = [...itemsById(plan).values()].flatMap((item): Defined[] => {
    const text = written.get(item.id);
    if (!text || (present.size > 0 && !present.has(item.id))) return [];
    return [
      {
        ...{ ...nothing, kind: { zh: '项目', en: 'item' }, id: `${plan.id}.${item.id}`, name: item.name },
        ...{ version: numbered(version), weight: shortAmount(toDecimal(item.weight)), minN: item.minimumN },
        ...{ unit: unitName(item.metric.unit), formula: explainPlanItem(text, plan.metrics) },
        ...{ definition: item.metric.name, counted: item.metric.counted ?? null },
      },
    ];
  });
  return [own, ...items, ...teamRows(plan, version)];
}

/** By what the plan multiplies coefficients; nothing where it is switched off, as no card has it. */
function teamRows({ id, plan, metrics, teamCoefficient: rule }: ExportPlan['plan'], version: number): Defined[] {
  if (!rule) return [];
  return teamCoefficientText(plan, metrics).map(({ title, lines }) => ({
    ...{ ...nothing, kind: { zh: '规则', en: 'rule' }, id: `${id}.teamCoefficient`, name: title },
    ...{ version: numbered(version), definition: rule.metric.name, counted: rule.metric.counted ?? null },
    formula: both((language) => lines.map((line) => line[language]).join(language === 'zh' ? '' : ' ')),
  }));
}

function metricRow({ definition, counted, version, since }: ExportMetric): Defined {
  const { texts, unit, minN, source, id, name } = definition;
  return {
    ...{ ...nothing, kind: { zh: '指标', en: 'metric' }, id, name, unit: unitName(unit), minN, source, counted, since },
    version: version === null ? { zh: '内置', en: 'as shipped' } : numbered(version),
    formula: formulaWords(definition, counted),
    definition: texts.definition,
    ...{ attribution: texts.attribution, period: texts.period, exclusion: texts.exclusion },
  };
}

const numbered = (version: number): Bilingual => ({ zh: String(version), en: String(version) });
