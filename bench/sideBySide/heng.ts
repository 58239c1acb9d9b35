import { setTimeout as sleep } from 'node:timers/promises';
import { compactFacts, derive } from '../../src/facts/derive.ts';
import { importFiles } from '../../src/ingest/importFiles.ts';
import { kindNames } from '../../src/ingest/kinds.ts';
import type { MetricRow } from '../../src/metrics/metricValue.ts';
import { parsePeriod } from '../../src/metrics/period.ts';
import { queryMetrics } from '../../src/metrics/queryMetrics.ts';
import { readEvidence } from '../../src/metrics/verbs/readEvidence.ts';
import { readTranscript } from '../../src/metrics/verbs/readTranscript.ts';
import { ownerOfTheMachine } from '../../src/people/actor.ts';
import { deriveAfterCommit } from '../../src/pipeline.ts';
import { silentLog } from '../../src/platform/log.ts';
import { openStores } from '../../src/platform/stores.ts';
import { month } from '../benchCompany.ts';
import { figuresOf } from '../sameFigures.ts';
import { type Folders, fromQuestion, ofEvents, type Question, type Side, written } from './side.ts';

const timeZone = 'Asia/Shanghai';
const metricsOf: Readonly<Partial<Record<Question, readonly string[]>>> = {
  written,
  events: Object.values(ofEvents),
  fromQuestion: [fromQuestion],
};

/** Heng as it is installed: both engines embedded, every row checked, figures and drill-down by the verbs that pages call. */
export async function openSide({ files, data }: Folders): Promise<Side> {
  const stores = await openStores({ dataDir: data });
  const { clickhouse, postgres } = stores;
  const deps = { stores, now: () => month.nowMs, timeZone, log: silentLog };
  const period = parsePeriod(month.text, timeZone);
  const [engine] = await clickhouse.all.query<{ version: string }>('SELECT version() AS version');
  let rows: readonly MetricRow[] = [];
  return {
    version: `ClickHouse ${engine?.version}`,
    async ingest() {
      const report = await importFiles(deps, { paths: [files], source: 'files', by: 'bench' });
      const refused = report.files.filter(({ read, accepted }) => read !== accepted);
      if (refused.length > 0) throw new Error(`not everything was accepted: ${JSON.stringify(refused)}`);
    },
    async derive() {
      const next = await postgres.query<{ version: string }>(`SELECT nextval('derivation_versions') AS version`);
      const version = Number(next.rows[0]?.version);
      await derive(clickhouse, { version, imports: kindNames.map((kind) => ({ id: 1, kind })), timeZone });
      // As the pipeline does after a derivation that wrote everything anew.
      await compactFacts(clickhouse);
    },
    async settle() {
      for (let idle = 0; idle < 3; await sleep(500)) {
        const [merging] = await clickhouse.all.query<{ n: string }>('SELECT count() AS n FROM system.merges');
        idle = merging?.n === '0' ? idle + 1 : 0;
      }
    },
    async bytes() {
      const tables = await clickhouse.all.query<{ table: string; bytes: string }>(
        `SELECT table, sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table`,
      );
      const held = await postgres.query<{ bytes: string }>('SELECT pg_database_size(current_database()) AS bytes');
      return {
        ...Object.fromEntries(tables.map(({ table, bytes }) => [table, Number(bytes)])),
        'PostgreSQL beside it': Number(held.rows[0]?.bytes),
      };
    },
    async ask(question) {
      const metrics = metricsOf[question];
      const asked = { period, by: ['agent'] as const, timeZone, now: month.nowMs };
      rows = await queryMetrics(clickhouse, metrics ? { ...asked, metrics } : asked);
    },
    told: async () => figuresOf(rows),
    async sessionsBehind(agent) {
      const asked = { metric: ofEvents.quick, period: month.text, filter: { agent: [agent] }, cursor: '' };
      return (await readEvidence(deps, ownerOfTheMachine, asked)).rows.map(({ id }) => id);
    },
    async transcript(session) {
      const read = await readTranscript(deps, ownerOfTheMachine, { sessionId: session, reveal: false });
      return read.messages.length;
    },
    async late(folder) {
      const afterCommit = deriveAfterCommit({ stores, timeZone });
      await importFiles(deps, { paths: [folder], source: 'files', by: 'bench', afterCommit });
    },
    close: () => stores.close(),
  };
}
