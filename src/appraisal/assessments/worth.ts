import type { AssessmentForm } from '../../scores/assessmentFormSchema.ts';
import { divide, type Fraction, fraction, sum, toFixed } from '../../scores/fraction.ts';
import { type Answers, openPlaces, type Place, placesOf } from './answers.ts';

/** One row of kind assessments: what an item is worth. */
export interface Worth {
  readonly item: string;
  readonly value: string;
}
/** incomplete: some place has no answer. judged: what goes in; nothing where no place could be judged, which is no zero. */
export type FormWorth =
  | { readonly status: 'incomplete'; readonly open: readonly string[] }
  | { readonly status: 'judged'; readonly worth: readonly Worth[] };

const hundred = fraction('100');
const decimals = 2;

/**
 * What a filled form says: the mean of its levels' points, the share of yes among yes and no in percent, or the number. Each line of a checklist
 * of the item `audit` is an item of its own, `audit:LINE`, 1 or 0. Rounded half up to two decimals, once, at the end.
 */
export function worthOf(form: AssessmentForm, tickets: readonly string[], answers: Answers): FormWorth {
  const places = placesOf(form, tickets);
  const open = openPlaces(places, answers);
  if (open.length > 0) return { status: 'incomplete', open: open.map(({ key }) => key) };
  return { status: 'judged', worth: judged(form, places, answers) };
}

function judged({ asks, item }: AssessmentForm, places: readonly Place[], answers: Answers): Worth[] {
  switch (asks.kind) {
    case 'questions': {
      const mean = meanPoints(places, answers);
      return mean === null ? [] : [{ item, value: toFixed(mean, decimals) }];
    }
    case 'checklist': {
      const told = places.filter(({ key }) => answers[key] !== 'na');
      const isYes = ({ key }: Place) => answers[key] === 'yes';
      if (item === 'audit')
        return told.map((place) => ({ item: `audit:${place.key}`, value: isYes(place) ? '1' : '0' }));
      if (told.length === 0) return [];
      const share = divide(fraction(`${told.filter(isYes).length * 100}`), fraction(`${told.length}`));
      return [{ item, value: toFixed(share, decimals) }];
    }
    case 'count': {
      const { count } = answers;
      return count === undefined ? [] : [{ item, value: count }];
    }
    case 'nomination':
      return [];
  }
}

/** The mean of the points given, exact; null where no question could be judged. */
export function meanPoints(places: readonly Place[], answers: Answers): Fraction | null {
  const points = places.flatMap((place) => pointsOf(place, answers[place.key]) ?? []);
  return points.length === 0 ? null : divide(sum(points), fraction(String(points.length)));
}

/** The points of the level that was chosen; null where none was, or it could not be judged. */
export function pointsOf({ asks }: Place, answer: string | undefined): Fraction | null {
  if (asks.kind !== 'level' || answer === undefined || answer === 'na') return null;
  const level = asks.levels[Number(answer) - 1];
  return level ? fraction(level.points) : null;
}

/** What accepted nominations of one person are worth together, up to the form's most; null where none was accepted. */
export function acceptedPoints(accepted: readonly string[], most: string): string | null {
  if (accepted.length === 0) return null;
  const total = sum(accepted.map(fraction));
  const limit = fraction(most);
  return toFixed(total.n * limit.d > limit.n * total.d ? limit : total, decimals);
}

/** Whether points may be given in a decision: more than none, no more than the form allows. */
export function pointsFit(points: string, most: string): boolean {
  const given = fraction(points);
  const limit = fraction(most);
  return given.n > 0n && given.n * limit.d <= limit.n * given.d && limit.n <= hundred.n * limit.d;
}
