import { describe, expect, test } from 'vitest';
import { catalogue } from '../metrics/catalogue.ts';
import { blend } from './blend.ts';
import { conclude } from './conclude.ts';
import { explainRules } from './explainRules.ts';
import { explainStep } from './explainStep.ts';
import { fraction } from './fraction.ts';
import { planDifferences } from './planDifferences.ts';
import type { Plan } from './planSchema.ts';
import { figureOfTeam, teamFactor, teamIn, teamRule } from './teamCoefficient.ts';
import { catalogueById, figure, noData, resolved, shippedPlan } from './testing.ts';
import { validatePlan } from './validatePlan.ts';

const shipped = shippedPlan('jd-service-desk');
const { teamCoefficient: written } = shipped;
if (!written) throw new Error('the plan has no team coefficient');
const withRule = (change: Partial<NonNullable<Plan['teamCoefficient']>>, plan: Plan = shipped): Plan => ({
  ...plan,
  teamCoefficient: { ...written, enabled: true, ...change },
});
const plan = resolved(withRule({}));
const off = resolved(shipped);
/** (89.99 + 90.00 + 90.00) ÷ 3 rounds to 90.00: A, 6.5 months. */
const months = ['89.99', '90.00', '90.00'].map((total, i) => ({ period: `2026-1${i}`, total }));
const quarter = (value: ReturnType<typeof figure>, by = plan, team = '一组') =>
  blend(by, months, { team: figureOfTeam(new Map([['一组', value]]), team) });
const told = (card: ReturnType<typeof quarter>, by = plan) => {
  const step = card.steps.at(-1);
  return step && explainStep(step, by);
};

describe('the coefficient of a quarter times that of the team', () => {
  test('is team figure ÷ target of sums; total, grade and every other step stay', () => {
    // 2652 ÷ 30 = 88.4; 88.4 ÷ 85 = 1.04; 6.5 × 1.04 = 6.76.
    const value = figure('2652', '30', '1');
    const card = quarter(value);
    const plain = blend(plan, months);
    expect(card).toEqual({ ...plain, coefficient: '6.76', steps: [...plain.steps, card.steps.at(-1)] });
    expect(plain).toMatchObject({ total: '90.00', grade: 'a', coefficient: '6.5' });
    expect(card.steps.at(-1)).toEqual({
      ...{ kind: 'team', metric: 'peer_360', team: '一组', figure: value },
      ...{ ratio: '1.04', factor: '1.04', of: '6.5', coefficient: '6.76' },
    });
    expect(told(card)).toEqual({
      zh: '团队系数：一组的“360 互评” 88.4000 ÷ 85 = 1.0400；系数 6.5 × 1.0400 = 6.7600',
      en: 'Team coefficient: 360 feedback of 一组 88.4000 ÷ 85 = 1.0400; coefficient 6.5 × 1.0400 = 6.7600',
    });
  });

  test('is exact until it is rounded once, to four places', () => {
    // 250 ÷ 3 does not end, and neither does 250 ÷ 255: 6.5 × 50 ÷ 51 = 6.37254…
    const card = quarter(figure('250', '3', '1', 30));
    expect(card.coefficient).toBe('6.3725');
    expect(teamFactor(plan, teamIn(card))).toSatisfy((k: { n: bigint; d: bigint }) => k.n * 51n === k.d * 50n);
    // 8 × 84.999936 ÷ 85 = 7.99999397…; cut to four places first, the factor would be 1 as well.
    expect(quarter(figure('84999936', '1000000', '1')).steps.at(-1)).toMatchObject({ coefficient: '6.5' });
  });

  test('stays within its limits', () => {
    const [high, low] = [quarter(figure('3000', '30', '1')), quarter(figure('2100', '30', '1'))];
    expect([high.coefficient, low.coefficient]).toEqual(['7.15', '5.85']);
    expect(told(high)?.zh).toBe(
      '团队系数：一组的“360 互评” 100.0000 ÷ 85 = 1.1765，最高 1.1；系数 6.5 × 1.1000 = 7.1500',
    );
    expect(told(low)?.en).toBe(
      'Team coefficient: 360 feedback of 一组 70.0000 ÷ 85 = 0.8235, at least 0.9; coefficient 6.5 × 0.9000 = 5.8500',
    );
    // On the limit it is not limited.
    expect(told(quarter(figure('2805', '30', '1')))?.zh).toContain('93.5000 ÷ 85 = 1.1000；');
  });

  test('stays as it is without data, with too few observations, and for whoever is in no team, and says why', () => {
    const few = quarter(figure('200', '2', '1'));
    const inNone = quarter(figure('3000', '30', '1'), plan, '');
    for (const card of [quarter(noData), few, inNone])
      expect(card).toMatchObject({
        coefficient: '6.5',
        steps: expect.arrayContaining([expect.objectContaining({ kind: 'team', factor: '1', ratio: null })]),
      });
    expect(told(quarter(noData))?.zh).toBe('团队系数：一组没有“360 互评”的数据，按 1 计，系数不变');
    expect(told(few)?.zh).toBe('团队系数：一组的“360 互评”只有 2 个样本，不足 3 个，按 1 计，系数不变');
    expect(told(inNone)).toEqual({
      zh: '团队系数：没有所属团队，按 1 计，系数不变',
      en: 'Team coefficient: in no team, counted as 1, the coefficient stays',
    });
  });

  test('leaves 0 of a red line at 0, and a coefficient that is still to be given open', () => {
    const team = { team: '一组', figure: figure('3000', '30', '1') };
    const veto = { incident: 'abuse', incidentId: 'i1', at: '2026-10-05T02:00:00Z' };
    expect(conclude(plan, fraction('90'), [veto], team)).toMatchObject({ grade: 'unqualified', coefficient: '0' });
    const open = blend(plan, [{ period: '2026-10', total: '60.00' }], { team });
    expect([open.grade, open.coefficient]).toEqual(['b', null]);
    expect(told(open)?.zh).toBe('团队系数：一组的“360 互评” 100.0000 ÷ 85 = 1.1765，最高 1.1');
  });

  test('is kept by an unrated quarter, for the day a month of it is corrected', () => {
    const team = { team: '一组', figure: figure('2652', '30', '1') };
    const unrated = blend(plan, [{ period: '2026-10', total: null }], { team });
    expect([unrated.status, unrated.coefficient, teamIn(unrated)]).toEqual(['unrated', null, team]);
    expect(blend(plan, months, { team: teamIn(unrated) }).coefficient).toBe('6.76');
  });

  test('is switched off as shipped: no card knows of it, and no period is asked for', () => {
    expect([teamRule(off, 'quarter'), teamRule(off, 'year'), off.teamCoefficient]).toEqual([null, null, null]);
    expect(quarter(figure('3000', '30', '1'), off)).toEqual(blend(off, months));
    expect(blend(off, months)).toEqual(blend(resolved({ ...shipped, teamCoefficient: undefined }), months));
    const quarters = resolved(withRule({ periods: ['quarter'] }));
    expect((['month', 'quarter', 'year'] as const).map((kind) => teamRule(quarters, kind) !== null)).toEqual([
      ...[false, true, false],
    ]);
  });
});

describe('a plan', () => {
  const issuesOf = (of: Plan) =>
    validatePlan(of, catalogue)
      .filter(({ level }) => level !== 'needed')
      .map(({ path, code }) => `${path} ${code}`);

  test.each<[what: string, plan: Plan, issues: string[]]>([
    ['an unknown metric', withRule({ metric: 'happiness' }), ['teamCoefficient.metric metric.unknown']],
    ['a metric that no team has', withRule({ metric: 'kb_adopted' }), ['teamCoefficient.metric team.notRatio']],
    [
      'a metric of which less is better',
      withRule({ metric: 'avg_response_seconds' }),
      ['teamCoefficient.metric team.notHigher', 'teamCoefficient.metric team.twice'],
    ],
    [
      'an option that the metric does not have',
      withRule({ options: { colour: 'red' } }),
      ['teamCoefficient.options.colour option.none'],
    ],
    ['a target of nothing', withRule({ target: '0' }), ['teamCoefficient.target target.notPositive']],
    ['limits the wrong way round', withRule({ min: '1.1', max: '0.9' }), ['teamCoefficient team.limits']],
    ['limits without 1', withRule({ min: '0.8', max: '0.95' }), ['teamCoefficient team.one']],
    ['a least factor below 0', withRule({ min: '-0.1' }), ['teamCoefficient.min target.negative']],
    [
      'a plan of managers',
      withRule({}, shippedPlan('taobao-service-manager')),
      ['teamCoefficient team.ofManagers', 'teamCoefficient team.unpaid'],
    ],
  ])('that has %s is told so', (_, of, issues) => {
    const found = issuesOf(of).filter((each) => each.startsWith('teamCoefficient'));
    expect(
      issues.every((each) => found.includes(each)),
      found.join('\n'),
    ).toBe(true);
    expect(found.filter((each) => !issues.includes(each) && !each.endsWith('team.twice'))).toEqual([]);
  });

  test('that switches it on is told that the figure counts twice, and where it pays nothing', () => {
    expect(issuesOf(shipped)).toEqual([]);
    expect(issuesOf(withRule({}))).toEqual(['teamCoefficient.metric team.twice']);
    expect(issuesOf(withRule({ metric: 'csat_rate', target: '90' }))).toEqual([]);
    expect(issuesOf(withRule({ periods: ['quarter'] }))).toEqual([
      ...['teamCoefficient.metric team.twice', 'teamCoefficient team.unpaid'],
    ]);
    expect(issuesOf(withRule({}, shippedPlan('appliance-aftersales')))).toEqual(['teamCoefficient team.unpaid']);
  });

  test('tells the rule in both languages, whether it is on, and its changes by their names', () => {
    const rule = (of: Plan) => explainRules(of, catalogueById).find(({ id }) => id === 'teamCoefficient');
    expect(rule(withRule({}))?.lines[0]).toEqual({
      zh: '季度与年度记分卡上，等级的系数再乘以团队系数：所在团队的“360 互评”÷ 85，最低 0.9，最高 1.1；乘得的系数四舍五入到四位小数。总分和等级不变。',
      en: 'On the cards of quarters and years the grade’s coefficient is multiplied by the team’s: 360 feedback of one’s team ÷ 85, at least 0.9 and at most 1.1; the product is rounded to four decimals. Total and grade stay.',
    });
    expect(rule(shipped)?.lines[0]?.zh).toBe('未启用，系数不受团队影响。启用后：');
    expect(rule(shipped)?.rec).toEqual(written.rec);
    expect(planDifferences(shipped, withRule({ max: '1.2' }), catalogue).map(({ text }) => text)).toEqual([
      { zh: '团队系数·启用 由“否”改为“是”', en: 'team coefficient · enabled from "no" to "yes"' },
      { zh: '团队系数·最大 由“1.1”改为“1.2”', en: 'team coefficient · at most from "1.1" to "1.2"' },
    ]);
  });
});
