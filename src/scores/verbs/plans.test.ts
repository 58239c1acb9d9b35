import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { catalogue } from '../../metrics/catalogue.ts';
import { type Actor, ownerOfTheMachine } from '../../people/actor.ts';
import { Forbidden, Invalid } from '../../platform/errors.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import { readDrafts } from '../draftStore.ts';
import { measured } from '../measured.ts';
import { planDifferences } from '../planDifferences.ts';
import type { Plan } from '../planSchema.ts';
import { readVersions, readWritten, versionInForce } from '../planStore.ts';
import { publishTemplates, shippedPlans } from '../publishTemplates.ts';
import { planDiffSchema, planListSchema, planPageSchema } from '../schemas.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { shippedPlan } from '../testing.ts';
import { deleteDraft } from './deleteDraft.ts';
import { diffPlans } from './diffPlans.ts';
import { listPlans } from './listPlans.ts';
import { publishPlan } from './publishPlan.ts';
import { showPlan } from './showPlan.ts';

let stores: TestStores;
let deps: ScoreDeps;
const id = 'appliance-aftersales';
const template = readFileSync(new URL(`../../../plans/${id}.yaml`, import.meta.url), 'utf8');
/** The template with the input given that its source leaves open. */
const own = (coefficient: string, more: (text: string) => string = (text) => text) =>
  more(template.replace('    max: 0.8\n', `    max: 0.8\n    value: ${coefficient}\n`));
const asShipped = (plan: Plan) => JSON.stringify(plan);
const agent: Actor = { userId: 'u', name: 'u', role: 'agent', scope: { kind: 'all' }, agentId: 'a' };

beforeAll(async () => {
  stores = await startTestStores();
  deps = measured({ stores, now: () => Date.parse('2026-11-10T00:00:00Z'), timeZone: 'Asia/Shanghai' });
});
afterAll(() => stores.close());
beforeEach(async () => {
  await stores.postgres.query('TRUNCATE plan_versions, plan_drafts CASCADE');
  await publishTemplates(deps);
});

describe('shipped templates', () => {
  test('are published once, however often Heng starts', async () => {
    await Promise.all([publishTemplates(deps), publishTemplates(deps)]);
    const versions = await readVersions(stores.postgres);
    expect(versions.map(({ planId, version, origin, inForceFrom }) => [planId, version, origin, inForceFrom])).toEqual(
      shippedPlans()
        .map((plan) => [plan.id, 1, 'template', null])
        .sort(),
    );
    const { plans } = planListSchema.parse(await listPlans(deps, agent));
    expect(plans.find((plan) => plan.id === id)).toMatchObject({
      id,
      version: 1,
      items: 9,
      missingInputs: [{ id: 'needs_improvement_coefficient' }],
    });
  });

  test('that change with a release become a version from next month, and the old one stays as it was', async () => {
    const before = await readVersions(stores.postgres, id);
    const changed: Plan = { ...shippedPlan(id), source: 'S2, revised' };
    await publishTemplates(deps, [asShipped(changed)]);
    const versions = await readVersions(stores.postgres, id);
    expect(versions[0]).toEqual(before[0]);
    expect(versions[1]).toMatchObject({ version: 2, inForceFrom: '2026-12' });
    expect(versionInForce(versions, '2026-11')?.version).toBe(1);
    expect(versionInForce(versions, '2026-12')?.version).toBe(2);
  });

  test('that change after the organisation published its own wait as a draft', async () => {
    await publishPlan(deps, ownerOfTheMachine, { text: own('0.5') });
    const changed: Plan = { ...shippedPlan(id), source: 'S2, revised' };
    await publishTemplates(deps, [asShipped(changed)]);
    await publishTemplates(deps, [asShipped(changed)]);
    expect(await readVersions(stores.postgres, id)).toHaveLength(2);
    const [draft, ...others] = await readDrafts(stores.postgres);
    expect([draft?.planId, draft?.origin, others]).toEqual([id, 'template', []]);
    await deleteDraft(deps, ownerOfTheMachine, { id: draft?.id ?? '', deleted: true });
    await publishTemplates(deps, [asShipped(changed)]);
    expect(await readDrafts(stores.postgres)).toEqual([]);
  });
});

describe('publishing', () => {
  test('gives the next number, from next month on, and tells who did it', async () => {
    const published = await publishPlan(deps, ownerOfTheMachine, { text: own('0.5') });
    expect(published).toMatchObject({ id, version: 2, inForceFrom: '2026-12' });
    const page = planPageSchema.parse(await showPlan(deps, agent, { id, version: 2 }));
    expect(page.versions[1]).toMatchObject({
      origin: 'own',
      publishedBy: 'command line',
      publishedAt: '2026-11-10T00:00:00.000Z',
    });
    expect(page.plan.inputs[0]?.value).toBe('0.5');
    expect(page.explained.ticket_cycle?.zh).toBe(
      '目标：普通工单 ≤ 24 小时，紧急工单 ≤ 4 小时，按工单数加权；达成度 = 目标 ÷ 实际，最高 100%',
    );
    expect((await showPlan(deps, agent, { id })).version).toBe(1);
    const { rows } = await stores.postgres.query('SELECT action, subject FROM audit_log ORDER BY at DESC LIMIT 1');
    expect(rows).toEqual([{ action: 'plan.published', subject: `${id} 2` }]);
  });

  test('with inputs given keeps the author’s comments and all else as written, and only of the latest version', async () => {
    await publishPlan(deps, ownerOfTheMachine, {
      text: own('0.5', (text) => text.replace('\nbands:', '\n# 董事会定\nbands:')),
    });
    const inputs = { needs_improvement_coefficient: '0.6' };
    const give = (version: number) => publishPlan(deps, ownerOfTheMachine, { plan: id, version, inputs });
    await expect(give(1)).rejects.toMatchObject({ code: 'plan.newerVersion', params: { version: '2' } });
    expect(await give(2)).toMatchObject({ version: 3 });
    const [before, after] = await Promise.all([2, 3].map((version) => readWritten(stores.postgres, id, version)));
    expect(before).toContain('# 董事会定');
    expect(after).toBe(before?.replace('value: 0.5\n', 'value: 0.6\n'));
  });

  test('refuses a plan with every issue at once, the missing input among them', async () => {
    const text = template.replace('weight: 20', 'weight: 19').replace('first_time_fix_rate', 'happiness');
    const refused = publishPlan(deps, ownerOfTheMachine, { text });
    await expect(refused).rejects.toThrow(Invalid);
    await expect(refused).rejects.toMatchObject({
      issues: [
        { path: 'blocks[0].items', code: 'weights.itemsSum' },
        { path: 'blocks[0].items[4].metric', code: 'metric.unknown' },
        { path: 'inputs[0].value', code: 'input.missing' },
      ],
    });
    expect(await readVersions(stores.postgres, id)).toHaveLength(1);
  });

  test('needs the right to', async () => {
    await expect(publishPlan(deps, agent, { text: own('0.5') })).rejects.toThrow(Forbidden);
  });

  test('refuses what is in force already', async () => {
    await publishPlan(deps, ownerOfTheMachine, { text: own('0.5') });
    await expect(publishPlan(deps, ownerOfTheMachine, { text: own('0.5') })).rejects.toMatchObject({
      code: 'plan.unchanged',
    });
  });

  test('may replace a template for months that have begun, but not a version of the organisation', async () => {
    await publishPlan(deps, ownerOfTheMachine, { text: own('0.5'), inForceFrom: '2026-10' });
    expect((await showPlan(deps, agent, { id })).version).toBe(2);
    await expect(
      publishPlan(deps, ownerOfTheMachine, { text: own('0.6'), inForceFrom: '2026-11' }),
    ).rejects.toMatchObject({ code: 'plan.periodOpen', params: { month: '2026-11', first: '2026-12' } });
    await expect(
      publishPlan(deps, ownerOfTheMachine, { text: own('0.6'), inForceFrom: '2999-12' }),
    ).rejects.toMatchObject({ code: 'plan.monthTooFar' });
    await expect(
      publishPlan(deps, ownerOfTheMachine, { text: own('0.6'), inForceFrom: '2026-12' }),
    ).resolves.toMatchObject({ version: 3 });
  });

  test('two at once get two numbers', async () => {
    const both = await Promise.all(
      ['0.5', '0.6'].map((value) => publishPlan(deps, ownerOfTheMachine, { text: own(value) })),
    );
    expect(both.map(({ version }) => version).sort()).toEqual([2, 3]);
  });
});

test('a published version cannot be changed or deleted, not even by SQL', async () => {
  await expect(stores.postgres.query(`UPDATE plan_versions SET content = '{}'`)).rejects.toMatchObject({
    code: '23001',
  });
  await expect(stores.postgres.query('DELETE FROM plan_versions')).rejects.toMatchObject({ code: '23001' });
});

test('differences are named by item and field, with both values', async () => {
  const text = own('0.5', (yaml) => yaml.replace('target: 85', 'target: 80').replace('urgent: 4 }', 'urgent: 6 }'));
  await publishPlan(deps, ownerOfTheMachine, { text });
  const { changes } = planDiffSchema.parse(await diffPlans(deps, agent, { id, from: 1, to: 2 }));
  expect(changes.map(({ kind, path, text: sentence }) => [kind, path, sentence.zh])).toEqual([
    ['added', 'inputs[needs_improvement_coefficient].value', '新增 待填写·待改进等级的绩效系数·填写值：0.5'],
    [
      'changed',
      'blocks[quantitative].items[first_contact_resolution].target',
      '板块·量化指标·项·首次问题解决率·目标 由“85”改为“80”',
    ],
    [
      'changed',
      'blocks[quantitative].items[ticket_cycle].target.byPriority.urgent',
      '板块·量化指标·项·工单处理时效·目标·按优先级·紧急工单 由“4”改为“6”',
    ],
  ]);
  expect((await diffPlans(deps, agent, { id, from: 2, to: 2 })).changes).toEqual([]);
});

test('a metric and its options differ by their names', () => {
  const before = shippedPlan('jd-training-assessment');
  const [block, ...others] = before.blocks;
  if (!block) throw new Error('a plan has blocks');
  const items = block.items.map((item, i) => {
    if (i === 0) return { ...item, options: { item: 'emotion' } };
    return i === 1 ? { ...item, metric: 'first_reply_30s_rate', options: { unreplied: 'miss' } } : item;
  });
  const changes = planDifferences(before, { ...before, blocks: [{ ...block, items }, ...others] }, catalogue);
  expect(changes.map(({ text }) => text.zh)).toEqual([
    '板块·业务知识·项·平台规则·计法选项 由“失误的类别：平台规则”改为“失误的类别：情绪管理”',
    '板块·业务知识·项·产品知识·指标 由“失误次数”改为“30 秒应答率”',
    '板块·业务知识·项·产品知识·计法选项 由“失误的类别：产品知识”改为“未回复的会话：算作未达标”',
  ]);
});

test('the technician plan against the desk plan reads as a list of weights', () => {
  const changes = planDifferences(shippedPlan(id), shippedPlan(`${id}-technician`), catalogue);
  expect(changes.map(({ text }) => text.zh)).toContain(
    '板块·量化指标·项·首次问题解决率·权重 由“20”改为“55/3（18.3333）”',
  );
});
