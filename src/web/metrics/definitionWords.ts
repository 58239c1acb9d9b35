import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import type { Language } from '../text/language.ts';

const words = {
  zh: { join: '；', equals: '：', or: '、', minN: '至少样本 ', since: (month: string) => `自 ${month} 起，` },
  en: { join: '; ', equals: ': ', or: ', ', minN: 'minimum n ', since: (month: string) => `from ${month}: ` },
} as const;

/** The other ways in which a metric can be counted: 未回复的会话算作未达标：miss. */
export function optionWords({ options }: MetricDefinitionView, language: Language): string {
  const { join, equals, or } = words[language];
  return options
    .map(({ description, note, values, labels, range }) => {
      const choices = values.map((value) => labels[value]?.[language] ?? value);
      if (range) choices.push(`${range.min}–${range.max}`);
      const noted = note ? ` (${note[language]})` : '';
      return `${description[language]}${equals}${choices.join(or)}${noted}`;
    })
    .join(join);
}

/** What the organisation chose, in a sentence; empty where all is as shipped. */
export function inForceWords({ options, inForce }: MetricDefinitionView, language: Language): string {
  const { join, equals, minN, since } = words[language];
  const chosen = Object.entries(inForce.options).map(([name, value]) => {
    const option = options.find(({ id }) => id === name);
    return `${option?.description[language] ?? name}${equals}${option?.labels[value]?.[language] ?? value}`;
  });
  const told = [...chosen, ...(inForce.minN === null ? [] : [`${minN}${inForce.minN}`])].join(join);
  return told === '' ? '' : `${inForce.since === null ? '' : since(inForce.since)}${told}`;
}
