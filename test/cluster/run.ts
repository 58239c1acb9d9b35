import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { generateDemo } from '../../src/demo/generateDemo.ts';
import { writeDemo } from '../../src/demo/writeDemo.ts';
import { type Dimension, dimensions } from '../../src/metrics/metricValue.ts';
import { parsePeriod } from '../../src/metrics/period.ts';
import { queryMetrics } from '../../src/metrics/queryMetrics.ts';
import { onEveryReplica } from '../../src/platform/inStep.ts';
import { packageRoot } from '../../src/platform/root.ts';
import { openStores, type Stores } from '../../src/platform/stores.ts';
import { lastDerivation, readState } from '../../src/quality/rules/stateStore.ts';
import { adversarialMonth, together, writeDataset } from '../checks/adversarial.ts';
import { companyIn, Installation } from '../faults/installation.ts';
import { messagesOf, Promised, Work } from '../faults/work.ts';
import { canReplicate, type ReplicatedServers, startReplicated } from './servers.ts';

const timeZone = 'Asia/Shanghai';
const month = '2026-10';

/** What somebody would look at after a step, by name: the same on one embedded engine and on the cluster, or it is a mistake. */
type Figures = Readonly<Record<string, unknown>>;

/** An installation with what it writes beside its data. */
interface Side {
  readonly heng: Installation;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

/**
 * The same work on one embedded node and on a replicated cluster, and every figure compared after each step. The cluster is that of
 * CLICKHOUSE_URL and CLICKHOUSE_CLUSTER, with DATABASE_URL where given (both have to be empty); otherwise one of this machine.
 */
export async function run(_args: readonly string[], given: NodeJS.ProcessEnv): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'heng-cluster-'));
  let servers: ReplicatedServers | undefined;
  const began = performance.now();
  const say = (line: string) =>
    process.stdout.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}\n`);
  const sides: Side[] = [];
  let [passed, failed] = [0, 0];
  // What is compared and in no step holds anything is no comparison.
  const [compared, held] = [new Set<string>(), new Set<string>()];
  try {
    const { CLICKHOUSE_URL, CLICKHOUSE_CLUSTER, DATABASE_URL } = given;
    let env: Record<string, string>;
    if (CLICKHOUSE_URL && CLICKHOUSE_CLUSTER)
      env = { CLICKHOUSE_URL, CLICKHOUSE_CLUSTER, ...(DATABASE_URL ? { DATABASE_URL } : {}) };
    else {
      if (!canReplicate()) {
        say(
          'no CLICKHOUSE_URL with CLICKHOUSE_CLUSTER, and no libzookeeper-java and libslf4j-java (Debian) to start a cluster with',
        );
        return 1;
      }
      servers = await startReplicated(join(folder, 'servers'));
      env = { ...servers.env };
    }
    for (const [name, own] of Object.entries({ embedded: {}, cluster: env })) {
      const heng = await Installation.open({ dataDir: join(folder, name), env: own });
      sides.push({ heng, env: own, folder: join(folder, `${name}-files`) });
      say(`${name} started`);
    }
    for (const [name, step] of Object.entries(steps)) {
      const [one, many] = await inTurn(sides, step);
      for (const what of Object.keys({ ...one, ...many })) {
        const [a, b] = [one?.[what], many?.[what]].map((each) => JSON.stringify(each));
        if (!isEmpty(one?.[what])) held.add(what);
        if (a === b) {
          passed += 1;
          compared.add(what);
        } else {
          failed += 1;
          say(`DIFFERS ${name}: ${what}\n${differing(a, b)}`);
        }
      }
      say(name);
    }
    for (const what of compared)
      if (!held.has(what)) {
        failed += 1;
        say(`EMPTY in every step: ${what}`);
      }
  } finally {
    for (const { heng } of sides) await heng.stop();
    await servers?.close();
    rmSync(folder, { recursive: true, force: true });
  }
  say(`${passed} figures and tables the same on one embedded node and on the cluster`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

async function inTurn(sides: readonly Side[], step: (side: Side) => Promise<Figures>): Promise<Figures[]> {
  const found: Figures[] = [];
  for (const side of sides) found.push(await step(side));
  return found;
}

const isEmpty = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);

function differing(a = 'nothing', b = 'nothing'): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 200), at + 200);
  return `  one:     …${around(a)}\n  cluster: …${around(b)}`;
}

const run1 = promisify(execFile);

/** `heng …` beside the running installation; an import that rejects rows has done its work. */
async function command({ heng, env }: Side, ...args: string[]): Promise<unknown> {
  const { stdout } = await run1(
    process.execPath,
    [join(packageRoot, 'dist/cli.js'), ...args, '--data', heng.setting.dataDir, '--json'],
    { env: { PATH: process.env.PATH, HOME: heng.setting.dataDir, ...env }, maxBuffer: 1 << 28 },
  ).catch((failure: { code?: unknown; stdout?: string }) => {
    if (failure.code !== 3) throw failure;
    return { stdout: failure.stdout ?? '' };
  });
  return JSON.parse(stdout);
}

/** Rows in an order of their own; times and numbers of derivations differ by nature. */
async function rowsOf({ clickhouse }: Stores, table: string, without: readonly string[]): Promise<unknown> {
  const columns = without.length > 0 ? `* EXCEPT (${without.join(', ')})` : '*';
  return clickhouse.all.query(`SELECT ${columns} FROM ${table} ORDER BY ALL`);
}

const finalTables: Readonly<Record<string, readonly string[]>> = {
  session_facts: ['version'],
  session_outcomes: ['version'],
  ticket_facts: ['version'],
  order_facts: ['version'],
  sales_contacts: ['version'],
};

const rawTables = [
  'agents',
  'sessions',
  'messages',
  'events',
  'tickets',
  'ratings',
  'orders',
  'attendance',
  'calendar',
];
const everywhere = ['agent_history', 'outages', 'shop_coverage'];

/** All figures and tables; of raw rows what they say, for in which order they came is nobody's business. */
async function allFigures({ heng }: Side): Promise<Figures> {
  await settled(heng);
  const stores = await heng.stores();
  const { clickhouse } = stores;
  const figures: Record<string, unknown> = {};
  const asked: Dimension[][] = [[], ...dimensions.map((each) => [each]), ['shop', 'day'], ['queue', 'hour']];
  const now = Date.now();
  for (const by of asked)
    figures[`metrics by ${by.join(' and ') || 'nothing'}`] = await queryMetrics(clickhouse, {
      ...{ period: parsePeriod(month, timeZone), by, timeZone, now },
    });
  for (const [table, without] of Object.entries(finalTables))
    figures[table] = await rowsOf(stores, `${table} FINAL`, without);
  for (const table of rawTables)
    figures[table] = await clickhouse.all.query(
      `SELECT count() AS n, uniqExact(content_hash) AS contents, sum(content_hash) AS sum FROM ${table}`,
    );
  for (const table of everywhere) figures[table] = await rowsOf(stores, table, []);
  return figures;
}

/** Waits until everything that came in has its facts and is inspected. */
async function settled(heng: Installation): Promise<void> {
  const { postgres } = await heng.stores();
  for (const deadline = Date.now() + 300_000; ; await sleep(200)) {
    const freshness = await heng.call('GET', '/api/freshness');
    const [state, last] = await Promise.all([readState(postgres), lastDerivation(postgres)]);
    const { rows } = await postgres.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM import_parts WHERE state NOT IN ('derived', 'abandoned', 'refused')`,
    );
    if (state.through >= last.version && rows[0]?.n === 0) return;
    if (Date.now() > deadline) throw new Error(`facts are not settled: ${freshness.body} ${JSON.stringify(rows)}`);
  }
}

const work = new WeakMap<Installation, Work>();

const steps: Readonly<Record<string, (side: Side) => Promise<Figures>>> = {
  'rows over HTTP': async (side) => {
    await companyIn(side.heng);
    return allFigures(side);
  },
  'files of a made-up company': async (side) => {
    await writeDemo(generateDemo({ seed: 5, agents: 10, months: 1, until: '2026-10-31' }), join(side.folder, 'demo'));
    const imported = [await command(side, 'import', join(side.folder, 'demo'))];
    for (const [n, dataset] of together([1, 2].map(adversarialMonth)).entries()) {
      writeDataset(dataset, join(side.folder, `months${n}`));
      imported.push(await command(side, 'import', join(side.folder, `months${n}`)));
    }
    // Each side keeps its rejects where its data are.
    const told = JSON.stringify(imported).replaceAll(side.folder, '').replaceAll(side.heng.setting.dataDir, '');
    return { imported: told, ...(await allFigures(side)) };
  },
  'the same again, and other versions of it': async (side) => {
    const again = await command(side, 'import', join(side.folder, 'demo'));
    const messages = messagesOf('B1', 400);
    const other = messages.map((row, n) => (n % 3 === 0 ? { ...row, text: `${row.text}, corrected` } : row));
    const answers = [];
    for (const rows of [messages, messages.slice(100), other, other])
      answers.push((await side.heng.call('POST', '/api/ingest/messages', rows)).body);
    return {
      again: JSON.stringify(again).replaceAll(side.folder, ''),
      answers,
      ...(await allFigures(side)),
    };
  },
  'closing a month': async (side) => {
    const { heng } = side;
    const doing = new Work(heng, new Promised());
    work.set(heng, doing);
    await doing.prepare('publish');
    const frozen = await command(side, 'metrics', '--period', '2024-01', '--by', 'agent');
    const { postgres } = await heng.stores();
    const { rows } = await postgres.query(
      'SELECT agent_id, plan_id, person, input, card, evidence FROM scorecards ORDER BY agent_id, plan_id, version',
    );
    return { frozen, cards: rows };
  },
  'a backup, restored into one embedded node': async (side) => {
    const { heng, folder } = side;
    const made = await command(side, 'backup', '--to', join(folder, 'backups'));
    const { folder: backup } = z.object({ folder: z.string() }).parse(made);
    const dataDir = join(folder, 'restored');
    await run1(
      process.execPath,
      [join(packageRoot, 'dist/cli.js'), 'restore', backup, '--without-list', '--data', dataDir, '--json'],
      { env: { PATH: process.env.PATH, HOME: dataDir }, maxBuffer: 1 << 28 },
    );
    const restored = await openStores({ dataDir, env: {} });
    try {
      const one = await queryMetrics(restored.clickhouse, {
        ...{ period: parsePeriod(month, timeZone), by: ['agent'], timeZone, now: Date.now() },
      });
      const { clickhouse } = await heng.stores();
      const own = await queryMetrics(clickhouse, {
        ...{ period: parsePeriod(month, timeZone), by: ['agent'], timeZone, now: Date.now() },
      });
      if (JSON.stringify(own) !== JSON.stringify(one)) throw new Error('restored figures differ');
      return { restored: one };
    } finally {
      await restored.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
  'erasing a customer': async (side) => {
    const customer = 'C1/1';
    const erased = await command(side, 'erase', customer, '--reason', 'asked for it');
    await settled(side.heng);
    const { clickhouse } = await side.heng.stores();
    const tables = ['sessions', 'messages', 'tickets', 'orders', 'session_facts', 'ticket_facts', 'order_facts'];
    const left = [];
    for (const table of tables)
      left.push(
        await clickhouse.all.query(
          `SELECT count() AS n FROM ${wholly(clickhouse, table)} WHERE customer_id = '${customer}'`,
        ),
      );
    if (JSON.stringify(left).match(/[1-9]/)) throw new Error(`of the customer is left: ${JSON.stringify(left)}`);
    return { erased, left, ...(await allFigures(side)) };
  },
  'every server holds what it should': async ({ heng }) => {
    const { clickhouse } = await heng.stores();
    const found: Record<string, unknown> = {};
    for (const table of ['messages', 'superseded_messages', 'tickets', ...Object.keys(finalTables)]) {
      await onEveryReplica(clickhouse, table);
      for (const { replicas } of clickhouse.shards) {
        const sql = `SELECT count() AS n, sum(cityHash64(*)) AS hash FROM ${table}${table in finalTables ? ' FINAL' : ''}`;
        const rows = await Promise.all(replicas.map((replica) => replica.query(sql)));
        if (new Set(rows.map((row) => JSON.stringify(row))).size > 1)
          throw new Error(`${table} is not the same on the replicas of a shard: ${JSON.stringify(rows)}`);
      }
    }
    for (const table of [...everywhere, 'agents', 'calendar', 'attendance', 'erased_ids', 'facts_definitions']) {
      const final = table === 'erased_ids' ? ' FINAL' : '';
      const counts = await clickhouse.all.query<{ n: string }>(
        clickhouse.cluster
          ? `SELECT n FROM clusterAllReplicas('${clickhouse.cluster.name}', view(SELECT count() AS n FROM ${clickhouse.cluster.local}.${table}${final}))`
          : `SELECT count() AS n FROM ${table}${final}`,
      );
      found[table] = [...new Set(counts.map(({ n }) => n))];
    }
    return found;
  },
};

/** A table on every server there is. */
const wholly = ({ cluster }: Stores['clickhouse'], table: string): string =>
  cluster ? `clusterAllReplicas('${cluster.name}', ${cluster.local}.${table})` : table;
