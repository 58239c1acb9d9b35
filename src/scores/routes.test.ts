import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../people/actor.ts';
import { createApp, type HengApp } from '../platform/http.ts';
import { silentLog } from '../platform/log.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { publishTemplates } from './publishTemplates.ts';
import { scoresRoutes } from './routes.ts';
import { overviewSchema, planListSchema, planPageSchema, scorecardListSchema, scorecardPageSchema } from './schemas.ts';
import { putExampleDesk } from './testDesk.ts';

let stores: TestStores;
let app: HengApp;
let actor: Actor;
const administrator: Actor = {
  userId: 'u',
  name: '管理员',
  role: 'administrator',
  scope: { kind: 'all' },
  agentId: null,
};
const october = 'plan=appliance-aftersales&period=2026-10';

beforeAll(async () => {
  stores = await startTestStores();
  await putExampleDesk(stores);
  const deps = { stores, now: () => Date.parse('2026-12-03T00:00:00Z'), timeZone: 'Asia/Shanghai', log: silentLog };
  await publishTemplates(deps);
  app = createApp({ log: silentLog });
  app.use('/api/*', (c, next) => {
    c.set('actor', actor);
    return next();
  });
  scoresRoutes(app, deps);
});
afterAll(() => stores.close());

const get = (path: string, as = administrator) => {
  actor = as;
  return app.request(path);
};

test('every answer has the shape that the pages read', async () => {
  planListSchema.parse(await (await get('/api/plans')).json());
  planPageSchema.parse(await (await get('/api/plans/appliance-aftersales?version=1')).json());
  scorecardListSchema.parse(await (await get(`/api/scorecards?${october}`)).json());
  scorecardPageSchema.parse(await (await get(`/api/scorecards/zhao?${october}`)).json());
  scorecardPageSchema.parse(await (await get('/api/scorecards/zhao?plan=appliance-aftersales&period=2026-Q4')).json());
  overviewSchema.parse(await (await get(`/api/overview?${october}`)).json());
});

test('files come with their type and a name, and a name that looks like a formula is plain text in them', async () => {
  const csv = await get(`/api/scorecards.csv?${october}`);
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.headers.get('content-disposition')).toBe(
    'attachment; filename="scorecards-appliance-aftersales-2026-10.csv"',
  );
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await csv.arrayBuffer()).split('\r\n');
  expect(lines[0]?.startsWith('\ufeff工号,姓名,团队,店铺,总分,等级,系数,上期总分,首次问题解决率·指标值,')).toBe(true);
  const english = await (await get(`/api/scorecards.csv?${october}&language=en`)).text();
  expect(english.replace('\ufeff', '')).toMatch(
    /^Employee number,Name,Team,Shop,Total,Grade,Coefficient,Previous total,[\x20-\x7e·]+ · value,/,
  );
  expect(lines.find((line) => line.startsWith('qian'))).toContain(`"'=钱二"`);
  expect(lines.find((line) => line.startsWith('zhao'))).toContain('92.63,高级,1.2');
  const xlsx = await get(`/api/scorecards.xlsx?${october}`);
  expect(xlsx.headers.get('content-type')).toContain('spreadsheetml');
  expect(new Uint8Array(await xlsx.arrayBuffer()).slice(0, 2)).toEqual(new TextEncoder().encode('PK'));
});

test.each([
  ['/api/plans/none', 404, 'plan.unknown'],
  ['/api/plans/appliance-aftersales?version=9', 404, 'plan.noVersion'],
  ['/api/plans/Bad%20Id', 422, 'request.invalid'],
  ['/api/scorecards?plan=appliance-aftersales', 422, 'request.invalid'],
  ['/api/scorecards?plan=appliance-aftersales&period=soon', 400, 'period.unreadable'],
  [`/api/scorecards/nobody?${october}`, 404, 'scorecard.agentUnknown'],
])('%s answers %i %s', async (path, status, code) => {
  const answer = await get(path);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error: { code } });
});

test('an agent asking for a colleague is refused, and told no more', async () => {
  const agent: Actor = { ...administrator, role: 'agent', agentId: 'zhao' };
  expect((await get(`/api/scorecards/zhao?${october}`, agent)).status).toBe(200);
  for (const path of [
    `/api/scorecards/qian?${october}`,
    `/api/scorecards/nobody?${october}`,
    `/api/scorecards.csv?${october}`,
    `/api/overview?${october}`,
  ]) {
    expect([path, (await get(path, agent)).status]).toEqual([path, 403]);
  }
});

test('publishing over HTTP answers with every issue', async () => {
  actor = administrator;
  const body = JSON.stringify({ text: 'format: 1\nid: mine' });
  const answer = await app.request('/api/plans', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(422);
  const { error } = (await answer.json()) as { error: { code: string; issues: { path: string; code: string }[] } };
  expect(error.code).toBe('plan.invalid');
  expect(error.issues.map(({ path, code }) => `${path} ${code}`)).toEqual([
    'name shape.missing',
    'summary shape.missing',
    'blocks shape.missing',
    'bands shape.missing',
  ]);
});

test('the plan format is served at its own address, to programs that have not signed in', async () => {
  const published = JSON.parse(readFileSync(new URL('../../plans/plan.schema.json', import.meta.url), 'utf8'));
  expect(await (await app.request('/plan.schema.json')).json()).toEqual(published);
});
