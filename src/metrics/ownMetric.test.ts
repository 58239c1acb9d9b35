import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { aSession, at, RawRows, says, timeZone } from '../facts/testing.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { composeMetric } from './composeMetric.ts';
import { ownRequest } from './definitionVersions.ts';
import { factNames, factParts } from './factParts.ts';
import { checkOwnMetric, readOwnMetric } from './ownMetricIssues.ts';
import { parsePeriod } from './period.ts';
import { queryMetrics } from './queryMetrics.ts';

const quick = {
  format: 1,
  id: 'own_quick',
  name: { zh: '二十秒回复率', en: 'Replies within 20 s' },
  fact: 'sessions',
  numerator: { of: 'rows', where: [{ column: 'first_reply', op: '<=', value: 20 }] },
  denominator: { of: 'rows', where: [{ column: 'replied', op: '=', value: true }] },
  ...{ unit: 'percent', better: 'higher', credited: 'F', counted: 'start', minN: 1 },
};
const issuesOf = (metric: object) => checkOwnMetric(metric).issues.map(({ path, code }) => `${path} ${code}`);
const composed = (metric: object) => {
  const { metric: own, issues } = checkOwnMetric(metric);
  if (!own) throw new Error(JSON.stringify(issues));
  return composeMetric(own);
};

let stores: TestStores;
beforeAll(async () => {
  stores = await startTestStores();
  const raw = new RawRows(stores);
  const channels = ['微信', "x' OR '1'='1", 'back\\slash', '网页'];
  await raw.put(
    'sessions',
    channels.map((channel, i) => aSession(`s${i}`, `10:0${i}:00`, { channel, assigned_agent_id: 'A' })),
  );
  await raw.put('messages', [
    ...channels.map((_, i) => says(`s${i}`, `10:0${i}:00`, 'customer')),
    says('s0', '10:00:20', 'agent'),
    says('s1', '10:01:20.001', 'agent'),
    says('s2', '10:02:05', 'agent'),
  ]);
  await raw.put(
    'agents',
    ['A', 'B'].map((agent_id) => ({ agent_id, name: agent_id, team: '甲组', valid_from: '2026-01-01' })),
  );
  await raw.put('incidents', [{ agent_id: 'A', at: at('10:00:00'), item: 'language', status: 'confirmed' }]);
  await raw.derive();
});
afterAll(() => stores.close());

const ask = (metric: object, by: readonly ('agent' | 'channel')[] = []) => {
  const own = composed(metric);
  return queryMetrics(stores.clickhouse, {
    ...{ period: parsePeriod('2026-10', timeZone), by, timeZone, now: Date.parse('2026-12-01T00:00:00Z') },
    metrics: [ownRequest(own.id, own)],
  });
};
const told = async (metric: object) => {
  const [row] = await ask(metric);
  return [row?.numerator, row?.denominator, row?.value];
};

describe('a metric of one’s own', () => {
  it('counts what it says: 2 of 3 replied within 20.000 s', async () => {
    expect(await told(quick)).toEqual(['2', '3', '66.66666666666666666666666666666667']);
  });

  it('sums durations into its unit, only of rows that have one', async () => {
    const mean = { ...quick, unit: 'seconds', numerator: { of: 'sum', column: 'first_reply' } };
    expect(await told(mean)).toEqual(['45.001', '3', '15.00033333333333333333333333333333']);
    expect(await told({ ...mean, unit: 'minutes', denominator: undefined })).toMatchObject([
      '0.7500166666666666666666666666666666666667',
      '1',
      expect.any(String),
    ]);
  });

  it('a comparison never holds where the column has no value', async () => {
    const slow = (op: string) => ({
      ...quick,
      numerator: { of: 'rows', where: [{ column: 'first_reply', op, value: 20 }] },
    });
    const all = { denominator: { of: 'rows' } };
    expect(await told({ ...slow('>'), ...all })).toMatchObject(['1', '4', '25']);
    expect(await told({ ...slow('!='), ...all })).toMatchObject(['2', '4', '50']);
    const unset = { of: 'rows', where: [{ column: 'first_reply', op: 'unset' }] };
    expect(await told({ ...quick, ...all, numerator: unset })).toMatchObject(['1', '4', '25']);
  });

  it.each(["x' OR '1'='1", 'back\\slash', '微信'])(
    'the text %j is compared as text, whatever is in it',
    async (channel) => {
      const where = [{ column: 'channel', op: '=', value: channel }];
      expect(await told({ ...quick, denominator: { of: 'rows' }, numerator: { of: 'rows', where } })).toMatchObject([
        '1',
        '4',
        '25',
      ]);
      const others = [{ column: 'channel', op: 'notIn', values: [channel, "'); DROP TABLE session_facts; --"] }];
      expect(
        await told({ ...quick, denominator: { of: 'rows' }, numerator: { of: 'rows', where: others } }),
      ).toMatchObject(['3', '4', '75']);
    },
  );

  it('of things that may not happen, somebody employed to whom none happened has 0, whatever is filtered', async () => {
    const where = [{ column: 'item', op: '=', value: 'language' }];
    const counts = {
      ...quick,
      fact: 'incidents',
      credited: 'P',
      counted: 'event',
      unit: 'count',
      denominator: undefined,
    };
    for (const metric of [
      { ...counts, where, numerator: { of: 'rows' } },
      { ...counts, numerator: { of: 'rows', where } },
    ]) {
      const rows = await ask(metric, ['agent']);
      expect(rows.map(({ key, value }) => [key.agent, value])).toEqual([
        ['A', '1'],
        ['B', '0'],
      ]);
    }
  });

  const every = factNames.flatMap((fact) =>
    Object.keys(factParts(fact).columns).map((column) => ({
      fact,
      column,
      type: factParts(fact).columns[column]?.type,
    })),
  );
  it.each(every)(
    '$fact.$column is a column that the engine has, of the type it says',
    async ({ fact, column, type }) => {
      const parts = factParts(fact);
      const value =
        type === 'flag' ? true : type === 'text' ? '甲' : type === 'choice' ? parts.columns[column]?.choices?.[0] : 1;
      const counted = Object.keys(parts.counted);
      for (const rule of counted) {
        const metric = {
          ...quick,
          ...{ fact, credited: Object.keys(parts.credited)[0] ?? 'G', counted: rule, unit: 'count' },
          numerator: { of: 'rows', where: [{ column, op: '=', value }] },
          denominator: undefined,
          ...(rule === 'window' ? { windowHours: 24 } : {}),
        };
        await expect(ask(metric)).resolves.toHaveLength(1);
        if (type === 'flag' || type === 'text' || type === 'choice') continue;
        const unit = type === 'duration' ? 'hours' : 'points';
        await expect(ask({ ...metric, unit, numerator: { of: 'sum', column } })).resolves.toHaveLength(1);
      }
    },
  );
});

describe('what is wrong with a metric', () => {
  it('every issue is told with its place, at once', () => {
    const wrong = {
      ...quick,
      ...{ id: 'Own', unit: 'furlong', credited: 'R', minN: 0, sql: 'SELECT 1', name: { zh: '' } },
      where: [
        { column: 'channel', op: 'like', value: '%' },
        { column: 'no_such', op: '=', value: 1 },
      ],
      numerator: { of: 'sum', column: 'channel' },
    };
    expect(issuesOf(wrong).sort()).toEqual([
      'credited shape.choice',
      'id id.form',
      'minN shape.tooShort',
      'name.en shape.missing',
      'name.zh shape.tooShort',
      'numerator.column shape.choice',
      'sql shape.unknownKey',
      'unit shape.choice',
      'where[0].op shape.choice',
      'where[1].column shape.choice',
    ]);
  });

  it('without a fact that exists, the rest is told too', () => {
    expect(issuesOf({ ...quick, fact: 'session_facts', minN: '1' })).toEqual(['fact shape.choice', 'minN shape.type']);
  });

  it.each([
    [{ unit: 'seconds' }, 'unit unit.time'],
    [{ unit: 'count', numerator: { of: 'sum', column: 'length' } }, 'unit unit.notTime'],
    [{ unit: 'percent', numerator: { of: 'sum', column: 'length' } }, 'unit unit.share'],
    [{ denominator: undefined }, 'denominator unit.needsDenominator'],
    [{ windowHours: 24 }, 'windowHours window.unused'],
    [{ fact: 'outcomes', credited: 'O', counted: 'window', numerator: { of: 'rows' } }, 'windowHours window.missing'],
    [{ where: [{ column: 'length', op: 'between', from: 9, to: 3 }] }, 'where[0] filter.order'],
  ])('%j gives %s', (change, issue) => {
    const denominator = 'fact' in change ? { denominator: { of: 'rows' } } : {};
    expect(issuesOf({ ...quick, ...denominator, ...change })).toEqual([issue]);
  });

  const hostile = [
    "'; DROP TABLE session_facts; --",
    "own_x' OR '1'='1",
    '__proto__',
    'constructor',
    'toString',
    '{x:Int64}',
  ];
  it.each(hostile)('%j is refused in every field that is not free text', (text) => {
    const filter = { column: 'first_reply', op: '<=', value: 20 };
    const tries: object[] = [
      ...[
        'id',
        'fact',
        'unit',
        'better',
        'credited',
        'counted',
        'minN',
        'windowHours',
        'format',
        'where',
        'numerator',
      ].map((field) => ({ ...quick, [field]: text })),
      ...['column', 'op', 'value'].map((field) => ({ ...quick, where: [{ ...filter, [field]: text }] })),
      ...['of', 'column', 'where'].map((field) => ({
        ...quick,
        numerator: { of: 'sum', column: 'length', [field]: text },
      })),
      { ...quick, [text === '__proto__' ? 'prototype' : text]: 1 },
    ];
    for (const metric of tries)
      expect([JSON.stringify(metric), checkOwnMetric(metric).metric]).toEqual([JSON.stringify(metric), null]);
  });

  it('a number that is none, endless or too fine is refused', () => {
    const where = (value: unknown) => ({ ...quick, where: [{ column: 'first_reply', op: '<', value }] });
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 1e12, 0.0001, '20', null, [20], { valueOf: 20 }])
      expect([value, checkOwnMetric(where(value)).metric]).toEqual([value, null]);
  });

  it('10,000 filters, a huge text and a YAML bomb each get an answer within a second', () => {
    const many = {
      ...quick,
      where: Array.from({ length: 10_000 }, () => ({ column: 'replied', op: '=', value: true })),
    };
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
      .split('')
      .map((c, i) => `${c}: &${c} [${Array(10).fill(`*${'abcdefghij'[i]}`).join(',')}]`)
      .join('\n')}`;
    const started = performance.now();
    expect(issuesOf(many)).toEqual(['where shape.tooLong']);
    expect(readOwnMetric('x'.repeat(10_000_000)).issues.map(({ code }) => code)).toEqual(['text.tooLong']);
    expect(readOwnMetric(bomb).issues.map(({ code }) => code)).toEqual(['text.aliases']);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('YAML that is no YAML, nothing at all and a list are refused by name', () => {
    expect(readOwnMetric('{').issues[0]?.code).toBe('text.notYaml');
    for (const text of ['', '[]', 'null', '42']) expect(readOwnMetric(text).metric).toBe(null);
    expect(readOwnMetric(stringify(quick)).issues).toEqual([]);
  });
});
