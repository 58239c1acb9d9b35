import { wilson } from '../../metrics/interval.ts';
import { type Earns, isRedLine, type Rule, standardEarns } from './ruleSchema.ts';

/** What people said of a rule's hits, oldest first: true where one was confirmed. */
export type Labels = readonly boolean[];

export interface Precision {
  readonly labelled: number;
  readonly confirmed: number;
  /** Percent, with the 95% interval (Wilson); null before anybody labelled a hit. */
  readonly percent: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * marks: it only marks. redLine: a person's confirmation counts, always and alone. earned: confirmed hits deduct. learning: too few
 * labels, or the interval begins below the threshold. lost: the last labels fell below it.
 */
export type Standing = 'marks' | 'redLine' | 'earned' | 'learning' | 'lost';

export interface Standings {
  readonly standing: Standing;
  readonly precision: Precision;
  readonly earns: Earns | null;
  /** Share of right ones among the last labels, percent; null before there are enough. */
  readonly rolling: number | null;
}

export function precisionOf(labels: Labels): Precision {
  const labelled = labels.length;
  const confirmed = labels.filter(Boolean).length;
  if (labelled === 0) return { labelled, confirmed, percent: null, low: null, high: null };
  const [low, high] = wilson(confirmed, labelled);
  return { labelled, confirmed, percent: (100 * confirmed) / labelled, low: 100 * low, high: 100 * high };
}

/**
 * Whether a rule's confirmed hits may deduct. A rule earns it over all labels and loses it over the last ones of those that were given
 * since it looks for what it looks for now (`asItIs`): whoever widens a rule widens no right, until it has shown itself again. Where a
 * plan asks more than the rule itself, that holds.
 */
export function standingOf(
  rule: Pick<Rule, 'incident' | 'earns'>,
  labels: Labels,
  asItIs: Labels,
  plan: Earns | null,
): Standings {
  const precision = precisionOf(labels);
  if (rule.incident === undefined) return { standing: 'marks', precision, earns: null, rolling: null };
  if (isRedLine(rule)) return { standing: 'redLine', precision, earns: null, rolling: null };
  const earns = strictest(rule.earns ?? standardEarns, plan);
  const last = asItIs.slice(-earns.rolling);
  const rolling = last.length < earns.rolling ? null : (100 * last.filter(Boolean).length) / last.length;
  const told = { precision, earns, rolling };
  if (rolling !== null && rolling < earns.precisionPercent && labels.length >= earns.labelled) {
    return { standing: 'lost', ...told };
  }
  const enough =
    rolling !== null &&
    labels.length >= earns.labelled &&
    precision.low !== null &&
    precision.low >= earns.precisionPercent;
  return { standing: enough ? 'earned' : 'learning', ...told };
}

const strictest = (rule: Earns, plan: Earns | null): Earns =>
  plan === null
    ? rule
    : {
        labelled: Math.max(rule.labelled, plan.labelled),
        precisionPercent: Math.max(rule.precisionPercent, plan.precisionPercent),
        rolling: Math.max(rule.rolling, plan.rolling),
      };

/** Whether a person's confirmation becomes an incident. */
export const mayDeduct = (standing: Standing): boolean => standing === 'earned' || standing === 'redLine';
