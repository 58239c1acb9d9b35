import { type Draw, seededDraws } from '../../metrics/seededDraws.ts';
import { alphaWithInterval } from '../agreement/alpha.ts';
import { meanOf } from '../agreement/raters.ts';
import { pairOf } from '../calibration/roundStats.ts';
import type { Marks } from '../rubrics/marksSchema.ts';
import { itemsOf } from '../rubrics/points.ts';
import type { Rubric } from '../rubrics/rubricSchema.ts';
import { scoreForm } from '../rubrics/scoreForm.ts';
import type { AgreementView } from './schemas.ts';

/** A conversation that both judged by the same version of a rubric. */
export interface Pair {
  readonly rubric: Rubric;
  readonly people: Marks;
  readonly model: Marks;
}

/**
 * How far the model agrees with people: alpha on the totals, and weighted kappa in bands of ten. Both totals are over the items whose suggestion held;
 * where that is less than half of them the conversation says too little and does not count. It assists once the lower end of alpha's 95%
 * interval reaches the threshold over enough conversations. Pure; `draw` feeds the bootstrap.
 */
export function agreementOf(
  pairs: readonly Pair[],
  needs: { readonly threshold: number; readonly sharedMin: number },
  draw: Draw,
): AgreementView {
  const scored = pairs.flatMap(({ rubric, people, model }) => {
    const common = onlyItems(rubric, new Set(Object.keys(model)));
    if (itemsOf(common).length * 2 < itemsOf(rubric).length) return [];
    const [a, b] = [scoreForm(common, people), scoreForm(common, model)];
    return a.status === 'scored' && b.status === 'scored' ? [[Number(a.score), Number(b.score)] as const] : [];
  });
  const alpha = alphaWithInterval(scored, 'interval', draw);
  const kappa = pairOf(scored);
  return {
    shared: scored.length,
    alpha: alpha && { ...alpha, interval: ends(alpha.interval) },
    kappa: kappa && { value: kappa.value, interval: ends(kappa.interval), units: kappa.units },
    difference: meanOf(scored.map(([people, model]) => model - people)),
    verdict: verdictOf(scored.length, alpha?.interval?.[0] ?? null, needs),
  };
}

function verdictOf(
  shared: number,
  low: number | null,
  { threshold, sharedMin }: { readonly threshold: number; readonly sharedMin: number },
): AgreementView['verdict'] {
  if (shared < sharedMin) return 'tooFew';
  if (low === null) return 'cannotTell';
  return low < threshold ? 'below' : 'earned';
}

function onlyItems(rubric: Rubric, kept: ReadonlySet<string>): Rubric {
  const categories = rubric.categories.map((each) => ({ ...each, items: each.items.filter(({ id }) => kept.has(id)) }));
  return { ...rubric, categories: categories.filter(({ items }) => items.length > 0) };
}

const ends = (interval: readonly [number, number] | null): [number, number] | null => interval && [...interval];

/** One task in five is judged without a look at the suggestion, so that agreement goes on being measured. */
export const isHeldOut = (task: number): boolean => seededDraws(`held out ${task}`)() < 0.2;
