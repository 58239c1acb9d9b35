import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derive } from '../src/facts/derive.ts';
import { kindNames } from '../src/ingest/kinds.ts';
import { ownerOfTheMachine } from '../src/people/actor.ts';
import { openStores } from '../src/platform/stores.ts';
import { measured } from '../src/scores/measured.ts';
import { publishTemplates } from '../src/scores/publishTemplates.ts';
import { tryPlan } from '../src/scores/verbs/tryPlan.ts';
import { elapsed, percentile } from './benchCompany.ts';

const timeZone = 'Asia/Shanghai';
const agents = 1000;
const tickets = 300_000;
const agent = (number: string) => `concat('A', leftPad(toString(${number} % ${agents}), 4, '0'))`;
const at = `(toDateTime64('2026-07-01 01:00:00', 3, 'UTC') + cityHash64(number, 1) % (92 * 86400))`;

/** Four months of an after-sales desk: tickets, ratings, assessments and salaries of a thousand people. */
const rows = [
  `INSERT INTO agents (agent_id, name, team, shop, monthly_salary_fen, import_id, content_hash)
    SELECT ${agent('number')}, concat('客服', toString(number)), concat('team ', toString(number % 50)), 'shop', 500000 + number * 100, 1, number
    FROM numbers(${agents})`,
  `INSERT INTO tickets (ticket_id, customer_id, agent_id, created_at, closed_at, first_closed_at, kind, priority, product, issue, contacts, import_id, content_hash)
    SELECT concat('T', toString(number)), concat('C', toString(cityHash64(number, 5) % 200000)), ${agent('number')}, ${at}, ${at} + cityHash64(number, 6) % 180000,
      ${at} + cityHash64(number, 6) % 180000, ['consult', 'complaint', 'repair', 'repair'][number % 4 + 1], if(number % 9 = 0, 'urgent', 'normal'),
      concat('product ', toString(number % 7)), concat('issue ', toString(cityHash64(number, 3) % 20)), 1 + (cityHash64(number, 8) % 5 = 0), 1, number
    FROM numbers(${tickets})`,
  `INSERT INTO ratings (ticket_id, score, at, rating_id, valid, import_id, content_hash)
    SELECT concat('T', toString(number)), if(cityHash64(number, 9) % 10 < 9, 5, 2), ${at} + 180001, concat('R', toString(number)), true, 1, number
    FROM numbers(${tickets})`,
  `INSERT INTO assessments (agent_id, period, item, value, by, import_id, content_hash)
    SELECT ${agent('number')}, concat('2026-', leftPad(toString(7 + intDiv(number, ${agents * 4})), 2, '0')),
      ['professionalism', 'completeness', 'collaboration', 'kb_adopted'][intDiv(number, ${agents}) % 4 + 1],
      if(intDiv(number, ${agents}) % 4 = 3, cityHash64(number) % 4, 70 + cityHash64(number) % 30), 'bench', 1, number
    FROM numbers(${agents * 4 * 3})`,
];

/** A plan tried on a thousand people and three months, beside the one in force, sensitivity included; nothing remembered. */
export async function run() {
  const dataDir = mkdtempSync(join(tmpdir(), 'heng-bench-'));
  const stores = await openStores({ dataDir });
  try {
    for (const sql of rows) await stores.clickhouse.all.command(sql);
    await derive(stores.clickhouse, { version: 1, imports: kindNames.map((kind) => ({ id: 1, kind })), timeZone });
    const now = () => Date.parse('2026-11-20T00:00:00Z');
    await publishTemplates(measured({ stores, now, timeZone }));
    const times: number[] = [];
    let cards = 0;
    for (let round = 0; round < 5; round++) {
      const deps = measured({ stores, now, timeZone });
      times.push(
        await elapsed(async () => {
          const asked = { against: 'appliance-aftersales', periods: '2026-07,2026-08,2026-09' };
          ({ cards } = await tryPlan(deps, ownerOfTheMachine, { plan: 'appliance-aftersales-technician', ...asked }));
        }),
      );
    }
    if (cards !== 3 * agents) throw new Error(`${cards} cards instead of ${3 * agents}`);
    const seconds = percentile(times, 0.5) / 1000;
    const figure = { what: 'back-test of 1,000 agents × 3 months', value: seconds, unit: 's', reach: '≤ 3' };
    return { name: 'trying a plan', figures: [{ ...figure, ok: seconds <= 3 }], times };
  } finally {
    await stores.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
