import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { metricsCommand } from '../metrics/command.ts';
import { retireMetric } from '../metrics/verbs/retireMetric.ts';
import { changeDefinitions, saveOwnMetric } from '../metrics/verbs/saveDefinitions.ts';
import { ownerOfTheMachine } from '../people/actor.ts';
import type { CommandContext } from '../platform/command.ts';
import { silentLog } from '../platform/log.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { measured } from './measured.ts';
import { plansUsing } from './plansUsing.ts';
import { publishTemplates } from './publishTemplates.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { putExampleDesk } from './testDesk.ts';
import { printedDocument } from './testing.ts';
import { publishPlan } from './verbs/publishPlan.ts';
import { streamCards } from './verbs/scorecards.ts';

const plan = 'appliance-aftersales';
const text = readFileSync(new URL(`../../plans/${plan}.yaml`, import.meta.url), 'utf8')
  .replace('    max: 0.8\n', '    max: 0.8\n    value: 0.5\n')
  .replace('metric: first_contact_resolution_rate', 'metric: own_one_contact');
const metric = JSON.stringify({
  ...{
    format: 1,
    id: 'own_one_contact',
    name: { zh: '一次联系关闭率', en: 'Closed with one contact' },
    fact: 'tickets',
  },
  numerator: { of: 'rows', where: [{ column: 'contacts', op: '<=', value: 1 }] },
  denominator: { of: 'rows', where: [{ column: 'closed', op: '=', value: true }] },
  ...{ unit: 'percent', better: 'higher', credited: 'O', counted: 'creation', minN: 30 },
});

let stores: TestStores;
let deps: ScoreDeps;
const now = () => Date.parse('2026-10-15T00:00:00Z');
beforeAll(async () => {
  stores = await startTestStores();
  await putExampleDesk(stores);
  deps = measured({ stores, now, timeZone: 'Asia/Shanghai' });
  await publishTemplates(deps);
});
afterAll(() => stores.close());

const item = async (id: string) => {
  const found = await printedDocument(
    await streamCards(deps, ownerOfTheMachine, { plan, period: '2026-10', agents: ['zhao'] }),
  );
  return found.agents[0]?.items.find((each) => each.id === id);
};

test('a plan takes a metric of one’s own by its id once it is kept, and scores by it', async () => {
  const publish = () => publishPlan(deps, ownerOfTheMachine, { text, inForceFrom: '2026-10' });
  await expect(publish()).rejects.toMatchObject({ issues: [{ code: 'metric.unknown' }] });
  await saveOwnMetric({ ...deps, log: silentLog }, ownerOfTheMachine, { text: metric });
  await publish();
  // Of the 200 tickets created in October 18 took two contacts.
  expect(await item('first_contact_resolution')).toMatchObject({ metric: 'own_one_contact', value: '91' });
});

test('a card made before a definition changes is made anew after it', async () => {
  expect(await item('repeat_complaints')).toMatchObject({ value: '6' });
  const change = { metric: 'repeat_complaint_rate', options: { window: '7' }, minN: null };
  await changeDefinitions({ ...deps, log: silentLog }, ownerOfTheMachine, {
    ...{ changes: [change], from: '2026-10', reason: '只看七天' },
  });
  expect(Number((await item('repeat_complaints'))?.value)).toBeLessThan(6);
});

test('a metric that plans count by is not retired before them; after them their past cards still answer', async () => {
  const withLog = { ...deps, log: silentLog };
  const retire = (from: string) =>
    retireMetric(withLog, ownerOfTheMachine, { metric: 'own_one_contact', from }, plansUsing);
  await expect(retire('2026-12')).rejects.toMatchObject({ params: { plans: `${plan} 2`, month: '2026-12' } });
  const without = text.replace('metric: own_one_contact', 'metric: first_contact_resolution_rate');
  await publishPlan(deps, ownerOfTheMachine, { text: without, inForceFrom: '2026-12' });
  await expect(retire('2026-11')).rejects.toThrowError(/usedByPlans/);
  await retire('2026-12');
  expect(await item('first_contact_resolution')).toMatchObject({ metric: 'own_one_contact', value: '91' });
  await expect(publishPlan(deps, ownerOfTheMachine, { text, inForceFrom: '2027-01' })).rejects.toMatchObject({
    issues: [{ path: 'blocks[0].items[0].metric', code: 'metric.retired' }],
  });
});

test('the command line restores a metric and retires it, but not before plans that count by it', async () => {
  const printed: string[] = [];
  const metrics = (from: string, ...args: string[]) => {
    const context: CommandContext = {
      ...{ args, values: { from, reason: '改用一次解决率' }, json: false, dataDir: '', env: { LANG: 'zh_CN' } },
      ...{ timeZone: deps.timeZone, now, stores: async () => stores },
      out: (_, text) => void printed.push(text ?? ''),
      outLines: () => Promise.reject(new Error('nothing is printed line by line')),
      progress: () => {},
    };
    return metricsCommand(plansUsing).run(context);
  };
  expect(await metrics('2026-12', 'restore', 'own_one_contact')).toBe(0);
  await expect(metrics('2026-11', 'retire', 'own_one_contact')).rejects.toMatchObject({ code: 'metric.usedByPlans' });
  expect(await metrics('2026-12', 'retire', 'own_one_contact')).toBe(0);
  await expect(metrics('2026-12', 'restore', 'csat_rate')).rejects.toMatchObject({ code: 'metric.notOwn' });
  expect(printed).toEqual(['own_one_contact 第 3 版，生效：2026-12', 'own_one_contact 自 2026-12 起停用']);
});
