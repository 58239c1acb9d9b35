import { wilson } from '../../metrics/interval.ts';
import type { Rubric } from '../rubrics/rubricSchema.ts';

/** What a person said of a conversation: the kinds of incidents they looked for, and those they found. */
export interface JudgedTalk {
  readonly sessionId: string;
  readonly looked: ReadonlySet<string>;
  readonly found: ReadonlySet<string>;
}

/** A share in percent with its 95% interval (Wilson). */
export interface Share {
  readonly percent: number;
  readonly low: number;
  readonly high: number;
}

/** How a rule, or all rules of a kind together (`rule` null), and people agree. */
export interface ConfusionRow {
  readonly kind: string;
  readonly rule: string | null;
  readonly both: number;
  readonly ruleOnly: number;
  readonly personOnly: number;
  readonly neither: number;
  /** Of what was hit, the share that people found too; null where nothing was hit. */
  readonly precision: Share | null;
  /** Of what people found, the share that was hit; null where they found nothing. */
  readonly recall: Share | null;
}

type Kinded = { readonly id: string; readonly incident: string };

/**
 * Rules beside people, kind by kind and rule by rule, over the conversations in which a person looked for that kind. `hits` are the rules
 * that hold in a conversation. Rows without such a conversation are left out.
 */
export function confusionOf(
  judged: readonly JudgedTalk[],
  hits: ReadonlyMap<string, ReadonlySet<string>>,
  rules: readonly Kinded[],
): ConfusionRow[] {
  const kinds = [...new Set(rules.map(({ incident }) => incident))].toSorted();
  return kinds.flatMap((kind) => {
    const looked = judged.filter((talk) => talk.looked.has(kind));
    const own = rules.filter(({ incident }) => incident === kind).map(({ id }) => id);
    if (looked.length === 0) return [];
    const row = (rule: string | null): ConfusionRow => {
      const by = rule === null ? own : [rule];
      const isHit = ({ sessionId }: JudgedTalk) => by.some((id) => hits.get(sessionId)?.has(id) === true);
      const count = (hit: boolean, found: boolean) =>
        looked.filter((talk) => isHit(talk) === hit && talk.found.has(kind) === found).length;
      const [both, ruleOnly, personOnly] = [count(true, true), count(true, false), count(false, true)];
      return {
        ...{ kind, rule, both, ruleOnly, personOnly, neither: count(false, false) },
        ...{ precision: shareOf(both, both + ruleOnly), recall: shareOf(both, both + personOnly) },
      };
    };
    // One rule alone is its kind.
    return own.length === 1 ? own.map(row) : [row(null), ...own.map(row)];
  });
}

function shareOf(part: number, whole: number): Share | null {
  if (whole === 0) return null;
  const [low, high] = wilson(part, whole);
  return { percent: (100 * part) / whole, low: 100 * low, high: 100 * high };
}

/** The kinds a form looked for and found: items that were not applicable were not looked for. */
export function judgedKinds(
  rubric: Rubric,
  marks: Readonly<Record<string, { readonly level: string | null }>>,
): Pick<JudgedTalk, 'looked' | 'found'> {
  const items = rubric.categories.flatMap((category) => category.items);
  const judged = items.flatMap(({ id, incident, levels }) => {
    const level = levels.find((each) => each.id === marks[id]?.level);
    return incident && level ? [{ incident, isFound: level.severity !== undefined }] : [];
  });
  return {
    looked: new Set(judged.map(({ incident }) => incident)),
    found: new Set(judged.flatMap(({ incident, isFound }) => (isFound ? [incident] : []))),
  };
}
