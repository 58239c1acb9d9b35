import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeCycle } from '../src/appraisal/verbs/closeCycle.ts';
import { openCycle, publishCycle } from '../src/appraisal/verbs/moveCycle.ts';
import { cycleParts } from '../src/cycleParts.ts';
import { derive } from '../src/facts/derive.ts';
import { kindNames } from '../src/ingest/kinds.ts';
import { keepLedger } from '../src/ledger/keepLedger.ts';
import { ownerOfTheMachine as hr } from '../src/people/actor.ts';
import { silentLog } from '../src/platform/log.ts';
import { openStores, type Stores } from '../src/platform/stores.ts';
import { putAssignment } from '../src/scores/assignmentStore.ts';
import { measured } from '../src/scores/measured.ts';
import { publishTemplates } from '../src/scores/publishTemplates.ts';
import { heapUsed } from './scoreHeaviest.ts';

const timeZone = 'Asia/Shanghai';
const period = '2026-10';
const nowMs = Date.parse('2026-11-10T04:00:00Z');
const teams = 50;
/** Of everybody: enough for every figure to count. */
const each = { tickets: 40, sessions: 40, messages: 4, shifts: 22 } as const;
const assessed = [
  'professionalism',
  'completeness',
  'collaboration',
  'kb_adopted',
  'supervisor',
  'behaviour',
  'innovation',
];

/** A month of a desk: everybody has tickets, conversations, ratings and assessments; every other team is ranked. */
function rowsOf(people: number): readonly string[] {
  const agent = `concat('A', leftPad(toString(number % ${people}), 6, '0'))`;
  const at = `(toDateTime64('2026-10-01 01:00:00', 3, 'UTC') + cityHash64(number, 1) % (29 * 86400))`;
  const session = `intDiv(number, ${each.messages})`;
  return [
    `INSERT INTO agents (agent_id, name, team, shop, monthly_salary_fen, import_id, content_hash)
      SELECT ${agent}, concat('客服', toString(number)), concat('team ', toString(number % ${teams})), 'shop', 500000 + number, 1, number
      FROM numbers(${people})`,
    `INSERT INTO tickets (ticket_id, customer_id, agent_id, created_at, closed_at, first_closed_at, kind, priority, product, issue, contacts, import_id, content_hash)
      SELECT concat('T', toString(number)), concat('C', toString(cityHash64(number, 5) % ${people * 10})), ${agent}, ${at}, ${at} + cityHash64(number, 6) % 180000,
        ${at} + cityHash64(number, 6) % 180000, ['consult', 'complaint', 'repair', 'repair'][number % 4 + 1], if(number % 9 = 0, 'urgent', 'normal'),
        concat('product ', toString(number % 7)), concat('issue ', toString(cityHash64(number, 3) % 20)), 1 + (cityHash64(number, 8) % 5 = 0), 1, number
      FROM numbers(${people * each.tickets})`,
    `INSERT INTO sessions (session_id, customer_id, started_at, channel, shop, queue, issue, assigned_agent_id, assigned_at, import_id, content_hash)
      SELECT concat('S', leftPad(toString(number), 9, '0')), concat('C', toString(cityHash64(number, 2) % ${people * 10})), ${at}, 'app', 'shop', 'queue',
        concat('issue ', toString(cityHash64(number, 3) % 20)), ${agent}, ${at} + 5, 1, number
      FROM numbers(${people * each.sessions})`,
    `INSERT INTO messages (session_id, at, sender, message_id, content_hash, key, sender_id, kind, text, import_id)
      SELECT concat('S', leftPad(toString(session), 9, '0')), began + turn * (10 + cityHash64(session) % 40), if(turn % 2 = 0, 'customer', 'agent') AS sender,
        concat('M', toString(id)), id, cityHash64(id, 4), if(sender = 'agent', who, ''), 'text', '您好，请问怎么处理', 1
      FROM (SELECT number AS id, ${session} AS session, number % ${each.messages} AS turn FROM numbers(${people * each.sessions * each.messages})) AS said
      INNER JOIN (SELECT number AS session, ${at} AS began, ${agent} AS who FROM numbers(${people * each.sessions})) AS talk USING (session)`,
    `INSERT INTO ratings (session_id, ticket_id, score, at, rating_id, valid, nps, import_id, content_hash)
      SELECT if(number % 2 = 0, concat('S', leftPad(toString(intDiv(number, 2)), 9, '0')), ''), if(number % 2 = 0, '', concat('T', toString(intDiv(number, 2)))),
        if(cityHash64(number, 9) % 10 < 9, 5, 2), ${at} + 180001, concat('R', toString(number)), true, cityHash64(number, 10) % 11, 1, number
      FROM numbers(${people * (each.tickets + each.sessions)})`,
    `INSERT INTO assessments (agent_id, period, item, value, by, import_id, content_hash)
      SELECT ${agent}, '${period}', [${assessed.map((item) => `'${item}'`)}][intDiv(number, ${people}) + 1],
        if(intDiv(number, ${people}) = 3, cityHash64(number) % 4, 70 + cityHash64(number) % 30), 'bench', 1, number
      FROM numbers(${people * assessed.length})`,
    `INSERT INTO attendance (agent_id, scheduled_start, scheduled_end, actual_start, actual_end, import_id, content_hash)
      SELECT ${agent}, toDateTime64('2026-10-01 01:00:00', 3, 'UTC') + intDiv(number, ${people}) * 86400 AS begins, begins + 32400,
        begins + if(cityHash64(number, 11) % 50 = 0, 600, 0), begins + 32400, 1, number
      FROM numbers(${people * each.shifts})`,
  ];
}

/** HENG_BENCH_PEOPLE=100000 asks for the larger company. */
const people = Number(process.env.HENG_BENCH_PEOPLE ?? 10_000);
const limitSeconds = people <= 10_000 ? 30 : 300;

/** Closing a month, scoring, grading and publishing it with its entries in the ledger, until they are signed. */
export async function run() {
  const dataDir = mkdtempSync(join(tmpdir(), 'heng-bench-'));
  const stores = await openStores({ dataDir });
  try {
    await prepareDesk(stores, people);
    const deps = deskDeps(stores);
    const cycle = { ...measured(deps), log: silentLog, ...cycleParts(deps) };
    await openCycle(cycle, hr, because);
    const keptBefore = heapUsed();
    const memory = watchMemory();
    const seconds: Record<string, number> = {};
    const cpu = process.cpuUsage();
    const stage = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const begun = performance.now();
      const result = await work();
      seconds[name] = (performance.now() - begun) / 1000;
      process.stderr.write(`  ${name}: ${seconds[name].toFixed(1)} s, +${memory.grownMB().toFixed(0)} MB\n`);
      return result;
    };
    const { done } = await stage('looking at what is missing', () => closeCycle(cycle, hr, because));
    const telling = setInterval(() => void tell(stores), 5000);
    await stage('closing', () => done);
    clearInterval(telling);
    await stage('publishing', () => publishCycle(cycle, hr, because));
    await stage('signing', () => keepLedger({ ...deps, ledger: { key: null, publicUrl: null, anchors: [] } }));
    const used = process.cpuUsage(cpu);
    const grownMB = memory.stop();
    const keptPerCard = Math.max(0, (heapUsed() - keptBefore) / people);
    const cards = await check(stores);
    const total = Object.values(seconds).reduce((sum, each) => sum + each, 0);
    const figures = [
      {
        what: `closing, scoring, grading, publishing and signing ${cards} people`,
        value: total,
        unit: 's',
        reach: `≤ ${limitSeconds}`,
      },
      { what: 'kept of it after a collection', value: keptPerCard, unit: 'bytes a card', reach: '' },
      { what: 'Node’s resident memory, grown at most', value: grownMB, unit: 'MB', reach: '' },
      { what: 'Node’s processor time', value: (used.user + used.system) / 1e6, unit: 's', reach: '' },
    ];
    return { name: 'closing a month', figures, seconds };
  } finally {
    await stores.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export const because = { period, reason: 'measured' };
export const deskDeps = (stores: Stores) => ({ stores, timeZone, now: () => nowMs, log: silentLog });

/** The month of that many people, its facts derived, and the plans that cover them. */
export async function prepareDesk(stores: Stores, people: number): Promise<void> {
  const { clickhouse, postgres } = stores;
  for (const sql of rowsOf(people)) await clickhouse.all.command(sql);
  await derive(clickhouse, { version: 1, imports: kindNames.map((kind) => ({ id: 1, kind })), timeZone });
  await publishTemplates(measured({ stores, now: () => nowMs, timeZone }));
  for (let n = 0; n < teams; n += 2)
    await putAssignment(postgres, {
      ...{ team: `team ${n}`, tier: '', agentId: '', fromMonth: '2026-01', planId: 'jd-service-desk' },
      ...{ assignedAt: new Date(nowMs), assignedBy: 'bench' },
    });
}

async function tell({ postgres }: Stores): Promise<void> {
  const { rows } = await postgres.query<{ stage: string; done: number; total: number }>(
    'SELECT stage, done, total FROM cycle_work',
  );
  for (const { stage, done, total } of rows) process.stderr.write(`  ${stage} ${done} of ${total}\n`);
}

/** Everybody has a card, rated, with its entry in the signed tree. */
async function check({ postgres }: Stores): Promise<number> {
  const { rows } = await postgres.query<{ cards: string; entries: string; signed: string; ranked: string }>(
    `SELECT (SELECT count(*) FROM scorecards WHERE total IS NOT NULL) AS cards, (SELECT count(*) FROM scorecard_entries) AS entries,
       (SELECT max(size) FROM ledger_checkpoints) AS signed, (SELECT count(*) FROM scorecards WHERE graded_by = 'distribution') AS ranked`,
  );
  const [row] = rows;
  if (Number(row?.cards) !== people || Number(row?.entries) !== people || Number(row?.signed) < people)
    throw new Error(`not everybody has a rated card in the ledger: ${JSON.stringify(row)}`);
  if (Number(row?.ranked) !== people / 2) throw new Error(`${row?.ranked} of ${people / 2} are ranked`);
  return people;
}

/** How far the process has grown at most since now. */
function watchMemory() {
  const begun = process.memoryUsage().rss;
  let most = begun;
  const look = () => {
    most = Math.max(most, process.memoryUsage().rss);
  };
  const timer = setInterval(look, 20);
  const grownMB = () => (most - begun) / 1e6;
  return {
    grownMB,
    stop() {
      clearInterval(timer);
      look();
      return grownMB();
    },
  };
}
