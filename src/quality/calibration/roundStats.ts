import type { Draw } from '../../metrics/seededDraws.ts';
import { alphaWithInterval } from '../agreement/alpha.ts';
import { cohenKappa, fleissWithInterval, tableOf } from '../agreement/kappa.ts';
import { accuracyOf, differencesOf, driftOf, type Given, severityOf, spreadOf } from '../agreement/raters.ts';
import type { Marks } from '../rubrics/marksSchema.ts';
import { itemsOf } from '../rubrics/points.ts';
import type { Rubric } from '../rubrics/rubricSchema.ts';

/** One form handed in within a round. */
export interface Rated {
  readonly place: number;
  readonly member: string;
  readonly marks: Marks;
  readonly score: number;
  readonly atMs: number;
}

/** The forms of a round, and whose scores are its baseline; null: the median's. */
export interface RatedRound {
  readonly rated: readonly Rated[];
  readonly expert: string | null;
}

/**
 * What a round says of its raters: agreement over all with intervals, spread and agreed score of each record, severity, drift and accuracy of each
 * rater, agreement of every two, and item by item. The agreed score is the expert's, else the median where the raters are together.
 * `earlier`: the closed rounds before it, over which a rater's tendency is told as well. Pure; `draw` feeds the bootstrap.
 */
export function roundStats(rubric: Rubric, { rated, expert }: RatedRound, earlier: readonly RatedRound[], draw: Draw) {
  const places = [...new Set(rated.map(({ place }) => place))].sort((a, b) => a - b);
  const members = [...new Set(rated.map(({ member }) => member))].sort();
  const scoreOf = (place: number, member: string) =>
    rated.find((each) => each.place === place && each.member === member)?.score ?? null;
  const units = places.map((place) => members.map((member) => scoreOf(place, member)));
  const agreed = agreedOf({ rated, expert });
  const records = places.map((place) => {
    const spread = spreadOf(rated.filter((each) => each.place === place).map(({ score }) => score));
    return {
      place,
      spread: spread?.spread ?? null,
      tooWide: spread?.tooWide ?? false,
      agreed: agreed.get(String(place)) ?? null,
    };
  });
  return {
    alpha: alphaWithInterval(units, 'interval', draw),
    records,
    raters: members.map((member) => {
      const differences = differencesIn({ rated, expert }, member);
      const rounds = [
        ...earlier.filter((round) => round.rated.some((each) => each.member === member)),
        { rated, expert },
      ];
      const all = rounds.flatMap((round) => differencesIn(round, member));
      return {
        member,
        severity: severityOf(differences),
        // One sitting shows no change: over all rounds one does.
        overall: { rounds: rounds.length, severity: severityOf(all), drift: driftOf(all) },
        accuracy:
          member === expert
            ? null
            : accuracyOf(
                givenIn(rated).filter(({ rater }) => rater === member),
                agreed,
              ),
      };
    }),
    items: itemsOf(rubric).map((item) => itemStats(item.id, item.levels, rated, places, members, draw)),
    pairs: members.flatMap((first, i) =>
      members.slice(i + 1).flatMap((second) => {
        const both = places.map((place) => [bandOf(scoreOf(place, first)), bandOf(scoreOf(place, second))] as const);
        const shared = both.filter(([a, b]) => a !== null && b !== null).length;
        return shared === 0 ? [] : [{ first, second, shared, ...kappasOf(tableOf(both, bands)) }];
      }),
    ),
  };
}

const givenIn = (rated: readonly Rated[]): Given[] =>
  rated.map(({ member, place, score, atMs }) => ({ rater: member, record: String(place), score, atMs }));

/** Of each record the expert's score, else the median of two or more that are together. */
function agreedOf({ rated, expert }: RatedRound): ReadonlyMap<string, number> {
  const agreed = new Map<string, number>();
  for (const place of new Set(rated.map((each) => each.place))) {
    const own = rated.filter((each) => each.place === place);
    const spread = spreadOf(own.map(({ score }) => score));
    const score = own.find(({ member }) => member === expert)?.score ?? (spread?.tooWide ? undefined : spread?.median);
    if (score !== undefined) agreed.set(String(place), score);
  }
  return agreed;
}

/** Whoever is the baseline is measured against the others. */
const differencesIn = (round: RatedRound, member: string) =>
  differencesOf(givenIn(round.rated), member, member === round.expert ? new Map() : agreedOf(round));

/** How far raters chose the same level of an item; levels are in order, best first, and what does not apply is no value. */
function itemStats(
  id: string,
  levels: readonly { readonly id: string }[],
  rated: readonly Rated[],
  places: readonly number[],
  members: readonly string[],
  draw: Draw,
) {
  const levelOf = (place: number, member: string) => {
    const mark = rated.find((each) => each.place === place && each.member === member)?.marks[id];
    const level = levels.findIndex((each) => each.id === mark?.level);
    return level < 0 ? null : level;
  };
  const units = places.map((place) => members.map((member) => levelOf(place, member)));
  const counts = units.map((unit) => levels.map((_, level) => unit.filter((each) => each === level).length));
  const full = counts.filter((row) => row.reduce((sum, count) => sum + count, 0) === members.length);
  const alike = units.map((unit) => unit.filter((each) => each !== null)).filter((unit) => unit.length >= 2);
  const same = alike.filter((unit) => unit.every((each) => each === unit[0])).length;
  const two = units.map(([first = null, second = null]) => [first, second] as const);
  const scale = levels.map((_, level) => level);
  return {
    item: id,
    same,
    of: alike.length,
    nominal: alphaWithInterval(units, 'nominal', draw),
    alpha: alphaWithInterval(units, 'ordinal', draw),
    fleiss: members.length > 2 ? fleissWithInterval(full, draw) : null,
    cohen: members.length === 2 ? kappasOf(tableOf(two, scale)) : null,
  };
}

const bands = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const bandOf = (score: number | null | undefined) => (score == null ? null : Math.min(9, Math.floor(score / 10)));

const kappasOf = (table: readonly (readonly number[])[]) => ({
  plain: cohenKappa(table),
  linear: cohenKappa(table, 'linear'),
  quadratic: cohenKappa(table, 'quadratic'),
});

/** Two raters: their scores in bands of ten points, by weighted kappa over all ten bands. */
export const pairOf = (units: readonly (readonly (number | null)[])[]) =>
  cohenKappa(
    tableOf(
      units.map(([first, second]) => [bandOf(first), bandOf(second)]),
      bands,
    ),
    'quadratic',
  );

/** Rows of the open format of a closed round: every rater's score, and the agreed one that accuracy is measured by. */
export function roundFacts(
  records: readonly {
    readonly place: number;
    readonly sessionId: string;
    readonly agentId: string;
    readonly month: string;
  }[],
  rated: readonly (Pick<Rated, 'place' | 'member'> & { readonly by: string; readonly score: string })[],
  agreed: ReadonlyMap<number, string>,
  {
    id,
    factsRevision,
    ownRecord,
  }: { readonly id: number; readonly factsRevision: number; readonly ownRecord: boolean },
): Readonly<Record<string, string>>[] {
  return records.flatMap(({ place, sessionId, agentId, month }) => {
    const given = { agent_id: agentId, period: month, note: '', revision: String(factsRevision) };
    const item = `qa:${sessionId}${ownRecord ? `#calibration:${id}` : ''}`;
    const scores = rated
      .filter((each) => each.place === place)
      .map(({ by, score }) => ({ ...given, item, value: score, by }));
    const right = agreed.get(place);
    return right === undefined || scores.length === 0
      ? scores
      : [...scores, { ...given, item: `calibrated:${item}`, value: right, by: 'calibration' }];
  });
}
