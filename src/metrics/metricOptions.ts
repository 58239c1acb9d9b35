import type { Bilingual } from '../platform/language.ts';
import type { Counting, MetricOption } from './metricDefinition.ts';

/** What a value of an option changes in the counting; undefined for a value that the option does not have. */
export function optionChange({ values, range }: MetricOption, value: string): Partial<Counting> | undefined {
  if (Object.hasOwn(values, value)) return values[value];
  const fits =
    range !== undefined && /^[1-9]\d{0,8}$/.test(value) && Number(value) >= range.min && Number(value) <= range.max;
  return fits ? range.change : undefined;
}

/** The values an option can have, as a reader would write them: `calendar、business`, `1–86400`. */
export const optionValues = ({ values, range }: MetricOption): string[] => [
  ...Object.keys(values),
  ...(range ? [`${range.min}–${range.max}`] : []),
];

export interface OptionWords {
  readonly description: Bilingual;
  readonly labels?: Readonly<Record<string, Bilingual>> | undefined;
}

/** The options that were chosen, in words: 未回复的会话：算作未达标；达标时限（秒）：20. */
export function chosenWords(
  options: Readonly<Record<string, OptionWords>>,
  chosen: Readonly<Record<string, string>>,
): Bilingual {
  const told = (language: keyof Bilingual, equals: string, join: string) =>
    Object.entries(chosen)
      .map(([name, value]) => {
        const option = Object.hasOwn(options, name) ? options[name] : undefined;
        const label = option?.labels && Object.hasOwn(option.labels, value) ? option.labels[value] : undefined;
        return `${option?.description[language] ?? name}${equals}${label?.[language] ?? value}`;
      })
      .join(join);
  return { zh: told('zh', '：', '；'), en: told('en', ': ', '; ') };
}

/** The metric and the options that a request such as `qa_defects:item=language` names, each as it is written. */
export function namedIn(request: string): { readonly metric: string; readonly options: Record<string, string> } {
  const [metric = '', ...named] = request.split(':');
  const pairs = named.map((option): [string, string] => {
    const [name = ''] = option.split('=');
    return [name, option.slice(name.length + 1)];
  });
  return { metric, options: Object.fromEntries(pairs) };
}
