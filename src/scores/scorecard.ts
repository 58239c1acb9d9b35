import type { MetricValue } from '../metrics/metricValue.ts';
import type { Tier } from './planSchema.ts';

/** A figure and the period it is of, where that is not the card's own (the latest approved assessment). */
export interface ScoreValue {
  readonly figure: MetricValue;
  readonly period?: string;
  /** Calendar months in that period; 1 unless said otherwise. */
  readonly months?: number;
}

/** One day of a person's work for one metric: what a target that changes by the day is weighted with. */
export interface TargetDay {
  readonly day: string;
  /** The metric's denominator that day. */
  readonly volume: string;
  /** Value of the load metric that day; null without data. */
  readonly load: string | null;
  /** Relax factor of a promotion day; null on ordinary days. */
  readonly relax: string | null;
}

export interface Veto {
  readonly incident: string;
  readonly incidentId: string;
  readonly at: string;
}

/** Everything about one person and period that a plan may look at. */
export interface ScoreInput {
  readonly values: Readonly<Record<string, ScoreValue>>;
  readonly byPriority?: Readonly<Record<string, Readonly<Record<string, MetricValue>>>>;
  readonly days?: Readonly<Record<string, readonly TargetDay[]>>;
  readonly tier: Tier | null;
  /** Whether the period has promotion days. */
  readonly promotion: boolean;
  /** Confirmed incidents that are not overturned; only those the plan names have an effect. */
  readonly vetoes: readonly Veto[];
}

/** Why a target is what it is, as data; explain.ts puts it into words. */
export type TargetWhy =
  | { readonly kind: 'fixed' }
  | { readonly kind: 'range'; readonly pass: string }
  | { readonly kind: 'byPriority'; readonly targets: readonly { readonly key: string; readonly target: string }[] }
  | { readonly kind: 'byLoad'; readonly threshold: string; readonly days: readonly LoadDays[] }
  | { readonly kind: 'byTier'; readonly tier: Tier | null }
  | { readonly kind: 'perMonth'; readonly months: number; readonly each: string }
  | { readonly kind: 'ofMetric'; readonly metric: string; readonly factor: string; readonly value: string | null };

export interface LoadDays {
  readonly load: 'below' | 'reached' | 'unknown';
  readonly days: number;
  readonly target: string;
}
/** On how many days of those with work the target was relaxed. */
export interface Relaxed {
  readonly days: number;
  readonly factors: readonly string[];
}

export interface PartScore {
  readonly key: string;
  readonly value: string | null;
  readonly target: string;
  readonly n: number;
  readonly attainment: string | null;
}

/** All amounts are decimal strings, exact (34 decimals where one does not end). */
export interface ItemScore {
  readonly id: string;
  readonly block: string;
  readonly metric: string;
  readonly status: 'scored' | 'noData' | 'lowSample';
  readonly value: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly n: number;
  readonly minimumN: number;
  readonly target: string | null;
  readonly targetWhy: TargetWhy;
  readonly relaxed: Relaxed | null;
  readonly weight: string;
  readonly effectiveWeight: string | null;
  readonly attainment: string | null;
  readonly points: string | null;
  readonly parts: readonly PartScore[];
  readonly valuePeriod: string | null;
}

export type Step =
  | { readonly kind: 'promotion'; readonly item: string; readonly takesFrom: string; readonly weight: string }
  | {
      readonly kind: 'redistribute';
      readonly block: string;
      readonly missing: readonly string[];
      readonly weight: string;
      readonly to: 'block' | 'otherBlocks';
    }
  | {
      readonly kind: 'item';
      readonly item: string;
      readonly attainment: string;
      readonly weight: string;
      readonly points: string;
      readonly running: string;
    }
  | { readonly kind: 'part'; readonly period: string; readonly total: string; readonly running: string }
  | { readonly kind: 'mean'; readonly count: number; readonly running: string }
  | { readonly kind: 'round'; readonly sum: string; readonly total: string }
  | { readonly kind: 'grade'; readonly grade: string; readonly from: string; readonly to: string | null }
  | { readonly kind: 'veto'; readonly incidents: readonly string[]; readonly grade: string }
  | { readonly kind: 'coefficient'; readonly coefficient: string | null; readonly input: string | null }
  | { readonly kind: 'unrated'; readonly missing: string; readonly allowed: string };

export interface BlockScore {
  readonly id: string;
  readonly weight: string;
  /** null when no item of the block gives a score. */
  readonly points: string | null;
}

/** A person's card for one period: every number needed to redo it with a pocket calculator. */
export interface Scorecard {
  readonly plan: string;
  readonly status: 'rated' | 'unrated';
  /** Rounded half up to two decimals. */
  readonly total: string | null;
  /** Id of the band. */
  readonly grade: string | null;
  /** null when unrated or while the plan's input is not given. */
  readonly coefficient: string | null;
  readonly vetoes: readonly Veto[];
  readonly blocks: readonly BlockScore[];
  readonly items: readonly ItemScore[];
  readonly steps: readonly Step[];
}
