import type { Bilingual, Language } from '../platform/language.ts';
import { choiceNames, type FactColumn, type FactParts } from './factColumns.ts';
import { factParts } from './factParts.ts';
import type { MetricEntry } from './metricDefinition.ts';
import type { OwnFilter, OwnMetric, OwnSide } from './ownMetricSchema.ts';

const operators = {
  '=': { zh: '为', en: 'is' },
  '!=': { zh: '不为', en: 'is not' },
  in: { zh: '属于', en: 'is one of' },
  notIn: { zh: '不属于', en: 'is none of' },
  '<': { zh: '<', en: '<' },
  '<=': { zh: '≤', en: '≤' },
  '>': { zh: '>', en: '>' },
  '>=': { zh: '≥', en: '≥' },
} as const satisfies Record<string, Bilingual>;

const words = {
  zh: {
    and: '，且',
    or: '、',
    unit: ' 秒',
    set: '有值',
    unset: '没有值',
    not: (name: string) => `非“${name}”`,
    to: ' 到 ',
    all: '全部',
  },
  en: {
    and: ' and ',
    or: ', ',
    unit: ' s',
    set: 'has a value',
    unset: 'has no value',
    not: (name: string) => `not “${name}”`,
    to: ' to ',
    all: 'all',
  },
} as const satisfies Record<Language, unknown>;

const both = (word: (language: Language) => string): Bilingual => ({ zh: word('zh'), en: word('en') });

/** A composed metric in sentences: what it means, what is counted above and below. */
export function describeOwn(own: OwnMetric): MetricEntry['words'] {
  const parts = factParts(own.fact);
  const scope = both((language) => conditions(own.where, parts, language));
  const side = (of: OwnSide) => both((language) => sideWords(of, parts, scope[language], language));
  const numerator = side(own.numerator);
  const denominator = own.denominator ? side(own.denominator) : both((language) => parts.name[language]);
  const formula: Bilingual = own.denominator
    ? { zh: `${numerator.zh}，除以${denominator.zh}。`, en: `${numerator.en}, divided by: ${denominator.en}.` }
    : { zh: `${numerator.zh}。`, en: `${numerator.en}.` };
  const meaning = (language: Language) => (own.meaning?.[language] ? `${own.meaning[language].trim()} ` : '');
  return { definition: both((language) => `${meaning(language)}${formula[language]}`), numerator, denominator };
}

function sideWords(side: OwnSide, parts: FactParts, scope: string, language: Language): string {
  const own = conditions(side.where, parts, language);
  const met = [scope, own].filter((each) => each !== '').join(words[language].and);
  if (side.of === 'rows')
    return language === 'zh'
      ? `${met === '' ? words.zh.all : `“${met}”的`}${parts.name.zh}数`
      : `${parts.name.en}${met === '' ? '' : ` where ${met}`}`;
  const column = parts.columns[side.column]?.name[language] ?? side.column;
  if (language === 'zh') return `${column}之和${met === '' ? '' : `（${met}）`}`;
  return `Sum of “${column}”${met === '' ? '' : ` where ${met}`}`;
}

function conditions(filters: readonly OwnFilter[] | undefined, parts: FactParts, language: Language): string {
  return (filters ?? []).map((filter) => filterWords(filter, parts, language)).join(words[language].and);
}

/** One filter as people say it: 首次回复用时 ≤ 60 秒. */
function filterWords(filter: OwnFilter, parts: FactParts, language: Language): string {
  const column = parts.columns[filter.column];
  const name = column?.name[language] ?? filter.column;
  const say = words[language];
  const written = (value: string | number | boolean) => valueWords(value, column, language);
  switch (filter.op) {
    case 'set':
    case 'unset':
      return `${name}${language === 'zh' ? '' : ' '}${say[filter.op]}`;
    case 'in':
    case 'notIn':
      return `${name} ${operators[filter.op][language]} ${filter.values.map(written).join(say.or)}`;
    case 'between':
      return `${name} ${written(filter.from)}${say.to}${written(filter.to)}`;
    default:
      if (typeof filter.value === 'boolean') return filter.value ? name : say.not(name);
      return `${name} ${operators[filter.op][language]} ${written(filter.value)}`;
  }
}

function valueWords(value: string | number | boolean, column: FactColumn | undefined, language: Language): string {
  if (column?.type === 'choice') return choiceNames[String(value)]?.[language] ?? String(value);
  return column?.type === 'duration' ? `${value}${words[language].unit}` : String(value);
}
