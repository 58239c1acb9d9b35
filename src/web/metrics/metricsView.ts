import type { DualRunAnswer } from '../../metrics/definitionSchemas.ts';
import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import type { Language } from '../text/language.ts';

/** Metrics whose id, name, definition or source holds every word looked for, in either language. */
export function searchMetrics(metrics: readonly MetricDefinitionView[], text: string): MetricDefinitionView[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return metrics.filter(({ id, name, definition, source }) => {
    const heap = [id, name.zh, name.en, definition.zh, definition.en, source].join('\n').toLowerCase();
    return words.every((word) => heap.includes(word));
  });
}

const sources: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  S0: { zh: '京东客服台方案', en: 'JD service desk plan' },
  S1: { zh: '淘宝客服经理方案', en: 'Taobao service manager plan' },
  S2: { zh: '家电售后方案', en: 'appliance after-sales plan' },
  S3: { zh: '京东售后培训考核方案', en: 'JD after-sales training plan' },
  S4: { zh: '优化方案', en: 'optimisation plan' },
  REC: { zh: '原文未写，这是我们的选择', en: 'our choice, where the sources are silent' },
  own: { zh: '本公司自建', en: 'composed by this organisation' },
};
const units: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  h: { zh: '小时', en: 'h' },
  d: { zh: '天', en: 'd' },
  min: { zh: '分钟', en: 'min' },
  s: { zh: '秒', en: 's' },
};

/** Where a definition comes from, in words: `S2; 7 d REC` is 家电售后方案；7 天是我们的取值. */
export function sourceWords(source: string, language: Language): string {
  const join = language === 'zh' ? '；' : '; ';
  return source
    .split(/[;,]/)
    .map((part) => part.trim())
    .map((part) => sources[part]?.[language] ?? chosenValue(part, language) ?? part)
    .join(join);
}

function chosenValue(part: string, language: Language): string | null {
  const [, amount, unit, chosen] = /^(\d+) ?(h|d|min|s)( REC)?$/.exec(part) ?? [];
  const word = units[unit ?? '']?.[language];
  if (amount === undefined || word === undefined) return null;
  if (chosen === undefined) return `${amount} ${word}`;
  return language === 'zh' ? `${amount} ${word}是我们的取值` : `${amount} ${word} is our choice`;
}

/** The months from which a change may hold: the running one and the year after it, next month first offered. */
export function monthsAhead(today: string): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: 13 }, (_, i) => {
    const index = year * 12 + month - 1 + i;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
  });
}

type Run = DualRunAnswer['agents'];

/** How a dual run reads at a glance: how many move, and how many begin or cease to count. */
export function runCounts(run: Run): { readonly moved: number; readonly crossing: number; readonly all: number } {
  const crossing = run.fallsBelow + run.risesAbove + run.loses + run.gains;
  return { moved: run.moved.length, crossing, all: run.moved.length + run.unmoved };
}

/** The options that a request names: those of `x:window=48:clock=customer`. */
export function optionsOf(request: string): Record<string, string> {
  const [, ...named] = request.split(':');
  return Object.fromEntries(
    named.map((option) => [option.slice(0, option.indexOf('=')), option.slice(option.indexOf('=') + 1)]),
  );
}

/** A choice of options as the server takes it; what stays as shipped is left out. */
export function chosenOptions(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}
