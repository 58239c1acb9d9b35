import { describe, expect, test } from 'vitest';
import { explainItem } from './explain.ts';
import { explainRules } from './explainRules.ts';
import { explainStep } from './explainStep.ts';
import { itemsById } from './itemsById.ts';
import type { Plan, PlanItem } from './planSchema.ts';
import { score } from './score.ts';
import type { ExemptDay, Scorecard, ScoreInput } from './scorecard.ts';
import { stars } from './stars.ts';
import { figure, noData, rate, resolved, shippedPlan } from './testing.ts';
import { validatePlan } from './validatePlan.ts';
import { viewScores } from './viewScores.ts';

const desk = shippedPlan('appliance-aftersales');
const { promotion: _, ...ordinary } = desk;
const words = { zh: '项', en: 'item' };
const item = (id: string, metric: string, more: Partial<PlanItem> = {}): PlanItem => ({
  ...{ id, name: { zh: id, en: id }, metric, target: '90', attainment: { curve: 'ratio' as const } },
  ...more,
});
/** A plan of one block with these items, and whatever else. */
const planOf = (items: PlanItem[], more: Partial<Plan> = {}): Plan => ({
  ...ordinary,
  blocks: [{ id: 'all', name: words, weight: '100', values: 'period', items }],
  ...more,
});
const nothing: ScoreInput = { values: {}, tier: null, promotion: false, vetoes: [] };
const given = (values: Record<string, ReturnType<typeof rate>>, more: Partial<ScoreInput> = {}): ScoreInput => ({
  ...nothing,
  values: Object.fromEntries(Object.entries(values).map(([id, each]) => [id, { figure: each }])),
  ...more,
});
const points = (card: Scorecard) => Object.fromEntries(card.items.map(({ id, points: won }) => [id, won]));
const said = (plan: Plan, card: Scorecard, kind: string) =>
  card.steps.filter((step) => step.kind === kind).map((step) => explainStep(step, resolved(plan)).zh);
const errors = (plan: Plan) =>
  validatePlan(plan, [...resolved(desk).metrics.values()])
    .filter(({ level }) => level === 'error')
    .map(({ path, code }) => `${path} ${code}`);

describe('curves that lose points', () => {
  const lost = (attainment: PlanItem['attainment'], value: ReturnType<typeof rate>) =>
    points(score(resolved(planOf([item('csat', 'csat_rate', { attainment })])), given({ csat_rate: value }))).csat;

  test('per point: only whole points under the target count, down to nothing', () => {
    const curve = { curve: 'perPoint' as const, each: '1', loses: '2' };
    expect(lost(curve, rate('900', '1000'))).toBe('100');
    expect(lost(curve, rate('891', '1000'))).toBe('100');
    expect(lost(curve, rate('890', '1000'))).toBe('98');
    expect(lost(curve, rate('871', '1000'))).toBe('96');
    expect(lost(curve, rate('100', '1000'))).toBe('0');
    expect(lost({ ...curve, each: '5' }, rate('80', '100'))).toBe('96');
  });

  test('per occurrence: each one that did not meet the rate costs the same', () => {
    expect(lost({ curve: 'perOccurrence', loses: '3' }, rate('95', '100'))).toBe('85');
  });

  test('a table covers every value once: an edge belongs to the row above it', () => {
    const rows = [{ below: '60', gives: '0' }, { below: '90', gives: '0.5' }, { gives: '1' }];
    const curve = { curve: 'table' as const, rows };
    expect(['59.99', '60', '89.99', '90'].map((value) => lost(curve, figure(value, '1', '1', 50)))).toEqual([
      '0',
      '50',
      '50',
      '100',
    ]);
  });
});

describe('small samples, the other mode', () => {
  const deduct = { mode: 'deduct' as const, above: '50', perPoint: '2', perBad: '1' };
  const csat = (value: ReturnType<typeof rate>) => {
    const plan = planOf([item('csat', 'csat_rate', { smallSample: deduct })]);
    return points(score(resolved(plan), given({ csat_rate: value }))).csat;
  };

  test('above 50 ratings two points per full point under the target, up to 50 one per bad rating', () => {
    expect(csat(rate('44', '51'))).toBe('94');
    expect(csat(rate('43', '50'))).toBe('93');
    expect(csat(rate('3', '4'))).toBe('99');
    expect(csat(rate('50', '50'))).toBe('100');
  });

  test('a plan may ask for it for all of its percentages; other items keep theirs', () => {
    const plan = planOf(
      [
        item('csat', 'csat_rate', { weight: '60' }),
        item('cycle', 'ticket_cycle_hours', { weight: '40', target: '24' }),
      ],
      {
        smallSample: { ...deduct, unratedAbove: '50' },
      },
    );
    const card = score(
      resolved(plan),
      given({ csat_rate: rate('3', '4'), ticket_cycle_hours: figure('240', '10', '1') }),
    );
    expect(card.items.map(({ status }) => status)).toEqual(['scored', 'lowSample']);
    expect(card.total).toBe('98.33');
  });
});

describe('days that do not count', () => {
  const off = (day: string, bad: string, of: string, more: Partial<ExemptDay> = {}): ExemptDay => ({
    ...{ day, reason: 'outage', entry: 'E7', figure: { numerator: bad, denominator: of, n: Number(of) } },
    ...more,
  });
  const plan = planOf([item('csat', 'csat_rate')]);

  test('are taken out of the sums, and a step says which and why', () => {
    const card = score(
      resolved(plan),
      given(
        { csat_rate: rate('80', '100') },
        { exempt: { csat_rate: [off('2026-10-02', '10', '20'), off('2026-10-03', '0', '5')] } },
      ),
    );
    expect(card.items[0]).toMatchObject({
      value: '93.3333333333333333333333333333333333',
      numerator: '70',
      denominator: '75',
      n: 75,
      exemptDays: 2,
    });
    expect(said(plan, card, 'exempt')).toEqual(['满意度有 2 天因故障不计：2026-10-02、2026-10-03（豁免登记 E7）']);
  });

  test('what is left may be too little, or nothing', () => {
    const left = (days: ExemptDay[]) =>
      score(resolved(plan), given({ csat_rate: rate('80', '100') }, { exempt: { csat_rate: days } })).items[0]?.status;
    expect(left([off('2026-10-02', '60', '71')])).toBe('lowSample');
    expect(left([off('2026-10-02', '80', '100')])).toBe('noData');
  });

  test('parts by priority lose theirs, and a day that does not count relaxes nothing', () => {
    const cycle = planOf([
      item('cycle', 'ticket_cycle_hours', { target: { byPriority: { normal: '24', urgent: '4' } } }),
    ]);
    const day = {
      day: '2026-10-02',
      reason: 'promotion' as const,
      entry: null,
      figure: { numerator: '100', denominator: '10', n: 10 },
    };
    const card = score(resolved(cycle), {
      ...given({ ticket_cycle_hours: figure('1060', '50', '1') }),
      byPriority: { ticket_cycle_hours: { normal: figure('960', '40', '1'), urgent: figure('100', '10', '1') } },
      days: { ticket_cycle_hours: [{ day: '2026-10-02', volume: '10', load: null, relax: '2' }] },
      exempt: { ticket_cycle_hours: [{ ...day, parts: { urgent: { numerator: '100', denominator: '10', n: 10 } } }] },
    });
    expect(card.items[0]?.parts.map(({ n, attainment }) => [n, attainment])).toEqual([
      [40, '1'],
      [0, null],
    ]);
    expect(card).toMatchObject({ total: '100.00', items: [{ relaxed: null }] });
    expect(said(cycle, card, 'exempt')).toEqual(['工单处理时效有 1 天因大促不计：2026-10-02']);
  });
});

describe('weights of what has no data', () => {
  const paired = planOf([
    item('fast', 'first_reply_30s_rate', { weight: '10', pair: 'reply' }),
    item('replied', 'reply_rate', { weight: '10', pair: 'reply' }),
    item('csat', 'csat_rate', { weight: '80' }),
  ]);

  test('go to the other of a pair first', () => {
    const card = score(resolved(paired), given({ reply_rate: rate('90', '100'), csat_rate: rate('45', '100') }));
    expect(points(card)).toEqual({ fast: null, replied: '20', csat: '40' });
    expect(said(paired, card, 'redistribute')).toEqual(['fast没有足够数据，其 10 分按权重分给同一对的另一项']);
  });

  test('go to the rest of the track before they go to other tracks', () => {
    const block = (id: string, track: string, weight: string, metric: string) => ({
      ...{ id, name: words, track, weight, values: 'period' as const, items: [item(id, metric, { weight })] },
    });
    const plan: Plan = {
      ...ordinary,
      tracks: [
        { id: 'work', name: words, weight: '60' },
        { id: 'people', name: words, weight: '40' },
      ],
      blocks: [
        block('a', 'work', '70', 'csat_rate'),
        block('b', 'work', '30', 'reply_rate'),
        block('c', 'people', '100', 'invite_rate'),
      ],
    };
    const full = rate('90', '100');
    const one = score(resolved(plan), given({ reply_rate: full, invite_rate: full }));
    expect(points(one)).toEqual({ a: null, b: '60', c: '40' });
    const two = score(resolved(plan), given({ csat_rate: full, reply_rate: full }));
    expect(points(two)).toEqual({ a: '70', b: '30', c: null });
    expect(said(plan, two, 'redistribute')).toEqual(['c没有足够数据，其 40 分按权重分给其他大类']);
  });
});

describe('couplings', () => {
  const sales = (more: Partial<NonNullable<Plan['couplings']>[number]> = {}) => ({
    ...{
      id: 'sales',
      name: words,
      of: { item: 'conversion' },
      cap: '1.2',
      by: [{ item: 'csat' }],
      floor: '0.5',
      ceiling: '1',
    },
    ...more,
  });
  const plan = planOf(
    [
      item('conversion', 'one_time_resolution_rate', { weight: '50', target: '15' }),
      item('csat', 'csat_rate', { weight: '50' }),
    ],
    { couplings: [sales()] },
  );

  test('adjust an item, with credit past its target up to the cap', () => {
    const won = (sold: string, content: string) =>
      points(
        score(resolved(plan), given({ one_time_resolution_rate: rate(sold, '100'), csat_rate: rate(content, '100') })),
      ).conversion;
    expect([won('20', '90'), won('20', '45'), won('20', '9'), won('9', '90')]).toEqual(['60', '30', '30', '30']);
  });

  test('without what holds it back there is nothing to tell it by: its weight goes to the others', () => {
    const card = score(resolved(plan), given({ one_time_resolution_rate: rate('20', '100') }));
    expect(card.status).toBe('unrated');
    expect(card.couplings[0]).toMatchObject({ factor: null, value: null });
  });

  test('look at a metric as it counts with the options named, and say so', () => {
    const by = [{ metric: 'inquiry_conversion_rate', options: { inquiry: 'presale' }, target: '40' }];
    const held = { ...plan, couplings: [sales({ by })] };
    const card = score(
      resolved(held),
      given({
        ...{ one_time_resolution_rate: rate('15', '100'), csat_rate: rate('90', '100') },
        ...{ inquiry_conversion_rate: rate('90', '100'), 'inquiry_conversion_rate:inquiry=presale': rate('30', '100') },
      }),
    );
    expect(points(card).conversion).toBe('37.5');
    const [line] = explainRules(held, resolved(held).metrics).flatMap(({ id, lines }) =>
      id === 'coupling.sales' ? lines : [],
    );
    expect(line?.zh).toContain('询单转化率（');
    const wrong = [{ ...by[0], options: { inquiry: 'none' } }];
    expect(errors({ ...held, couplings: [sales({ by: wrong as typeof by })] })).toEqual([
      'couplings[0].by[0].options.inquiry option.value',
    ]);
  });

  test('that depend on each other are an error with the whole way round', () => {
    const others = [
      sales({ of: { coupling: 'b' } }),
      sales({ id: 'b', of: { coupling: 'c' } }),
      sales({ id: 'c', of: { item: 'csat' }, by: [{ coupling: 'sales' }] }),
    ];
    const [found] = validatePlan({ ...plan, couplings: others }, [...resolved(desk).metrics.values()]).filter(
      ({ code }) => code === 'coupling.cycle',
    );
    expect(found).toMatchObject({
      path: 'couplings[0]',
      level: 'error',
      message: { zh: '联动互相依赖：sales → b → c → sales' },
    });
    expect(errors({ ...plan, couplings: [sales({ by: [{ coupling: 'sales' }] })] })).toEqual([
      'couplings[0] coupling.cycle',
    ]);
    expect(errors({ ...plan, couplings: [sales({ by: [{ item: 'conversion' }] })] })).toEqual([
      'couplings[0] coupling.cycle',
    ]);
  });
});

test('the target of a team is that of its tiers, weighted by what each had to do', () => {
  const manager = shippedPlan('taobao-service-manager');
  const card = (volumes: Record<string, string>, plan: Plan) =>
    score(
      resolved(plan),
      given({ one_time_resolution_rate: rate('80', '100') }, { tierVolumes: { one_time_resolution_rate: volumes } }),
    ).items.find(({ id }) => id === 'one_time_resolution');
  expect(card({ junior: '300', senior: '100' }, manager)?.target).toBe('78.75');
  expect(card({ junior: '300', mid: '1' }, manager)).toMatchObject({ target: null, status: 'noData' });
  const inputs = manager.inputs.map((input) =>
    input.id === 'mid_resolution_target' ? { ...input, value: '80' } : input,
  );
  const scored = card({ junior: '100', mid: '100' }, { ...manager, inputs });
  expect(scored?.target).toBe('77.5');
  const found = itemsById(resolved(manager)).get('one_time_resolution');
  expect(scored && found && explainItem({ ...scored, points: '13', effectiveWeight: '13' }, found).zh).toBe(
    '单次解决率 80.00%，目标 77.50%（初级岗 100 件按 75%，中级岗 100 件按 80%），得满分 13.00 分',
  );
});

test('too little attendance and the first partial month are unrated, whatever the figures', () => {
  const plan = planOf([item('csat', 'csat_rate')], { presence: { attendanceBelow: '50', firstPartMonth: true } });
  const card = (attendance: string | null, firstPartMonth = false) =>
    score(resolved(plan), given({ csat_rate: rate('90', '100') }, { presence: { attendance, firstPartMonth } }));
  expect([card('49.9').total, card('50').total, card(null).total, card('100', true).total]).toEqual([
    null,
    '100.00',
    '100.00',
    null,
  ]);
  expect(said(plan, card('49.9'), 'absent')).toEqual(['出勤 49.9%，低于 50%，本期不评级']);
});

test('a red line of S1 costs a star, not the grade; stars come with three good months and never fall below none', () => {
  const rule = { meets: ['csat'], inARow: '3', floor: '0' };
  const plan = planOf([item('csat', 'csat_rate')], {
    vetoes: [{ incident: 'abuse', name: words, effect: 'starDown' }],
    stars: rule,
  });
  const month = (content: string | null, red = false) =>
    score(
      resolved(plan),
      given(content === null ? { csat_rate: noData } : { csat_rate: rate(content, '100') }, {
        vetoes: red ? [{ incident: 'abuse', incidentId: 'i', at: '2026-10-01T00:00:00Z' }] : [],
      }),
    );
  expect(month('95', true)).toMatchObject({ grade: 'senior', coefficient: '1.2' });
  const run = (...cards: Scorecard[]) =>
    stars(
      { vetoes: plan.vetoes, stars: rule },
      cards.map((card, i) => ({ period: String(i), card })),
    ).map((each) => each.stars);
  expect(run(month('95'), month(null), month('95'), month('95'))).toEqual([0, 0, 0, 1]);
  expect(run(month('95'), month('80'), month('95'), month('95'))).toEqual([0, 0, 0, 0]);
  expect(run(month('95'), month('95'), month('95'), month('95', true), month('95', true))).toEqual([0, 0, 1, 0, 0]);
  // A month that is unrated is skipped in the run; its red line is not.
  expect(month(null, true).status).toBe('unrated');
  expect(run(month('95'), month('95'), month('95'), month(null, true), month('95'))).toEqual([0, 0, 1, 0, 0]);
});

test('an incentive is the rate given times the factor of its coupling', () => {
  const manager = shippedPlan('taobao-service-manager');
  const inputs = manager.inputs.map((input) => (input.id === 'commission_rate' ? { ...input, value: '2' } : input));
  const plan = { ...manager, inputs };
  const values = given({
    inquiry_conversion_rate: rate('28', '100'),
    csat_rate: rate('72', '100'),
    nps: figure('65', '100', '100', 100),
  });
  expect(
    said(
      plan,
      score(resolved({ ...plan, smallSample: { mode: 'redistribute', unratedAbove: '100' } }), values),
      'incentive',
    ),
  ).toEqual(['转化提成：2 × 0.8000 = 1.6000', '客单价提升奖金：比例尚待贵单位填写']);
});

test('a view groups the same attainments anew and changes no total', () => {
  const [journey] = shippedPlan('optimised-service').views ?? [];
  const plan = resolved(shippedPlan('optimised-service'));
  const card = score(
    plan,
    given({
      first_reply_30s_rate: rate('76', '100'),
      csat_rate: rate('45', '100'),
      qa_score: figure('90', '1', '1', 50),
    }),
  );
  expect(journey && viewScores(journey, card).map(({ id, score: of100 }) => [id, of100])).toEqual([
    ...[
      ['reach', '80'],
      ['understand', '90'],
      ['solve', null],
      ['follow_up', '50'],
    ],
  ]);
});

describe('validatePlan names the place of', () => {
  const desk100 = planOf([item('csat', 'csat_rate')]);
  const s0 = shippedPlan('jd-service-desk');
  const s1 = shippedPlan('taobao-service-manager');
  const s3 = shippedPlan('jd-training-assessment');
  const curve = (attainment: PlanItem['attainment']) => planOf([item('csat', 'csat_rate', { attainment })]);
  const found = (plan: Plan) =>
    validatePlan(plan, [...resolved(s0).metrics.values()])
      .filter(({ level }) => level === 'error')
      .map(({ path, code }) => `${path} ${code}`);

  test.each<[what: string, plan: Plan, issues: string[]]>([
    ['weights of 99.99', planOf([item('a', 'csat_rate', { weight: '99.99' })]), ['blocks[0].items weights.itemsSum']],
    [
      'weights that do not sum for one tier',
      planOf([
        item('a', 'csat_rate', { weight: { byTier: { junior: '60', mid: '50', senior: '50', unknown: '50' } } }),
        item('b', 'reply_rate', { weight: { byTier: { junior: '50', mid: '50', senior: '50', unknown: '50' } } }),
      ]),
      ['blocks[0].items weights.tierSum'],
    ],
    [
      'a track outside its range, which breaks the sum as well',
      { ...s0, tracks: s0.tracks?.map((track) => (track.id === 'business' ? { ...track, weight: '75' } : track)) },
      ['tracks weights.tracksSum', 'tracks[1].weight track.range'],
    ],
    [
      'a block without its track',
      {
        ...s0,
        blocks: s0.blocks.map(({ track: _track, ...block }, b) => (b === 0 ? block : { ...block, track: _track })),
      },
      ['tracks[0] track.empty', 'blocks[0].track track.missing'],
    ],
    [
      'a table that leaves a gap at the top, out of order',
      curve({
        curve: 'table',
        rows: [
          { below: '90', gives: '1' },
          { below: '80', gives: '0' },
        ],
      }),
      [
        'blocks[0].items[0].attainment.rows[1].below table.open',
        'blocks[0].items[0].attainment.rows[1].below table.order',
      ],
    ],
    [
      'a negative amount',
      curve({ curve: 'perPoint', each: '1', loses: '-2' }),
      ['blocks[0].items[0].attainment.loses charge.notPositive'],
    ],
    [
      'a major incident that costs less than a minor one',
      {
        ...s3,
        blocks: s3.blocks.map((block, b) =>
          b === 1
            ? {
                ...block,
                items: block.items.map((each, i) =>
                  i === 0
                    ? {
                        ...each,
                        attainment: {
                          curve: 'deductions' as const,
                          charges: [{ incident: 'language', minor: '2', major: '1' }],
                        },
                      }
                    : each,
                ),
              }
            : block,
        ),
      },
      ['blocks[1].items[0].attainment.charges[0].major charge.order'],
    ],
    [
      'a target of zero where more is better, in a coupling',
      {
        ...desk100,
        couplings: [
          {
            id: 'c',
            name: words,
            of: { metric: 'csat_rate', target: '0' },
            cap: '1',
            by: [{ metric: 'vanished', target: '1' }],
            floor: '1',
            ceiling: '0',
          },
        ],
      },
      [
        'couplings[0].of.target target.notPositive',
        'couplings[0].by[0].metric metric.unknown',
        'couplings[0] coupling.limits',
      ],
    ],
    [
      'a metric that only teams have, in a plan for people',
      planOf([item('nps', 'nps', { target: '65' })]),
      ['blocks[0].items[0].of metric.notByAgent'],
    ],
    ['a pair of one', planOf([item('a', 'csat_rate', { pair: 'alone' })]), ['blocks[0].items[0].pair pair.alone']],
    [
      'a star lost by a plan without stars',
      { ...desk100, vetoes: [{ incident: 'abuse', name: words, effect: 'starDown' }] },
      ['vetoes[0].effect stars.missing'],
    ],
    [
      'an incentive without its coupling',
      { ...s1, couplings: [] },
      ['incentives[0].coupling coupling.unknown', 'incentives[1].coupling coupling.unknown'],
    ],
    [
      'a view of items that are none',
      {
        ...desk100,
        views: [{ id: 'v', name: words, parts: [{ id: 'p', name: words, weight: '90', items: ['gone'] }] }],
      },
      ['views[0].parts[0].items[0] item.unknown', 'views[0].parts view.sum'],
    ],
    [
      'an input whose least value is above its greatest',
      { ...desk, inputs: desk.inputs.map((input) => ({ ...input, min: '2' })), promotion: undefined },
      ['inputs[0] input.limits'],
    ],
    [
      'a small-sample rule for what is no percentage',
      planOf([
        item('cycle', 'ticket_cycle_hours', {
          smallSample: { mode: 'deduct', above: '50', perPoint: '2', perBad: '1' },
        }),
      ]),
      ['blocks[0].items[0].smallSample smallSample.notRate'],
    ],
  ])('%s', (_what, plan, issues) => {
    expect(found(plan)).toEqual(issues);
  });

  test('within 20 ms, for the longest plan', () => {
    const metrics = [...resolved(s0).metrics.values()];
    const times = Array.from({ length: 20 }, () => {
      const start = performance.now();
      validatePlan(s3, metrics);
      return performance.now() - start;
    }).sort((a, b) => a - b);
    expect(times[10]).toBeLessThan(20);
  });
});
