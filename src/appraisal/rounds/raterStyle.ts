import type { AssessmentForm } from '../../scores/assessmentFormSchema.ts';
import { compare, divide, type Fraction, fraction, subtract, sum, toFixed } from '../../scores/fraction.ts';
import { grouped } from '../../scores/grouped.ts';
import { placesOf } from '../assessments/answers.ts';
import { pointsOf } from '../assessments/worth.ts';
import { ratersMin } from './perspectives.ts';
import { type GivenRating, ratingValue } from './resultOf.ts';

export interface RatedSubject {
  readonly subject: string;
  readonly ratings: readonly GivenRating[];
}

/** How somebody rates, beside the others who rated the same people. */
export interface RaterStyle {
  readonly rater: string;
  /** Ratings handed in about others. */
  readonly ratings: number;
  /** Mean difference from the others' mean for the same person, above 0 milder; null of fewer than three people, which would tell single values. */
  readonly severity: string | null;
  /** People behind the severity. */
  readonly people: number;
  /** Share of the ratings in which every question got the same level, in percent; null of fewer than three with two questions at least. */
  readonly flat: string | null;
  /** Mean distance of the best from the worst question of a rating; null as `flat`. */
  readonly spread: string | null;
}

const enough = 3;
const decimals = 2;
const mean = (values: readonly Fraction[]) => divide(sum(values), fraction(String(values.length)));

/** Severity and halo of every rater, by rater. Self-ratings are not looked at. */
export function raterStyles(
  form: Pick<AssessmentForm, 'asks' | 'name'>,
  subjects: readonly RatedSubject[],
): RaterStyle[] {
  const places = placesOf(form, []);
  const valued = subjects.flatMap(({ ratings }) => {
    const others = ratings.flatMap((rating) => {
      const value = rating.perspective === 'self' ? null : ratingValue(form, rating.answers);
      return value === null ? [] : [{ ...rating, value: fraction(value) }];
    });
    const all = sum(others.map(({ value }) => value));
    return others.map((rating) => ({
      ...rating,
      // Of two the other one would be told; so it takes three.
      off:
        others.length < ratersMin
          ? null
          : subtract(rating.value, divide(subtract(all, rating.value), fraction(String(others.length - 1)))),
    }));
  });
  return [...grouped(valued, ({ rater }) => rater)]
    .map(([rater, own]): RaterStyle => {
      const offs = own.flatMap(({ off }) => off ?? []);
      const spreads = own.flatMap(({ answers }) => {
        const points = places.flatMap((place) => pointsOf(place, answers[place.key]) ?? []).sort(compare);
        const [least] = points;
        const most = points.at(-1);
        return points.length < 2 || !least || !most ? [] : [subtract(most, least)];
      });
      const flat = spreads.filter(({ n }) => n === 0n).length;
      const isTold = spreads.length >= enough;
      return {
        ...{ rater, ratings: own.length, people: offs.length },
        severity: offs.length < enough ? null : toFixed(mean(offs), decimals),
        flat: isTold ? toFixed(divide(fraction(`${flat * 100}`), fraction(String(spreads.length))), decimals) : null,
        spread: isTold ? toFixed(mean(spreads), decimals) : null,
      };
    })
    .sort((a, b) => (a.rater < b.rater ? -1 : 1));
}
