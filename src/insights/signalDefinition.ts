import type { Bilingual } from '../platform/language.ts';
import type { NeedName } from './needs.ts';

export type FigureUnit = 'percent' | 'seconds' | 'count' | 'ratio' | 'points';

/** One number per agent. Null where there is too little to say; never 0 for that. */
export interface Figure {
  readonly name: Bilingual;
  readonly unit: FigureUnit;
  /** An aggregate over the observations (a nullable number), or a metric of the catalogue. */
  readonly from: { readonly sql: string } | { readonly metric: string };
}

export interface Threshold {
  readonly name: Bilingual;
  readonly unit: FigureUnit;
  /** REC: our choice where the source names none. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What must hold of a figure: of the value itself, or of its robust z against comparable colleagues. */
export interface Condition {
  readonly figure: string;
  readonly of: 'value' | 'z' | 'timesMedian';
  readonly side: 'atLeast' | 'above' | 'atMost';
  readonly threshold: string;
  /** Beside what the source asks: looked at only where there are enough people to compare with. */
  readonly beside?: true;
}

export interface Alternative {
  readonly needs: readonly NeedName[];
  /** All must hold; the first decides how strong the signal is. */
  readonly all: readonly Condition[];
}

/**
 * A behaviour that makes figures look better than the work was. It says where to look and never what somebody did: no figure,
 * score or pay depends on it.
 */
export interface SignalDefinition {
  readonly id: string;
  readonly name: Bilingual;
  /** The rule in words; {name} stands for a threshold in force. */
  readonly rule: Bilingual;
  /** What else could explain it: read before a conversation about it. */
  readonly innocent: Bilingual;
  readonly thresholds: Readonly<Record<string, Threshold>>;
  readonly figures: Readonly<Record<string, Figure>>;
  /** It shows when all conditions of one alternative hold whose needs are met; not measurable when no alternative's are. */
  readonly alternatives: readonly Alternative[];
  /**
   * The observations of a period: agent_id, queue, kind (session, ticket or order), id, hit (one to inspect), and what the figures
   * count. Parameters: from, to, now Int64 (UTC ms), tz String, t_NAME Float64 for each threshold. Null: nothing to look at exists yet.
   */
  readonly observations: string | null;
}

export const z = (figure: string, threshold: string, side: Condition['side'] = 'atLeast'): Condition => ({
  figure,
  of: 'z',
  side,
  threshold,
});
export const value = (figure: string, threshold: string, side: Condition['side'] = 'atLeast'): Condition => ({
  figure,
  of: 'value',
  side,
  threshold,
});
export const timesMedian = (figure: string, threshold: string): Condition => ({
  figure,
  of: 'timesMedian',
  side: 'atLeast',
  threshold,
});

export const beside = (condition: Condition): Condition => ({ ...condition, beside: true });

/** Thresholds that most signals share. */
export const atLeastZ = (value = 2): Threshold => ({
  name: { zh: '稳健 z 不低于', en: 'Robust z at least' },
  unit: 'ratio',
  value,
  low: 0.5,
  high: 10,
});
export const atMostZ = (value: number): Threshold => ({
  name: { zh: '稳健 z 不高于', en: 'Robust z at most' },
  unit: 'ratio',
  value,
  low: -10,
  high: -0.5,
});
export const leastTimes = (value: number): Threshold => ({
  name: { zh: '不低于同组中位数的倍数', en: 'Times the median of comparable colleagues, at least' },
  unit: 'ratio',
  value,
  low: 1,
  high: 100,
});
export const minN = (value = 30): Threshold => ({
  name: { zh: '最少观测数', en: 'Observations, at least' },
  unit: 'count',
  value,
  low: 1,
  high: 100_000,
});
export const count = (name: Bilingual, value: number): Threshold => ({
  name,
  unit: 'count',
  value,
  low: 1,
  high: 100_000,
});
export const percent = (name: Bilingual, value: number): Threshold => ({
  name,
  unit: 'percent',
  value,
  low: -100,
  high: 100,
});
export const seconds = (name: Bilingual, value: number): Threshold => ({
  name,
  unit: 'seconds',
  value,
  low: 0,
  high: 86_400,
});
export const ratio = (name: Bilingual, value: number): Threshold => ({
  name,
  unit: 'ratio',
  value,
  low: 0,
  high: 1000,
});

export const share: Figure = {
  name: { zh: '占比', en: 'Share' },
  unit: 'percent',
  from: { sql: '100 * countIf(hit) / count()' },
};
