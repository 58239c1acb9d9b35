import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { seededDraws } from '../../metrics/seededDraws.ts';
import { packageRoot } from '../../platform/root.ts';
import { pairOf, type RatedRound, roundStats } from '../calibration/roundStats.ts';
import type { Rubric } from '../rubrics/rubricSchema.ts';
import { alphaWithInterval, krippendorffAlpha } from './alpha.ts';
import { cohenKappa, fleissKappa, fleissWithInterval, tableOf } from './kappa.ts';
import { accuracyOf, differencesOf, driftOf, type Given, severityOf, spreadOf } from './raters.ts';

const columnsOf = (values: readonly (number | null)[], height: number) =>
  Array.from({ length: values.length / height }, (_, i) => values.slice(i * height, (i + 1) * height));
const unitsOf = (rows: readonly string[]) => {
  const cells = rows.map((row) => row.split(' ').map((cell) => (cell === '*' ? null : Number(cell))));
  return (cells[0] ?? []).map((_, unit) => cells.map((row) => row[unit] ?? null));
};

describe('published examples', () => {
  it('Krippendorff 2011, four coders and twelve units with gaps: nominal .743, ordinal .815, interval .849', () => {
    const units = unitsOf([
      '1 2 3 3 2 1 4 1 2 * * *',
      '1 2 3 3 2 2 4 1 2 5 * 3',
      '* 3 3 3 2 3 4 2 2 5 1 *',
      '1 2 3 3 2 4 4 1 2 5 1 *',
    ]);
    expect(krippendorffAlpha(units, 'nominal')).toBeCloseTo(0.743421052632, 11);
    expect(krippendorffAlpha(units, 'ordinal')).toBeCloseTo(0.8154, 4);
    expect(krippendorffAlpha(units, 'interval')).toBeCloseTo(0.8491, 4);
  });

  it('Cohen’s kappa of a table with an empty category .4842 (standard error .138), linear weights .4701', () => {
    const table = [
      [0, 4, 1],
      [0, 8, 0],
      [0, 1, 5],
    ];
    expect(cohenKappa(table)?.value).toBeCloseTo(0.4842, 4);
    expect(cohenKappa(table)?.standardError).toBeCloseTo(0.138, 3);
    expect(cohenKappa(table, 'linear')?.value).toBeCloseTo(0.4701, 4);
  });

  it('Fleiss’ kappa of ten units and fourteen raters .210', () => {
    const rows = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    expect(fleissKappa(rows)).toBeCloseTo(0.2099, 4);
    const [low, high] = fleissWithInterval(rows, seededDraws('fleiss'))?.interval ?? [1, 0];
    expect(low).toBeLessThan(0.2099);
    expect(high).toBeGreaterThan(0.2099);
  });
});

describe('two raters', () => {
  it('weights of kappa go by how far apart bands are, not by how many others were given between', () => {
    const totals = [
      [95, 85],
      [85, 95],
      [5, 5],
      [95, 95],
    ];
    // By hand: observed (2 + 2 × 80/81) ÷ 4, by chance .648148.
    expect(pairOf(totals)?.value).toBeCloseTo(1 - (1 - (2 + (2 * 80) / 81) / 4) / (1 - 0.6481481481), 8);
  });
});

describe('a rater over several rounds', () => {
  const day = 86_400_000;
  const round = (start: number, li: readonly number[]): RatedRound => ({
    expert: 'expert',
    rated: li.flatMap((score, place) => [
      { place, member: 'li', marks: {}, score, atMs: start * day },
      { place, member: 'expert', marks: {}, score: 80, atMs: start * day },
    ]),
  });

  it('drifts by what changed between the rounds, though each of them is one sitting', () => {
    const rubric = { categories: [] } as unknown as Rubric;
    const [first, second, third] = [round(0, [80, 81]), round(30, [83, 84]), round(60, [86, 87])];
    const li = roundStats(rubric, third, [first, second], seededDraws('a')).raters.find(
      ({ member }) => member === 'li',
    );
    expect(li?.overall.rounds).toBe(3);
    expect(li?.overall.drift?.value).toBeCloseTo(3, 6);
    expect(li?.severity?.value).toBeCloseTo(6.5, 6);
    expect(li?.overall.severity?.value).toBeCloseTo(3.5, 6);
    const alone = roundStats(rubric, third, [], seededDraws('a')).raters.find(({ member }) => member === 'li');
    expect(alone?.overall.drift).toBeNull();
  });
});

describe('what says nothing is no number', () => {
  it('nobody rated twice, or everybody said the same: null, not 0 or 1', () => {
    expect(
      krippendorffAlpha(
        [
          [1, null],
          [null, 2],
        ],
        'nominal',
      ),
    ).toBeNull();
    expect(
      krippendorffAlpha(
        [
          [3, 3],
          [3, 3],
        ],
        'interval',
      ),
    ).toBeNull();
    expect(
      cohenKappa(
        tableOf([
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toBeNull();
    expect(cohenKappa(tableOf([[1, null]]))).toBeNull();
    expect(
      fleissKappa([
        [2, 0],
        [1, 0],
      ]),
    ).toBeNull();
    expect(spreadOf([80])).toBeNull();
  });

  it('few units have a value and no interval; the same seed gives the same interval', () => {
    const few = [
      [1, 2],
      [2, 2],
      [3, 3],
    ];
    expect(alphaWithInterval(few, 'interval', seededDraws('a'))).toMatchObject({ interval: null, units: 3 });
    const many = Array.from({ length: 20 }, (_, i) => [i % 5, (i + (i % 3)) % 5]);
    const once = alphaWithInterval(many, 'ordinal', seededDraws('a'));
    expect(once?.interval).toEqual(alphaWithInterval(many, 'ordinal', seededDraws('a'))?.interval);
    expect(once?.interval?.[0]).toBeLessThan(once?.value ?? 0);
  });
});

describe('raters', () => {
  const day = 86_400_000;
  const given = (rater: string, scores: readonly number[]): Given[] =>
    scores.map((score, i) => ({ rater, record: `r${i}`, score, atMs: i * 10 * day }));

  it('a spread of exactly 9 is still together, 9.01 is recalibrated; the median counts', () => {
    expect(spreadOf([80, 89, 85])).toEqual({ spread: 9, median: 85, tooWide: false });
    expect(spreadOf([80, 89.01, 85, 86])).toMatchObject({ median: 85.5, tooWide: true });
  });

  it('a score exactly 5 away is accurate; records without an agreed score do not count', () => {
    const agreed = new Map([
      ['r0', 85],
      ['r1', 70],
    ]);
    expect(accuracyOf(given('li', [90, 75.5, 20]), agreed)).toMatchObject({ within: 1, of: 2, value: 0.5 });
    expect(accuracyOf(given('li', [90]), new Map())).toBeNull();
  });

  it('who is four points stricter than the others is so, within an interval, and who grows milder by 3 points a month drifts', () => {
    const strict = [76.5, 80, 66, 86.5, 71, 75];
    const all = [
      ...given('li', strict),
      ...given('wu', [80, 84, 70, 90, 75, 80]),
      ...given('xu', [81, 84, 70, 91, 75, 78]),
    ];
    const severity = severityOf(differencesOf(all, 'li'));
    expect(severity?.value).toBeCloseTo(-4, 1);
    expect(severity?.interval?.[1]).toBeLessThan(0);
    const agreed = new Map(strict.map((_, i) => [`r${i}`, 80]));
    const drift = driftOf(differencesOf(given('li', [80, 81, 82, 83, 84.1, 85]), 'li', agreed));
    expect(drift?.value).toBeCloseTo(3, 0);
    expect(drift?.interval?.[0]).toBeGreaterThan(0);
    const sitting = differencesOf(given('li', [80, 81, 82, 83, 84.1, 85]), 'li', agreed);
    expect(driftOf(sitting.map((each, i) => ({ ...each, atMs: i * 1000 })))).toBeNull();
  });
});

const shared = join(packageRoot, '../shared/data');
const here = existsSync(shared);
describe.skipIf(!here)('the public data of ../shared/data (skipped where the folder is absent)', () => {
  const gold = () =>
    z
      .object({
        krippendorff_C_data: z.object({
          values: z.array(z.number().nullable()),
          alpha: z.record(z.string(), z.number()),
        }),
        wikipedia_3coders: z.object({ rows: z.array(z.string()), alpha: z.record(z.string(), z.number()) }),
        fleiss_1971_diagnoses: z.object({ fleiss_kappa: z.number() }),
        cohen_SAS_table10: z.object({
          ...{ table: z.array(z.array(z.number())), kappa: z.number(), std: z.number() },
          weighted_linear_kappa: z.number(),
        }),
      })
      .parse(JSON.parse(readFileSync(join(shared, 'raters/GOLD.json'), 'utf8')));

  it('gold values of alpha, kappa and weighted kappa to four decimals', () => {
    const { krippendorff_C_data, wikipedia_3coders, cohen_SAS_table10, fleiss_1971_diagnoses } = gold();
    const c = columnsOf(krippendorff_C_data.values, 4);
    for (const scale of ['nominal', 'ordinal', 'interval'] as const)
      expect(krippendorffAlpha(c, scale)).toBeCloseTo(krippendorff_C_data.alpha[scale] ?? -9, 4);
    for (const scale of ['nominal', 'interval'] as const)
      expect(krippendorffAlpha(unitsOf(wikipedia_3coders.rows), scale)).toBeCloseTo(
        wikipedia_3coders.alpha[scale] ?? -9,
        4,
      );
    const { table, kappa, weighted_linear_kappa } = cohen_SAS_table10;
    expect(cohenKappa(table)?.value).toBeCloseTo(kappa, 4);
    expect(cohenKappa(table, 'linear')?.value).toBeCloseTo(weighted_linear_kappa, 4);
    const rows = readFileSync(join(shared, 'raters/diagnoses.csv'), 'utf8').trim().split('\n').slice(1);
    const diagnoses = rows.map((row) => row.trim().split(','));
    const names = [...new Set(diagnoses.flat())];
    const counts = diagnoses.map((row) => names.map((name) => row.filter((each) => each === name).length));
    expect(fleissKappa(counts)).toBeCloseTo(fleiss_1971_diagnoses.fleiss_kappa, 4);
  });

  it('the published alphas of 3,700 helpdesk dialogues by 19 annotators', () => {
    const quality = z.object({ A: z.number(), S: z.number(), E: z.number() });
    const dialogues = z
      .array(z.object({ annotations: z.array(z.object({ quality })) }))
      .parse(JSON.parse(gunzipSync(readFileSync(join(shared, 'weibo_helpdesk/train_cn.json.gz'))).toString('utf8')));
    const published = { A: [0.102, 0.259, 0.273], S: [0.12, 0.286, 0.295], E: [0.071, 0.2, 0.193] } as const;
    for (const [asked, [nominal, ordinal, interval]] of Object.entries(published)) {
      const units = dialogues.map(({ annotations }) => annotations.map((each) => each.quality[asked as 'A']));
      expect(krippendorffAlpha(units, 'nominal')).toBeCloseTo(nominal, 3);
      expect(krippendorffAlpha(units, 'ordinal')).toBeCloseTo(ordinal, 3);
      expect(krippendorffAlpha(units, 'interval')).toBeCloseTo(interval, 3);
    }
  });
});
