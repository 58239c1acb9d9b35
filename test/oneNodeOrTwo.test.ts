import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDemo } from '../src/demo/generateDemo.ts';
import { writeDemo } from '../src/demo/writeDemo.ts';
import { applyErasures } from '../src/erasure/applyErasures.ts';
import { insertErasure } from '../src/erasure/erasureStore.ts';
import { hashOf } from '../src/erasure/idHash.ts';
import { adoptSalt } from '../src/erasure/saltStore.ts';
import type { Dimension } from '../src/metrics/metricValue.ts';
import { parsePeriod } from '../src/metrics/period.ts';
import { requestsUnder } from '../src/metrics/presets.ts';
import { planQuestion, queryMetrics } from '../src/metrics/queryMetrics.ts';
import { readEvidence } from '../src/metrics/verbs/readEvidence.ts';
import { ownerOfTheMachine } from '../src/people/actor.ts';
import { silentLog } from '../src/platform/log.ts';
import { startTestCluster, startTestStores, type TestStores } from '../src/platform/testing.ts';
import { adversarialMonth, emptyDataset, together } from './checks/adversarial.ts';
import { importDatasets, importFolder } from './checks/importForCheck.ts';
import { inspectAll } from './inspectAll.ts';

const timeZone = 'Asia/Shanghai';
const now = Date.parse('2027-03-01T12:00:00+08:00');

let single: TestStores;
let cluster: TestStores;
const folder = mkdtempSync(join(tmpdir(), 'heng-shards-'));

beforeAll(async () => {
  [single, cluster] = await Promise.all([startTestStores(), startTestCluster()]);
  await writeDemo(generateDemo({ seed: 5, agents: 10, months: 1, until: '2026-10-31' }), folder);
  for (const stores of [single, cluster]) {
    await importFolder(stores, folder, now);
    await importDatasets(stores, together([1, 2].map(adversarialMonth)), now);
  }
  await Promise.all([single, cluster].map((stores) => inspectAll(stores, now)));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([single?.close(), cluster?.close()]);
});

interface PlanStep {
  readonly 'Node Type': string;
  readonly Plans?: readonly PlanStep[];
}

/** What first works on the rows that come from another server, for every read from one. */
function remotesUnder(step: PlanStep, above = 'nothing'): string[] {
  const name = step['Node Type'];
  if (name === 'ReadFromRemote') return [above];
  const next = ['Expression', 'Filter', 'Union', 'Sorting'].includes(name) ? above : name;
  return (step.Plans ?? []).flatMap((each) => remotesUnder(each, next));
}

/** Tables that lie in pieces on the shards. */
const onShards =
  /FROM (?:(?:session|ticket|order)_\w+|sales_contacts|inspected_sessions|rule_hits|hit_labels|ratings|events|sessions|messages|tickets|orders)\b/g;

/** SQL without what `view(…)` has shards do. */
function outsideViews(sql: string): string {
  const begins = sql.indexOf('view(');
  if (begins < 0) return sql;
  let ends = begins + 'view('.length;
  for (let open = 1; open > 0; ends++) open += sql[ends] === '(' ? 1 : sql[ends] === ')' ? -1 : 0;
  return sql.slice(0, begins) + outsideViews(sql.slice(ends));
}

const figures = async (stores: TestStores, by: Dimension[]) =>
  await queryMetrics(stores.clickhouse, { period: parsePeriod('2026-10', timeZone), by, timeZone, now });

/** The customers whose facts each shard holds. */
const customersOnShards = () =>
  Promise.all(
    cluster.clickhouse.shards.map(async (shard) => {
      const rows = await shard.query<{ customer_id: string }>(
        `SELECT DISTINCT customer_id FROM (
           SELECT customer_id FROM session_facts FINAL
           UNION ALL SELECT customer_id FROM ticket_facts FINAL
           UNION ALL SELECT customer_id FROM session_outcomes FINAL
           UNION ALL SELECT customer_id FROM order_facts FINAL
           UNION ALL SELECT customer_id FROM sales_contacts FINAL
         ) WHERE customer_id != ''`,
      );
      return rows.map((row) => row.customer_id);
    }),
  );

describe('one node and two shards', () => {
  it.each([
    [[]],
    [['agent']],
    [['team']],
    [['shop', 'day']],
    [['channel']],
    [['queue', 'hour']],
    [['agent', 'priority']],
  ] as [Dimension[]][])('give the same figures to the last digit, by %j', async (by) => {
    const [one, two] = await Promise.all([figures(single, by), figures(cluster, by)]);
    expect(one.filter((row) => row.status !== 'noData').length).toBeGreaterThan(10);
    expect(two).toEqual(one);
  });

  it('give the same medians and percentiles, and the same figures with other clocks and thresholds', async () => {
    const metrics = [
      ...['first_response_seconds:stat=median', 'avg_response_seconds:stat=p90', 'ticket_cycle_hours:stat=p95'],
      ...[
        'avg_response_seconds:clock=business',
        'reply_3min_rate:within=60:clock=customer',
        'ticket_24h_rate:within=6',
      ],
    ];
    const question = { period: parsePeriod('2026-10', timeZone), by: ['agent'] as const, timeZone, now, metrics };
    const [one, two] = await Promise.all([
      queryMetrics(single.clickhouse, question),
      queryMetrics(cluster.clickhouse, question),
    ]);
    expect(new Set(one.filter((row) => row.status !== 'noData').map((row) => row.metric)).size).toBe(metrics.length);
    expect(two).toEqual(one);
  });

  it('join the same sessions of customers who return, by every clock, and list the same behind the figure', async () => {
    const joined = ['calendar', 'business', 'customer'].map(
      (clock) => `first_reply_30s_rate:unreplied=miss:clock=${clock}:hours=all:returns=rejoin`,
    );
    const metrics = [...joined, ...requestsUnder('jd', null)];
    for (const by of [['agent'], ['team', 'hour'], ['queue', 'day']] as Dimension[][]) {
      const question = { period: parsePeriod('2026-10', timeZone), by, timeZone, now, metrics };
      const [one, two] = await Promise.all(
        [single, cluster].map((stores) => queryMetrics(stores.clickhouse, question)),
      );
      expect(new Set(one?.filter((row) => row.status !== 'noData').map((row) => row.metric)).size).toBe(metrics.length);
      expect(two).toEqual(one);
    }
    const input = { metric: joined[0] ?? '', period: '2026-10', filter: { shop: ['甲店', '乙店'] }, cursor: '' };
    const [one, two] = await Promise.all(
      [single, cluster].map((stores) =>
        readEvidence({ stores, now: () => now, timeZone, log: silentLog }, ownerOfTheMachine, input),
      ),
    );
    expect(one?.rows.filter(({ rejoined }) => rejoined.length > 0).length).toBeGreaterThan(2);
    expect(two).toEqual(one);
  });

  it.each([
    [[], []],
    [['agent'], ['first_response_seconds:stat=median', 'avg_response_seconds:stat=p90', 'csat_rate']],
    [['agent'], requestsUnder('jd', null)],
    [['team', 'day'], []],
    [['queue', 'hour'], []],
  ] as [Dimension[], string[]][])('only sums of facts cross from shard to shard, by %j', async (by, metrics) => {
    const { all, cluster: over } = cluster.clickhouse;
    const question = { period: parsePeriod('2026-10', timeZone), by, timeZone, now };
    const { queries, dayQueries, params } = planQuestion(
      { ...question, ...(metrics.length > 0 ? { metrics } : {}) },
      over,
    );
    let counted = 0;
    for (const { sql, requests } of [...queries, ...dayQueries]) {
      const [row] = await all.query<{ explain: string }>(`EXPLAIN json = 1 ${sql}`, { params });
      const [{ Plan: plan }] = JSON.parse(row?.explain ?? '') as [{ Plan: PlanStep }];
      const merged = remotesUnder(plan).filter((above) => above === 'MergingAggregated').length;
      const asked = sql.split("cluster('").length - 1;
      const name = requests.map(({ text }) => text).join(' ');
      expect([name, merged]).toEqual([name, Math.max(asked, merged)]);
      // Of what lies on shards nothing is read but by the shards themselves; but for what docs/scale.md names.
      const rows = outsideViews(sql).replace(/SELECT 1 FROM .*?LIMIT 1/gs, 'whether there is any');
      const gathered = rows.match(onShards) ?? [];
      const lookedUp = requests.some(
        ({ metric, counting }) =>
          ['alerts', 'rescues', 'stateDays'].includes(counting.relation) || metric.id === 'order_value_uplift',
      );
      expect([name, gathered.length > 0 && !lookedUp]).toEqual([name, false]);
      counted += asked;
    }
    expect(counted).toBeGreaterThanOrEqual(metrics.length > 0 ? Math.min(3, queries.length) : 9);
  });

  it.each([
    'messages',
    'session_facts',
    'session_outcomes',
    'ticket_facts',
    'order_facts',
    'sales_contacts',
    'inspected_sessions',
    'rule_hits',
  ])('each shard holds at least 30% of %s', async (table) => {
    const counts = await Promise.all(
      cluster.clickhouse.shards.map(async (shard) =>
        Number((await shard.query<{ n: string }>(`SELECT count() AS n FROM ${table}`))[0]?.n),
      ),
    );
    const all = counts.reduce((sum, count) => sum + count, 0);
    for (const count of counts) expect(count / all).toBeGreaterThan(0.3);
  });

  it.each(['order_facts', 'sales_contacts'])('derive the same %s', async (table) => {
    const sql = `SELECT * EXCEPT version FROM ${table} FINAL ORDER BY ALL`;
    const [one, two] = await Promise.all([single.clickhouse.all.query(sql), cluster.clickhouse.all.query(sql)]);
    expect(one.length).toBeGreaterThan(50);
    expect(two).toEqual(one);
  });

  it.each([
    ['inspected_sessions', 'version, facts_version, inspected_at'],
    ['rule_hits', 'version'],
  ])('find the same in what was said: %s', async (table, differing) => {
    const sql = `SELECT * EXCEPT (${differing}) FROM ${table} FINAL ORDER BY ALL`;
    const [one, two] = await Promise.all([single.clickhouse.all.query(sql), cluster.clickhouse.all.query(sql)]);
    expect(one.length).toBeGreaterThan(1000);
    expect(two).toEqual(one);
  });

  it('keep what was found in a conversation with the conversation', async () => {
    for (const shard of cluster.clickhouse.shards) {
      const [apart] = await shard.query<{ n: string }>(
        'SELECT count() AS n FROM rule_hits WHERE session_id NOT IN (SELECT session_id FROM messages)',
      );
      expect(apart?.n).toBe('0');
    }
  });

  it('keep the sessions, tickets, orders and outcomes of a customer on one shard', async () => {
    const customers = await customersOnShards();
    expect(customers.every((own) => own.length > 10)).toBe(true);
    expect(new Set(customers.flat()).size).toBe(customers.flat().length);
  });

  it('derive the same of customers who were erased, each on one shard, when some of their sessions come to be derived again', async () => {
    const salt = '5a'.repeat(16);
    const eraseAndDerive = async (stores: TestStores) => {
      expect(await adoptSalt(stores.postgres, salt, true)).toBe(true);
      for (const customer of [1, 2].flatMap((month) => [1, 3, 5, 7, 9].map((n) => `C${n}/${month}`))) {
        const what = { kind: 'customer' as const, idHash: hashOf(salt, 'customer', customer) };
        const by = { userId: 'x', name: 'x' };
        await insertErasure(stores.postgres, { what, at: new Date(now), by, reason: 'x' });
      }
      await applyErasures({ stores, now: () => now, log: silentLog });
      await importDatasets(
        stores,
        [{ ...emptyDataset(), calendar: [{ date: '2026-10-09', type: 'outage', shop: '甲店' }] }],
        now,
      );
    };
    await Promise.all([single, cluster].map(eraseAndDerive));
    const [versions] = await cluster.clickhouse.all.query<{ n: string }>(
      `SELECT uniqExact(version) AS n FROM session_facts FINAL WHERE startsWith(customer_id, 'erased-')`,
    );
    expect(Number(versions?.n), 'not all were derived again').toBeGreaterThan(1);
    for (const table of ['session_facts', 'session_outcomes', 'ticket_facts', 'order_facts', 'sales_contacts']) {
      const sql = `SELECT * EXCEPT version FROM ${table} FINAL WHERE startsWith(customer_id, 'erased-') ORDER BY ALL`;
      const [one, two] = await Promise.all([single.clickhouse.all.query(sql), cluster.clickhouse.all.query(sql)]);
      expect([table, one.length > 10]).toEqual([table, true]);
      expect([table, two]).toEqual([table, one]);
    }
    const customers = await customersOnShards();
    expect(new Set(customers.flat()).size).toBe(customers.flat().length);
  });
});
