import { createHash, timingSafeEqual } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Context } from 'hono';
import { kindNames } from './ingest/kinds.ts';
import { holders } from './platform/advisoryLock.ts';
import { NotSignedIn } from './platform/errors.ts';
import type { Deps, HengApp, HengEnv } from './platform/http.ts';
import { type Family, prometheusText, prometheusType, type Sample } from './platform/prometheus.ts';
import type { RequestMeter } from './platform/requestMeter.ts';
import { isDeriving, lastDerivation, readState } from './quality/rules/stateStore.ts';

interface Telemetry {
  /** HENG_METRICS_TOKEN; without it nobody is told. */
  readonly token: string | null;
  readonly version: string;
}

/**
 * `GET /metrics` for Prometheus, for whoever sends the token: figures of this node, and of the installation, which every node tells
 * alike. Nothing of persons: labels are kinds, outcomes, jobs, engines, routes and statuses.
 */
export function telemetryRoute(app: HengApp, deps: Deps, meter: RequestMeter, { token, version }: Telemetry): void {
  const loop = monitorEventLoopDelay({ resolution: 20 });
  if (token !== null) loop.enable();
  app.get('/metrics', async (c, next) => {
    // TRICKY: the page of the metrics has the address that Prometheus asks by custom; a browser wants the page.
    if (c.req.header('accept')?.includes('text/html')) return next();
    if (token === null) return c.notFound();
    demandToken(c, token);
    const lagSeconds = loop.max / 1e9;
    loop.reset();
    const text = prometheusText([
      gauge('heng_build_info', 'Which Heng this is.', [{ labels: { version }, value: 1 }]),
      ...processFamilies(deps, lagSeconds),
      meter.family(),
      ...(await installationFamilies(deps)),
    ]);
    return c.body(text, 200, { 'content-type': prometheusType, 'cache-control': 'no-store' });
  });
}

function demandToken(c: Context<HengEnv>, token: string): void {
  const given = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
  const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  if (!timingSafeEqual(hash(given), hash(token))) throw new NotSignedIn('metrics.token');
}

const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  ...{ name, help, type: 'gauge', samples },
});
const counter = (name: string, help: string, samples: readonly Sample[]): Family => ({
  ...{ name, help, type: 'counter', samples },
});

function processFamilies({ stores, now }: Deps, lagSeconds: number): Family[] {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const { totalCount, idleCount, waitingCount } = stores.postgres;
  return [
    counter('process_cpu_seconds_total', 'Processor time of this node.', [{ value: (user + system) / 1e6 }]),
    gauge('process_resident_memory_bytes', 'Memory of this node.', [{ value: rss }]),
    gauge('process_start_time_seconds', 'When this node started.', [{ value: now() / 1000 - process.uptime() }]),
    gauge('nodejs_heap_used_bytes', 'Heap of this node.', [{ value: heapUsed }]),
    gauge('nodejs_eventloop_lag_max_seconds', 'Longest pause since the last look.', [{ value: lagSeconds }]),
    gauge('heng_postgres_connections', 'Connections of this node, and who waits for one.', [
      { labels: { state: 'busy' }, value: totalCount - idleCount },
      { labels: { state: 'idle' }, value: idleCount },
      { labels: { state: 'waiting' }, value: waitingCount },
    ]),
  ];
}

/** An engine that does not answer is told as down, and what it would have said is left out: no figure is not zero. */
async function installationFamilies(deps: Deps): Promise<Family[]> {
  const { postgres, clickhouse } = deps.stores;
  const [people, facts] = await Promise.allSettled([
    peopleFamilies(deps),
    clickhouse.all.query('SELECT 1 AS one'),
    postgres.query('SELECT 1'),
  ]);
  const up = gauge('heng_engine_up', 'Whether an engine answers this node.', [
    { labels: { engine: 'postgres' }, value: Number(people.status === 'fulfilled') },
    { labels: { engine: 'clickhouse' }, value: Number(facts.status === 'fulfilled') },
  ]);
  return [up, ...(people.status === 'fulfilled' ? people.value : [])];
}

async function peopleFamilies(deps: Deps): Promise<Family[]> {
  const { postgres } = deps.stores;
  const [rows, isBehind, jobs, ledger, inspection, last, nodes] = await Promise.all([
    ingestedRows(deps),
    isDeriving(postgres),
    postgres.query<{ job: string; at: Date }>(
      'SELECT job, max(finished_at) AS at FROM job_runs WHERE finished_at IS NOT NULL AND failure IS NULL GROUP BY job ORDER BY job',
    ),
    postgres.query<{ placed: string; waiting: string; signed: string }>(
      `SELECT coalesce((SELECT size FROM ledger_log), 0) AS placed, (SELECT count(*) FROM ledger_pending) AS waiting,
         coalesce((SELECT max(size) FROM ledger_checkpoints), 0) AS signed`,
    ),
    readState(postgres),
    lastDerivation(postgres),
    holders(postgres, 'nodes'),
  ]);
  const lagSeconds = isBehind && last.version > 0 ? Math.max(0, deps.now() - last.atMs) / 1000 : 0;
  const entries = ledger.rows.flatMap(({ placed, waiting: pending, signed }) => [
    { labels: { state: 'placed' }, value: Number(placed) },
    { labels: { state: 'waiting' }, value: Number(pending) },
    { labels: { state: 'signed' }, value: Number(signed) },
  ]);
  const derivedAt = last.version > 0 ? [{ value: last.atMs / 1000 }] : [];
  return [
    gauge('heng_nodes', 'Nodes that serve people.', [{ value: nodes }]),
    counter('heng_ingest_rows_total', 'Rows that came in, by kind and what became of them.', rows),
    gauge('heng_facts_derived_timestamp_seconds', 'When facts were last derived.', derivedAt),
    gauge('heng_facts_lag_seconds', 'How long rows have been waiting for their facts, at most; 0: none waits.', [
      { value: lagSeconds },
    ]),
    gauge('heng_job_last_success_timestamp_seconds', 'When a nightly job last went well.', [
      ...jobs.rows.map(({ job, at }) => ({ labels: { job }, value: at.getTime() / 1000 })),
    ]),
    gauge('heng_inspection_waiting_derivations', 'Derivations whose text is not inspected yet.', [
      { value: Math.max(0, last.version - inspection.through) },
    ]),
    gauge('heng_inspection_waiting_sessions', 'Sessions left of what is being inspected.', [
      { value: inspection.doing === null ? 0 : Math.max(0, inspection.total - inspection.done) },
    ]),
    gauge('heng_ledger_entries', 'Entries of the ledger: placed in the tree, waiting, under a signature.', entries),
  ];
}

async function ingestedRows({ stores }: Deps): Promise<Sample[]> {
  const { rows } = await stores.postgres.query<Record<'kind' | 'accepted' | 'duplicates' | 'rejected', string>>(
    `SELECT kind, sum(accepted) AS accepted, sum(duplicates) AS duplicates, sum(rejected) AS rejected
     FROM import_parts WHERE kind = ANY($1) AND state <> 'abandoned' GROUP BY kind ORDER BY kind`,
    [kindNames],
  );
  return rows.flatMap(({ kind, accepted, duplicates, rejected }) => [
    { labels: { kind, outcome: 'accepted' }, value: Number(accepted) },
    { labels: { kind, outcome: 'duplicate' }, value: Number(duplicates) },
    { labels: { kind, outcome: 'rejected' }, value: Number(rejected) },
  ]);
}
