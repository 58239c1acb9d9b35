import type { Deps } from '../platform/http.ts';
import type { Queryable } from '../platform/transaction.ts';
import type { ScoreDeps } from '../scores/scoreDeps.ts';
import type { CycleCheck } from './missing.ts';

/** What cycles need besides scoring: the log, and what other features look at or do when a period moves. */
export interface CycleDeps extends ScoreDeps, Pick<Deps, 'log'> {
  /** Brings the facts up to date with everything imported. */
  readonly derive: () => Promise<void>;
  readonly checks: readonly CycleCheck[];
  /** Done within the transaction that publishes, and within one that revises a card of a published period. */
  readonly whenPublished: readonly WhenPublished[];
}

/** Whose cards were revised, and why. */
export interface Revised {
  readonly agents: readonly string[];
  readonly reason: string;
}

/** `revised` is left out where the period is only now published. */
export type WhenPublished = (connection: Queryable, period: string, revised?: Revised) => Promise<void>;
