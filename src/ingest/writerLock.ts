import type pg from 'pg';
import { holding } from '../platform/advisoryLock.ts';

/**
 * One writer at a time, over all processes of the installation: what is a duplicate can only be told while nobody
 * else adds rows.
 */
export const whileOnlyWriter = <Result>(db: pg.Pool, work: () => Promise<Result>): Promise<Result> =>
  holding(db, 'writers', 'wait', work);

/** Marks this process as importing: nobody takes its unfinished parts for those of a crash. */
export const whileImporting = <Result>(db: pg.Pool, work: () => Promise<Result>): Promise<Result> =>
  holding(db, 'importers', 'share', work);

/** Runs only when no process imports, and keeps others from beginning meanwhile; otherwise does nothing. */
export const whileNobodyImports = (db: pg.Pool, work: () => Promise<void>): Promise<void> =>
  holding(db, 'importers', 'try', (held) => (held ? work() : Promise.resolve()));
