import { chosenWords, namedIn } from '../../metrics/metricOptions.ts';
import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import type { Text } from '../../scores/schemas.ts';
import type { Language } from '../text/language.ts';

const words = {
  zh: { join: '；', equals: '：', or: '、', minN: '至少样本 ', since: (month: string) => `自 ${month} 起，` },
  en: { join: '; ', equals: ': ', or: ', ', minN: 'minimum n ', since: (month: string) => `from ${month}: ` },
} as const;

/** The definition of a metric as it is asked for, options and all; and those options in words, empty without any. */
export function definitionOf(
  definitions: ReadonlyMap<string, MetricDefinitionView> | undefined,
  asked: string,
): { readonly definition: MetricDefinitionView; readonly counted: Text } | undefined {
  const { metric, options } = namedIn(asked);
  const definition = definitions?.get(metric);
  if (!definition) return undefined;
  const known = Object.fromEntries(definition.options.map((option) => [option.id, option]));
  return { definition, counted: chosenWords(known, options) };
}

/** The other ways in which a metric can be counted: 未回复的会话：算作未达标. */
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
  const { join, minN, since } = words[language];
  const chosen = chosenWords(Object.fromEntries(options.map((option) => [option.id, option])), inForce.options);
  const told = [
    ...(chosen[language] === '' ? [] : [chosen[language]]),
    ...(inForce.minN === null ? [] : [`${minN}${inForce.minN}`]),
  ].join(join);
  return told === '' ? '' : `${inForce.since === null ? '' : since(inForce.since)}${told}`;
}
