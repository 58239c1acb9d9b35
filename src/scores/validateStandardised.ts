import { canStandardise } from '../metrics/standardise.ts';
import { type Issue, type IssueCode, issue } from './planIssues.ts';
import { isPercentile, type PlanMetric } from './planMetric.ts';
import type { Plan, PlanItem } from './planSchema.ts';

/** An item that asks for the standardised value can have one: a person's ratio, judged as a whole and by its value. */
export function checkStandardised(
  item: Pick<PlanItem, 'value' | 'options' | 'of' | 'target' | 'attainment' | 'smallSample'>,
  metric: PlanMetric,
  path: string,
  plan: Pick<Plan, 'appraises' | 'smallSample'>,
): Issue[] {
  if (item.value === undefined) return [];
  const { attainment, target } = item;
  const mode = item.smallSample?.mode ?? (metric.unit === 'percent' ? plan.smallSample.mode : 'redistribute');
  const counts = attainment.curve === 'perOccurrence' || attainment.curve === 'deductions' || mode === 'deduct';
  const found: [wrong: boolean, code: IssueCode][] = [
    [!canStandardise(metric), 'standardise.metric'],
    [isPercentile(metric, item.options), 'standardise.percentile'],
    [plan.appraises === 'team' || item.of === 'team', 'standardise.team'],
    [typeof target === 'object' && 'byPriority' in target, 'standardise.parts'],
    [counts, 'standardise.counts'],
  ];
  return found.flatMap(([wrong, code]) => (wrong ? [issue(`${path}.value`, code, { metric: metric.id })] : []));
}

/** The latest assessment is no figure of a mix of contacts. */
export const latestStandardised = ({ blocks }: Plan): Issue[] =>
  blocks.flatMap((block, b) =>
    block.values !== 'latest'
      ? []
      : block.items.flatMap(({ value }, i) =>
          value === undefined ? [] : [issue(`blocks[${b}].items[${i}].value`, 'standardise.latest')],
        ),
  );
