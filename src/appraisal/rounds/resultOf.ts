import { seededDraws, shuffled } from '../../metrics/seededDraws.ts';
import type { AssessmentForm } from '../../scores/assessmentFormSchema.ts';
import { type Fraction, fraction, toFixed } from '../../scores/fraction.ts';
import { type Answers, placesOf } from '../assessments/answers.ts';
import { meanPoints, pointsOf } from '../assessments/worth.ts';
import { type Group, groups, type Perspective, ratersMin } from './perspectives.ts';
import { trimmedMean } from './trimmedMean.ts';

/** A rating that was handed in. */
export interface GivenRating {
  readonly rater: string;
  readonly perspective: Perspective;
  readonly answers: Answers;
  readonly comment: string;
}
export interface GroupResult {
  readonly perspective: Group;
  readonly raters: number;
  readonly value: string;
  /** By question; null where fewer than three of the group judged it. */
  readonly questions: Readonly<Record<string, string | null>>;
}
export interface RoundResult {
  /** Over all raters of the groups shown; null where none is. */
  readonly total: string | null;
  readonly raters: number;
  readonly groups: readonly GroupResult[];
  /** Groups in which somebody rated, but fewer than three: nothing of them is told. */
  readonly hidden: readonly Group[];
  /** Beside the others', in no total. */
  readonly self: {
    readonly value: string | null;
    readonly questions: Readonly<Record<string, string | null>>;
    readonly comment: string;
  } | null;
  /** Sentences of the groups shown, in an order by lot. */
  readonly comments: readonly string[];
}

/** As many decimals as the raw table keeps, so that the figure is made from the same values as the page. */
const storedDecimals = 6;
const shownDecimals = 2;
const shown = (value: Fraction | null): string | null => (value === null ? null : toFixed(value, shownDecimals));

type Form = Pick<AssessmentForm, 'asks' | 'name'>;

/** What a rating is worth, as it is stored; null where its rater could judge nothing. */
export function ratingValue(form: Form, answers: Answers): string | null {
  const mean = meanPoints(placesOf(form, []), answers);
  return mean === null ? null : toFixed(mean, storedDecimals);
}

/** The ratings of groups with at least three raters who judged something: what is shown, sent and counted. */
export function countedRatings(form: Form, ratings: readonly GivenRating[]) {
  const valued = ratings.flatMap((rating) => {
    const value = ratingValue(form, rating.answers);
    return value === null || rating.perspective === 'self' ? [] : [{ ...rating, group: rating.perspective, value }];
  });
  return groups.flatMap((group) => {
    const own = valued.filter((rating) => rating.group === group);
    return own.length >= ratersMin ? own : [];
  });
}

/** What a person is told of a round. The same ratings in whatever order give the same. */
export function resultOf(form: Form, ratings: readonly GivenRating[], seed: string): RoundResult {
  const counted = countedRatings(form, ratings);
  const self = ratings.find(({ perspective }) => perspective === 'self');
  const rated = new Set(
    ratings.flatMap(({ perspective, answers }) =>
      perspective !== 'self' && ratingValue(form, answers) !== null ? [perspective] : [],
    ),
  );
  return {
    total: shown(trimmedMean(counted.map(({ value }) => fraction(value)))),
    raters: counted.length,
    groups: groups.flatMap((perspective): GroupResult[] => {
      const own = counted.filter(({ group }) => group === perspective);
      const value = shown(trimmedMean(own.map((rating) => fraction(rating.value))));
      if (value === null) return [];
      return [{ perspective, raters: own.length, value, questions: byQuestion(form, own, ratersMin) }];
    }),
    hidden: groups.filter((group) => rated.has(group) && !counted.some((rating) => rating.group === group)),
    self: self
      ? {
          value: shown(meanPoints(placesOf(form, []), self.answers)),
          questions: byQuestion(form, [self], 1),
          comment: self.comment,
        }
      : null,
    comments: mixedSentences(
      counted.map(({ comment }) => comment),
      seed,
    ),
  };
}

function byQuestion(form: Form, ratings: readonly Pick<GivenRating, 'answers'>[], least: number) {
  return Object.fromEntries(
    placesOf(form, []).map((place) => {
      const points = ratings.flatMap(({ answers }) => pointsOf(place, answers[place.key]) ?? []);
      return [place.key, points.length < least ? null : shown(trimmedMean(points))];
    }),
  );
}

/** Comments cut into sentences and mixed by lot: neither order nor neighbours tell who wrote what. */
export function mixedSentences(comments: readonly string[], seed: string): string[] {
  // Sorted first, so that the order in which they came leaves no trace.
  return shuffled(comments.flatMap(sentencesOf).sort(), seededDraws(`${seed} comments`));
}

/** Ends at 。！？； and line ends, at . ! ? ; before a space; list marks go, stops stay. */
export function sentencesOf(comment: string): string[] {
  return comment
    .split(/(?<=[。！？；!?…])(?![。！？；!?…”’」』）)])|(?<=[.;])\s+|[\r\n]+/u)
    .map((sentence) => sentence.trim().replace(/^(?:[-*•·]|\d{1,2}[.、)）])\s*/u, ''))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** The rows of one subject, each under a number by lot within its group; in an order by lot. */
export function anonymousRatings(
  form: Form,
  ratings: readonly GivenRating[],
  seed: string,
): { group: Group; number: number; value: string }[] {
  const counted = [...countedRatings(form, ratings)].sort((a, b) =>
    a.rater < b.rater ? -1 : a.rater > b.rater ? 1 : 0,
  );
  const mixed = shuffled(counted, seededDraws(`${seed} numbers`));
  return mixed.map(({ group, value }, i) => ({
    ...{ group, value },
    number: mixed.slice(0, i + 1).filter((other) => other.group === group).length,
  }));
}
