import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, ownerOfTheMachine } from '../../people/actor.ts';
import { BadInput, Conflict, Forbidden } from '../../platform/errors.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import { backTestSchema } from '../backTestSchemas.ts';
import { backTestTable } from '../backTestTable.ts';
import { csvOf } from '../cardFiles.ts';
import { insertExemption, markApproved, markWithdrawn } from '../exemptionStore.ts';
import { measured } from '../measured.ts';
import { outlookSchema } from '../outlookSchemas.ts';
import type { Plan } from '../planSchema.ts';
import { publishTemplates } from '../publishTemplates.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { putExampleDesk } from '../testDesk.ts';
import { shippedPlan } from '../testing.ts';
import { createDraft } from './createDraft.ts';
import { showOutlook } from './showOutlook.ts';
import { tryPlan } from './tryPlan.ts';

let stores: TestStores;
let deps: ScoreDeps;
let draft: string;
const plan = 'appliance-aftersales';
const periods = '2026-10';
const actor = (role: Actor['role'], scope: Actor['scope'], agentId: string | null = null): Actor => ({
  ...{ userId: role, name: role, role, scope, agentId },
});

/** As shipped, but satisfaction must reach 98 and the coefficient that the source leaves open is given. */
function stricter(): Plan {
  const shipped = shippedPlan(plan);
  return {
    ...shipped,
    inputs: shipped.inputs.map((input) => ({ ...input, value: input.min })),
    blocks: shipped.blocks.map((block) => ({
      ...block,
      items: block.items.map((item) => (item.metric === 'csat_rate' ? { ...item, target: '98' } : item)),
    })),
  };
}

beforeAll(async () => {
  stores = await startTestStores();
  const raw = await putExampleDesk(stores);
  await raw.put('agents', [
    { agent_id: 'zhao', name: '赵一', team: '一组', shop: '旗舰店', tier: 'mid', monthly_salary_fen: 600_001 },
  ]);
  await raw.derive();
  deps = measured({ stores, now: () => Date.parse('2026-12-03T00:00:00Z'), timeZone: 'Asia/Shanghai' });
  await publishTemplates(deps);
  draft = (await createDraft(deps, ownerOfTheMachine, { text: JSON.stringify(stricter()) })).id;
});
afterAll(() => stores.close());

describe('a draft tried on a past month', () => {
  test('stands next to the plan that was in force, person by person, with what decides and what it costs', async () => {
    const result = backTestSchema.parse(await tryPlan(deps, ownerOfTheMachine, { plan, draft, periods }));
    // Worked example 4: 93.5 of 90 was worth 15 points; of 98 it is 14.3112.
    const zhao = result.rows.find(({ agentId }) => agentId === 'zhao');
    expect(zhao).toMatchObject({
      before: { total: '92.63', coefficient: '1.2' },
      after: { total: '91.94', coefficient: '1.2' },
      change: '-0.69',
    });
    expect(zhao?.decides?.zh).toBe('客户满意度');
    expect(result).toMatchObject({ up: 0, down: 0, before: { versions: [1] }, after: { versions: [2] } });
    // 600,001 fen × 1.2 = 720,001.2, paid in whole fen.
    expect(result.after.cost).toEqual({ coefficients: '1.2', withoutCoefficient: 0, payFen: '720001', bonus: null });
    expect(result).toMatchObject({ pay: 'partly', salaries: 1 });
  });

  test('tells how much each number of the plan moves: a target that is met by far moves nothing', async () => {
    const { sensitivity } = await tryPlan(deps, ownerOfTheMachine, { plan, draft, periods });
    const of = (kind: string, item: string) =>
      Number(sensitivity.find((each) => each.kind === kind && each.item === item)?.meanChange);
    // 93.5 ÷ 98 × 15 against 93.5 ÷ 102.9 × 15.
    expect(of('target', 'csat')).toBeCloseTo((93.5 / 102.9 - 93.5 / 98) * 15, 3);
    // Completeness 95 of 100: its own attainment 0.95 against the others' mean, (91.94 − 9.5) ÷ 90.
    expect(of('weight', 'completeness')).toBeCloseTo(0.95 - (91.9408 - 9.5) / 90, 3);
  });

  test('may be held against another plan, a quarter month by month', async () => {
    const result = await tryPlan(deps, ownerOfTheMachine, {
      plan: 'appliance-aftersales-technician',
      against: plan,
      periods: '2026-Q3,2026-10',
    });
    expect(result.periods).toEqual(['2026-07', '2026-08', '2026-09', '2026-10']);
    expect(result.before.id).toBe(plan);
    expect(result.moves.reduce((sum, { count }) => sum + count, 0)).toBe(result.cards);
  });

  test('a file holds every person and month, and no formula', async () => {
    const tried = await tryPlan(deps, ownerOfTheMachine, { plan, draft, periods });
    const csv = csvOf(backTestTable(tried, 'zh'));
    expect(csv.split('\r\n')).toHaveLength(5);
    expect(csv).toContain('"\'=钱二"');
  });

  test('a file is written in the reader’s language: its heads, grades and items', async () => {
    const tried = await tryPlan(deps, ownerOfTheMachine, { plan, draft, periods });
    const table = (language: 'zh' | 'en') => backTestTable(tried, language);
    expect(table('zh').header.slice(4, 7)).toEqual(['周期', '执行·总分', '执行·等级']);
    expect(table('en').header.slice(4, 7)).toEqual(['Period', 'In force · total', 'In force · grade']);
    expect(table('en').header.join()).not.toMatch(/\p{sc=Han}/u);
    expect(JSON.stringify(table('en').rows)).toContain('"Senior"');
    expect(JSON.stringify(table('zh').rows)).toContain('"高级"');
  });
});

describe('who may try', () => {
  const east = actor('supervisor', { kind: 'teams', teams: ['一组'] });

  test('a supervisor tries on their own people and never sees pay', async () => {
    const result = await tryPlan(deps, east, { plan, draft, periods });
    expect(result.rows.map(({ agentId }) => agentId).sort()).toEqual(['qian', 'zhao']);
    expect(result).toMatchObject({
      pay: 'hidden',
      after: { cost: { payFen: null } },
      before: { cost: { payFen: null } },
    });
  });

  test('an agent may not try at all', () =>
    expect(
      tryPlan(deps, actor('agent', { kind: 'self', agentId: 'zhao' }, 'zhao'), { plan, periods }),
    ).rejects.toBeInstanceOf(Forbidden));

  test.each([
    ['a period to come', '2027-01', BadInput],
    ['a period that is none', '2026-13', BadInput],
    ['more than two years', '2024,2025,2026-01..2026-01-31', BadInput],
    ['a month in which nobody was there', '2026-10', Conflict],
  ])('%s is refused', (_, asked, failure) =>
    expect(
      tryPlan(deps, ownerOfTheMachine, { plan, periods: asked, ...(failure === Conflict ? { team: '没有' } : {}) }),
    ).rejects.toBeInstanceOf(failure),
  );
});

describe('how sure a card is', () => {
  const asked = { plan, period: '2026-10', agentId: 'zhao' };

  test('every figure has its interval or a reason, and no score is made from it', async () => {
    const outlook = outlookSchema.parse(await showOutlook(deps, ownerOfTheMachine, asked));
    const textOf = (id: string) => outlook.items.find(({ item }) => item === id)?.text?.zh;
    // 82 of 100 and 187 of 200 by Wilson; 50 repairs of which 47 held.
    expect(textOf('first_contact_resolution')).toBe('95% 区间 73.33% 到 88.30%（Wilson 区间）');
    expect(textOf('repeat_complaints')).toContain('Poisson 精确区间');
    expect(outlook.silent.map(({ zh }) => zh)).toContain('服务专业性');
    const [low, high] = outlook.total ?? [0, 0];
    expect(low < 92.63 && 92.63 < high).toBe(true);
    expect(outlook.boundary?.zh).toContain('分界 90 分');
    expect(outlook).toMatchObject({ projection: null, withoutProjection: 'over' });
  });

  test('while the period runs there is a projection, the same however often it is asked for', async () => {
    const running = measured({ stores, now: () => Date.parse('2026-10-25T04:00:00Z'), timeZone: 'Asia/Shanghai' });
    const [first, again] = [
      await showOutlook(running, ownerOfTheMachine, asked),
      await showOutlook(running, ownerOfTheMachine, asked),
    ];
    expect(first.projection).toMatchObject({ daysLeft: 7 });
    const { low, middle, high } = first.projection ?? { low: 1, middle: 0, high: 0 };
    expect(low <= middle && middle <= high).toBe(true);
    expect(again).toEqual(first);
    expect(first.projection?.text.zh).toMatch(
      /^还有 7 天。照最近几周的样子，期末总分有八成可能在 \d+\.\d\d 到 \d+\.\d\d 分之间/,
    );
  });

  test('days ahead that the register lets nobody count are left out of the projection', async () => {
    const [by, at] = ['hr', new Date('2026-10-24T00:00:00Z')];
    const entry = { id: 'outage', subject: '', note: '停电' };
    await insertExemption(stores.postgres, {
      ...{
        ...entry,
        covers: 'all',
        reason: 'outage',
        metrics: [],
        firstDay: '2026-10-25',
        lastDay: '2026-10-31',
        at,
        enteredBy: by,
        enteredName: by,
      },
    });
    const projected = async () => {
      const now = () => Date.parse('2026-10-25T04:00:00Z');
      const { projection } = await showOutlook(
        measured({ stores, now, timeZone: 'Asia/Shanghai' }),
        ownerOfTheMachine,
        asked,
      );
      return projection ?? { low: 0, high: 0 };
    };
    const counting = await projected();
    expect(counting.high).toBeGreaterThan(counting.low);
    await markApproved(stores.postgres, entry.id, { at, by: 'boss', name: 'boss' });
    const exempt = await projected();
    expect(exempt.high).toBe(exempt.low);
    await markWithdrawn(stores.postgres, entry.id, { at, by, name: by, reason: '误录' });
  });

  test('a quarter has no figures of its own, and colleagues are not shown one another’s', async () => {
    expect(await showOutlook(deps, ownerOfTheMachine, { ...asked, period: '2026-Q4' })).toMatchObject({
      withoutProjection: 'blended',
      items: [],
    });
    const qian = actor('agent', { kind: 'self', agentId: 'qian' }, 'qian');
    await expect(showOutlook(deps, qian, asked)).rejects.toBeInstanceOf(Forbidden);
  });
});
