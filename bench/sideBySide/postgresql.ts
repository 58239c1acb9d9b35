import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { startPostgres } from '../../src/platform/embeddedPostgres.ts';
import { silentLog } from '../../src/platform/log.ts';
import { type AnswerByHand, figuresByHand } from '../sameFigures.ts';
import { pathOf } from './companyFiles.ts';
import { copies, indexes, questions, sessionsBehind, tables, transcript, writing } from './eventsSql.ts';
import type { Folders, Side } from './side.ts';

/** As one would set it up for reports on such a machine; durable as it comes. */
const settings = {
  shared_buffers: '2GB',
  effective_cache_size: '10GB',
  work_mem: '256MB',
  maintenance_work_mem: '1GB',
  max_wal_size: '8GB',
  max_parallel_workers_per_gather: '2',
};

export async function openSide({ files, data }: Folders): Promise<Side> {
  const engine = await startPostgres({ dir: data, log: silentLog, settings });
  const client = new pg.Client(engine.endpoint);
  await client.connect();
  const run = async (statements: readonly string[]) => {
    for (const sql of statements) await client.query(sql);
  };
  let answers: readonly AnswerByHand[] = [];
  const server = await client.query<{ server_version: string }>('SHOW server_version');
  return {
    version: `PostgreSQL ${server.rows[0]?.server_version}`,
    async ingest() {
      await run(tables);
      for (const [file, target] of copies)
        await pipeline(
          createReadStream(pathOf(files, file), { highWaterMark: 1 << 20 }),
          client.query(copyFrom(`COPY ${target} FROM STDIN (FORMAT csv, HEADER)`)),
        );
      await run(indexes);
    },
    derive: () => run(writing),
    async settle() {
      await run(['VACUUM (ANALYZE)', 'CHECKPOINT']);
    },
    async bytes() {
      const held = await client.query<{ name: string; bytes: string }>(
        `SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
      );
      return Object.fromEntries(held.rows.map(({ name, bytes }) => [name, Number(bytes)]));
    },
    async ask(question) {
      if (!(question in questions)) throw new Error(`reporting events were not asked for ${question}`);
      const asked = questions[question as keyof typeof questions];
      const told: AnswerByHand[] = [];
      for (const { metrics, sql } of asked) told.push({ metrics, rows: (await client.query(sql)).rows });
      answers = told;
    },
    told: async () => figuresByHand(answers),
    sessionsBehind: async (agent) =>
      (await client.query<{ id: string }>(sessionsBehind, [agent])).rows.map(({ id }) => id),
    transcript: async (session) => (await client.query(transcript, [session])).rows.length,
    late: () => Promise.reject(new Error('events once written stay as they are')),
    async close() {
      await client.end();
      await engine.close();
    },
  };
}
