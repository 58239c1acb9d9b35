import { derive } from '../src/facts/derive.ts';
import { kindNames } from '../src/ingest/kinds.ts';
import { readMetricRequest } from '../src/metrics/catalogue.ts';
import { parsePeriod } from '../src/metrics/period.ts';
import { queryMetrics } from '../src/metrics/queryMetrics.ts';
import { benchCompany, elapsed, month, percentile } from './benchCompany.ts';

const timeZone = 'Asia/Shanghai';
const everything = kindNames.map((kind) => ({ id: 1, kind }));

export async function run() {
  const stores = await benchCompany();
  try {
    const { clickhouse } = stores;
    const deriveMs: number[] = [];
    for (let round = 1; round <= 2; round++) {
      for (const table of ['session_facts', 'session_outcomes', 'ticket_facts'])
        await clickhouse.all.command(`TRUNCATE TABLE ${table} SYNC`);
      deriveMs.push(await elapsed(() => derive(clickhouse, { version: round, imports: everything, timeZone })));
    }
    const rederiveMs: number[] = [];
    for (let round = 3; round < 8; round++) {
      await clickhouse.all.command(
        `INSERT INTO messages (session_id, at, sender, message_id, content_hash, key, sender_id, kind, text, import_id)
         SELECT session_id, started_at + 400, 'customer', concat('late ', toString(${round})), cityHash64(session_id, ${round}), cityHash64(session_id, ${round}), '', 'text', '还在吗', ${round}
         FROM sessions WHERE cityHash64(session_id, ${round}) % 100 = 0`,
      );
      rederiveMs.push(await elapsed(() => derive(clickhouse, { version: round, imports: [{ id: round, kind: 'messages' }], timeZone })));
    }
    const question = { period: parsePeriod(month.text), by: ['agent'] as const, timeZone, now: month.nowMs };
    const metricsMs: number[] = [];
    for (let round = 0; round < 7; round++) metricsMs.push(await elapsed(() => queryMetrics(clickhouse, question)));
    const each: Record<string, number> = {};
    for (const metric of [
      'first_reply_30s_rate',
      'avg_response_seconds',
      'session_seconds',
      'one_time_resolution_rate',
      'csat_rate',
      'load_per_8h',
      'complaint_rate',
      'first_contact_resolution_rate',
      'repeat_complaint_rate',
    ]) {
      readMetricRequest(metric);
      each[metric] = Math.round(await elapsed(() => queryMetrics(clickhouse, { ...question, metrics: [metric] })));
    }
    return {
      name: 'facts and metrics',
      deriveMs,
      rederiveMs,
      metricsMs: percentile(metricsMs, 0.5),
      metricsAll: metricsMs,
      each,
    };
  } finally {
    await stores.close();
  }
}
