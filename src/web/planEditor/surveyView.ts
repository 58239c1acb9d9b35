import type { DraftPage } from '../../scores/draftSchemas.ts';
import { compare, fraction, isFraction, sum, toDecimal } from '../../scores/fraction.ts';
import { type TierKey, tierKeys } from '../../scores/planAmounts.ts';
import { proposeWeights } from '../../scores/proposeWeights.ts';
import { isRecord, type Path, type Raw, type RawRecord, setAt, textOf } from '../yamlForm/yamlText.ts';
import { records } from './weightSums.ts';

/** One weight of an item, of everybody or of a tier: in the version in force, as proposed, and as the draft has it now. */
export interface ProposedWeight {
  readonly path: Path;
  readonly tier: TierKey | null;
  readonly from: string;
  readonly to: string;
  readonly now: string;
}

export interface SurveyedItem {
  readonly id: string;
  readonly name: RawRecord;
  readonly answers: number;
  readonly weights: readonly ProposedWeight[];
}

/** off: the plan asks no customers. few: too little was answered. fits: nothing to move. taken: the draft has it already. */
export type SurveyView =
  | { readonly kind: 'off' }
  | { readonly kind: 'few'; readonly answers: number; readonly least: number }
  | { readonly kind: 'fits' | 'proposed' | 'taken'; readonly answers: number; readonly items: readonly SurveyedItem[] };

/**
 * What customers' answers propose for the weights of a draft. A step is one from the version in force, so that taking it twice is
 * taking it once; where a block was changed otherwise, from what the draft has.
 */
export function surveyView(
  raw: RawRecord,
  inForce: RawRecord | null,
  mentions: DraftPage['mentions']['items'],
): SurveyView {
  const survey = raw.survey;
  if (!isRecord(survey)) return { kind: 'off' };
  const [step, least] = [Number(textOf(survey.step)), Number(textOf(survey.least))];
  if (!Number.isInteger(step) || !Number.isInteger(least) || step < 1 || least < 1) return { kind: 'off' };
  const counts = new Map(mentions.map(({ item, answers }) => [item, answers]));
  const before = new Map(
    records(inForce?.blocks).flatMap((block) => records(block.items).map((item) => [textOf(item.id), item.weight])),
  );
  const items = records(raw.blocks).flatMap((block, b) =>
    surveyedItems(block, ['blocks', b, 'items'], { before, counts, step }),
  );
  const answers = items.reduce((sum, item) => sum + item.answers, 0);
  if (answers < least) return { kind: 'few', answers, least };
  const weights = items.flatMap((item) => item.weights);
  const kind = weights.every(({ from, to }) => isSame(from, to))
    ? 'fits'
    : weights.every(({ now, to }) => isSame(now, to))
      ? 'taken'
      : 'proposed';
  return { kind, answers, items };
}

const isSame = (a: string, b: string): boolean => compare(fraction(a), fraction(b)) === 0;

interface Ground {
  readonly before: ReadonlyMap<string, Raw | undefined>;
  readonly counts: ReadonlyMap<string, number>;
  readonly step: number;
}

function surveyedItems(block: RawRecord, path: Path, { before, counts, step }: Ground): SurveyedItem[] {
  const own = records(block.items)
    .map((item, i) => ({ item, id: textOf(item.id), path: [...path, i] }))
    .filter(({ item }) => textOf(item.bonus) !== 'true');
  const columns = columnsOf(own.map(({ item }) => item.weight)).map((tier) => {
    const now = own.map(({ id, item }) => ({ id, weight: weightIn(item.weight, tier) }));
    const was = own.map(({ id }) => ({ id, weight: weightIn(before.get(id), tier) }));
    const from = weighs(was) !== null && weighs(was) === weighs(now) ? was : now;
    return { tier, now, from, moves: proposeWeights(from, counts, step) };
  });
  return own.map(({ item, id, path: place }, i) => ({
    ...{ id, name: isRecord(item.name) ? item.name : {}, answers: counts.get(id) ?? 0 },
    weights: columns.map(({ tier, now, from, moves }) => {
      const base = from[i]?.weight ?? '';
      return {
        path: [...place, 'weight', ...(tier === null ? [] : ['byTier', tier])],
        ...{ tier, from: base, to: moves[i]?.proposed ?? base, now: now[i]?.weight ?? '' },
      };
    }),
  }));
}

/** What items weigh together; null where one of them cannot be read. */
const weighs = (items: readonly { readonly weight: string }[]): string | null =>
  items.every(({ weight }) => isFraction(weight)) ? toDecimal(sum(items.map(({ weight }) => fraction(weight)))) : null;

/** The tiers where all items weigh by tier, one column where none does; items that share a block or cannot be read have none. */
function columnsOf(weights: readonly (Raw | undefined)[]): (TierKey | null)[] {
  const offered = [[null], [...tierKeys]] as const;
  const found = offered.find((columns) =>
    columns.every((column) => weights.every((weight) => isFraction(weightIn(weight, column)))),
  );
  return found ? [...found] : [];
}

const weightIn = (weight: Raw | undefined, tier: TierKey | null): string => {
  if (tier === null) return textOf(weight);
  return isRecord(weight) && isRecord(weight.byTier) ? textOf(weight.byTier[tier]) : '';
};

/** The text with the weights as proposed; all else stays as it was written. */
export function withProposed(text: string, items: readonly SurveyedItem[]): string {
  return items
    .flatMap(({ weights }) => weights)
    .filter(({ now, to }) => !isSame(now, to))
    .reduce((next, { path, to }) => setAt(next, path, to), text);
}
