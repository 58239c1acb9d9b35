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

/**
 * What a round says of its raters: agreement over all with intervals, spread and agreed score of each record, severity, drift and accuracy of each
 * rater, agreement item by item. The agreed score is the expert's, else the median. Pure; `draw` feeds the bootstrap.
 */
export function roundStats(rubric: Rubric, rated: readonly Rated[], expert: string | null, draw: Draw) {
  const places = [...new Set(rated.map(({ place }) => place))].sort((a, b) => a - b);
  const members = [...new Set(rated.map(({ member }) => member))].sort();
  const scoreOf = (place: number, member: string) =>
    rated.find((each) => each.place === place && each.member === member)?.score ?? null;
  const units = places.map((place) => members.map((member) => scoreOf(place, member)));
  const records = places.map((place) => {
    const given = rated.filter((each) => each.place === place).map(({ score }) => score);
    const spread = spreadOf(given);
    const agreed = (expert === null ? null : scoreOf(place, expert)) ?? spread?.median ?? null;
    return { place, spread: spread?.spread ?? null, tooWide: spread?.tooWide ?? false, agreed };
  });
  const agreed = new Map(
    records.flatMap(({ place, agreed: score }) => (score === null ? [] : [[String(place), score]])),
  );
  const given: Given[] = rated.map(({ member, place, score, atMs }) => ({
    rater: member,
    record: String(place),
    score,
    atMs,
  }));
  return {
    alpha: alphaWithInterval(units, 'interval', draw),
    records,
    raters: members.map((member) => {
      const own = given.filter(({ rater }) => rater === member);
      // Whoever is the baseline is measured against the others.
      const against = member === expert ? new Map<string, number>() : agreed;
      const differences = differencesOf(given, member, against);
      return {
        member,
        severity: severityOf(differences),
        drift: driftOf(differences),
        accuracy: member === expert ? null : accuracyOf(own, agreed),
      };
    }),
    items: itemsOf(rubric).map((item) => itemStats(item.id, item.levels, rated, places, members, draw)),
    pair: members.length === 2 ? pairOf(units) : null,
  };
}

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
  return {
    item: id,
    same,
    of: alike.length,
    alpha: alphaWithInterval(units, 'ordinal', draw),
    fleiss: members.length > 2 ? fleissWithInterval(full, draw) : null,
  };
}

/** Two raters: their scores in bands of ten points, by weighted kappa. */
export function pairOf(units: readonly (readonly (number | null)[])[]) {
  const band = (score: number | null | undefined) => (score == null ? null : Math.min(9, Math.floor(score / 10)));
  return cohenKappa(tableOf(units.map(([first, second]) => [band(first), band(second)])), 'quadratic');
}

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
  revision: number,
): Readonly<Record<string, string>>[] {
  return records.flatMap(({ place, sessionId, agentId, month }) => {
    const given = { agent_id: agentId, period: month, note: '', revision: String(revision) };
    const scores = rated
      .filter((each) => each.place === place)
      .map(({ by, score }) => ({ ...given, item: `qa:${sessionId}`, value: score, by }));
    const right = agreed.get(place);
    return right === undefined || scores.length === 0
      ? scores
      : [...scores, { ...given, item: `calibrated:qa:${sessionId}`, value: right, by: 'calibration' }];
  });
}
