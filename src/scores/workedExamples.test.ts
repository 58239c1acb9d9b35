import { describe, expect, test } from 'vitest';
import { explainStep } from './explainStep.ts';
import { fraction, toFixed } from './fraction.ts';
import { gradePay } from './gradePay.ts';
import type { Plan } from './planSchema.ts';
import { score } from './score.ts';
import type { ChargedIncident, Scorecard, ScoreInput, TargetDay } from './scorecard.ts';
import { assessed, figure, rate, resolved, shippedPlan } from './testing.ts';
import { validatePlan } from './validatePlan.ts';

const nothing: ScoreInput = { values: {}, tier: null, promotion: false, vetoes: [] };
const steps = (card: Scorecard, kind: string) => card.steps.filter((step) => step.kind === kind);

describe('worked example 2: S0', () => {
  const desk = shippedPlan('jd-service-desk');
  /** Tracks that come to 88, 92 and 85: every item of a track attains the same. */
  const input: ScoreInput = {
    ...nothing,
    values: {
      attendance_rate: { figure: rate('88', '100') },
      adherence: { figure: figure('83.6', '1', '1', 30) },
      behaviour_score: { figure: assessed('88') },
      // 92 of 100 inside business: a range at 92 in 90–95 is 88%, so the other items make up for it.
      first_reply_30s_rate: { figure: rate('95', '100') },
      reply_rate: { figure: rate('90', '100') },
      avg_response_seconds: { figure: figure('3000', '100', '1') },
      one_time_resolution_rate: { figure: rate('578', '1000') },
      csat_score: { figure: figure('480', '100', '1') },
      invite_rate: { figure: rate('90', '100') },
      rating_rate: { figure: rate('30', '100') },
      nps: { figure: figure('65', '100', '100', 100) },
      kb_adopted: { figure: assessed('1.7') },
      collab_rating: { figure: assessed('85') },
      mentoring_gain: { figure: assessed('85') },
      peer_360: { figure: figure('2550', '30', '1') },
    },
    days: { avg_response_seconds: [{ day: '2026-10-01', volume: '100', load: '99', relax: null }] },
  };

  test('tracks of 88, 92 and 85 at 20/60/20 make 89.80, grade A and 39,000 yuan', () => {
    const card = score(resolved(desk), input);
    expect(card.tracks.map(({ id, score: of100 }) => [id, of100 && toFixed(fraction(of100), 2)])).toEqual([
      ['behaviour', '88.00'],
      ['business', '92.00'],
      ['values', '85.00'],
    ]);
    expect(steps(card, 'track').map((step) => explainStep(step, resolved(desk)).zh)).toEqual([
      '行为：88.00 × 20% = 17.6000',
      '业务：92.00 × 60% = 55.2000',
      '价值观：85.00 × 20% = 17.0000',
    ]);
    expect(card).toMatchObject({ total: '89.80', grade: 'a', coefficient: '6.5' });
    expect(gradePay(card.coefficient, 600_000n)).toBe(3_900_000n);
  });

  test('A+ pays 48,000 and B+ 30,000; by the later notice A pays 30,000', () => {
    const pays = (plan: Plan, band: string) => {
      const found = resolved(plan).bands.find(({ id }) => id === band)?.coefficient;
      return gradePay(found ? toFixed(found, 1) : null, 600_000n);
    };
    expect([pays(desk, 'a_plus'), pays(desk, 'b_plus'), pays(desk, 'b')]).toEqual([4_800_000n, 3_000_000n, null]);
    const [later] = desk.presets ?? [];
    expect(gradePay(later?.coefficients.a ?? null, 600_000n)).toBe(3_000_000n);
  });

  test('a confirmed red line keeps 89.80, forces the lowest grade and pays nothing', () => {
    const veto = { incident: 'off_platform', incidentId: 'i1', at: '2026-10-03T02:00:00Z' };
    const card = score(resolved(desk), { ...input, vetoes: [veto] });
    expect(card).toMatchObject({ total: '89.80', grade: 'unqualified', coefficient: '0' });
    expect(gradePay(card.coefficient, 600_000n)).toBe(0n);
  });

  test('weights of 20/65/20 are refused', () => {
    const tracks = desk.tracks?.map((track) => (track.id === 'business' ? { ...track, weight: '65' } : track));
    expect(validatePlan({ ...desk, tracks }, [...resolved(desk).metrics.values()])).toContainEqual(
      expect.objectContaining({ path: 'tracks', code: 'weights.tracksSum' }),
    );
  });

  test('innovation adds up to 5 within business, which stays within its full mark', () => {
    const innovative = { ...input.values, innovation_points: { figure: assessed('5') } };
    const more = score(resolved(desk), { ...input, values: innovative });
    expect(more.total).toBe('92.80');
    const full = { ...innovative, one_time_resolution_rate: { figure: rate('85', '100') } };
    expect(score(resolved(desk), { ...input, values: full }).tracks[1]?.score).toBe('100');
  });
});

describe('worked example 5: S3', () => {
  const assessment = shippedPlan('jd-training-assessment');
  const incident = (
    item: string,
    severity: 'minor' | 'major' | null,
    i: number,
    more: Partial<ChargedIncident> = {},
  ) => ({
    ...{ incident: item, severity, incidentId: `${item}${i}`, sessionId: null },
    ...{ at: `2026-10-05T0${i % 10}:00:00Z`, day: `2026-10-${String(10 + i)}` },
    ...more,
  });
  const times = (count: number, item: string, severity: 'minor' | 'major' | null = null) =>
    Array.from({ length: count }, (_, i) => incident(item, severity, i));
  const example = [
    ...times(3, 'platform_rules'),
    ...times(6, 'product'),
    ...times(1, 'order_process'),
    ...[incident('language', 'minor', 0), incident('language', 'minor', 1), incident('language', 'major', 2)],
    ...times(1, 'listening'),
    ...times(1, 'emotion'),
    ...times(1, 'objection', 'major'),
    ...[incident('analysis', 'minor', 0), incident('analysis', 'major', 1)],
    ...times(1, 'cross_department', 'minor'),
    ...times(1, 'customer_first'),
    ...times(3, 'responsibility', 'major'),
    ...times(2, 'response_time'),
    ...times(4, 'resolution_time'),
  ];
  const input: ScoreInput = { ...nothing, incidents: example };
  const left = (card: Scorecard) =>
    Object.fromEntries(
      card.items.map(({ id, attainment, weight }) => [id, attainment && toFixed(mul(attainment, weight), 0)]),
    );
  /** Points of the table: an item's weight in the total is 70% of its full mark. */
  const mul = (attainment: string, weight: string) => {
    const [a, w] = [fraction(attainment), fraction(weight)];
    return { n: a.n * w.n * 10n, d: a.d * w.d * 7n };
  };

  test('the items come to 4, 0, 4, 5 / 6, 4, 3, 3 / 5, 10, 4 / 4, 5, 0 / 1, 0', () => {
    expect(Object.values(left(score(resolved(assessment), input))).slice(0, 16)).toEqual([
      ...['4', '0', '4', '5', '6', '4', '3', '3', '5', '10', '4', '4', '5', '0', '1', '0'],
    ]);
  });

  test('the table comes to 13 + 16 + 19 + 9 + 1 = 58, alone or as 0.7 of the whole', () => {
    const alone = score(resolved(assessment), input);
    expect(alone.blocks.slice(0, 5).map(({ points }) => points && toFixed(fraction(points), 2))).toEqual([
      ...['13.00', '16.00', '19.00', '9.00', '1.00'],
    ]);
    expect(alone).toMatchObject({ total: '58.00', grade: 'needs_improvement' });
    const all = score(resolved(assessment), {
      ...input,
      values: { csat_rate: { figure: rate('90', '100') }, supervisor_score: { figure: assessed('80') } },
    });
    // 0.7 · 58 + 0.2 · 100 + 0.1 · 80
    expect(all.total).toBe('68.60');
    expect(all.tracks.map(({ score: of100 }) => of100)).toEqual(['58', '100', '80']);
  });

  test('each deduction is a step that names its incidents', () => {
    const [first] = steps(score(resolved(assessment), input), 'deduction');
    expect(first && explainStep(first, resolved(assessment))).toEqual({
      zh: '平台规则：10 − 6，剩 4 分（platform_rules0、platform_rules1、platform_rules2）',
      en: 'Platform rules: 10 − 6, 4 left (platform_rules0, platform_rules1, platform_rules2)',
    });
  });

  test('one incident under two items is charged under the dearer one only', () => {
    const same = { sessionId: 's1', at: '2026-10-06T03:00:00Z' };
    const both = [incident('listening', null, 0, same), incident('emotion', null, 1, same)];
    const card = score(resolved(assessment), { ...nothing, incidents: both });
    expect([left(card).listening, left(card).emotion]).toEqual(['5', '3']);
    expect(steps(card, 'sameIncident').map((step) => explainStep(step, resolved(assessment)).zh)).toEqual([
      '事项 listening0 已在“情绪管理”中扣分，“倾听理解”不再扣',
    ]);
    const apart = [both[0], { ...both[1], at: '2026-10-06T03:00:01Z' }].flatMap((each) =>
      each ? [each as ChargedIncident] : [],
    );
    expect(left(score(resolved(assessment), { ...nothing, incidents: apart })).listening).toBe('4');
  });

  test('an average over the standard is charged once a day, and not again for an incident of that day', () => {
    const given = {
      ...assessment,
      inputs: assessment.inputs.map((each) => (each.id === 'response_standard' ? { ...each, value: '30' } : each)),
    };
    const day = (date: string, value: string) => ({ day: date, volume: '10', load: null, relax: null, value });
    const slow = {
      ...nothing,
      values: { avg_response_seconds: { figure: figure('900', '30', '1') } },
      days: { avg_response_seconds: [day('2026-10-01', '30'), day('2026-10-02', '30.001'), day('2026-10-03', '45')] },
    };
    const points = (more: readonly ChargedIncident[]) =>
      left(score(resolved(given), { ...slow, incidents: more })).response_time;
    expect(points([])).toBe('1');
    expect(points([incident('response_time', null, 0, { day: '2026-10-03' })])).toBe('1');
    expect(points([incident('response_time', null, 0, { day: '2026-10-04' })])).toBe('0');
  });

  test('an exam replaces sampled knowledge', () => {
    const card = score(resolved(assessment), { ...input, values: { exam_score: { figure: assessed('80') } } });
    expect(card.blocks[0]?.points).toBe('24');
    expect(card.total).toBe('69.00');
    expect(steps(card, 'replaced')).toHaveLength(1);
  });

  test('whom nobody looked at has no full marks', () => {
    expect(score(resolved(assessment), nothing)).toMatchObject({ status: 'unrated', total: null });
    const seen = { ...nothing, values: { avg_response_seconds: { figure: figure('900', '30', '1') } } };
    expect(score(resolved(assessment), seen).total).toBe('100.00');
  });
});

describe('worked example 6: S4', () => {
  const plan = resolved(shippedPlan('optimised-service'));
  const coupled = (conversion: string, csat: string, complaints: string) =>
    score(plan, {
      ...nothing,
      values: {
        inquiry_conversion_rate: { figure: rate(conversion, '100') },
        csat_rate: { figure: rate(csat, '100') },
        complaint_rate: { figure: rate(complaints, '1000') },
        first_reply_30s_rate: { figure: rate('95', '100') },
      },
    });
  const outcome = (card: Scorecard) => {
    const [coupling] = card.couplings;
    const points = (share: string | null | undefined) =>
      share && toFixed({ ...fraction(share), n: fraction(share).n * 100n }, 2);
    return [coupling?.factor && toFixed(fraction(coupling.factor), 4), points(coupling?.value)];
  };

  test.each([
    ['X', '20', '84', '18', ['0.8333', '100.00']],
    ['Y', '15', '92', '12', ['1.0000', '100.00']],
    ['Z', '22', '90', '40', ['0.5000', '60.00']],
  ])('%s sells %s with %s and %s in a thousand: %s', (_, conversion, csat, complaints, expected) => {
    expect(outcome(coupled(conversion, csat, complaints))).toEqual(expected);
  });

  test('no complaints count as 1, and the step can be redone', () => {
    const card = coupled('20', '84', '0');
    expect(outcome(card)).toEqual(['0.9333', '112.00']);
    expect(steps(card, 'coupling').map((step) => explainStep(step, plan).zh)).toEqual([
      '销售（联动）：1.2000（1.3333，最高算 1.2） × 0.9333 = 1.1200，即 112.00 分',
    ]);
  });

  test('weights go by job tier', () => {
    const values = {
      first_reply_30s_rate: { figure: rate('76', '100') },
      qa_score: { figure: assessed('90') },
      csat_rate: { figure: rate('90', '100') },
      complaint_resolution_rate: { figure: rate('45', '100') },
    };
    const total = (tier: 'junior' | 'mid' | 'senior' | null) => score(plan, { ...nothing, values, tier }).total;
    // 0.8, 0.9, 1 and 0.5 of 40/30/20/10, of 25 each, and of 10/20/35/35.
    expect([total('junior'), total('mid'), total('senior'), total(null)]).toEqual(['84.00', '80.00', '78.50', '80.00']);
  });

  test('the target of response follows the load of each day, and the season', () => {
    const target = (days: readonly TargetDay[]) =>
      score(plan, {
        ...nothing,
        values: { first_reply_30s_rate: { figure: rate('90', '100') } },
        days: { first_reply_30s_rate: days },
      }).items.find(({ id }) => id === 'response')?.target;
    const day = (load: string | null, volume = '50', relax: string | null = null) => ({
      ...{ day: '2026-10-05', load, volume, relax },
    });
    expect([target([]), target([day('99.9')]), target([day('100')]), target([day(null)])]).toEqual([
      ...['95', '95', '90', '95'],
    ]);
    // 150 sessions on a busy day, 50 on a quiet one; and a busy day of a promotion: 90 ÷ 1.5.
    expect(target([day('120', '150'), day('60')])).toBe('91.25');
    expect(target([day('120', '50', '1.5')])).toBe('60');
  });
});
