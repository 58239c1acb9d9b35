import { compare, fraction, one, zero } from './fraction.ts';
import { paidAs } from './gradePay.ts';
import { offeredMetric } from './offeredMetric.ts';
import { type Issue, issue } from './planIssues.ts';
import { isPercentile, type PlanMetric, withOptions } from './planMetric.ts';
import type { Plan } from './planSchema.ts';
import { checkOptions } from './validateOptions.ts';
import { periodKinds } from './wording.ts';

type Rule = NonNullable<Plan['teamCoefficient']>;

/** What a team coefficient looks at adds up over a team, and its limits make sense; so too while it is switched off. */
export function validateTeamCoefficient(plan: Plan, metrics: ReadonlyMap<string, PlanMetric>): Issue[] {
  const { teamCoefficient: rule } = plan;
  if (!rule) return [];
  const path = 'teamCoefficient';
  const { min, max } = rule;
  const [least, most] = [fraction(min), fraction(max)];
  const holdsOne = compare(least, one) <= 0 && compare(one, most) <= 0;
  return [
    ...(plan.appraises === 'team' ? [issue(path, 'team.ofManagers')] : []),
    ...ofMetric(rule, path, metrics),
    ...(compare(fraction(rule.target), zero) <= 0 ? [issue(`${path}.target`, 'target.notPositive')] : []),
    ...(compare(least, zero) < 0 ? [issue(`${path}.min`, 'target.negative')] : []),
    ...(compare(least, most) > 0
      ? [issue(path, 'team.limits', { min, max })]
      : holdsOne
        ? []
        : [issue(path, 'team.one', { min, max })]),
    ...(rule.enabled ? [...twice(plan, rule, metrics), ...unpaid(plan, rule)] : []),
  ];
}

function ofMetric(rule: Rule, path: string, metrics: ReadonlyMap<string, PlanMetric>): Issue[] {
  const place = `${path}.metric`;
  const metric = metrics.get(rule.metric);
  const missing = offeredMetric(rule.metric, place, metrics);
  if (!metric || missing.length > 0) return missing;
  const named = { metric: metric.id };
  const adds = metric.form === 'ratio' && !isPercentile(metric, rule.options);
  return [
    ...checkOptions({ options: rule.options }, metric, path, 'agent'),
    ...(metric.dimensions.includes('team') ? [] : [issue(place, 'metric.notByTeam', named)]),
    ...(adds ? [] : [issue(place, 'team.notRatio', named)]),
    ...(metric.better === 'higher' ? [] : [issue(place, 'team.notHigher', named)]),
  ];
}

/** The same figure in a score and in its coefficient is a choice that somebody should know of. */
function twice({ blocks }: Plan, rule: Rule, metrics: ReadonlyMap<string, PlanMetric>): Issue[] {
  const metric = metrics.get(rule.metric);
  if (!metric) return [];
  const { id } = withOptions(metric, rule.options);
  const same = blocks
    .flatMap(({ items }) => items)
    .find((item) => item.metric === rule.metric && withOptions(metric, item.options).id === id);
  return same ? [issue('teamCoefficient.metric', 'team.twice', { ...same.name, metric: id })] : [];
}

/** A coefficient that pays nothing changes nothing but what is shown. */
function unpaid(plan: Plan, { periods }: Rule): Issue[] {
  const kind = paidAs(plan, 'year') ? 'year' : 'month';
  return kind === 'year' && periods.includes(kind) ? [] : [issue('teamCoefficient', 'team.unpaid', periodKinds[kind])];
}
