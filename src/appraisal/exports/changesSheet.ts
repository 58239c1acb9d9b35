import { Temporal } from 'temporal-polyfill';
import type { Bilingual } from '../../platform/language.ts';
import { explainStep } from '../../scores/explainStep.ts';
import { itemsById } from '../../scores/itemsById.ts';
import type { Step } from '../../scores/scorecard.ts';
import { type ExportCard, type ExportGround, whoColumns } from './ground.ts';
import { type Column, numberColumn, type Sheet, sheetOf, textColumn } from './sheet.ts';

/** What changed a card beside the figures themselves; a field is null where its kind has no such thing. */
interface Change extends ExportCard {
  readonly kind: Bilingual;
  readonly what: Bilingual | null;
  readonly incident: string | null;
  readonly incidentId: string | null;
  readonly day: string | null;
  readonly severity: 'minor' | 'major' | null;
  readonly points: string | null;
  readonly attainment: string | null;
  readonly factor: string | null;
  readonly result: string | null;
  readonly words: Bilingual | null;
}

const kinds = {
  deduction: { zh: '扣分', en: 'deduction' },
  veto: { zh: '红线', en: 'red line' },
  coupling: { zh: '联动', en: 'coupling' },
  incentive: { zh: '激励', en: 'incentive' },
  exempt: { zh: '不计的日子', en: 'days not counted' },
  redistribute: { zh: '权重转移', en: 'weight moved' },
  replaced: { zh: '代替', en: 'replacement' },
  promotion: { zh: '大促', en: 'promotion' },
  bonus: { zh: '加分', en: 'bonus' },
  star: { zh: '星级', en: 'star' },
  mentor: { zh: '带教', en: 'mentor' },
  unrated: { zh: '不评级', en: 'unrated' },
  part: { zh: '组成', en: 'part of the mean' },
  mean: { zh: '平均', en: 'mean' },
  team: { zh: '团队系数', en: 'team coefficient' },
} as const satisfies Record<string, Bilingual>;

const severities = { minor: { zh: '一般', en: 'minor' }, major: { zh: '严重', en: 'major' } } as const;

const columns: readonly Column<Change>[] = [
  ...whoColumns,
  textColumn('plan', { zh: '方案', en: 'Plan' }, ({ by }, language) => by.plan.name[language]),
  textColumn('kind', { zh: '类别', en: 'Kind' }, ({ kind }, language) => kind[language]),
  textColumn('what', { zh: '项目', en: 'What' }, ({ what }, language) => what?.[language] ?? null, 20),
  textColumn('incident', { zh: '事项', en: 'Incident' }, ({ incident }) => incident),
  textColumn('incidentId', { zh: '事项编号', en: 'Incident id' }, ({ incidentId }) => incidentId),
  textColumn('severity', { zh: '程度', en: 'Severity' }, ({ severity }, language) =>
    severity === null ? null : severities[severity][language],
  ),
  textColumn('day', { zh: '日期', en: 'Day' }, ({ day }) => day),
  numberColumn('points', { zh: '扣去', en: 'Points lost' }, ({ points }) => points),
  numberColumn('attainment', { zh: '达成度', en: 'Attainment' }, ({ attainment }) => attainment),
  numberColumn('factor', { zh: '系数', en: 'Factor' }, ({ factor }) => factor),
  numberColumn('result', { zh: '结果', en: 'Result' }, ({ result }) => result),
  textColumn('words', { zh: '说明', en: 'In words' }, ({ words }, language) => words?.[language] ?? null, 60),
];

const none = {
  ...{ what: null, incident: null, incidentId: null, day: null, severity: null, points: null },
  ...{ attainment: null, factor: null, result: null, words: null },
} as const;

/** Deductions, red lines, couplings, of a longer period its parts, their mean and the team's coefficient: whatever made a card what its figures alone do not give. */
export function changesSheet({ language, timeZone, cards }: ExportGround): Sheet {
  async function* rows(): AsyncGenerator<Change> {
    for await (const row of cards()) yield* changesOf(row, timeZone);
  }
  return sheetOf('changes', columns, language, rows);
}

function* changesOf(row: ExportCard, timeZone: string): Generator<Change> {
  const { plan } = row.by;
  const names = itemsById(plan);
  for (const { id, deductions } of row.card.card.items)
    for (const { chargedUnder, ...deduction } of deductions) {
      const other = chargedUnder === null ? null : (names.get(chargedUnder)?.name ?? null);
      const words = other && { zh: `已在“${other.zh}”中扣分`, en: `charged under ${other.en}` };
      yield { ...row, ...none, ...deduction, kind: kinds.deduction, what: names.get(id)?.name ?? null, words };
    }
  for (const { incident, incidentId, at } of row.card.card.vetoes) {
    const veto = plan.plan.vetoes.find((each) => each.incident === incident);
    const effect =
      veto?.effect === 'starDown'
        ? { zh: '减一星，分数不变', en: 'one star down, the score stays' }
        : { zh: '分数不变，等级为最低', en: 'the score stays, the grade is the lowest' };
    const day = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
    yield { ...row, ...none, kind: kinds.veto, what: veto?.name ?? null, incident, incidentId, day, words: effect };
  }
  for (const step of row.card.card.steps) {
    const kind = kindOf(step);
    if (kind) yield { ...row, ...none, ...numbersOf(step), kind, words: explainStep(step, plan) };
  }
}

/** null for a step that is plain arithmetic, or that has a row already. */
function kindOf(step: Step): Bilingual | null {
  switch (step.kind) {
    case 'coupling':
    case 'incentive':
    case 'exempt':
    case 'redistribute':
    case 'replaced':
    case 'promotion':
    case 'bonus':
    case 'star':
    case 'mentor':
    case 'unrated':
    case 'part':
    case 'mean':
    case 'team':
      return kinds[step.kind];
    case 'absent':
      return kinds.unrated;
    case 'tier':
    case 'deduction':
    case 'sameIncident':
    case 'track':
    case 'item':
    case 'round':
    case 'grade':
    case 'veto':
    case 'coefficient':
      return null;
  }
}

function numbersOf(step: Step): Partial<Change> {
  switch (step.kind) {
    case 'coupling':
      return { attainment: step.attainment, factor: step.factor, result: step.value };
    case 'incentive':
      return { factor: step.factor, result: step.value };
    case 'bonus':
      return { result: step.counted };
    case 'part':
      return { what: { zh: step.period, en: step.period }, result: step.total };
    case 'mean':
      return { result: step.running };
    case 'team':
      return { attainment: step.ratio, factor: step.factor, result: step.coefficient };
    default:
      return {};
  }
}
