import type { Bilingual, Language } from '../platform/language.ts';
import { composeMetric } from './composeMetric.ts';
import { type DefinitionContent, requestAsShipped } from './definitionVersions.ts';
import type { OwnMetric } from './ownMetricSchema.ts';

/** One thing that a version changed, in words: what, from what, to what. */
export interface DefinitionDifference {
  readonly what: Bilingual;
  readonly before: Bilingual | null;
  readonly after: Bilingual | null;
}

const asShipped: Bilingual = { zh: '目录原定', en: 'as in the catalogue' };
const same = (text: string): Bilingual => ({ zh: text, en: text });
const minimum: Bilingual = { zh: '至少样本', en: 'Minimum n' };

const offered: Bilingual = { zh: '是否提供', en: 'Offered' };
const yes: Bilingual = { zh: '提供', en: 'yes' };
const no: Bilingual = { zh: '停用', en: 'no, retired' };

/** What a version of a definition changed, against the one before it (null: as shipped, or not there yet). */
export function definitionDifferences(
  metricId: string,
  before: DefinitionContent | null,
  after: DefinitionContent,
): DefinitionDifference[] {
  if (after.kind === 'retired') return [{ what: offered, before: yes, after: no }];
  if (before?.kind === 'retired') return [{ what: offered, before: no, after: yes }];
  if (after.kind === 'own') return ownDifferences(before?.kind === 'own' ? before.own : null, after.own);
  const old = before?.kind === 'choice' ? before.choice : { options: {}, minN: null };
  const names = [...new Set([...Object.keys(old.options), ...Object.keys(after.choice.options)])].sort();
  const shipped = requestAsShipped(metricId);
  const options = names.flatMap((name): DefinitionDifference[] => {
    const [from, to] = [old.options[name], after.choice.options[name]];
    if (from === to) return [];
    const option = shipped && Object.hasOwn(shipped.options, name) ? shipped.options[name] : undefined;
    const what = option
      ? { zh: `${option.description.zh}（${name}）`, en: `${option.description.en} (${name})` }
      : same(name);
    const told = (value: string | undefined): Bilingual =>
      value === undefined ? asShipped : (option?.labels?.[value] ?? same(value));
    return [{ what, before: told(from), after: told(to) }];
  });
  const minN = (n: number | null) =>
    n === null ? (shipped ? same(String(shipped.minN)) : asShipped) : same(String(n));
  const changed = old.minN !== after.choice.minN;
  return [...options, ...(changed ? [{ what: minimum, before: minN(old.minN), after: minN(after.choice.minN) }] : [])];
}

const fields: readonly (readonly [what: Bilingual, told: (own: OwnMetric) => Bilingual])[] = [
  [{ zh: '名称', en: 'Name' }, ({ name }) => name],
  [{ zh: '定义', en: 'Definition' }, (own) => composeMetric(own).texts.definition],
  [{ zh: '归属', en: 'Attribution' }, (own) => composeMetric(own).texts.attribution],
  [{ zh: '周期规则', en: 'Period rule' }, (own) => composeMetric(own).texts.period],
  [
    { zh: '窗口（小时）', en: 'Window (hours)' },
    ({ windowHours }) => same(windowHours === undefined ? '—' : String(windowHours)),
  ],
  [{ zh: '方向', en: 'Direction' }, ({ better }) => directions[better]],
  [minimum, ({ minN }) => same(String(minN))],
];

const directions = {
  higher: { zh: '越高越好', en: 'higher is better' },
  lower: { zh: '越低越好', en: 'lower is better' },
  band: { zh: '没有单一方向', en: 'no single direction' },
} as const satisfies Record<OwnMetric['better'], Bilingual>;

function ownDifferences(before: OwnMetric | null, after: OwnMetric): DefinitionDifference[] {
  const languages: readonly Language[] = ['zh', 'en'];
  return fields.flatMap(([what, told]) => {
    const [old, now] = [before === null ? null : told(before), told(after)];
    const isSame = old !== null && languages.every((language) => old[language] === now[language]);
    return isSame || (before === null && now.zh === '—') ? [] : [{ what, before: old, after: now }];
  });
}
