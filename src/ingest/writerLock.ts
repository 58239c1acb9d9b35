import type pg from 'pg';
import { holding } from '../platform/advisoryLock.ts';
import type { ClickHouse } from '../platform/clickhouse.ts';
import { asSoleWriter } from '../platform/soleWriter.ts';
import type { Stores } from '../platform/stores.ts';

/**
 * One writer at a time, over all processes of the installation: what is a duplicate can only be told while nobody
 * else adds rows. `work` adds them through the connections it is given.
 */
export const whileOnlyWriter = <Result>(
  stores: Pick<Stores, 'postgres' | 'clickhouse'>,
  work: (clickhouse: ClickHouse) => Promise<Result>,
): Promise<Result> => asSoleWriter(stores, 'writers', work);

/** Marks this process as importing: nobody takes its unfinished parts for those of a crash. */
export const whileImporting = <Result>(db: pg.Pool, work: () => Promise<Result>): Promise<Result> =>
  holding(db, 'importers', 'share', work);

/** Runs only when no process imports, and keeps others from beginning meanwhile; otherwise does nothing. */
export const whileNobodyImports = (db: pg.Pool, work: () => Promise<void>): Promise<void> =>
  holding(db, 'importers', 'try', (held) => (held ? work() : Promise.resolve()));
