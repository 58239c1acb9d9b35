import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type AnswerByHand, figuresByHand } from '../sameFigures.ts';
import { deriving, loading, loadingLate, questions, sessionsBehind, transcript } from './duckSql.ts';
import type { Folders, Side } from './side.ts';

/** DuckDB inside a process of Node's, in a file, two threads, SQL by hand. */
export async function openSide({ files, data }: Folders): Promise<Side> {
  const file = join(data, 'company.duckdb');
  const open = async () => {
    const instance = await DuckDBInstance.create(file, { threads: '2', memory_limit: '8GB' });
    return { instance, connection: await instance.connect() };
  };
  let { instance, connection } = await open();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  const rowsOf = async (sql: string, values: Record<string, string> = {}) =>
    (await connection.runAndReadAll(sql, values)).getRowObjects();
  let answers: readonly AnswerByHand[] = [];
  const [engine] = await rowsOf('SELECT version() AS version');
  return {
    version: `DuckDB ${String(engine?.version)}`,
    async ingest() {
      for (const sql of loading(files)) await connection.run(sql);
    },
    async derive() {
      for (const sql of deriving) await connection.run(sql);
    },
    async settle() {
      await connection.run('CHECKPOINT');
      // What loading has left in its cache would stand beside the others' memory.
      close();
      ({ instance, connection } = await open());
    },
    bytes: async () => ({ file: statSync(file).size }),
    async ask(question) {
      if (!(question in questions)) throw new Error(`DuckDB was not asked for ${question}`);
      const asked = questions[question as keyof typeof questions];
      const told: AnswerByHand[] = [];
      for (const { metrics, sql } of asked) told.push({ metrics, rows: await rowsOf(sql) });
      answers = told;
    },
    told: async () => figuresByHand(answers),
    sessionsBehind: async (agent) => (await rowsOf(sessionsBehind, { agent })).map((row) => String(row.session_id)),
    transcript: async (session) => (await rowsOf(transcript, { session })).length,
    async late(folder) {
      await connection.run(loadingLate(folder));
      for (const sql of deriving) await connection.run(sql);
    },
    close: async () => close(),
  };
}
