import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../people/actor.ts';
import { ownerOfTheMachine } from '../../people/actor.ts';
import { Forbidden, NotFound } from '../../platform/errors.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import { putAssignment } from '../assignmentStore.ts';
import { measured } from '../measured.ts';
import { publishTemplates } from '../publishTemplates.ts';
import { overviewSchema, scorecardListSchema, scorecardPageSchema } from '../schemas.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { putExampleDesk } from '../testDesk.ts';
import { printedDocument } from '../testing.ts';
import { exportScorecards } from './exportScorecards.ts';
import { listScorecards } from './listScorecards.ts';
import { scorecards, streamCards } from './scorecards.ts';
import { showOverview } from './showOverview.ts';
import { showScorecard } from './showScorecard.ts';

let stores: TestStores;
let deps: ScoreDeps;
const october = { plan: 'appliance-aftersales', period: '2026-10' };
const actor = (role: Actor['role'], scope: Actor['scope'], agentId: string | null = null): Actor => ({
  userId: role,
  name: role,
  role,
  scope,
  agentId,
});
const supervisor = actor('supervisor', { kind: 'teams', teams: ['一组'] });
const zhao = actor('agent', { kind: 'self', agentId: 'zhao' }, 'zhao');

beforeAll(async () => {
  stores = await startTestStores();
  await putExampleDesk(stores);
  deps = measured({ stores, now: () => Date.parse('2026-12-03T00:00:00Z'), timeZone: 'Asia/Shanghai' });
  await publishTemplates(deps);
});
afterAll(() => stores.close());

describe('worked example 4 out of raw rows', () => {
  test('is 92.63, 高级 and 1.2 in the document of the command line', async () => {
    const found = await streamCards(deps, ownerOfTheMachine, { ...october, agents: ['zhao'] });
    const document = await printedDocument(found);
    expect(document).toMatchObject({ plan: 'appliance-aftersales', version: 1, period: '2026-10' });
    expect(document.agents).toHaveLength(1);
    const [agent] = document.agents;
    expect(agent).toMatchObject({ agent_id: 'zhao', total: '92.63', grade: '高级', coefficient: '1.2' });
    expect(
      Object.fromEntries((agent?.items ?? []).map(({ id, value, points }) => [id, [value, points?.slice(0, 7)]])),
    ).toEqual({
      first_contact_resolution: ['82', '19.2941'],
      ticket_cycle: ['20.3', '14.7'],
      csat: ['93.5', '15'],
      repeat_complaints: ['6', '8.33333'],
      first_time_fix: ['94', '10'],
      professionalism: ['88', '8.8'],
      completeness: ['95', '9.5'],
      collaboration: ['90', '4.5'],
      knowledge: ['1', '2.5'],
    });
  });

  test('explains every item in both languages and says which assessment it took', async () => {
    const card = scorecardPageSchema.parse(await showScorecard(deps, zhao, { ...october, agentId: 'zhao' }));
    const reasons = Object.fromEntries(card.items.map(({ id, reason }) => [id, reason]));
    expect(reasons.first_contact_resolution).toEqual({
      zh: '首次问题解决率 82.00%，目标 85.00%，达成 96.47%，得 19.29 分（满分 20.00 分）',
      en: 'First contact resolution 82.00%, target 85.00%: 96.47% attained, 19.29 of 20.00 points',
    });
    expect(reasons.ticket_cycle?.zh).toBe(
      '工单处理时效：普通工单 180 张平均 22.00 小时，目标 24 小时，达成 100.00%；紧急工单 20 张平均 5.00 小时，目标 4 小时，达成 80.00%；达成 98.00%，得 14.70 分（满分 15.00 分）',
    );
    expect(reasons.csat?.zh).toBe('客户满意度 93.50%，目标 90.00%，得满分 15.00 分');
    expect(reasons.completeness?.zh).toBe(
      '工单记录完整性 95.00%（取 2026-Q3 的评定），目标 100.00%，达成 95.00%，得 9.50 分（满分 10.00 分）',
    );
    expect(card.items.find(({ id }) => id === 'completeness')?.evidence).toEqual({
      metric: 'field_completeness',
      agent: 'zhao',
      period: '2026-Q3',
    });
    expect(card.sentence).toEqual({ zh: '92.63 分，高级，系数 1.2', en: '92.63, Senior, coefficient 1.2' });
    expect(card.lifts.map(({ item, text }) => [item, text.zh])).toEqual([
      ['knowledge', '知识库贡献再多 1 个（1 → 2），可多得 2.50 分'],
      ['repeat_complaints', '重复投诉率在 200 个里少 1 个（6.00% → 5.50%），可多得 0.76 分'],
      ['first_contact_resolution', '首次问题解决率在 100 个里再多 5 个达标（82.00% → 87.00%），可多得 0.71 分'],
    ]);
    expect(card.strengths.map(({ item }) => item)).toEqual(['csat', 'first_time_fix']);
    expect(card.steps.at(-3)?.text.zh).toBe('合计 92.6275，四舍五入为 92.63');
    expect(card.trend.at(-1)).toMatchObject({ period: '2026-10', total: '92.63' });
  });
});

describe('who sees what', () => {
  test('everybody who worked in the period is listed, with a reason where there is no score', async () => {
    const list = scorecardListSchema.parse(await listScorecards(deps, ownerOfTheMachine, october));
    expect(list.rows.map(({ agentId, status, total }) => [agentId, status, total])).toEqual([
      ['qian', 'unrated', null],
      ['sun', 'unrated', null],
      ['zhao', 'rated', '92.63'],
    ]);
    expect(list.columns).toHaveLength(9);
  });

  test('in a company larger than a batch the same cards come a batch at a time, and the engine is asked once for all of them', async () => {
    const small = measured({ stores, now: deps.now, timeZone: deps.timeZone }, 2);
    const asked: string[] = [];
    const watched: ScoreDeps = {
      ...small,
      figures: (query) => {
        asked.push(JSON.stringify([query.period.text, query.by, query.metrics, query.filter]));
        return small.figures(query);
      },
      figuresInOrder: (query) => {
        asked.push(JSON.stringify([query.period.text, query.by, query.metrics]));
        return small.figuresInOrder(query);
      },
    };
    for (const period of ['2026-10', '2026-Q4']) {
      const query = { ...october, period };
      asked.length = 0;
      expect(await listScorecards(watched, ownerOfTheMachine, query)).toEqual(
        await listScorecards(deps, ownerOfTheMachine, query),
      );
      expect([asked.length > 3, new Set(asked).size]).toEqual([true, asked.length]);
      const [one, other] = await Promise.all([
        exportScorecards(watched, ownerOfTheMachine, { ...query, format: 'csv' }),
        exportScorecards(deps, ownerOfTheMachine, { ...query, format: 'csv' }),
      ]);
      expect(Buffer.from(one.body).toString()).toBe(Buffer.from(other.body).toString());
    }
  });

  test('an agent sees their own card only', async () => {
    expect((await listScorecards(deps, zhao, october)).rows.map(({ agentId }) => agentId)).toEqual(['zhao']);
    await expect(showScorecard(deps, zhao, { ...october, agentId: 'qian' })).rejects.toThrow(Forbidden);
    await expect(showScorecard(deps, zhao, { ...october, agentId: 'nobody' })).rejects.toThrow(Forbidden);
    await expect(exportScorecards(deps, zhao, { ...october, format: 'csv' })).rejects.toThrow(Forbidden);
    await expect(showOverview(deps, zhao, october)).rejects.toThrow(Forbidden);
  });

  test('a supervisor sees their teams, whatever team they ask for', async () => {
    expect((await listScorecards(deps, supervisor, october)).rows.map(({ agentId }) => agentId)).toEqual([
      'qian',
      'zhao',
    ]);
    expect((await listScorecards(deps, supervisor, { ...october, team: '二组' })).rows).toEqual([]);
    await expect(showScorecard(deps, supervisor, { ...october, agentId: 'sun' })).rejects.toThrow(Forbidden);
  });

  test('what does not exist is said so', async () => {
    await expect(showScorecard(deps, ownerOfTheMachine, { ...october, agentId: 'li' })).rejects.toThrow(NotFound);
    await expect(listScorecards(deps, ownerOfTheMachine, { ...october, plan: 'none' })).rejects.toMatchObject({
      code: 'plan.unknown',
    });
    await expect(listScorecards(deps, ownerOfTheMachine, { ...october, version: 7 })).rejects.toMatchObject({
      code: 'plan.noVersion',
    });
    await expect(listScorecards(deps, ownerOfTheMachine, { ...october, period: 'soon' })).rejects.toMatchObject({
      code: 'period.unreadable',
    });
  });
});

describe('longer periods and the overview', () => {
  test('a quarter is the mean of its rated months as rounded, and lists them', async () => {
    const card = await showScorecard(deps, ownerOfTheMachine, { ...october, period: '2026-Q4', agentId: 'zhao' });
    const months = new Map<string, string | null>();
    for (const period of ['2026-10', '2026-11', '2026-12']) {
      const { cards } = await scorecards(deps, ownerOfTheMachine, { ...october, period, agents: ['zhao'] });
      months.set(period, cards.get('zhao')?.total ?? null);
    }
    expect(months.get('2026-12')).toBe(null);
    expect(card.madeFrom).toEqual(
      [...months].filter(([, total]) => total !== null).map(([period, total]) => ({ period, total })),
    );
    expect(card.total).not.toBe(null);
  });

  test('the overview holds the team figure against the target, not the mean of its people', async () => {
    const overview = overviewSchema.parse(await showOverview(deps, supervisor, october));
    expect(overview).toMatchObject({ agents: 2, rated: 1, previousPeriod: '2026-09' });
    expect(overview.plans).toMatchObject([{ plan: { id: 'appliance-aftersales' }, rated: 1, meanTotal: '92.63' }]);
    expect(overview.plans[0]?.distribution.filter(({ count }) => count > 0)).toEqual([{ from: 90, to: 95, count: 1 }]);
    expect(overview.plans[0]?.grades.find(({ grade }) => grade.id === 'senior')?.count).toBe(1);
    expect(overview.missed.find(({ item }) => item === 'first_contact_resolution')).toMatchObject({
      team: '一组',
      value: '82',
      target: '85',
    });
    expect(overview.missed.find(({ item }) => item === 'ticket_cycle')).toMatchObject({
      part: 'urgent',
      value: '5',
      target: '4',
    });
    expect(overview.missed.some(({ item }) => item === 'csat')).toBe(false);
    expect(overview.unrated.map(({ agentId }) => agentId)).toEqual(['qian']);
  });
});

test('a promotion day in the calendar relaxes the time target of that day', async () => {
  const day = { date: '2026-10-26', type: 'promotion', content_hash: '900001', key: '900001', import_id: 90, line: 1 };
  await stores.clickhouse.all.insert(
    'INSERT INTO calendar SETTINGS input_format_skip_unknown_fields=1 FORMAT JSONEachRow',
    JSON.stringify(day),
  );
  try {
    const { cards } = await scorecards(deps, ownerOfTheMachine, { ...october, agents: ['zhao'] });
    const cycle = cards.get('zhao')?.items.find(({ id }) => id === 'ticket_cycle');
    expect(cycle?.relaxed).toEqual({ days: 1, factors: ['1.5'] });
    expect(Number(cycle?.parts.find(({ key }) => key === 'urgent')?.target)).toBeGreaterThan(4);
    expect(Number(cycle?.points)).toBeGreaterThan(14.7);
  } finally {
    await stores.clickhouse.all.command('TRUNCATE TABLE calendar');
  }
});

test('without a plan chosen each person is scored by the plan that covers them, from its month on', async () => {
  const alone = await listScorecards(deps, ownerOfTheMachine, { period: '2026-10' });
  expect(alone).toEqual(await listScorecards(deps, ownerOfTheMachine, october));
  await putAssignment(stores.postgres, {
    ...{ team: '', tier: '', agentId: 'qian', fromMonth: '2026-10', planId: 'appliance-aftersales-technician' },
    ...{ assignedAt: new Date(0), assignedBy: 'x' },
  });
  const plans = async (query: { period: string; plan?: string; team?: string }) => {
    const list = scorecardListSchema.parse(await listScorecards(deps, ownerOfTheMachine, query));
    return [list.plan?.id ?? null, ...list.rows.map(({ agentId, plan, total }) => `${agentId} ${plan.id} ${total}`)];
  };
  expect(await plans({ period: '2026-10' })).toEqual([
    null,
    'sun appliance-aftersales null',
    'zhao appliance-aftersales 92.63',
    'qian appliance-aftersales-technician null',
  ]);
  expect((await plans({ period: '2026-09' }))[0]).toBe('appliance-aftersales');
  expect(await plans(october)).toEqual([
    'appliance-aftersales',
    'qian appliance-aftersales null',
    'sun appliance-aftersales null',
    'zhao appliance-aftersales 92.63',
  ]);
  const overview = overviewSchema.parse(await showOverview(deps, ownerOfTheMachine, { period: '2026-10' }));
  expect(overview.plans.map(({ plan, agents, meanTotal }) => [plan.id, agents, meanTotal])).toEqual([
    ['appliance-aftersales', 2, '92.63'],
    ['appliance-aftersales-technician', 1, null],
  ]);
  const missed = overview.missed.map(({ team, plan, item, value }) => `${team} ${plan.id} ${item} ${value}`);
  expect(missed).toContain('一组 appliance-aftersales first_contact_resolution 82');
  // 70 is the figure of the one whom the plan covers, 88 that of the other, 79 that of the team.
  expect(missed.filter((line) => line.includes('professionalism'))).toEqual([
    '一组 appliance-aftersales-technician professionalism 70',
    '一组 appliance-aftersales professionalism 88',
  ]);
  const file = await exportScorecards(deps, ownerOfTheMachine, { period: '2026-10', format: 'csv' });
  const [header = '', ...lines] = new TextDecoder().decode(file.body).trim().split('\r\n');
  expect(header).toContain('家电售后');
  expect(header.split(',')[4]).toBe('方案');
  expect(lines.map((line) => line.split(',').length)).toEqual(lines.map(() => header.split(',').length));
  expect((await listScorecards(deps, zhao, { period: '2026-10' })).rows.map(({ agentId }) => agentId)).toEqual([
    'zhao',
  ]);
  const assign = (fromMonth: string, planId: string) =>
    putAssignment(stores.postgres, {
      ...{ team: '', tier: '', agentId: 'zhao', fromMonth, planId },
      ...{ assignedAt: new Date(0), assignedBy: 'x' },
    });
  const moves = async () => {
    const { changedPlan, movedUp, movedDown } = await showOverview(deps, ownerOfTheMachine, { period: '2026-10' });
    return { changedPlan, moved: [...movedUp, ...movedDown].map(({ agentId }) => agentId) };
  };
  const before = await moves();
  await assign('2026-09', 'appliance-aftersales-technician');
  await assign('2026-10', 'appliance-aftersales');
  expect([before, await moves()]).toEqual([
    { changedPlan: 0, moved: ['zhao'] },
    { changedPlan: 1, moved: [] },
  ]);
  await stores.postgres.query('DELETE FROM plan_assignments');
});

test('without an agent list everybody who did something in the period has a card', async () => {
  await stores.clickhouse.all.command('TRUNCATE TABLE agent_history');
  const { rows } = await listScorecards(deps, ownerOfTheMachine, october);
  expect(rows.map(({ agentId, name, total }) => [agentId, name, total])).toEqual([
    ['qian', 'qian', null],
    ['zhao', 'zhao', '92.63'],
  ]);
});
