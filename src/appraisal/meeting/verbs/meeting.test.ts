import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepLedger } from '../../../ledger/keepLedger.ts';
import { makeReceipt } from '../../../ledger/makeReceipt.ts';
import { testLedger } from '../../../ledger/testLedger.ts';
import { verifyReceipt } from '../../../ledger/verifyReceipt.ts';
import type { Actor } from '../../../people/actor.ts';
import type { Deps } from '../../../platform/http.ts';
import { silentLog } from '../../../platform/log.ts';
import { startTestStores, type TestStores } from '../../../platform/testing.ts';
import { cardEntry, insertFrozenCards, readCardVersions, readFrozenCards } from '../../../scores/frozenCardStore.ts';
import { measured } from '../../../scores/measured.ts';
import { publishTemplates } from '../../../scores/publishTemplates.ts';
import { putExampleDesk } from '../../../scores/testDesk.ts';
import { listScorecards } from '../../../scores/verbs/listScorecards.ts';
import { showScorecard } from '../../../scores/verbs/showScorecard.ts';
import type { CycleDeps } from '../../cycleDeps.ts';
import { closeCycle } from '../../verbs/closeCycle.ts';
import { openCycle, publishCycle } from '../../verbs/moveCycle.ts';
import type { Moved } from '../schemas.ts';
import { moveGrade, undoMove } from './moveGrade.ts';
import { readMeeting } from './readMeeting.ts';

const hr: Actor = { userId: 'hr', name: '人事', role: 'hr', scope: { kind: 'all' }, agentId: null };
const period = '2026-10';
const because = { period, reason: '示例数据没有考勤' };
let stores: TestStores;
let deps: Deps;
let cycles: CycleDeps;

beforeAll(async () => {
  stores = await startTestStores();
  const raw = await putExampleDesk(stores);
  await raw.put('agents', [
    {
      agent_id: 'zhao',
      name: '赵一',
      team: '一组',
      shop: '旗舰店',
      tier: 'mid',
      monthly_salary_fen: 600_000,
      attributes: { performance_pay: '1500' },
    },
  ]);
  await raw.put(
    'assessments',
    [
      ...['zhao', 'qian', 'sun'].map((agent_id, i) => ({ agent_id, by: '宽主管', value: 90 + i })),
      ...['zhao', 'qian', 'sun'].map((agent_id, i) => ({ agent_id, by: '严主管', value: 70 + i })),
      ...['zhao', 'qian', 'sun'].map((agent_id, i) => ({ agent_id, by: 'form:zhao', value: 80 + i })),
    ].map((each) => ({ ...each, period, item: 'supervisor' })),
  );
  // Numbers by lot: rater-1 is somebody else for each of them.
  await raw.put(
    'assessments',
    ['zhao', 'qian', 'sun'].flatMap((agent_id) =>
      ['rater-1', 'rater-2'].map((by) => ({
        agent_id,
        by,
        value: 80,
        period,
        item: 'peer_360:peer',
        attributes: { round: '1' },
      })),
    ),
  );
  await raw.derive();
  const now = () => Date.parse('2026-11-06T04:00:00Z');
  const scoring = measured({ stores, now, timeZone: 'Asia/Shanghai' });
  await publishTemplates(scoring);
  deps = { stores, now, timeZone: 'Asia/Shanghai', log: silentLog };
  cycles = { ...scoring, log: silentLog, derive: async () => undefined, checks: [], whenPublished: [] };
  await openCycle(cycles, hr, because);
  await (await closeCycle(cycles, hr, because)).done;
});
afterAll(() => stores.close());

const codeOf = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (cause: { code?: string }) => cause.code,
  );
const move = (grade: string, more: object = {}) =>
  moveGrade(deps, hr, { period, agentId: 'zhao', grade, reason: '带新人表现突出', ...more });
const versions = async () =>
  (await readCardVersions(stores.postgres, period, 'zhao')).map(({ grade, coefficient, gradedBy, cause }) => [
    ...[grade, coefficient, gradedBy, cause],
  ]);

test('the page has everybody by total, with what each is paid by, and how lenient raters were', async () => {
  const meeting = await readMeeting(deps, hr, { period });
  expect(meeting.people.map(({ agentId, total, fixed }) => [agentId, total, fixed])).toEqual([
    ['zhao', '92.63', null],
    ['qian', null, 'unrated'],
    ['sun', null, 'unrated'],
  ]);
  expect(meeting.people[0]).toMatchObject({ grade: 'senior', scale: 'bands', coefficient: '1.2', baseFen: '150000' });
  expect(meeting.leniency.map(({ itemName, raterName, difference }) => [itemName?.en, raterName, difference])).toEqual([
    ['Supervisor’s score', '宽主管', 15],
    ['Supervisor’s score', '赵一', 0],
    ['Supervisor’s score', '严主管', -15],
  ]);
  expect(meeting.mayMove).toBe(true);
  const supervisor: Actor = { ...hr, role: 'supervisor' };
  expect(await codeOf(readMeeting(deps, supervisor, { period }))).toBe('permission.missing');
});

test('nobody is moved without a grade of the plan, who is unrated, or by themselves', async () => {
  expect(await codeOf(move('nowhere'))).toBe('meeting.gradeUnknown');
  expect(await codeOf(move('senior'))).toBe('meeting.sameGrade');
  expect(await codeOf(move('mid', { agentId: 'qian' }))).toBe('meeting.unrated');
  const own = { ...hr, agentId: 'zhao' };
  expect(await codeOf(moveGrade(deps, own, { period, agentId: 'zhao', grade: 'mid', reason: 'x' }))).toBe(
    'meeting.ownGrade',
  );
  expect(await versions()).toHaveLength(1);
});

test('a move is a version of its own with the coefficient of the new grade; undone, what was before counts again', async () => {
  const first = await move('mid');
  expect(first.person).toMatchObject({ grade: 'mid', coefficient: '1', gradedBy: 'meeting' });
  const second = await move('junior');
  const undo = (each: Moved) => undoMove(deps, hr, { period, move: each.move.id });
  expect(await codeOf(undo(first))).toBe('meeting.notLast');
  expect((await undo(second)).person).toMatchObject({ grade: 'mid', gradedBy: 'meeting' });
  expect(await codeOf(undo(second))).toBe('meeting.notLast');
  expect((await undo(first)).person).toMatchObject({ grade: 'senior', gradedBy: 'bands', coefficient: '1.2' });
  expect(await versions()).toEqual([
    ['senior', '1.2', 'bands', 'closing'],
    ['mid', '1', 'meeting', 'meeting'],
    ['junior', '0.8', 'meeting', 'meeting'],
    ['mid', '1', 'meeting', 'meeting'],
    ['senior', '1.2', 'bands', 'meeting'],
  ]);
  const { rows } = await stores.postgres.query<{ action: string }>(
    `SELECT action FROM audit_log WHERE action LIKE 'meeting.%' ORDER BY id`,
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'meeting.moved',
    'meeting.moved',
    'meeting.undone',
    'meeting.undone',
  ]);
});

test('among 2,000 people a move reads and writes one card: the time it takes is printed', async () => {
  await stores.postgres.query(
    `INSERT INTO scorecards SELECT (jsonb_populate_record(card, jsonb_build_object('agent_id', 'p' || i))).*
     FROM (SELECT scorecards AS card FROM scorecards WHERE period = $1 AND agent_id = 'zhao' AND version = 1) AS one, generate_series(1, 2000) AS i`,
    [period],
  );
  const meeting = await readMeeting(deps, hr, { period });
  expect(meeting.people).toHaveLength(2003);
  const times: number[] = [];
  for (let i = 1; i <= 30; i++) {
    const start = performance.now();
    await move('mid', { agentId: `p${i}` });
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  console.log(`a move among 2,003 people: median ${times[15]?.toFixed(1)} ms, slowest ${times.at(-1)?.toFixed(1)} ms`);
  expect(
    (await readMeeting(deps, hr, { period })).people.filter(({ gradedBy }) => gradedBy === 'meeting'),
  ).toHaveLength(30);
});

test('a move is not undone to a band of before a revision, which the card no longer comes to', async () => {
  const { move: made } = await move('mid', { agentId: 'p31' });
  const [card] = await readFrozenCards(stores.postgres, period, ['p31']);
  if (!card) throw new Error('no card');
  const revised = { grade: card.card.grade, gradedBy: 'bands', cause: 'revision' } as const;
  await insertFrozenCards(stores.postgres, [{ ...card, ...revised, version: card.version + 1 }]);
  expect(await codeOf(undoMove(deps, hr, { period, move: made.id }))).toBe('meeting.overtaken');
  const { moves } = await readMeeting(deps, hr, { period });
  expect(moves.find(({ id }) => id === made.id)?.mayUndo).toBe(false);
});

test('once published nothing is moved any more, and what the meeting decided is what people see', async () => {
  await move('mid');
  const shown = async () =>
    (await listScorecards(cycles, hr, { plan: 'appliance-aftersales', period })).rows.find(
      ({ agentId }) => agentId === 'zhao',
    )?.grade?.id;
  expect(await shown()).toBe('senior');
  await publishCycle(cycles, hr, because);
  expect(await shown()).toBe('mid');
  expect(await codeOf(move('junior'))).toBe('cycle.wrongState');
  expect((await readMeeting(deps, hr, { period })).mayMove).toBe(false);
});

test('the ledger says what the arithmetic gives and what the meeting decided, without its reason, and the receipt holds', async () => {
  const ledger = testLedger(stores);
  await keepLedger(ledger);
  const receiptFor = async (agentId: string) => {
    const hash = await cardEntry(stores.postgres, period, agentId);
    return makeReceipt(stores.postgres, { hash: hash ?? '' }, null);
  };
  const found = verifyReceipt(await receiptFor('zhao'), { key: null, witnesses: [] });
  expect(found.findings.filter(({ state }) => state === 'fails')).toEqual([]);
  expect(found.findings.map(({ code }) => code)).toContain('receipt.meeting');
  expect(found.record).toMatchObject({
    ...{ grade: 'senior', coefficient: '1.2', total: '92.63' },
    meeting: { grade: 'mid', level: null, coefficient: '1', decidedBy: '人事' },
  });
  expect(JSON.stringify(found.record)).not.toContain('带新人');
  const other = verifyReceipt(await receiptFor('sun'), { key: null, witnesses: [] });
  expect(other.record).not.toHaveProperty('meeting');
  expect(other.findings.map(({ code }) => code)).toContain('receipt.computedUnrated');
  const card = await showScorecard(cycles, hr, { plan: 'appliance-aftersales', period, agentId: 'zhao' });
  expect([card.grade?.id, card.cycle?.meeting?.computed?.id]).toEqual(['mid', 'senior']);
});
