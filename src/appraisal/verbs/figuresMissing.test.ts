import { afterAll, beforeAll, expect, test } from 'vitest';
import { RawRows } from '../../facts/testing.ts';
import { catalogue } from '../../metrics/catalogue.ts';
import { parsePeriod } from '../../metrics/period.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import { putAssignment } from '../../scores/assignmentStore.ts';
import { itemsById } from '../../scores/itemsById.ts';
import { measured } from '../../scores/measured.ts';
import { publishTemplates } from '../../scores/publishTemplates.ts';
import type { ScoreDeps } from '../../scores/scoreDeps.ts';
import { resolved, shippedPlan } from '../../scores/testing.ts';
import type { MissingKind } from '../missing.ts';
import { figuresMissing } from './figuresMissing.ts';

const timeZone = 'Asia/Shanghai';
let stores: TestStores;
let deps: ScoreDeps;

/** Two shops that were rated in September; in October the import of the second one died on the third day. */
beforeAll(async () => {
  stores = await startTestStores();
  const raw = new RawRows(stores);
  await raw.put('agents', [
    { agent_id: 'zhao', name: '赵一', team: '一组', shop: '旗舰店', tier: 'mid' },
    { agent_id: 'sun', name: '孙三', team: '二组', shop: '专营店', tier: 'mid' },
    { agent_id: 'wu', name: '吴五', team: '一组', shop: '旗舰店', tier: 'mid' },
  ]);
  const months = [
    { agent: 'zhao', shop: '旗舰店', month: '2026-09', count: 40 },
    { agent: 'zhao', shop: '旗舰店', month: '2026-10', count: 62 },
    { agent: 'sun', shop: '专营店', month: '2026-09', count: 40 },
    { agent: 'sun', shop: '专营店', month: '2026-10', count: 4, unrated: true },
  ];
  const tickets = months.flatMap(({ agent, shop, month, count, unrated = false }) =>
    Array.from({ length: count }, (_, i) => {
      const day = `${month}-${String((count > 31 ? i % 31 : i % 2) + 1).padStart(2, '0')}`.replace('09-31', '09-30');
      const ticket = { ticket_id: `${agent}${month}${i}`, customer_id: `c${agent}${month}${i}`, agent_id: agent, shop };
      return { ...ticket, created_at: `${day}T10:00:00+08:00`, closed_at: `${day}T15:00:00+08:00`, unrated };
    }),
  );
  await raw.put(
    'tickets',
    tickets.map(({ unrated: _, ...ticket }) => ({ ...ticket, kind: 'consult', priority: 'normal', contacts: 1 })),
  );
  await raw.put(
    'ratings',
    tickets
      .filter(({ unrated }) => !unrated)
      .map(({ ticket_id, closed_at }) => ({ ticket_id, at: closed_at, score: 5, valid: true, rating_id: ticket_id })),
  );
  await raw.derive();
  deps = measured({ stores, now: () => Date.parse('2026-11-10T04:00:00Z'), timeZone });
  await publishTemplates(deps);
  await putAssignment(stores.postgres, {
    ...{ team: '', tier: '', agentId: 'wu', fromMonth: '2026-01', planId: 'optimised-service' },
    ...{ assignedAt: new Date(), assignedBy: 'HR' },
  });
});
afterAll(() => stores.close());

const named = async (kind: MissingKind) => {
  const all = await figuresMissing(deps, parsePeriod('2026-10', timeZone));
  const found = all.find((each) => each.kind === kind);
  expect([kind, found?.weight]).toEqual([kind, 'confirm']);
  return found?.names ?? [];
};
const metricName = (id: string) => catalogue.find((metric) => metric.id === id)?.name ?? { zh: '', en: '' };

test('zero for everybody is named like no data at all, also of a metric that only a coupling rests on', async () => {
  const names = await named('noFigures');
  // Nobody complained and no order is connected: by the coupling either would be to somebody’s good.
  expect(names).toContainEqual(metricName('complaint_rate'));
  expect(names).toContainEqual(metricName('inquiry_conversion_rate'));
  expect(names).not.toContainEqual(metricName('csat_rate'));
});

test('of a shop whose import died the figures it had the month before and the source are named, in both languages', async () => {
  const { zh, en } = metricName('csat_rate');
  const names = await named('noFigures');
  expect(names).toContainEqual({ zh: `${zh}（专营店）`, en: `${en} (专营店)` });
  expect(names.filter((name) => name.zh.includes('旗舰店'))).toEqual([]);
  expect(await named('stale')).toEqual([{ zh: '工单（专营店）', en: 'tickets (专营店)' }]);
});

test('an item for which somebody has fewer observations than the plan counts is named with how many people these are', async () => {
  const cycle = itemsById(resolved(shippedPlan('appliance-aftersales'))).get('ticket_cycle');
  expect(await named('lowSamples')).toContainEqual({ zh: `${cycle?.name.zh} (1)`, en: `${cycle?.name.en} (1)` });
});
