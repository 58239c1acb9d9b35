import type { CaseMixQuestion } from '../metrics/askCaseMix.ts';
import type { IntervalRow } from '../metrics/askIntervals.ts';
import type { Dimension, MetricRow } from '../metrics/metricValue.ts';
import type { Period } from '../metrics/period.ts';
import type { ClickHouseTables } from '../platform/clickhouse.ts';
import type { Deps } from '../platform/http.ts';
import type { PersonMix } from './caseMix.ts';
import type { Memo } from './memo.ts';
import type { Person } from './organisation.ts';
import type { PlanMetric } from './planMetric.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { ChargedIncident, ScoreInput } from './scorecard.ts';

export interface FigureQuery {
  readonly period: Period;
  readonly by: readonly Dimension[];
  readonly metrics: readonly string[];
  readonly filter?: {
    readonly agent?: readonly string[];
    readonly team?: readonly string[];
    readonly shop?: readonly string[];
  };
  /** All of it from these facts, whatever is closed. */
  readonly facts?: ClickHouseTables;
}

/** What scores need besides the stores: the metric catalogue and a way to ask for figures. */
export interface ScoreDeps extends Pick<Deps, 'stores' | 'now' | 'timeZone'> {
  /** How many people are gathered and scored at a time; no more than these are ever kept together. */
  readonly batch: number;
  /** Every metric a plan may use, the organisation's own included, as defined today. */
  readonly catalogue: () => Promise<readonly PlanMetric[]>;
  /** The facts that a period is told from: of a closed one as they were then. */
  readonly facts: (period: Period) => Promise<ClickHouseTables>;
  readonly figures: (query: FigureQuery) => Promise<readonly MetricRow[]>;
  /** The same by agent for everybody, asked for once and taken a batch of people at a time, in their order. */
  readonly figuresInOrder: (
    query: FigureQuery,
  ) => Promise<(agents: readonly string[]) => Promise<readonly MetricRow[]>>;
  /** Confirmed incidents of these items, of these agents or, where none is named, of all. */
  readonly incidents: (
    period: Period,
    items: readonly string[],
    agents: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly ChargedIncident[]>>;
  /** For a run over more people than a batch: how each batch asks. Left out, it asks for its own people alone. */
  readonly turn?: (plan: ResolvedPlan, agents: readonly string[]) => ScoreDeps;
  /** How sure the same figures are; nothing for a metric whose definition changes within the period. */
  readonly intervals: (query: FigureQuery) => Promise<readonly IntervalRow[]>;
  /** Everybody's case mix in a metric, each person's share of it told; null for one that cannot be standardised. */
  readonly caseMix: (query: CaseMixQuestion) => Promise<ReadonlyMap<string, PersonMix> | null>;
  /**
   * What was gathered already, for as long as the data stay the same: everybody of a period, the figures of teams,
   * and what each person's card is made from.
   */
  readonly people: Memo<readonly Person[]>;
  readonly teamFigures: Memo<readonly MetricRow[]>;
  readonly inputs: Memo<ReadonlyMap<string, ScoreInput>>;
  /** One person's figures, for whoever tries a plan on them. */
  readonly personFigures: Memo<readonly MetricRow[]>;
}
