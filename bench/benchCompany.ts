import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClickHouseTables } from '../src/platform/clickhouse.ts';
import { openStores, type Stores } from '../src/platform/stores.ts';

export interface CompanySize {
  readonly sessions: number;
  readonly messagesPerSession: number;
  readonly customers: number;
  readonly agents: number;
  readonly tickets: number;
  readonly ratings: number;
}

/** The company that the figures are measured on: one month, 1,000 agents, a million sessions of twenty messages. */
export const size: CompanySize = companyOf(1_000_000);
export const month = { text: '2026-10', nowMs: Date.UTC(2026, 11, 20) } as const;

/** The same people with so many sessions; customers, tickets and ratings grow along. */
export function companyOf(sessions: number): CompanySize {
  return {
    sessions,
    messagesPerSession: 20,
    customers: Math.round(sessions * 0.3),
    agents: 1000,
    tickets: Math.round(sessions * 0.2),
    ratings: Math.round(sessions * 0.15),
  };
}

const start = `(toDateTime64('2026-10-01 01:00:00', 3, 'UTC') + cityHash64(session, 1) % (30 * 86400 - 3600))`;
const session = `concat('S', leftPad(toString(session), 9, '0'))`;

/** Raw rows written by the engine itself: numbers hashed, so that every run and every machine measures the same rows. */
function rowsOf(company: CompanySize): readonly string[] {
  const agent = (number: string) => `concat('A', leftPad(toString(${number} % ${company.agents}), 4, '0'))`;
  return [
    `INSERT INTO agents (agent_id, name, team, shop, import_id, content_hash)
    SELECT ${agent('number')}, concat('客服', toString(number)), concat('team ', toString(number % 20)), concat('shop ', toString(number % 3)), 1, number
    FROM numbers(${company.agents})`,
    `INSERT INTO sessions (session_id, customer_id, started_at, channel, shop, queue, issue, assigned_agent_id, assigned_at, import_id, content_hash)
    SELECT ${session}, concat('C', toString(cityHash64(session, 2) % ${company.customers})), ${start}, 'app', concat('shop ', toString(session % 3)),
      concat('queue ', toString(session % 5)), concat('issue ', toString(cityHash64(session, 3) % 20)), ${agent('session')}, ${start} + 5, 1, session
    FROM (SELECT number AS session FROM numbers(${company.sessions}))`,
    `INSERT INTO messages (session_id, at, sender, message_id, content_hash, key, sender_id, kind, text, import_id)
    SELECT ${session}, ${start} + turn * 13, multiIf(turn = 0, 'customer', turn = 1, 'bot', cityHash64(number) % 2 = 0, 'customer', 'agent') AS sender,
      concat('M', toString(number)), number, cityHash64(number, 4), if(sender = 'agent', ${agent('if(number % 37 = 0, number, session)')}, ''), 'text',
      concat('您好，请问空调不制冷怎么处理 ', toString(number)), 1
    FROM (SELECT number, intDiv(number, ${company.messagesPerSession}) AS session, number % ${company.messagesPerSession} AS turn
      FROM numbers(${company.sessions * company.messagesPerSession}))`,
    `INSERT INTO tickets (ticket_id, customer_id, agent_id, created_at, closed_at, kind, priority, product, issue, import_id, content_hash)
    SELECT concat('T', toString(session)), concat('C', toString(cityHash64(session, 5) % ${company.customers})), ${agent('session')}, ${start},
      ${start} + cityHash64(session, 6) % 200000, ['consult', 'complaint', 'repair'][session % 3 + 1], if(session % 9 = 0, 'urgent', 'normal'),
      concat('product ', toString(session % 7)), concat('issue ', toString(cityHash64(session, 3) % 20)), 1, session
    FROM (SELECT number AS session FROM numbers(${company.tickets}))`,
    `INSERT INTO ratings (session_id, score, at, rating_id, valid, nps, import_id, content_hash)
    SELECT ${session}, 1 + cityHash64(session, 7) % 5, ${start} + 600, concat('R', toString(session)), true, cityHash64(session, 8) % 11, 1, session
    FROM (SELECT number * 6 AS session FROM numbers(${company.ratings}))`,
    `INSERT INTO attendance (agent_id, scheduled_start, scheduled_end, actual_start, actual_end, import_id, content_hash)
    SELECT ${agent('number')}, toDateTime64('2026-10-01 00:00:00', 3, 'UTC') + intDiv(number, ${company.agents}) * 86400 AS begins, begins + 54000, begins, begins + 54000, 1, number
    FROM numbers(${company.agents * 30})`,
  ];
}

/** Puts the raw rows of a company into empty tables. */
export async function putCompany({ all }: ClickHouseTables, of: CompanySize): Promise<void> {
  for (const sql of rowsOf(of)) await all.command(sql, { settings: { max_insert_threads: 2 } });
}

/** An embedded installation with the raw rows in it and no facts yet; `close` removes it. */
export async function benchCompany(of: CompanySize = size): Promise<Stores & { close(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'heng-bench-'));
  const stores = await openStores({ dataDir });
  await putCompany(stores.clickhouse, of);
  return {
    ...stores,
    async close() {
      await stores.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

/** The value below which a share of the measurements lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}
