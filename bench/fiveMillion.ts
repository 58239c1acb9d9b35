import { compactFacts, derive } from '../src/facts/derive.ts';
import { kindNames } from '../src/ingest/kinds.ts';
import { catalogue } from '../src/metrics/catalogue.ts';
import { parsePeriod } from '../src/metrics/period.ts';
import { queryMetrics } from '../src/metrics/queryMetrics.ts';
import type { ClickHouseConnection } from '../src/platform/clickhouse.ts';
import { benchCompany, elapsed, month, percentile, size } from './benchCompany.ts';
import { metricsByHand } from './metricsByHand.ts';
import { differences, type Figures, figuresByHand, figuresOf } from './sameFigures.ts';

const timeZone = 'Asia/Shanghai';
const period = parsePeriod(month.text, timeZone);
const times = 5;
const rounds = 11;

/** All metrics by agent for a month of five million sessions, beside hand-written SQL of the same figures in the same run. */
export async function run() {
  const stores = await benchCompany();
  try {
    const { clickhouse } = stores;
    await derive(clickhouse, { version: 1, imports: kindNames.map((kind) => ({ id: 1, kind })), timeZone });
    await multiply(clickhouse.all);
    await compactFacts(clickhouse);
    const [held] = await clickhouse.all.query<{ sessions: string }>(
      'SELECT count() AS sessions FROM session_facts FINAL',
    );
    if (Number(held?.sessions) !== size.sessions * times) throw new Error(`${held?.sessions} sessions`);
    const question = { period, by: ['agent'] as const, timeZone, now: month.nowMs };
    const known = metricsByHand.flatMap(({ metrics }) => metrics);
    const same = differences(
      figuresOf(await queryMetrics(clickhouse, { ...question, metrics: known })),
      await byHand(clickhouse.all),
    );
    if (same.length > 0) throw new Error(`the figures by hand differ: ${same.slice(0, 5).join('; ')}`);
    const allMs: number[] = [];
    const oursMs: number[] = [];
    const handMs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      oursMs.push(await elapsed(() => queryMetrics(clickhouse, { ...question, metrics: known })));
      handMs.push(await elapsed(() => byHand(clickhouse.all)));
      allMs.push(await elapsed(() => queryMetrics(clickhouse, question)));
    }
    const [all, ours, hand] = [allMs, oursMs, handMs].map((measured) => percentile(measured, 0.5)) as [
      number,
      number,
      number,
    ];
    return {
      name: 'metrics of a month of five million sessions',
      figures: [
        { what: `all ${catalogue.length} metrics by agent`, value: all, unit: 'ms', reach: '≤ 1500' },
        {
          what: `${known.length} metrics by agent, against SQL by hand`,
          value: ours / hand,
          unit: '×',
          reach: '≤ 1.3',
        },
      ],
      allMs,
      oursMs,
      handMs,
    };
  } finally {
    await stores.close();
  }
}

/** Four more copies of every fact, of other customers: facts are what is measured here, not their derivation. */
async function multiply(connection: ClickHouseConnection): Promise<void> {
  for (const table of ['session_facts', 'session_outcomes', 'ticket_facts']) {
    const key = table === 'ticket_facts' ? 'ticket_id' : 'session_id';
    for (let copy = 1; copy < times; copy++) {
      await connection.command(
        `INSERT INTO ${table} SELECT * REPLACE (concat(${key}, '-${copy}') AS ${key}, concat(customer_id, '-${copy}') AS customer_id)
         FROM (SELECT * FROM ${table} FINAL WHERE position(${key}, '-') = 0)`,
        { settings: { max_insert_threads: 2 } },
      );
    }
  }
}

async function byHand(connection: ClickHouseConnection): Promise<Figures> {
  const instant = (ms: number) => String(ms / 1000);
  const params = { from: instant(period.fromMs), to: instant(period.toMs), now: instant(month.nowMs) };
  const answers = await Promise.all(
    metricsByHand.map(async ({ metrics, sql }) => ({
      metrics,
      rows: await connection.query<Record<string, string>>(sql, { params }),
    })),
  );
  return figuresByHand(answers);
}
