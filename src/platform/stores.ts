import type pg from 'pg';
import type { ClickHouse } from './clickhouse.ts';
import type { Log } from './log.ts';

/** The two stores everything lives in, and the directory of this installation's own files. */
export interface Stores {
  readonly clickhouse: ClickHouse;
  readonly postgres: pg.Pool;
  readonly dataDir: string;
}

export interface OpenStores extends Stores {
  /** False for a process that attached to the engines of the one that holds the data directory. */
  readonly owner: boolean;
  close(): Promise<void>;
}

/** Starts the embedded engines or connects to CLICKHOUSE_URL and DATABASE_URL, takes the lock, runs migrations. */
export async function openStores(options: {
  dataDir: string;
  env?: NodeJS.ProcessEnv;
  log?: Log;
}): Promise<OpenStores> {
  throw new Error(`not written yet: ${options.dataDir}`);
}
