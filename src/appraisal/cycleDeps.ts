import type pg from 'pg';
import type { Deps } from '../platform/http.ts';
import type { ScoreDeps } from '../scores/scoreDeps.ts';
import type { CycleCheck } from './missing.ts';

/** What cycles need besides scoring: the log, and what other features look at or do when a period moves. */
export interface CycleDeps extends ScoreDeps, Pick<Deps, 'log'> {
  /** Brings the facts up to date with everything imported. */
  readonly derive: () => Promise<void>;
  readonly checks: readonly CycleCheck[];
  /** Done within the transaction that publishes. */
  readonly whenPublished: readonly ((connection: pg.PoolClient, period: string) => Promise<void>)[];
}
