import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue, readMetricRequest } from '../src/metrics/catalogue.ts';
import { funnelSchema } from '../src/metrics/comparisonSchemas.ts';
import { intervalOf, unitFactor } from '../src/metrics/interval.ts';
import { parsePeriod } from '../src/metrics/period.ts';
import { queryMetrics } from '../src/metrics/queryMetrics.ts';
import { queryCaseMix, querySpread } from '../src/metrics/querySpread.ts';
import { canStandardise } from '../src/metrics/standardise.ts';
import { readEvidence } from '../src/metrics/verbs/readEvidence.ts';
import { readFunnel } from '../src/metrics/verbs/readFunnel.ts';
import { type Actor, ownerOfTheMachine } from '../src/people/actor.ts';
import type { Deps } from '../src/platform/http.ts';
import { silentLog } from '../src/platform/log.ts';
import { startTestStores, type TestStores } from '../src/platform/testing.ts';
import { putDemoMonths } from './demoMonths.ts';

const timeZone = 'Asia/Shanghai';
const now = Date.parse('2026-11-05T00:00:00Z');
let stores: TestStores;
let deps: Deps;
const question = { period: parsePeriod('2026-10', timeZone), timeZone, now };

beforeAll(async () => {
  stores = await startTestStores();
  await putDemoMonths(stores, { seed: 11, agents: 20, months: 2, until: '2026-10-31' }, now);
  deps = {
    stores,
    now: () => now,
    timeZone,
    log: silentLog,
  };
});
afterAll(() => stores?.close());

describe('of every metric of the catalogue', () => {
  test('the interval holds the figure it is about, and rests on exactly the same sums', async () => {
    const compared: string[] = [];
    for (const { id, dimensions } of catalogue) {
      if (!dimensions.includes('agent')) continue;
      const request = readMetricRequest(id);
      const [figures, spreads] = await Promise.all([
        queryMetrics(stores.clickhouse, { ...question, by: ['agent'], metrics: [id] }),
        querySpread(stores.clickhouse, request, { ...question, by: ['agent'] }),
      ]);
      for (const { key, spread } of spreads) {
        const figure = figures.find((row) => row.key.agent === key.agent);
        if (!figure || figure.value === null) continue;
        const value =
          request.metric.form === 'count'
            ? (Number(spread.x) * request.metric.numeratorTimes) / request.metric.numeratorScale
            : (Number(spread.x) / Number(spread.y)) * unitFactor(request.metric);
        expect([id, key.agent, value]).toEqual([id, key.agent, expect.closeTo(Number(figure.value), 6)]);
        const { low, high } = intervalOf(request.metric, spread);
        if (low === null || high === null) continue;
        expect([id, low <= value + 1e-9 && value - 1e-9 <= high]).toEqual([id, true]);
        compared.push(id);
      }
    }
    expect(new Set(compared).size).toBeGreaterThan(15);
  });

  test('the evidence adds up to the figure', async () => {
    const figures = await queryMetrics(stores.clickhouse, { ...question, by: [] });
    const checked: string[] = [];
    for (const { metric, numerator, denominator, status } of figures) {
      const { form } = readMetricRequest(metric).metric;
      if (status === 'noData' || form === 'volatility') continue;
      const told = await readEvidence(deps, ownerOfTheMachine, { metric, period: '2026-10', filter: {}, cursor: '' });
      expect([metric, told.numerator, told.denominator]).toEqual([metric, numerator, denominator]);
      // Nothing stands behind a count of nothing.
      expect([metric, told.rows.length > 0]).toEqual([metric, form !== 'count' || numerator !== '0']);
      checked.push(metric);
    }
    expect(checked.length).toBeGreaterThan(50);
  });

  test('that has circumstances, what was expected of all adds up to what was observed', async () => {
    const mixed = catalogue.filter(canStandardise);
    expect(mixed.length).toBeGreaterThan(8);
    for (const { id } of mixed) {
      const mix = await queryCaseMix(stores.clickhouse, readMetricRequest(id), question);
      const expected = [...(mix?.agents.values() ?? [])].reduce((sum, agent) => sum + Number(agent.expected), 0);
      expect([id, expected]).toEqual([id, expect.closeTo(Number(mix?.overall.numerator), 3)]);
    }
  });
});

describe('a funnel', () => {
  test('shows everybody within limits that come from all, with the standardised value beside the raw one', async () => {
    for (const metric of ['csat_rate', 'first_response_seconds', 'complaint_rate', 'reply_3min_rate']) {
      const funnel = funnelSchema.parse(await readFunnel(deps, ownerOfTheMachine, { metric, period: '2026-10' }));
      expect(funnel.points.length).toBeGreaterThan(12);
      const within = funnel.points.filter(({ place }) => place === 'within').length;
      expect([metric, within > 0]).toEqual([metric, true]);
      const standardised = funnel.points.filter((point) => point.standardised !== null).length;
      expect([metric, standardised > 0]).toEqual([metric, metric !== 'complaint_rate']);
    }
  });

  test('of a supervisor holds their own people, at the same limits and standardised values as everybody sees', async () => {
    const [{ team } = { team: '' }] = await stores.clickhouse.all.query<{ team: string }>(
      `SELECT team FROM agent_history WHERE team != '' LIMIT 1`,
    );
    const supervisor: Actor = {
      ...{ userId: 's', name: 's', role: 'supervisor', scope: { kind: 'teams', teams: [team] }, agentId: null },
    };
    const asked = { metric: 'csat_rate', period: '2026-10' };
    const [all, own] = [await readFunnel(deps, ownerOfTheMachine, asked), await readFunnel(deps, supervisor, asked)];
    expect(own.points.length).toBeGreaterThan(2);
    expect(own.points.length).toBeLessThan(all.points.length);
    expect(own.centre).toBe(all.centre);
    for (const point of own.points) expect(all.points).toContainEqual(point);
  });
});
