import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derive } from '../src/facts/derive.ts';
import { kindNames } from '../src/ingest/kinds.ts';
import type { Dimension } from '../src/metrics/metricValue.ts';
import { parsePeriod } from '../src/metrics/period.ts';
import { queryMetrics } from '../src/metrics/queryMetrics.ts';
import type { ClickHouse } from '../src/platform/clickhouse.ts';
import { type EmbeddedClickHouse, startClickHouse } from '../src/platform/embeddedClickhouse.ts';
import { connectShards, startShards } from '../src/platform/embeddedShards.ts';
import { singleClickHouse } from '../src/platform/externalClickhouse.ts';
import { silentLog } from '../src/platform/log.ts';
import { migrateClickHouse } from '../src/platform/migrateClickhouse.ts';
import { companyOf, elapsed, month, putCompany } from './benchCompany.ts';

const timeZone = 'Asia/Shanghai';
/** HENG_BENCH_MILLIONS=20 asks for as many messages as the figures of facts are measured on. */
const millions = Number(process.env.HENG_BENCH_MILLIONS ?? 1);
const company = companyOf((millions * 1_000_000) / companyOf(1).messagesPerSession);
const splits: readonly (readonly Dimension[])[] = [[], ['agent'], ['team'], ['shop', 'day'], ['queue', 'hour']];
const memoryBytes = 4 * 1024 ** 3;

/** Every metric of the same company on one node, two shards and four: the figures are the same to the last digit, or the run ends. */
export async function run() {
  const rounds: Round[] = [];
  for (const count of [1, 2, 4]) rounds.push(await measure(count));
  const [one] = rounds;
  for (const { count, prints } of rounds)
    for (const [by, print] of Object.entries(prints))
      if (print !== one?.prints[by]) throw new Error(`the figures by [${by}] of ${count} shards are others`);
  return {
    name: 'one node, two shards, four',
    figures: rounds.flatMap(({ count, deriveMs, askMs, leastShare }) => [
      { what: `all facts on ${count}`, value: deriveMs / 1000, unit: 's', reach: '' },
      { what: `72 metrics by agent on ${count}`, value: askMs, unit: 'ms', reach: '' },
      { what: `the least that one of ${count} holds of the messages`, value: leastShare, unit: '', reach: '' },
    ]),
    messages: company.sessions * company.messagesPerSession,
    figuresCompared: one?.rows,
  };
}

interface Round {
  readonly count: number;
  readonly deriveMs: number;
  readonly askMs: number;
  readonly leastShare: number;
  /** By what the figures are split: what they are, as a hash. */
  readonly prints: Readonly<Record<string, string>>;
  readonly rows: number;
}

async function measure(count: number): Promise<Round> {
  const dir = mkdtempSync(join(tmpdir(), 'heng-bench-'));
  const engines =
    count === 1
      ? [await startClickHouse({ dir, log: silentLog, memoryBytes })]
      : await startShards({ dir, count, log: silentLog, memoryBytes });
  try {
    const clickhouse = await connect(engines);
    await putCompany(clickhouse, company);
    const imports = kindNames.map((kind) => ({ id: 1, kind }));
    const deriveMs = await elapsed(() => derive(clickhouse, { version: 1, imports, timeZone }));
    const question = { period: parsePeriod(month.text, timeZone), timeZone, now: month.nowMs };
    const prints: Record<string, string> = {};
    let rows = 0;
    for (const by of splits) {
      const found = await queryMetrics(clickhouse, { ...question, by });
      prints[by.join()] = createHash('sha256').update(JSON.stringify(found)).digest('hex');
      rows += found.length;
    }
    const askMs = await elapsed(() => queryMetrics(clickhouse, { ...question, by: ['agent'] }));
    return { count, deriveMs, askMs, leastShare: await leastOf(clickhouse), prints, rows };
  } finally {
    await Promise.all(engines.map((engine) => engine.close()));
    rmSync(dir, { recursive: true, force: true });
  }
}

async function connect(engines: readonly EmbeddedClickHouse[]): Promise<ClickHouse> {
  const endpoints = engines.map((engine) => engine.endpoint());
  const [endpoint, ...others] = endpoints;
  if (!endpoint) throw new RangeError('no engine');
  if (others.length > 0) return (await connectShards(endpoints, 'heng')).clickhouse;
  const { clickhouse, layout, servers } = await singleClickHouse(() => endpoint);
  for (const server of servers) await migrateClickHouse(server, layout);
  return clickhouse;
}

async function leastOf({ shards }: ClickHouse): Promise<number> {
  const counts = await Promise.all(
    shards.map(async (shard) => {
      const [row] = await shard.query<{ n: string }>('SELECT count() AS n FROM messages');
      return Number(row?.n);
    }),
  );
  return Math.min(...counts) / counts.reduce((sum, each) => sum + each, 0);
}
