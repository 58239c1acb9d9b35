import type { MetricValue } from '../metrics/metricValue.ts';
import type { PersonMix } from './caseMix.ts';
import type { Tier, TierKey } from './planAmounts.ts';

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
  /** The metric's own value that day; asked for only where a plan charges by the day. */
  readonly value?: string | null;
}

/** What a metric counted on one day, in the figure's own terms. */
export interface DayFigure {
  readonly numerator: string;
  readonly denominator: string;
  readonly n: number;
}

export const exemptReasons = ['promotion', 'outage', 'holiday', 'other'] as const;
export type ExemptReason = (typeof exemptReasons)[number];

/** A day that does not count in one metric of one person, and what it would have counted. */
export interface ExemptDay {
  readonly day: string;
  readonly reason: ExemptReason;
  /** The entry of the exemption register; null where the plan's promotion rule says so. */
  readonly entry: string | null;
  /** null: nothing was counted that day. */
  readonly figure: DayFigure | null;
  readonly parts?: Readonly<Record<string, DayFigure>>;
}

/** A confirmed incident that may cost points. */
export interface ChargedIncident {
  readonly incident: string;
  readonly incidentId: string;
  readonly severity: 'minor' | 'major' | null;
  readonly at: string;
  /** The calendar day in the organisation's time zone. */
  readonly day: string;
  readonly sessionId: string | null;
  /**
   * Whose word it is: one inspection's, the rules', or whatever was imported. Cards of before it was told have none, and are charged as
   * they were: for every record.
   */
  readonly teller?: string;
}

export interface Veto {
  readonly incident: string;
  readonly incidentId: string;
  readonly at: string;
  /** On the card of a quarter or a year: the month on whose card it stands. */
  readonly period?: string;
}

/** Everything about one person and period that a plan may look at. */
export interface ScoreInput {
  /**
   * By which rules a target is told. 2: a target that is a factor of another figure needs enough of that figure and more than 0, and one for
   * a month is so many times as much for so many months also where an input or the tier gives it. Cards of before have none, and are scored
   * as they were.
   */
  readonly targets?: 2;
  readonly values: Readonly<Record<string, ScoreValue>>;
  readonly byPriority?: Readonly<Record<string, Readonly<Record<string, MetricValue>>>>;
  readonly days?: Readonly<Record<string, readonly TargetDay[]>>;
  /** By metric, the person's mix of circumstances, for items that are judged by the standardised value. */
  readonly caseMix?: Readonly<Record<string, PersonMix>>;
  readonly tier: Tier | null;
  /** Whether the period has promotion days. */
  readonly promotion: boolean;
  /** Confirmed incidents that are not overturned; only those the plan names have an effect. */
  readonly vetoes: readonly Veto[];
  /** Confirmed incidents of the items that the plan charges for. */
  readonly incidents?: readonly ChargedIncident[];
  /** By metric, the days that do not count; `days` and `byPriority` still contain them. */
  readonly exempt?: Readonly<Record<string, readonly ExemptDay[]>>;
  /** For a team's card: how much of each metric's volume people of each tier had. */
  readonly tierVolumes?: Readonly<Record<string, Readonly<Partial<Record<TierKey, string>>>>>;
  readonly presence?: {
    /** Percent of the scheduled shifts attended; null without a schedule. */
    readonly attendance: string | null;
    /** The period is the first, partial month after hiring. */
    readonly firstPartMonth: boolean;
  };
  /** On a team's card for a mentor: the new hires for whose sake the mentor has it. */
  readonly mentored?: readonly string[];
}

/** Why a target is what it is, as data; explain.ts puts it into words. */
export type TargetWhy =
  | { readonly kind: 'fixed' }
  | { readonly kind: 'range'; readonly pass: string }
  | { readonly kind: 'byPriority'; readonly targets: readonly { readonly key: string; readonly target: string }[] }
  | { readonly kind: 'byLoad'; readonly threshold: string; readonly days: readonly LoadDays[] }
  | { readonly kind: 'byTier'; readonly tier: Tier | null }
  | { readonly kind: 'byTierVolume'; readonly tiers: readonly TierVolume[] }
  | { readonly kind: 'input'; readonly input: string; readonly value: string | null }
  | { readonly kind: 'perMonth'; readonly months: number; readonly each: string }
  | {
      readonly kind: 'ofMetric';
      readonly metric: string;
      readonly factor: string;
      readonly value: string | null;
      /** Why it gives no target although it has a value. */
      readonly unfit?: 'lowSample' | 'notPositive';
    };

export interface LoadDays {
  readonly load: 'below' | 'reached' | 'unknown';
  readonly days: number;
  readonly target: string;
}
export interface TierVolume {
  readonly tier: TierKey;
  readonly volume: string;
  /** null while the input it waits for is not given. */
  readonly target: string | null;
}
/** On how many days of those with work the target was relaxed. */
export interface Relaxed {
  readonly days: number;
  readonly factors: readonly string[];
}

export type ItemStatus = 'scored' | 'noData' | 'lowSample';

export interface PartScore {
  readonly key: string;
  readonly value: string | null;
  readonly target: string;
  readonly n: number;
  readonly attainment: string | null;
}

/** Points lost for one incident, or for one day on which the figure missed its target. */
export interface Deduction {
  /** null for a day. */
  readonly incidentId: string | null;
  readonly incident: string | null;
  readonly severity: 'minor' | 'major' | null;
  readonly day: string;
  readonly points: string;
  /** The item that charges for it instead, as one incident is charged under one item only. */
  readonly chargedUnder: string | null;
}

/** All amounts are decimal strings, exact (34 decimals where one does not end). */
export interface ItemScore {
  readonly id: string;
  readonly block: string;
  readonly metric: string;
  readonly status: ItemStatus;
  readonly value: string | null;
  /** Where `value` is the standardised one: the figure as counted, and how many strata it was compared in; 0: none was found. */
  readonly standardised: { readonly raw: string; readonly strata: number } | null;
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
  /** What was charged, for an item that loses points by incident or by day. */
  readonly deductions: readonly Deduction[];
  /** Adds to the points of its block, outside the weights. */
  readonly bonus: boolean;
  /** How many days did not count. */
  readonly exemptDays: number;
}

/** A figure or an item adjusted by others: `value` = min(cap, attainment) × factor. */
export interface CouplingScore {
  readonly id: string;
  /** null: what is adjusted has no data. */
  readonly attainment: string | null;
  readonly terms: readonly { readonly of: string; readonly attainment: string | null }[];
  /** null: none of the terms has data. */
  readonly factor: string | null;
  readonly value: string | null;
}

export interface TrackScore {
  readonly id: string;
  readonly weight: string;
  /** Out of 100; null when nothing in it gives a score. */
  readonly score: string | null;
}

/** What a team came to in the figure that its people's coefficients are multiplied by; team '' for whoever is in none. */
export interface TeamFigure {
  readonly team: string;
  readonly figure: MetricValue;
}

/** The coefficient of a grade (`of`) times that of the team; both null while the plan's input is not given. */
export interface TeamStep extends TeamFigure {
  readonly kind: 'team';
  readonly metric: string;
  /** Figure ÷ target before the limits; null without enough data, where the factor is 1. */
  readonly ratio: string | null;
  readonly factor: string;
  readonly of: string | null;
  readonly coefficient: string | null;
}

export type Step =
  | { readonly kind: 'absent'; readonly attendance: string | null; readonly allowed: string | null }
  | { readonly kind: 'tier'; readonly tier: Tier | null }
  | {
      readonly kind: 'exempt';
      readonly metric: string;
      readonly days: readonly string[];
      readonly reason: ExemptReason;
      readonly entries: readonly string[];
    }
  | { readonly kind: 'replaced'; readonly block: string; readonly item: string }
  | {
      readonly kind: 'deduction';
      readonly item: string;
      readonly incidents: readonly string[];
      readonly days: readonly string[];
      readonly lost: string;
      readonly full: string;
      readonly left: string;
    }
  | { readonly kind: 'sameIncident'; readonly item: string; readonly incidentId: string; readonly chargedUnder: string }
  | {
      readonly kind: 'coupling';
      readonly coupling: string;
      readonly attainment: string | null;
      readonly cap: string | null;
      readonly factor: string | null;
      readonly value: string | null;
    }
  | {
      readonly kind: 'bonus';
      readonly item: string;
      readonly points: string;
      readonly counted: string;
      readonly running: string;
    }
  | {
      readonly kind: 'track';
      readonly track: string;
      readonly score: string;
      readonly weight: string;
      readonly points: string;
    }
  | { readonly kind: 'mentor'; readonly mentees: readonly string[] }
  | { readonly kind: 'star'; readonly incidents: readonly string[] }
  | {
      readonly kind: 'incentive';
      readonly incentive: string;
      readonly rate: string | null;
      readonly factor: string | null;
      readonly value: string | null;
    }
  | { readonly kind: 'promotion'; readonly item: string; readonly takesFrom: string; readonly weight: string }
  | {
      readonly kind: 'redistribute';
      readonly block: string;
      readonly missing: readonly string[];
      readonly weight: string;
      readonly to: 'pair' | 'block' | 'otherBlocks' | 'otherTracks';
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
  | {
      readonly kind: 'veto';
      readonly incidents: readonly string[];
      readonly grade: string;
      /** On the card of a quarter or a year: the months that they are of. */
      readonly periods?: readonly string[];
    }
  | { readonly kind: 'coefficient'; readonly coefficient: string | null; readonly input: string | null }
  | TeamStep
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
  /** Empty where the plan has no tracks. */
  readonly tracks: readonly TrackScore[];
  readonly blocks: readonly BlockScore[];
  readonly couplings: readonly CouplingScore[];
  readonly items: readonly ItemScore[];
  readonly steps: readonly Step[];
}
