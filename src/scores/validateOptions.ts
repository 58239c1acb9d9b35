import { optionChange, optionValues } from '../metrics/metricOptions.ts';
import { type Issue, issue } from './planIssues.ts';
import { type ChosenOptions, isPercentile, type PlanMetric } from './planMetric.ts';

/**
 * The options named beside a metric exist for it, with these values; and what cannot be done with a percentile is not asked of it.
 * `curve`: of an item, how it is judged.
 */
export function checkOptions(
  { options = {}, curve }: { readonly options?: ChosenOptions | undefined; readonly curve?: string },
  metric: PlanMetric,
  path: string,
  appraises: 'agent' | 'team',
): Issue[] {
  const known = Object.keys(metric.options);
  const wrong = Object.entries(options).flatMap(([name, value]): Issue[] => {
    const place = `${path}.options.${name}`;
    const option = Object.hasOwn(metric.options, name) ? metric.options[name] : undefined;
    if (!option)
      return known.length === 0
        ? [issue(place, 'option.none', { metric: metric.id })]
        : [issue(place, 'option.unknown', { metric: metric.id, option: name, known: known.join(', ') })];
    const values = optionValues(option).join(', ');
    return optionChange(option, value) ? [] : [issue(place, 'option.value', { option: name, value, known: values })];
  });
  if (!isPercentile(metric, options)) return wrong;
  return [
    ...wrong,
    ...(appraises === 'team' ? [issue(`${path}.options`, 'option.percentileTeam')] : []),
    ...(curve === undefined || curve === 'deductions' ? [] : [issue(`${path}.options`, 'option.percentileDays')]),
  ];
}
