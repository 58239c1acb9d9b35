import type { Queryable } from '../../platform/transaction.ts';

/** Who judged something, as a member; the name is for reading. */
export interface Judge {
  readonly userId: string;
  readonly name: string;
}

export interface AppealedInspection {
  readonly agentId: string;
  /** The month in which it counts, as 2026-10. */
  readonly month: string;
  readonly judges: readonly Judge[];
  /** Its row among the assessments, as evidence names it. */
  readonly assessment: string;
  /** Ids of the incidents that came of it. */
  readonly incidents: readonly string[];
}

/** Why something is overturned, and by whose word. */
export interface Word {
  readonly at: Date;
  readonly by: { readonly userId: string; readonly name: string };
  readonly text: string;
}

/**
 * What rules and inspectors found, as appeals need to know it. Quality stands beside the flow, so the server ties the two together
 * (src/appealedFindings.ts).
 */
export interface Findings {
  inspection(postgres: Queryable, id: number): Promise<AppealedInspection | null>;
  /** Who confirmed the hit that an incident came of; empty where it came of none. */
  hitJudges(postgres: Queryable, incidentId: string): Promise<readonly Judge[]>;
  /** The result of an inspection counts no more. */
  overturnInspection(connection: Queryable, id: number, word: Word): Promise<void>;
  /** Decides that a hit was wrong, with its incident; false for an incident that came of no hit. */
  overturnHit(connection: Queryable, incidentId: string, word: Word): Promise<boolean>;
  /** Sends what was overturned into the facts; call it when the transaction has ended. */
  send(): Promise<void>;
}
