import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSession, at, RawRows, says, timeZone } from '../facts/testing.ts';
import type { Actor } from '../people/actor.ts';
import { silentLog } from '../platform/log.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { askMetrics } from './askMetrics.ts';
import { parsePeriod } from './period.ts';
import { listDefinitions } from './verbs/listDefinitions.ts';
import { previewMetric } from './verbs/previewMetric.ts';
import { readEvidence } from './verbs/readEvidence.ts';
import { readHistory } from './verbs/readHistory.ts';
import { readMetrics } from './verbs/readMetrics.ts';
import { restoreMetric, retireMetric } from './verbs/retireMetric.ts';
import { runBoth } from './verbs/runBoth.ts';
import { changeDefinitions, saveOwnMetric } from './verbs/saveDefinitions.ts';

const hr: Actor = { userId: 'h', name: '何人事', role: 'hr', scope: { kind: 'all' }, agentId: null };
const ofEast: Actor = {
  userId: 's',
  name: '东主管',
  role: 'supervisor',
  scope: { kind: 'teams', teams: ['east'] },
  agentId: null,
};
const ofAll: Actor = { ...ofEast, scope: { kind: 'all' } };
const metric = 'first_reply_30s_rate';

const daysAround = Array.from({ length: 42 }, (_, k) =>
  new Date(Date.parse('2027-03-20T00:00:00Z') + k * 86_400_000).toISOString().slice(0, 10),
);

let stores: TestStores;
/** Two agents in two teams; in each of four months zhao replies to 2 of 3 in time, qian to 1 of 3, and 1 each is not replied to. */
beforeAll(async () => {
  stores = await startTestStores();
  const raw = new RawRows(stores);
  await raw.put('agents', [
    { agent_id: 'zhao', name: '赵', team: 'east', shop: 'red', tier: '' },
    { agent_id: 'qian', name: '钱', team: 'west', shop: 'blue', tier: '' },
  ]);
  for (const month of ['2026-09', '2026-10', '2026-11', '2026-12'])
    for (const [agent, delays] of [
      ['zhao', [10, 30, 31, null]],
      ['qian', [30, 40, 50, null]],
    ] as const)
      for (const [i, delay] of delays.entries()) {
        const day = `${month}-1${i}`;
        const id = `${month} ${agent} ${i}`;
        await raw.put('sessions', [
          { ...aSession(id, '10:00:00', { assigned_agent_id: agent }), started_at: at('10:00:00', day) },
        ]);
        await raw.put('messages', [
          { ...says(id, '', 'customer'), at: at('10:00:00', day) },
          ...(delay === null
            ? []
            : [{ ...says(id, '', 'agent', { sender_id: agent }), at: at(`10:00:${delay}`, day) }]),
        ]);
      }
  // A talk a day around the turn of a month, settled for good, for windows that change there.
  for (const day of daysAround) {
    await raw.put('sessions', [
      { ...aSession(day, '10:00:00', { assigned_agent_id: 'zhao' }), started_at: at('10:00:00', day) },
    ]);
    await raw.put('messages', [
      { ...says(day, '', 'customer'), at: at('10:00:00', day) },
      { ...says(day, '', 'agent', { sender_id: 'zhao' }), at: at('10:00:10', day) },
    ]);
  }
  await raw.derive();
}, 120_000);
afterAll(() => stores.close());

const clock = { now: Date.parse('2026-11-22T02:00:00Z') };
const deps = () => ({ stores, now: () => clock.now, timeZone, log: silentLog });
const figures = (period: string, metrics = [metric], by: readonly ('agent' | 'day')[] = ['agent']) =>
  askMetrics(stores, {
    period: parsePeriod(period, timeZone),
    by,
    metrics,
    timeZone,
    now: Date.parse('2027-02-01T00:00:00Z'),
  });
const shares = async (period: string, metrics = [metric]) =>
  (await figures(period, metrics)).map(
    ({ key, numerator, denominator, status }) => `${key.agent} ${numerator}/${denominator} ${status}`,
  );
const miss = { metric, options: { unreplied: 'miss' }, minN: 4 };

const own = (change: object = {}) =>
  JSON.stringify({
    ...{ format: 1, id: 'own_forty', name: { zh: '四十秒回复', en: 'Within 40 s' }, fact: 'sessions' },
    numerator: { of: 'rows', where: [{ column: 'first_reply', op: '<=', value: 40 }] },
    denominator: { of: 'rows' },
    ...{ unit: 'percent', better: 'higher', credited: 'F', counted: 'start', minN: 1 },
    ...change,
  });

describe('a changed definition', () => {
  it('counts from its month on and leaves every earlier figure as it was, to the last digit', async () => {
    const before = await figures('2026-10');
    const running = await figures('2026-11');
    const { saved } = await changeDefinitions(deps(), hr, {
      changes: [miss],
      from: '2026-12',
      reason: '未回复也要负责',
    });
    expect(saved).toEqual([{ metric, version: 1, from: '2026-12' }]);
    expect(await figures('2026-10')).toEqual(before);
    expect(await figures('2026-11')).toEqual(running);
    expect(before.map(({ value }) => value)).toEqual([
      '33.33333333333333333333333333333333',
      '66.66666666666666666666666666666667',
    ]);
    expect(await shares('2026-12')).toEqual(['qian 1/4 ok', 'zhao 2/4 ok']);
    expect(await shares('2026-11')).toEqual(['qian 1/3 lowSample', 'zhao 2/3 lowSample']);
  });

  it('a longer period is the sum of its months, each by its own definition; so are its days', async () => {
    expect(await shares('2026-Q4')).toEqual(['qian 3/10 ok', 'zhao 6/10 ok']);
    expect(await shares('2026-11-12..2026-12-13')).toEqual(['qian 1/5 ok', 'zhao 2/5 ok']);
    const days = await figures('2026-Q4', [metric, 'reply_rate'], ['day']);
    const inMonths = (
      await Promise.all(
        ['2026-10', '2026-11', '2026-12'].map((month) => figures(month, [metric, 'reply_rate'], ['day'])),
      )
    ).flat();
    const counted = inMonths.map(({ key }) => key.day);
    expect(days.map(({ key }) => key.day)).toEqual([...new Set(counted)].flatMap((day) => [day, day]));
    expect(days).toEqual(inMonths);
  });

  it('options named by the asker count as shipped, whatever is in force', async () => {
    expect(await shares('2026-09', [`${metric}:unreplied=miss`])).toEqual(['qian 1/4 lowSample', 'zhao 2/4 lowSample']);
  });

  it('the evidence agrees with the figure of its month, and says so where it cannot', async () => {
    const ask = (period: string) =>
      readEvidence({ ...deps(), now: () => Date.parse('2027-02-01T00:00:00Z') }, hr, {
        ...{ metric, period, filter: { agent: ['zhao'] }, cursor: '' },
      });
    expect(await ask('2026-12')).toMatchObject({ numerator: '2', denominator: '4', total: 4 });
    expect(await ask('2026-10')).toMatchObject({ numerator: '2', denominator: '3', total: 3 });
    await expect(ask('2026-Q4')).rejects.toThrowError(/definition.changesWithin.*2026-12/);
  });

  it('cannot reach a month that is over, nor change nothing, nor name what does not exist', async () => {
    const change = (changes: Parameters<typeof changeDefinitions>[2]['changes'], from: string, reason = 'x') =>
      changeDefinitions(deps(), hr, { changes, from, reason });
    await expect(change([miss], '2026-10')).rejects.toThrowError(/definition.monthOver/);
    await expect(change([miss], '2027-01')).rejects.toThrowError(/definition.unchanged/);
    const bad = { metric: 'nope', options: {}, minN: null };
    const worse = { metric, options: { unreplied: 'hit', constructor: 'name' }, minN: null };
    await expect(change([bad, worse, { ...miss, minN: 5 }], '2026-12', ' ')).rejects.toMatchObject({
      code: 'definition.invalid',
      issues: [
        { path: 'changes[0].metric', code: 'metric.unknown' },
        { path: 'changes[1].options.unreplied', code: 'metric.optionUnknown' },
        { path: 'changes[1].options.constructor', code: 'metric.optionUnknown' },
        { path: 'reason', code: 'field.missing' },
      ],
    });
    expect(await shares('2026-12')).toEqual(['qian 1/4 ok', 'zhao 2/4 ok']);
  });

  it('is all or nothing over several metrics', async () => {
    const fresh = { metric: 'reply_rate', options: {}, minN: 7 };
    await expect(
      changeDefinitions(deps(), hr, { changes: [fresh, miss], from: '2027-01', reason: 'x' }),
    ).rejects.toThrowError(/unchanged/);
    expect((await readHistory(deps(), hr, { metric: 'reply_rate' })).versions).toEqual([]);
  });

  it('a decision for an earlier month leaves the one decided for a later month in place', async () => {
    await changeDefinitions(deps(), hr, {
      changes: [{ metric: 'reply_rate', options: {}, minN: 5 }],
      from: '2027-02',
      reason: '先',
    });
    await changeDefinitions(deps(), hr, {
      changes: [{ metric: 'reply_rate', options: {}, minN: 3 }],
      from: '2026-12',
      reason: '后',
    });
    const status = async (month: string) => (await figures(month, ['reply_rate']))[0]?.status;
    expect([await status('2026-11'), await status('2026-12')]).toEqual(['lowSample', 'ok']);
    const told = (await readHistory(deps(), hr, { metric: 'reply_rate' })).versions;
    expect(told.map(({ from, differences }) => [from, differences[0]?.before?.zh, differences[0]?.after?.zh])).toEqual([
      ['2026-12', '30', '3'],
      ['2027-02', '30', '5'],
    ]);
  });

  it('what has no sum counts over a longer period by the definition of its last month', async () => {
    const median = { metric: 'first_response_seconds', options: { stat: 'median' }, minN: null };
    await changeDefinitions(deps(), hr, { changes: [median], from: '2026-12', reason: '中位数' });
    const values = async (text: string) => (await figures('2026-Q4', [text])).map(({ value }) => value);
    expect(await values('first_response_seconds')).toEqual(await values('first_response_seconds:stat=median'));
    expect(await values('first_response_seconds')).not.toEqual(await values('first_response_seconds:stat=mean'));
  });

  it('a window that grows, then shrinks, counts every talk exactly once, and months before as they did', async () => {
    const window = 'one_time_resolution_rate';
    const months = ['2027-03', '2027-04', '2027-05'];
    const counts = async (period: string) => (await figures(period, [window])).find(({ n }) => n > 0)?.n ?? 0;
    const all = () => Promise.all(months.map(counts));
    const change = (hours: string, from: string) =>
      changeDefinitions(deps(), hr, {
        ...{ changes: [{ metric: window, options: { window: hours }, minN: 1 }], from, reason: '换窗口' },
      });
    // A talk a day from 20 March to 30 April. With 72 hours those up to 28 March fall into March, up to 27 April into April.
    expect(await all()).toEqual([9, 30, 3]);
    // From April 168 hours: those of 25 to 28 March are not counted again. From May 24: those of 24 to 30 April still count.
    await change('168', '2027-04');
    expect(await all()).toEqual([9, 26, 7]);
    await change('24', '2027-05');
    expect(await all()).toEqual([9, 26, 7]);
    // Shorter at once: those of 29 and 30 March, whose day is over before April, count as April begins.
    await change('24', '2027-04');
    expect(await all()).toEqual([9, 32, 1]);
    expect(await counts('2027')).toBe(42);
    const days = await figures('2027', [window], ['day']);
    expect(days.find(({ key }) => key.day === '2027-04-01')?.n).toBe(3);
    const evidence = await readEvidence({ ...deps(), now: () => Date.parse('2027-06-01T00:00:00Z') }, hr, {
      ...{ metric: window, period: '2027-04', filter: {}, cursor: '' },
    });
    expect(evidence.total).toBe(32);
  });

  it('its history says who, when, from which month, what and why; rows cannot be altered', async () => {
    const { versions } = await readHistory(deps(), ofEast, { metric });
    expect(versions).toMatchObject([
      {
        ...{ by: '何人事', from: '2026-12', reason: '未回复也要负责', at: '2026-11-22T02:00:00.000Z', version: 1 },
        differences: [
          { what: { zh: '未回复的会话（unreplied）' }, before: { zh: '目录原定' }, after: { zh: '算作未达标' } },
          { what: { zh: '至少样本' }, before: { zh: '30' }, after: { zh: '4' } },
        ],
      },
    ]);
    await expect(stores.postgres.query('UPDATE definition_versions SET reason = $1', [''])).rejects.toThrowError(
      /cannot be changed/,
    );
    await expect(stores.postgres.query('DELETE FROM definition_versions')).rejects.toThrowError(/cannot be changed/);
    const { rows } = await stores.postgres.query(
      `SELECT subject FROM audit_log WHERE action = 'definition.changed' ORDER BY at`,
    );
    expect(rows[0]).toEqual({ subject: `${metric} 1 2026-12` });
  });
});

describe('a dual run', () => {
  it('lists whose figure moves, the largest change first, and who crosses the minimum', async () => {
    const found = await runBoth(deps(), hr, { period: '2026-10', from: '2026-11', change: { ...miss, minN: 4 } });
    expect(found.minN).toEqual({ before: 30, after: 4 });
    expect(found.agents).toMatchObject({
      moved: [
        { key: 'zhao', change: '-16.66666666666666666666666666666667', crossing: 'risesAbove' },
        { key: 'qian', change: '-8.33333333333333333333333333333333', crossing: 'risesAbove' },
      ],
      ...{ unmoved: 0, risesAbove: 2, fallsBelow: 0 },
    });
    expect(found.teams.moved.map(({ key }) => key)).toEqual(['east', 'west']);
    expect(await shares('2026-11')).toEqual(['qian 1/3 lowSample', 'zhao 2/3 lowSample']);
  });

  it('shows a supervisor their own team only', async () => {
    const found = await runBoth(deps(), ofEast, { period: '2026-10', change: { metric, options: {}, minN: 1 } });
    expect(found.agents.moved.map(({ key }) => key)).toEqual(['zhao']);
    expect(found.teams.moved.map(({ key }) => key)).toEqual(['east']);
  });
});

describe('a metric of one’s own, kept', () => {
  it('is counted, listed, evidenced and dated like those of the catalogue', async () => {
    expect((await saveOwnMetric(deps(), hr, { text: own() })).saved).toEqual([
      { metric: 'own_forty', version: 1, from: null },
    ]);
    expect(await shares('2026-09', ['own_forty'])).toEqual(['qian 2/4 ok', 'zhao 3/4 ok']);
    const all = await readMetrics(deps(), ofEast, { period: '2026-09', by: ['agent'], filter: {} });
    expect(all.rows.find((row) => row.metric === 'own_forty')).toMatchObject({ key: { agent: 'zhao' }, value: '75' });
    const listed = (await listDefinitions(deps(), ofEast)).find(({ id }) => id === 'own_forty');
    expect(listed).toMatchObject({ origin: 'own', unit: 'percent', inForce: { versions: 1, since: null } });
    expect(JSON.parse(listed?.text ?? '')).toEqual(JSON.parse(own()));
    const evidence = await readEvidence(deps(), ofEast, {
      metric: 'own_forty',
      period: '2026-09',
      filter: {},
      cursor: '',
    });
    expect(evidence).toMatchObject({ numerator: '3', denominator: '4', total: 4 });
  });

  it('a new version counts from its month on; unit and form stay', async () => {
    const before = await figures('2026-11', ['own_forty']);
    const stricter = own({ numerator: { of: 'rows', where: [{ column: 'first_reply', op: '<=', value: 10 }] } });
    await saveOwnMetric(deps(), hr, { text: stricter, from: '2026-12', reason: '更严' });
    expect(await figures('2026-11', ['own_forty'])).toEqual(before);
    expect(await shares('2026-12', ['own_forty'])).toEqual(['qian 0/4 ok', 'zhao 1/4 ok']);
    await expect(
      saveOwnMetric(deps(), hr, { text: own({ unit: 'count', denominator: undefined }) }),
    ).rejects.toThrowError(/unitChanged/);
    await expect(saveOwnMetric(deps(), hr, { text: stricter })).rejects.toThrowError(/unchanged/);
    await expect(saveOwnMetric(deps(), hr, { text: own({ minN: 'x' }) })).rejects.toMatchObject({
      issues: [{ path: 'minN' }],
    });
  });

  it('retired from a month on, it is not offered any more, while months before answer as they did; and back', async () => {
    const [november, december] = [await shares('2026-11', ['own_forty']), await shares('2026-12', ['own_forty'])];
    const retire = (actor: Actor, from?: string) =>
      retireMetric(deps(), actor, { metric: 'own_forty', from, reason: '不用了' }, async () => []);
    await expect(retire(ofAll)).rejects.toThrowError(/permission.missing/);
    await expect(retire(hr, '2026-10')).rejects.toThrowError(/monthOver/);
    expect((await retire(hr)).saved).toEqual([{ metric: 'own_forty', version: 3, from: '2026-12' }]);
    await expect(retire(hr)).rejects.toThrowError(/unchanged/);

    expect(await shares('2026-11', ['own_forty'])).toEqual(november);
    await expect(shares('2026-12', ['own_forty'])).rejects.toThrowError(/metric.retired.*2026-12/);
    expect(await shares('2026-Q4', ['own_forty'])).toEqual(['qian 4/8 ok', 'zhao 6/8 ok']);
    const offered = async (period: string) => {
      const asked = { ...deps(), now: () => Date.parse('2027-02-01T00:00:00Z') };
      const { rows } = await readMetrics(asked, hr, { period, by: [], filter: {} });
      return rows.some((row) => row.metric === 'own_forty');
    };
    expect([await offered('2026-11'), await offered('2026-12')]).toEqual([true, false]);
    const listed = async () => (await listDefinitions(deps(), hr)).find(({ id }) => id === 'own_forty');
    expect(await listed()).toMatchObject({ origin: 'own', retiredFrom: '2026-12' });
    await expect(saveOwnMetric(deps(), hr, { text: own() })).rejects.toThrowError(/metric.retired/);

    expect((await restoreMetric(deps(), hr, { metric: 'own_forty' })).saved).toEqual([
      { metric: 'own_forty', version: 4, from: '2026-12' },
    ]);
    expect(await shares('2026-12', ['own_forty'])).toEqual(december);
    expect(await listed()).toMatchObject({ retiredFrom: null });
    await expect(restoreMetric(deps(), hr, { metric: 'own_forty' })).rejects.toThrowError(/notRetired/);
    const { versions } = await readHistory(deps(), hr, { metric: 'own_forty' });
    expect(versions.slice(0, 2).map(({ differences }) => differences.map(({ after }) => after?.zh))).toEqual([
      ['提供'],
      ['停用'],
    ]);
    const catalogues = retireMetric(deps(), hr, { metric: 'reply_rate' }, async () => []);
    await expect(catalogues).rejects.toThrowError(/notOwn/);
  });

  it('retired before a version decided for later, stays retired; both come back', async () => {
    const later = own({ numerator: { of: 'rows', where: [{ column: 'first_reply', op: '<=', value: 50 }] } });
    await saveOwnMetric(deps(), hr, { text: later, from: '2027-03', reason: '再放宽' });
    const { saved } = await retireMetric(deps(), hr, { metric: 'own_forty', from: '2027-01' }, async () => []);
    expect(saved.map(({ from }) => from)).toEqual(['2027-01', '2027-03']);
    await expect(figures('2027-03', ['own_forty'])).rejects.toThrowError(/metric.retired/);
    const back = await restoreMetric(deps(), hr, { metric: 'own_forty' });
    expect(back.saved.map(({ from }) => from)).toEqual(['2027-01', '2027-03']);
    expect((await figures('2027-03', ['own_forty'])).at(-1)?.numerator).toBe('12');
  });

  it('a preview shows a supervisor their own team only, and keeps nothing', async () => {
    const preview = (actor: Actor) =>
      previewMetric(deps(), actor, { text: own({ id: 'own_other' }), period: '2026-10' });
    expect(await preview(ofEast)).toMatchObject({
      teams: [{ team: 'east', figure: { value: '75' } }],
      whole: { denominator: '4' },
      agents: { withData: 1 },
    });
    expect((await preview(ofAll)).teams.map(({ team }) => team)).toEqual(['east', 'west']);
    expect((await listDefinitions(deps(), hr)).some(({ id }) => id === 'own_other')).toBe(false);
    expect((await previewMetric(deps(), ofEast, { text: own({ unit: 'seconds' }) })).issues).toMatchObject([
      { path: 'unit' },
    ]);
  });

  it('is kept by those alone who may decide for everybody', async () => {
    for (const actor of [ofEast, ofAll, { ...hr, scope: { kind: 'teams' as const, teams: ['east'] } }])
      await expect(saveOwnMetric(deps(), actor, { text: own({ id: 'own_other' }) })).rejects.toThrowError(
        /permission.missing|scope.outside/,
      );
    for (const role of ['agent', 'inspector', 'trainer'] as const)
      await expect(previewMetric(deps(), { ...ofAll, role }, { text: own() })).rejects.toThrowError(
        /permission.missing/,
      );
  });
});
