import type { Bilingual } from '../../platform/language.ts';
import { gradeOf, rankOf } from '../../scores/cardView.ts';
import { explainCard } from '../../scores/explain.ts';
import { itemsById } from '../../scores/itemsById.ts';
import { columnsOf } from '../../scores/verbs/scorecards.ts';
import { tierName } from '../../scores/wording.ts';
import { type ExportCard, type ExportGround, type ExportPlan, planKey, whoColumns } from './ground.ts';
import { type Column, countColumn, numberColumn, type Sheet, sheetOf, textColumn } from './sheet.ts';

const gradedBy: Readonly<Record<ExportCard['card']['gradedBy'], Bilingual>> = {
  bands: { zh: '按分数段', en: 'by bands' },
  distribution: { zh: '按排名', en: 'by rank' },
  meeting: { zh: '校准会决定', en: 'decided by the meeting' },
};
const causes: Readonly<Record<ExportCard['card']['cause'], Bilingual>> = {
  closing: { zh: '结算', en: 'closing' },
  revision: { zh: '更正', en: 'revision' },
  appeal: { zh: '申诉', en: 'appeal' },
  meeting: { zh: '校准会', en: 'meeting' },
};

const columns: readonly Column<ExportCard>[] = [
  ...whoColumns,
  textColumn('tier', { zh: '岗级', en: 'Tier' }, ({ card }, language) => tierName(card.person.tier)[language]),
  textColumn('plan', { zh: '方案', en: 'Plan' }, ({ by }, language) => by.plan.name[language]),
  countColumn('planVersion', { zh: '方案版本', en: 'Plan version' }, ({ by }) => by.version),
  countColumn('rank', { zh: '名次', en: 'Rank' }, ({ place }) => place),
  countColumn('ranked', { zh: '参评人数', en: 'Of' }, ({ placed }) => placed),
  numberColumn('total', { zh: '总分', en: 'Total' }, ({ card }) => card.card.total),
  textColumn('grade', { zh: '等级', en: 'Grade' }, gradeName),
  countColumn('level', { zh: '档', en: 'Level' }, ({ card }) => card.level),
  textColumn('gradedBy', { zh: '等级来自', en: 'Graded' }, ({ card }, language) =>
    card.grade === null ? null : gradedBy[card.gradedBy][language],
  ),
  numberColumn('coefficient', { zh: '系数', en: 'Coefficient' }, ({ card }) => card.coefficient),
  textColumn('redLines', { zh: '红线', en: 'Red lines' }, redLines),
  textColumn('why', { zh: '空格的原因', en: 'Why cells are empty' }, whyEmpty, 40),
  countColumn('cardVersion', { zh: '记分卡版本', en: 'Card version' }, ({ card }) => card.version),
  textColumn('cause', { zh: '这一版来自', en: 'Made by' }, ({ card }, language) => causes[card.cause][language]),
  textColumn('entry', { zh: '账本条目', en: 'Ledger entry' }, ({ entry }) => entry, 20),
];

/** One row a person: what it came to, and each item's figure and points; of several plans, each one's own items. */
export function peopleSheet({ language, plans, cards }: ExportGround): Sheet {
  const items = plans.flatMap((by) => itemColumns(by, plans.length > 1));
  return sheetOf('people', [...columns, ...items], language, cards);
}

function itemColumns(by: ExportPlan, mixed: boolean): Column<ExportCard>[] {
  const own = planKey(by.plan.id, by.version);
  const names = itemsById(by.plan);
  return columnsOf(by.plan, by.present).flatMap(({ id, name }) => {
    const scoreOf = ({ card }: ExportCard) =>
      planKey(card.plan.id, card.plan.version) === own ? card.card.items.find((item) => item.id === id) : undefined;
    const title = (what: Bilingual): Bilingual => ({
      zh: `${mixed ? `${by.plan.name.zh}·` : ''}${name.zh}·${what.zh}`,
      en: `${mixed ? `${by.plan.name.en}: ` : ''}${name.en}, ${what.en}`,
    });
    const key = `${mixed ? `${by.plan.id}.` : ''}${names.get(id)?.id ?? id}`;
    return [
      numberColumn(`${key}.value`, title({ zh: '指标值', en: 'value' }), (row) => scoreOf(row)?.value ?? null),
      numberColumn(`${key}.points`, title({ zh: '得分', en: 'points' }), (row) => scoreOf(row)?.points ?? null),
    ];
  });
}

function gradeName({ card, by }: ExportCard, language: keyof Bilingual): string | null {
  const { grade, level } = card;
  if (grade === null) return language === 'zh' ? '不评级' : 'unrated';
  const ranked = level === null ? null : rankOf(by.plan, { grade, level });
  return (ranked ?? gradeOf(by.plan, grade))?.[language] ?? grade;
}

function redLines({ card, by }: ExportCard, language: keyof Bilingual): string | null {
  const names = card.card.vetoes.map(
    ({ incident }) => by.plan.plan.vetoes.find((veto) => veto.incident === incident)?.name[language] ?? incident,
  );
  return names.length === 0 ? null : names.join(language === 'zh' ? '、' : ', ');
}

/** A longer period has no items of its own, and says what its total was made from. */
function blendedOf({ steps }: ExportCard['card']['card'], zh: boolean): string[] {
  const parts = steps.flatMap((step) => (step.kind === 'part' ? [`${step.period} ${step.total}`] : []));
  if (parts.length === 0) return [];
  return [
    zh
      ? `总分是 ${parts.join('、')} 的平均，没有自己的逐项数值`
      : `the total is the mean of ${parts.join(', ')}; it has no items of its own`,
  ];
}

/** An empty cell is no zero: it says here what there is none of. */
function whyEmpty({ card, by }: ExportCard, language: keyof Bilingual): string | null {
  const zh = language === 'zh';
  const names = itemsById(by.plan);
  const items = card.card.items
    .filter(({ points, bonus }) => points === null && !bonus)
    .map(({ id, status, n, minimumN }) => {
      const name = names.get(id)?.name[language] ?? id;
      if (status === 'lowSample')
        return zh
          ? `${name}只有 ${n} 个样本，不足 ${minimumN} 个`
          : `${name}: ${n} observations, fewer than ${minimumN}`;
      if (status === 'noData') return zh ? `${name}没有数据` : `${name}: no data`;
      return zh ? `${name}不计分` : `${name}: no score`;
    });
  const unrated = card.card.total === null ? [explainCard(card.card, by.plan)[language]] : [];
  const noCoefficient =
    card.card.total !== null && card.coefficient === null
      ? [zh ? '系数尚待贵单位填写' : 'the coefficient is still to be given']
      : [];
  const all = [...unrated, ...blendedOf(card.card, zh), ...noCoefficient, ...items];
  return all.length === 0 ? null : all.join(zh ? '；' : '; ');
}
