import { compare, fraction, one, sum, zero } from './fraction.ts';
import { paidAs } from './gradePay.ts';
import { offeredMetric } from './offeredMetric.ts';
import { type Issue, type IssueCode, issue } from './planIssues.ts';
import type { PlanMetric } from './planMetric.ts';
import type { Plan } from './planSchema.ts';
import { deductMode, whole } from './validateItem.ts';
import { positive } from './validateWeights.ts';

const hundred = fraction('100');

/** What the total leads to: small samples, presence, red lines, distribution, outcomes, stars, incentives, presets, views, appeal. */
export function validateRules(plan: Plan, metrics: ReadonlyMap<string, PlanMetric>): Issue[] {
  return [
    ...percent(plan.smallSample.unratedAbove, 'smallSample.unratedAbove'),
    ...(plan.smallSample.mode === 'deduct' ? deductMode(plan.smallSample, 'smallSample') : []),
    ...(plan.presence?.attendanceBelow === undefined
      ? []
      : percent(plan.presence.attendanceBelow, 'presence.attendanceBelow')),
    ...(plan.appeal ? whole(plan.appeal.days, 'appeal.days') : []),
    ...(plan.appeal?.decideDays === undefined ? [] : whole(plan.appeal.decideDays, 'appeal.decideDays')),
    ...(plan.ruleEvidence
      ? [
          ...whole(plan.ruleEvidence.labelled, 'ruleEvidence.labelled'),
          ...percent(plan.ruleEvidence.precisionPercent, 'ruleEvidence.precisionPercent'),
          ...whole(plan.ruleEvidence.rolling, 'ruleEvidence.rolling'),
        ]
      : []),
    ...vetoReach(plan),
    ...distribution(plan),
    ...outcomes(plan),
    ...stars(plan),
    ...incentives(plan, metrics),
    ...presets(plan),
    ...views(plan),
    ...(plan.survey ? [...whole(plan.survey.step, 'survey.step'), ...whole(plan.survey.least, 'survey.least')] : []),
    ...(plan.mentoring ? whole(plan.mentoring.months, 'mentoring.months') : []),
    ...(plan.mentoring && plan.appraises !== 'team' ? [issue('mentoring', 'mentoring.noTeam')] : []),
  ];
}

/** Whether it has red lines that force the grade. */
const isGrave = ({ vetoes }: Plan): boolean => vetoes.some(({ effect }) => effect !== 'starDown');

/** That a red line leaves the pay of its year as it is, is a choice that somebody should know of. */
function vetoReach(plan: Plan): Issue[] {
  if (!isGrave(plan)) return plan.vetoReach ? [issue('vetoReach', 'vetoes.reachNothing')] : [];
  const isPaid = paidAs(plan, 'year') !== null;
  return isPaid && plan.vetoReach?.upTo !== 'year'
    ? [issue(plan.vetoReach ? 'vetoReach.upTo' : 'vetoes', 'vetoes.unpaid')]
    : [];
}

function distribution(plan: Plan): Issue[] {
  const found = plan.distribution;
  if (!found) return [];
  const { top, second, standard, bottom, vetoed, smallest } = found;
  const path = 'distribution';
  const shares = sum([top, second, bottom].map(({ share }) => fraction(share)));
  const ranks = Object.entries({ top, second, standard, bottom, ...(vetoed ? { vetoed } : {}) });
  return [
    ...[top, second, bottom].flatMap(({ share }, i) =>
      percent(share, `${path}.${['top', 'second', 'bottom'][i]}.share`),
    ),
    ...(compare(shares, hundred) > 0 ? [issue(path, 'distribution.shares')] : []),
    ...ranks.flatMap(([place, { levels }]) => whole(levels, `${path}.${place}.levels`)),
    ...ranks.flatMap(([place, { id }], i) =>
      ranks.slice(0, i).some(([, earlier]) => earlier.id === id)
        ? [issue(`${path}.${place}.id`, 'id.duplicate', { id })]
        : [],
    ),
    ...whole(smallest, `${path}.smallest`),
    // Without a grade of its own a red line would be ranked by the total, up to the best grade.
    ...(!vetoed && isGrave(plan) ? [issue(path, 'distribution.vetoedMissing')] : []),
  ];
}

function outcomes(plan: Plan): Issue[] {
  const { top, second, standard, bottom, vetoed } = plan.distribution ?? {};
  const ranks = [top, second, standard, bottom, vetoed].flatMap((rank) => (rank ? [rank.id] : []));
  const grades = new Set([...plan.bands.map(({ id }) => id), ...ranks]);
  return plan.outcomes.flatMap((outcome, i) => [
    ...(grades.has(outcome.grade) ? [] : [issue(`outcomes[${i}].grade`, 'outcome.grade', { grade: outcome.grade })]),
    ...whole(outcome.inARow, `outcomes[${i}].inARow`),
    ...(outcome.range ? range(outcome.range, `outcomes[${i}].range`) : []),
    ...(outcome.paidMonths ? whole(outcome.paidMonths, `outcomes[${i}].paidMonths`) : []),
  ]);
}

function range({ from, to }: { readonly from: string; readonly to: string }, path: string): Issue[] {
  return [
    ...percent(from, `${path}.from`),
    ...percent(to, `${path}.to`),
    ...(compare(fraction(from), fraction(to)) > 0 ? [issue(path, 'outcome.range')] : []),
  ];
}

function stars(plan: Plan): Issue[] {
  const needsStars = plan.vetoes.flatMap(({ effect }, v) =>
    effect === 'starDown' && !plan.stars ? [issue(`vetoes[${v}].effect`, 'stars.missing')] : [],
  );
  if (!plan.stars) return needsStars;
  const { meets, inARow, floor } = plan.stars;
  return [
    ...needsStars,
    ...meets.flatMap((item, i) => knownItem(plan, item, `stars.meets[${i}]`)),
    ...whole(inARow, 'stars.inARow'),
    ...(/^\d{1,3}$/.test(floor) ? [] : [issue('stars.floor', 'stars.floor')]),
  ];
}

function incentives(plan: Plan, metrics: ReadonlyMap<string, PlanMetric>): Issue[] {
  const couplings = new Set((plan.couplings ?? []).map(({ id }) => id));
  return (plan.incentives ?? []).flatMap(({ coupling, rate, of }, i) => [
    ...(couplings.has(coupling) ? [] : [issue(`incentives[${i}].coupling`, 'coupling.unknown', { coupling })]),
    ...(typeof rate === 'string' && compare(fraction(rate), zero) < 0
      ? [issue(`incentives[${i}].rate`, 'target.negative')]
      : []),
    ...(of === undefined ? [] : offeredMetric(of, `incentives[${i}].of`, metrics)),
  ]);
}

function presets(plan: Plan): Issue[] {
  const bands = new Set(plan.bands.map(({ id }) => id));
  return (plan.presets ?? []).flatMap(({ coefficients }, p) =>
    Object.entries(coefficients).flatMap(([band, amount]) => {
      const path = `presets[${p}].coefficients.${band}`;
      if (!bands.has(band)) return [issue(path, 'outcome.grade', { grade: band })];
      return compare(fraction(amount), zero) < 0 ? [issue(path, 'coefficient.negative')] : [];
    }),
  );
}

function views(plan: Plan): Issue[] {
  return (plan.views ?? []).flatMap(({ parts }, v) => [
    ...parts.flatMap(({ weight, items }, p) => [
      ...positive(weight, `views[${v}].parts[${p}].weight`),
      ...items.flatMap((item, i) => knownItem(plan, item, `views[${v}].parts[${p}].items[${i}]`)),
    ]),
    ...(compare(sum(parts.map(({ weight }) => fraction(weight))), hundred) === 0
      ? []
      : [issue(`views[${v}].parts`, 'view.sum')]),
  ]);
}

function knownItem(plan: Plan, item: string, path: string): Issue[] {
  return plan.blocks.some((block) => block.items.some(({ id }) => id === item))
    ? []
    : [issue(path, 'item.unknown', { item })];
}

function percent(amount: string, path: string, code: IssueCode = 'percent.range'): Issue[] {
  const value = fraction(amount);
  return compare(value, zero) < 0 || compare(value, hundred) > 0 ? [issue(path, code)] : [];
}

/** The bands that a total can reach cover everything from 0 up, once. */
export function validateBands(plan: Plan): Issue[] {
  const issues: Issue[] = [];
  const last = plan.bands.length - 1;
  const scale = plan.bands.filter(({ vetoOnly }, i) => vetoOnly !== true || i < last);
  for (const [i, band] of plan.bands.entries()) {
    const path = `bands[${i}]`;
    if (typeof band.coefficient === 'string' && compare(fraction(band.coefficient), zero) < 0)
      issues.push(issue(`${path}.coefficient`, 'coefficient.negative'));
    if (!band.vetoOnly) continue;
    if (i < last) issues.push(issue(`${path}.vetoOnly`, 'bands.vetoLast'));
    if (compare(fraction(band.from), zero) !== 0 || compare(fraction(band.to ?? '1'), zero) !== 0)
      issues.push(issue(path, 'bands.vetoRange'));
    if (plan.vetoes.every(({ effect }) => effect === 'starDown'))
      issues.push(issue(path, 'bands.unreachable', band.name));
  }
  for (const [i, band] of scale.entries()) {
    const path = `bands[${i}]`;
    const from = fraction(band.from);
    const to = band.to === undefined ? null : fraction(band.to);
    const worse = scale[i + 1];
    if (i === 0 && to) issues.push(issue(`${path}.to`, 'bands.topClosed'));
    if (i > 0 && !to) issues.push(issue(path, 'bands.topMissing'));
    if (compare(from, hundred) > 0 || (to && compare(from, to) >= 0))
      issues.push(issue(path, 'bands.unreachable', band.name));
    if (!worse) {
      if (compare(from, zero) !== 0) issues.push(issue(`${path}.from`, 'bands.notFromZero'));
    } else if (compare(fraction(worse.from), from) >= 0) {
      issues.push(issue(`bands[${i + 1}].from`, 'bands.order'));
    } else if (worse.to !== undefined) {
      const edge = compare(fraction(worse.to), from);
      const params = edge < 0 ? { from: worse.to, to: band.from } : { from: band.from, to: worse.to };
      if (edge !== 0) issues.push(issue(`bands[${i + 1}].to`, edge < 0 ? 'bands.gap' : 'bands.overlap', params));
    }
  }
  return issues;
}

export function relaxFactor(factor: string, path: string): Issue[] {
  return compare(fraction(factor), one) < 0 ? [issue(path, 'relax.factor')] : [];
}
