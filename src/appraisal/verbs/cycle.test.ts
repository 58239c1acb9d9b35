import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RawRows } from '../../facts/testing.ts';
import { askMetrics } from '../../metrics/askMetrics.ts';
import { parsePeriod } from '../../metrics/period.ts';
import { readEvidence } from '../../metrics/verbs/readEvidence.ts';
import { ownerOfTheMachine as hr } from '../../people/actor.ts';
import { holding, isHeld } from '../../platform/advisoryLock.ts';
import { silentLog } from '../../platform/log.ts';
import { messages } from '../../platform/messages.ts';
import { sentenceOf } from '../../platform/sentences.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import { transaction } from '../../platform/transaction.ts';
import { insertFrozenCards, readCardVersions, readFrozenCards } from '../../scores/frozenCardStore.ts';
import { measured } from '../../scores/measured.ts';
import { publishTemplates } from '../../scores/publishTemplates.ts';
import { score } from '../../scores/score.ts';
import { planHistory } from '../../scores/scorePeople.ts';
import { putExampleDesk } from '../../scores/testDesk.ts';
import { listScorecards } from '../../scores/verbs/listScorecards.ts';
import type { CycleDeps } from '../cycleDeps.ts';
import { missingText } from '../wording.ts';
import { asSoleMover, beginWork, busyWith, endWork } from '../workStore.ts';
import { closeCycle } from './closeCycle.ts';
import { finaliseCycle, openCycle, publishCycle } from './moveCycle.ts';
import { reviseCard } from './reviseCard.ts';
import { showCycle } from './showCycle.ts';

const timeZone = 'Asia/Shanghai';
let stores: TestStores;
let deps: CycleDeps;
let raw: RawRows;
let nowMs = Date.parse('2026-11-03T04:00:00Z');
const published: string[] = [];

beforeAll(async () => {
  stores = await startTestStores();
  raw = await putExampleDesk(stores);
  // Two people at a time, so that closing goes in batches.
  const scoring = measured({ stores, now: () => nowMs, timeZone }, 2);
  await publishTemplates(scoring);
  deps = {
    ...{ ...scoring, log: silentLog, derive: async () => undefined, checks: [] },
    whenPublished: [async (_connection, period) => void published.push(period)],
  };
});
afterAll(() => stores.close());

const october = { period: '2026-10', reason: '' };
const because = { period: '2026-10', reason: '示例数据没有考勤' };
const codeOf = (move: Promise<unknown>) =>
  move.then(
    () => 'done',
    (cause: { code?: string }) => cause.code,
  );
const close = async (input: typeof october) => (await closeCycle(deps, hr, input)).done;
const figures = (period: string, live = false) =>
  askMetrics(stores, {
    ...{ period: parsePeriod(period, timeZone), by: ['agent'], timeZone, now: nowMs },
    ...(live ? { facts: stores.clickhouse } : {}),
  });
const listed = async () => (await listScorecards(deps, hr, { plan: 'appliance-aftersales', period: '2026-10' })).rows;

test('a period moves forward one step at a time, not before its day, and past what is missing only with a reason', async () => {
  expect(await codeOf(close(october))).toBe('cycle.wrongState');
  expect(await codeOf(openCycle(deps, hr, { period: '2027-01', reason: '' }))).toBe('cycle.notBegun');
  expect(await codeOf(openCycle(deps, hr, { period: '2026-10-01..2026-10-07', reason: '' }))).toBe(
    'cycle.periodUnsuited',
  );
  await openCycle(deps, hr, because);
  expect(await codeOf(openCycle(deps, hr, because))).toBe('cycle.wrongState');
  expect(await codeOf(close(because))).toBe('cycle.tooEarly');
  nowMs = Date.parse('2026-11-06T04:00:00Z');
  expect(await codeOf(close(october))).toBe('cycle.reasonNeeded');
  const { missing, next } = await showCycle(deps, hr, '2026-10');
  expect([next, missing.map(({ kind }) => kind)]).toEqual(['closed', ['missingInputs', 'noFigures', 'stale']]);
});

test('a closing that lost its lock freezes nothing, and the period can be closed again', async () => {
  const { postgres } = stores;
  const closing = await closeCycle(deps, hr, because);
  const losing = postgres.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = $1
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [0x48_45_4e_50],
  );
  expect((await losing).rowCount).toBe(1);
  await expect(closing.done).rejects.toThrow();
  expect(await readFrozenCards(postgres, '2026-10')).toEqual([]);
  expect((await showCycle(deps, hr, '2026-10')).next).toBe('closed');
});

test('closed twice at once from two browsers, one is told that the other is closing; the cards are there once', async () => {
  const both = await Promise.all([codeOf(close(because)), codeOf(close(because))]);
  // Without a name as long as the other has not begun.
  expect(both.sort()).toEqual([expect.stringMatching(/^cycle\.busy(Otherwise)?$/), 'done']);
  const cards = await readFrozenCards(stores.postgres, '2026-10');
  expect(cards.map(({ agentId, version }) => [agentId, version])).toEqual([
    ['qian', 1],
    ['sun', 1],
    ['zhao', 1],
  ]);
  expect((await showCycle(deps, hr, '2026-10')).work).toBeNull();
});

test('every metric of a closed month is answered from the closing as it was, whatever comes in later', async () => {
  const before = await figures('2026-10');
  expect(before).toEqual(await figures('2026-10', true));
  await raw.put('ratings', [
    { ticket_id: 't1', at: '2026-10-31T12:00:00+08:00', score: 1, valid: true, rating_id: 'late' },
  ]);
  await raw.put('tickets', [
    {
      ticket_id: 'late',
      customer_id: 'late',
      agent_id: 'zhao',
      kind: 'complaint',
      created_at: '2026-10-20T10:00:00+08:00',
    },
  ]);
  await raw.derive();
  expect(await figures('2026-10')).toEqual(before);
  expect(await figures('2026-10', true)).not.toEqual(before);
  // Some days of the month, and a quarter it is part of, are told from the same facts.
  const count = (rows: Awaited<ReturnType<typeof figures>>) =>
    rows.find(({ key, metric }) => key.agent === 'zhao' && metric === 'csat_rate')?.n;
  expect(count(await figures('2026-10-01..2026-10-31'))).toBe(count(before));
  expect(count(await figures('2026-Q4'))).toBe(count(before));
});

test('the evidence of a closed figure is the list it was counted from, and the card holds its number and hash', async () => {
  const evidence = await readEvidence({ ...deps, log: silentLog }, hr, {
    ...{ metric: 'csat_rate', period: '2026-10', cursor: '', filter: { agent: ['zhao'] } },
  });
  const [card] = await readFrozenCards(stores.postgres, '2026-10', ['zhao']);
  expect(evidence.total).toBe(200);
  expect(card?.evidence.csat).toEqual({ rows: 200, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('a frozen card can be computed again from its own inputs and plan, and pages show it', async () => {
  const [frozen] = await readFrozenCards(stores.postgres, '2026-10', ['zhao']);
  if (!frozen?.input) throw new Error('no frozen card');
  const { plan } = (await planHistory(deps, frozen.plan.id, frozen.plan.version)).at(parsePeriod('2026-10', timeZone));
  expect(score(plan, frozen.input)).toEqual(frozen.card);
  expect((await listed()).find(({ agentId }) => agentId === 'zhao')?.total).toBe('92.63');
});

test('a correction is a version beside the old one, with who made it and why; who has nothing to correct is left alone', async () => {
  // Two at once: one of them is told, in words, that it came too late.
  const revise = () => reviseCard(deps, hr, { period: '2026-10', agentId: 'zhao', reason: '10 月的一条评价迟到' });
  const both = await Promise.allSettled([revise(), revise()]);
  const late = both.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
  expect(late).toEqual(['cycle.revisedMeanwhile']);
  const [revised] = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  if (!revised) throw new Error('neither was made');
  expect(revised).toMatchObject({ before: '92.63', version: 2 });
  expect(revised.after).not.toBe('92.63');
  const versions = await readCardVersions(stores.postgres, '2026-10', 'zhao');
  expect(versions.map(({ card, cause, reason }) => [card.total, cause, reason])).toEqual([
    ['92.63', 'closing', because.reason],
    [revised.after, 'revision', '10 月的一条评价迟到'],
  ]);
  expect((await listed()).find(({ agentId }) => agentId === 'zhao')?.total).toBe(revised.after);
  expect(await codeOf(reviseCard(deps, hr, { period: '2026-10', agentId: 'sun', reason: 'x' }))).toBe(
    'cycle.nothingRevised',
  );
  await expect(stores.postgres.query(`UPDATE scorecards SET total = 100`)).rejects.toThrow('frozen');
  // Whoever turns out to be unrated has no place among the rated any more.
  await transaction(stores.postgres, async (connection) => {
    const [sun] = await readFrozenCards(connection, '2026-10', ['sun']);
    if (!sun) throw new Error('no card');
    const ranked = { version: 2, card: { ...sun.card, total: '80.00' }, grade: 'rocket', level: 1 };
    await insertFrozenCards(connection, [{ ...sun, ...ranked, gradedBy: 'distribution', cause: 'revision' }]);
  });
  await reviseCard(deps, hr, { period: '2026-10', agentId: 'sun', reason: '没有数据' });
  expect((await readFrozenCards(stores.postgres, '2026-10', ['sun']))[0]).toMatchObject({
    ...{ version: 3, grade: null, level: null, gradedBy: 'bands', coefficient: null },
  });
});

test('with a clock behind the last step nothing is published unless somebody says why, and it says so in both languages', async () => {
  const rightMs = nowMs;
  nowMs = Date.parse('2026-10-20T04:00:00Z');
  const refused = publishCycle(deps, hr, october).catch((cause: { code: string }) => cause.code);
  expect(await refused).toBe('cycle.reasonNeeded');
  const { state, publishedOn, work, missing } = await showCycle(deps, hr, '2026-10');
  expect({ state, publishedOn, work }).toEqual({ state: 'closed', publishedOn: null, work: null });
  const behind = missing.find(({ kind }) => kind === 'clockBack');
  expect(behind).toMatchObject({ weight: 'confirm', until: '2026-11-06' });
  expect(behind && missingText(behind)).toEqual({
    zh: '上一步的日期 2026-11-06 晚于今天：服务器的时钟现在慢了，就先校正；当时快了，就写明原因再继续',
    en: 'the last step, of 2026-11-06, lies after today: set the server’s clock right if it is behind now; if it was ahead then, say so and go on',
  });
  nowMs = rightMs;
});

test('publishing records every card in the ledger in the same transaction, and tells the others once', async () => {
  await publishCycle(deps, hr, october);
  expect(published).toEqual(['2026-10']);
  const { rows } = await stores.postgres.query<{ agent_id: string; version: number; kind: string }>(
    `SELECT agent_id, version, kind FROM scorecard_entries JOIN ledger_entries ON entry = encode(commitment, 'hex') ORDER BY agent_id`,
  );
  expect(rows).toEqual([
    { agent_id: 'qian', version: 1, kind: 'scorecard' },
    { agent_id: 'sun', version: 3, kind: 'scorecard' },
    { agent_id: 'zhao', version: 2, kind: 'scorecard' },
  ]);
  expect(await showCycle(deps, hr, '2026-10')).toMatchObject({ publishedOn: '2026-11-06', work: null });
});

test('work that a killed process left behind is not shown as going on; what failed is', async () => {
  await beginWork(stores.postgres, '2026-10', { verb: 'publish', at: new Date(nowMs), byName: '人事' });
  const work = async () => (await showCycle(deps, hr, '2026-10')).work;
  expect(await work()).toBeNull();
  expect(await holding(stores.postgres, 'cycles', 'try', work)).toMatchObject({ verb: 'publish', by: '人事' });
  expect((await busyWith(stores.postgres, '2026-10')).params).toEqual({ by: '人事' });
  await endWork(stores.postgres, '2026-10', 'internal');
  expect((await work())?.failure).not.toBeNull();
  const failed = await busyWith(stores.postgres, '2026-10');
  await endWork(stores.postgres, '2026-10', null);
  // A backup holds the lock, say: whoever would move the period is told without a name, since nobody is moving it.
  for (const busy of [failed, await busyWith(stores.postgres, '2026-10')])
    expect(sentenceOf(busy, messages)).toEqual({
      zh: '正在备份，或有一个周期正在结算或公布；完成后再处理 2026-10。',
      en: 'A backup is being made, or a period closed or published; come back to 2026-10 when that is done.',
    });
});

test('whoever moves a period at the moment at which another is done has their turn, and not while another goes on', async () => {
  const moved = () => asSoleMover(stores.postgres, { period: '2026-10', verb: 'publish' }, async () => 'moved');
  const whileHeld = (ms: number) =>
    holding(stores.postgres, 'cycles', 'try', () => new Promise((resolve) => setTimeout(resolve, ms)));
  const brief = whileHeld(100);
  await expect.poll(() => isHeld(stores.postgres, 'cycles')).toBe(true);
  expect(await moved()).toBe('moved');
  await brief;
  const long = whileHeld(2000);
  await expect.poll(() => isHeld(stores.postgres, 'cycles')).toBe(true);
  expect(await codeOf(moved())).toBe('cycle.busyOtherwise');
  await long;
});

test('a quarter waits for its months, and is the mean of them as published', async () => {
  nowMs = Date.parse('2027-01-08T04:00:00Z');
  await openCycle(deps, hr, { period: '2026-Q4', reason: 'x' });
  expect(await codeOf(close({ period: '2026-Q4', reason: 'x' }))).toBe('cycle.partsOpen');
  await finaliseCycle(deps, hr, october);
  expect((await showCycle(deps, hr, '2026-10')).next).toBeNull();
});

test('a period without any data cannot be closed, whatever reason is given: it says so in both languages and stays open', async () => {
  const july = { period: '2026-07', reason: '就是要结算' };
  await openCycle(deps, hr, july);
  const refused = await close(july).catch((cause: { code: string; params: Record<string, string> }) => cause);
  expect(refused).toMatchObject({ code: 'cycle.nothingThere', params: { period: '2026-07' } });
  expect(sentenceOf({ code: 'cycle.nothingThere', params: { period: '2026-07' } }, messages)).toEqual({
    zh: '2026-07 没有会话也没有工单，没有可结算的：先导入数据。',
    en: 'There are no sessions and no tickets in 2026-07, so there is nothing to close: import some first.',
  });
  expect(await showCycle(deps, hr, '2026-07')).toMatchObject({ state: 'open', people: null, work: null });
});
