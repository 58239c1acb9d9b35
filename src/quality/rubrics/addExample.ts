import { isMap, isSeq, parseDocument, Scalar, type YAMLMap } from 'yaml';
import type { Bilingual } from '../../platform/language.ts';

const examplesMax = 5;

export type Added = { readonly status: 'added'; readonly text: string } | { readonly status: 'full' | 'unknown' };

/**
 * The text of a rubric with one more example of a level; comments and all else stay. unknown: there is no such level, or the text is no
 * YAML. full: the level has as many examples as it may. Never throws.
 */
export function addExample(text: string, place: { item: string; level: string }, example: Bilingual): Added {
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false });
  if (document.errors.length > 0) return { status: 'unknown' };
  const level = mapsOf(document.get('categories'))
    .flatMap((category) => mapsOf(category.get('items')))
    .filter((item) => item.get('id') === place.item)
    .flatMap((item) => mapsOf(item.get('levels')))
    .find((each) => each.get('id') === place.level);
  if (!level) return { status: 'unknown' };
  const examples = level.get('examples');
  const added = document.createNode({ zh: quoted(example.zh), en: quoted(example.en) }, { flow: true });
  if (isSeq(examples)) {
    if (examples.items.length >= examplesMax) return { status: 'full' };
    examples.add(added);
  } else level.set('examples', document.createNode([added]));
  return { status: 'added', text: document.toString({ lineWidth: 0, flowCollectionPadding: true }) };
}

const mapsOf = (list: unknown): YAMLMap[] => (isSeq(list) ? list.items.filter((item) => isMap(item)) : []);

/** What somebody said is text, also where it reads like a number or a truth value. */
function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = 'QUOTE_DOUBLE';
  return scalar;
}
