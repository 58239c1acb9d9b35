import { catalogue } from '../../metrics/catalogue.ts';
import type { Bilingual } from '../../platform/language.ts';

/** An item as the metric that reads it is called, with its part after the colon; null where no metric reads it. */
export function itemName(item: string): Bilingual | null {
  const [base, part] = splitOnce(item);
  const name = catalogue.find(({ assessment }) => assessment === base)?.name;
  if (!name) return null;
  return part === null ? name : { zh: `${name.zh} · ${part}`, en: `${name.en} · ${part}` };
}

/** Who rated, by name: a person or an agent, behind the id of the form where one was filled in; as recorded where nobody is known by it. */
export function raterName(rater: string, names: ReadonlyMap<string, string>): string {
  const [, behind] = splitOnce(rater);
  return names.get(rater) ?? (behind === null ? undefined : names.get(behind)) ?? rater;
}

function splitOnce(text: string): readonly [string, string | null] {
  const at = text.indexOf(':');
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}
