import { describe, expect, test } from 'vitest';
import { catalogue } from '../metrics/catalogue.ts';
import type { Plan, PlanBlock, PlanItem } from './planSchema.ts';
import { readPlan } from './planText.ts';
import { resolvePlan } from './resolvePlan.ts';
import { shippedPlan } from './testing.ts';
import { validatePlan } from './validatePlan.ts';

const desk = shippedPlan('appliance-aftersales');
const quantitative = (change: (items: PlanItem[]) => PlanItem[]): Plan => ({
  ...desk,
  blocks: desk.blocks.map((block, b): PlanBlock => (b === 0 ? { ...block, items: change(block.items) } : block)),
});
const firstItem = (change: Partial<PlanItem>) =>
  quantitative((items) => items.map((item, i) => (i === 0 ? { ...item, ...change } : item)));
const lastBands = (...bands: Partial<Plan['bands'][number]>[]): Plan => ({
  ...desk,
  bands: desk.bands.map((band, i) => ({ ...band, ...bands[i] })),
});
const found = (plan: Plan) =>
  validatePlan(plan, catalogue)
    .filter(({ level }) => level === 'error')
    .map(({ path, code }) => `${path} ${code}`);

describe('validatePlan names the place of', () => {
  test.each<[what: string, plan: Plan, issues: string[]]>([
    ['a block whose items do not sum to its weight', firstItem({ weight: '19' }), ['blocks[0].items weights.itemsSum']],
    [
      'blocks that do not sum to 100 (20/65/20)',
      {
        ...desk,
        blocks: ['20', '65', '20'].map((weight, i) => ({
          id: `b${i}`,
          name: desk.name,
          weight,
          values: 'period' as const,
          items: [
            {
              id: `i${i}`,
              name: desk.name,
              metric: 'csat_rate',
              target: '90',
              attainment: { curve: 'ratio' as const },
            },
          ],
        })),
        promotion: undefined,
      },
      ['blocks weights.planSum'],
    ],
    ['weights given to some items only', firstItem({ weight: undefined }), ['blocks[0].items weight.mixed']],
    [
      'a weight of nothing',
      firstItem({ weight: '0' }),
      ['blocks[0].items[0].weight weight.notPositive', 'blocks[0].items weights.itemsSum'],
    ],
    ['an unknown metric', firstItem({ metric: 'happiness' }), ['blocks[0].items[0].metric metric.unknown']],
    [
      'a metric without direction',
      firstItem({ metric: 'load_per_8h' }),
      ['blocks[0].items[0].metric metric.noDirection'],
    ],
    [
      'an option that the metric does not have, and a value that the option does not have',
      firstItem({ metric: 'first_reply_30s_rate', options: { unreplied: 'ignored', colour: 'red', within: '20' } }),
      ['blocks[0].items[0].options.unreplied option.value', 'blocks[0].items[0].options.colour option.unknown'],
    ],
    [
      'options of a metric without any',
      firstItem({ metric: 'attendance_rate', options: { window: '48' } }),
      ['blocks[0].items[0].options.window option.none'],
    ],
    [
      'a standardised value of what has no queue, of a team, of parts, and of what is charged by occurrence',
      quantitative((items) =>
        items.map((item, i): PlanItem => {
          if (i === 0) return { ...item, metric: 'attendance_rate', value: 'standardised' };
          if (i === 1) return { ...item, value: 'standardised' };
          if (i === 2) return { ...item, value: 'standardised', attainment: { curve: 'perOccurrence', loses: '1' } };
          return item;
        }),
      ),
      [
        'blocks[0].items[0].value standardise.metric',
        'blocks[0].items[1].value standardise.parts',
        'blocks[0].items[2].value standardise.counts',
      ],
    ],
    [
      'a percentile of several teams',
      { ...firstItem({ metric: 'ticket_cycle_hours', options: { stat: 'p90' } }), appraises: 'team' },
      ['blocks[0].items[0].options option.percentileTeam'],
    ],
    [
      'a metric that has no priority',
      firstItem({ metric: 'avg_response_seconds', target: { byPriority: { normal: '85', urgent: '90' } } }),
      ['blocks[0].items[0].target.byPriority metric.notSplit'],
    ],
    ['a target of nothing', firstItem({ target: '0' }), ['blocks[0].items[0].target target.notPositive']],
    [
      'a load metric that does not exist',
      firstItem({ target: { byLoad: { metric: 'load', threshold: '1', below: '1', reached: '1', unknown: '1' } } }),
      ['blocks[0].items[0].target.byLoad.metric metric.unknown'],
    ],
    [
      'options that a load or another metric of a target does not have, and a load that has no days',
      quantitative((items) =>
        items.map((item, i): PlanItem => {
          const load = { threshold: '1', below: '1', reached: '1', unknown: '1' };
          if (i === 0) return { ...item, target: { byLoad: { ...load, metric: 'load_per_8h', options: { a: '1' } } } };
          if (i === 1)
            return { ...item, target: { ofMetric: { metric: 'attendance_rate', options: { b: '1' }, factor: '1' } } };
          if (i === 2)
            return {
              ...item,
              target: { byLoad: { ...load, metric: 'avg_response_seconds', options: { stat: 'p90' } } },
            };
          return item;
        }),
      ),
      [
        'blocks[0].items[0].target.byLoad.options.a option.none',
        'blocks[0].items[1].target.ofMetric.options.b option.none',
        'blocks[0].items[2].target.byLoad.metric metric.notByDay',
      ],
    ],
    [
      'a pass mark behind the target',
      firstItem({ attainment: { curve: 'range', pass: '90' } }),
      ['blocks[0].items[0].attainment.pass curve.order'],
    ],
    [
      'steps out of order, or giving more than all',
      firstItem({
        attainment: {
          curve: 'step',
          steps: [
            { at: '80', gives: '1.2' },
            { at: '90', gives: '1' },
          ],
        },
      }),
      [
        'blocks[0].items[0].attainment.steps[1].at step.order',
        'blocks[0].items[0].attainment.steps[0].gives step.share',
      ],
    ],
    [
      'an id used twice',
      quantitative((items) => items.map((item, i) => (i === 1 ? { ...item, id: 'csat' } : item))),
      ['blocks[0].items[2].id id.duplicate', 'promotion.items[0].takesFrom promotion.from'],
    ],
    ['overlapping bands', lastBands({}, { to: '91' }), ['bands[1].to bands.overlap']],
    ['a gap between bands', lastBands({}, { to: '89' }), ['bands[1].to bands.gap']],
    ['a scale that does not start at 0', lastBands({}, {}, {}, { from: '10' }), ['bands[3].from bands.notFromZero']],
    ['a best band with an end', lastBands({ to: '100' }), ['bands[0].to bands.topClosed']],
    ['a band nobody can reach', lastBands({ from: '101' }, { to: '101' }), ['bands[0] bands.unreachable']],
    [
      'an empty band',
      lastBands({}, { from: '90' }),
      ['bands[1].from bands.order', 'bands[1] bands.unreachable', 'bands[2].to bands.gap'],
    ],
    [
      'an input that does not exist',
      lastBands({ coefficient: { input: 'nothing' } }),
      ['bands[0].coefficient.input input.unknown'],
    ],
    [
      'an input outside its range',
      { ...desk, inputs: desk.inputs.map((input) => ({ ...input, value: '0.9' })) },
      ['inputs[0].value input.range'],
    ],
    [
      'an outcome of an unknown grade, after no run',
      {
        ...desk,
        outcomes: desk.outcomes.map((outcome, i) => (i === 0 ? { ...outcome, grade: 'best', inARow: '0' } : outcome)),
      },
      ['outcomes[0].grade outcome.grade', 'outcomes[0].inARow n.notWhole'],
    ],
    ['a smallest number that is none', firstItem({ minimumN: '2.5' }), ['blocks[0].items[0].minimumN n.notWhole']],
    [
      'a share above 100%',
      { ...desk, smallSample: { mode: 'redistribute', unratedAbove: '101' } },
      ['smallSample.unratedAbove percent.range'],
    ],
    [
      'a factor that makes targets harder',
      { ...desk, promotion: { items: [], relax: { factor: '0.5', metrics: ['nps'] } } },
      ['promotion.relax.factor relax.factor', 'promotion.relax.metrics[0] relax.unused'],
    ],
  ])('%s', (_, plan, issues) => {
    expect(found(plan)).toEqual(issues);
  });
});

test('a promotion item cannot take all of another item', () => {
  const promotion = desk.promotion && {
    ...desk.promotion,
    items: desk.promotion.items.map((each) => ({ ...each, item: { ...each.item, weight: '15' } })),
  };
  expect(found({ ...desk, promotion })).toEqual(['promotion.items[0].item.weight promotion.tooMuch']);
});

test('all issues are listed at once, in both languages and with the figures', () => {
  const plan = firstItem({ weight: '19', metric: 'happiness' });
  const issues = validatePlan(plan, catalogue);
  expect(issues.map(({ code }) => code)).toEqual(['weights.itemsSum', 'metric.unknown', 'input.missing']);
  expect(issues[0]?.message).toEqual({
    zh: '各项权重合计 69，应等于本组权重 70',
    en: 'The items weigh 69 together, the block weighs 70',
  });
  expect(issues[2]).toMatchObject({ level: 'needed', message: { zh: '“待改进等级的绩效系数”需由贵单位填写' } });
});

test('items without weights share their block equally', () => {
  const plan = quantitative((items) => items.map(({ weight: _, ...item }) => item));
  expect(found({ ...plan, promotion: undefined })).toEqual([]);
});

test('a target that an input gives is above 0 where more is better, whatever the input’s range, and is told by its name; a plan published before is scored by still', () => {
  const withInput = (value: string, change: Partial<PlanItem>): Plan => {
    const input = { id: 't', name: { zh: '目标值', en: 'Goal' }, about: desk.name, min: '-5', max: '100', value };
    return { ...firstItem(change), inputs: [...desk.inputs, input] };
  };
  const target = { input: 't' };
  const byTier = { byTier: { junior: '75', mid: target, senior: '90', unknown: '75' } };
  const lower = { metric: 'ticket_cycle_hours', target };
  const place = 'blocks[0].items[0].target';
  expect(found(withInput('0', { target }))).toEqual([`${place} input.notPositive`]);
  expect(found(withInput('-1', { target: byTier }))).toEqual([`${place}.byTier.mid input.notPositive`]);
  expect(found(withInput('-1', lower))).toEqual([`${place} input.negative`]);
  expect([found(withInput('0', lower)), found(withInput('85', { target }))]).toEqual([[], []]);
  const zero = withInput('0', { target });
  expect(validatePlan(zero, catalogue).find(({ code }) => code === 'input.notPositive')?.message).toEqual({
    zh: '这里的目标取自“目标值”，填写的数必须大于 0',
    en: 'The target here is "Goal": the number given must be above 0',
  });
  expect(resolvePlan(zero, catalogue).id).toBe(desk.id);
  const term = { metric: 'csat_rate', target };
  const coupling = { id: 'c', name: desk.name, of: term, cap: '1', by: [term], floor: '0.5', ceiling: '1' };
  expect(found({ ...withInput('0', {}), couplings: [coupling] })).toEqual([
    ...['couplings[0].of.target input.notPositive', 'couplings[0].by[0].target input.notPositive'],
  ]);
});

test('a target that cannot be so many times as much for so many months is not said to be for one month', () => {
  const monthly = (target: PlanItem['target']) => found(firstItem({ target, perMonth: true }));
  const refused = ['blocks[0].items[0].perMonth perMonth.target'];
  expect(monthly({ ofMetric: { metric: 'csat_rate', factor: '1.3' } })).toEqual(refused);
  expect(monthly({ byTier: { junior: '75', mid: '80', senior: '90', unknown: '75' } })).toEqual([]);
  expect(monthly('85')).toEqual([]);
});

test('a band nobody can reach is named in each language by its own name', () => {
  const issues = validatePlan(lastBands({ from: '101' }, { to: '101' }), catalogue);
  expect(issues.find(({ code }) => code === 'bands.unreachable')?.message).toEqual({
    zh: '等级 高级 不可能达到',
    en: 'Nobody can reach the band Senior',
  });
});

test('a plan whose red lines force the grade and that ranks people is refused without a grade for whoever crossed one; one published before still counts as it did', () => {
  const service = shippedPlan('jd-service-desk');
  const { vetoed: _, ...ranks } = service.distribution ?? {};
  const without = { ...service, distribution: ranks } as Plan;
  const errors = (plan: Plan) =>
    validatePlan(plan, catalogue).flatMap(({ level, path, code }) => (level === 'error' ? [`${path} ${code}`] : []));
  expect([errors(service), errors(without)]).toEqual([[], ['distribution distribution.vetoedMissing']]);
  expect(errors({ ...without, vetoes: [], vetoReach: undefined })).not.toContain(
    'distribution distribution.vetoedMissing',
  );
  expect(resolvePlan(without, catalogue).plan.distribution).toEqual(ranks);
});

test('somebody is told where a red line leaves the bonus of its year as it is, and where no red line could reach anything', () => {
  const service = shippedPlan('jd-service-desk');
  const notes = (plan: Plan) =>
    validatePlan(plan, catalogue).flatMap(({ level, path, code }) =>
      code.startsWith('vetoes.') ? [`${level} ${path} ${code}`] : [],
    );
  expect(notes(service)).toEqual([]);
  expect(notes({ ...service, vetoReach: undefined })).toEqual(['note vetoes vetoes.unpaid']);
  expect(notes({ ...service, vetoReach: { upTo: 'quarter' } })).toEqual(['note vetoReach.upTo vetoes.unpaid']);
  expect(notes({ ...service, vetoReach: undefined, pays: 'monthly' })).toEqual([]);
  expect(notes({ ...desk, vetoReach: { upTo: 'year' } })).toEqual(['note vetoReach vetoes.reachNothing']);
});

describe('readPlan', () => {
  const broken = (text: string) => readPlan(text).issues.map(({ path, code }) => `${path} ${code}`);

  test('keeps numbers as they are written', () => {
    const text = 'format: 1\nbands: [{ from: 0.10, coefficient: 1.20 }, { from: 1e3 }]';
    const codes = broken(text);
    expect(codes).toContain('bands[1].from shape.amount');
    expect(codes).not.toContain('bands[0].from shape.amount');
    expect(desk.bands[1]?.coefficient).toBe('1.0');
  });

  test('lists every field that is missing, unknown or of the wrong kind, with its place', () => {
    const codes = broken('format: 1\nid: x\nname: 方案\ncolour: red\nblocks: [{ id: A }]\nbands: {}');
    expect(codes).toEqual([
      'name shape.type',
      'summary shape.missing',
      'blocks[0].id shape.other',
      'blocks[0].name shape.missing',
      'blocks[0].weight shape.missing',
      'blocks[0].items shape.missing',
      'bands shape.type',
      'colour shape.unknownKey',
    ]);
  });

  test('refuses what is no YAML, names the line, and does not expand aliases without end', () => {
    expect(readPlan('a: [1\nb: 2').issues[0]).toMatchObject({ code: 'text.notYaml' });
    const bomb = [
      'a0: &a0 [x, x, x, x, x, x, x, x, x]',
      ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`),
    ];
    expect(broken(bomb.join('\n'))).toEqual([' text.aliases']);
    expect(broken('format: 1\nname: &once { zh: 方案, en: Plan }')).toEqual([' text.aliases']);
    expect(broken('format: 1\nname: *nothing')).toHaveLength(1);
    expect(readPlan('a: 1\nb: &x 2').issues[0]?.message.zh).toBe(
      '第 2 行用了 YAML 锚点或别名（& 或 *），请把内容直接写出来',
    );
    for (const nested of ['['.repeat(100_000), '{a: '.repeat(60_000), '- '.repeat(100_000), '[[[['.repeat(20)])
      expect(broken(nested)).not.toEqual([]);
    expect(broken(`a: ${'['.repeat(60)}${']'.repeat(60)}`)).toEqual([' text.tooDeep']);
    expect(broken(`# ${'x'.repeat(300_000)}`)).toEqual([' text.tooLong']);
  });

  test('names the wrong part of a target, whatever its form', () => {
    const target = (text: string) =>
      broken(`blocks: [{ items: [{ target: ${text} }] }]`).filter((each) => each.includes('target'));
    expect(target('abc')).toEqual(['blocks[0].items[0].target shape.amount']);
    expect(target('{ byTier: { junior: 1, mid: x, senior: 3, unknown: 1 } }')).toEqual([
      'blocks[0].items[0].target.byTier.mid shape.amount',
    ]);
    expect(target('{ byPriority: { normal: 1 } }')).toEqual([
      'blocks[0].items[0].target.byPriority.urgent shape.missing',
    ]);
    expect(target('{ input: 5x }')).toEqual(['blocks[0].items[0].target.input shape.other']);
  });

  test('refuses 40 KB of text in a field and in a comment, with the place', () => {
    const long = 'x'.repeat(40 * 1024);
    expect(broken(`notes: [{ zh: ${long}, en: short }]`)).toContain('notes[0].zh shape.tooLong');
    expect(broken(`# ${long}\nformat: 1`)).toEqual([' text.commentTooLong']);
  });

  test('never builds anything but plain data', () => {
    expect(broken('!!js/function "x"')).toHaveLength(1);
    expect(readPlan('__proto__: { polluted: yes }').plan).toBe(null);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
