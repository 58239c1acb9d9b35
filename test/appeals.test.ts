import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { heldFor } from '../src/appraisal/appeals/appealStore.ts';
import type {
  Appeal,
  AppealList,
  AppealStatisticsPage,
  AppealWindow,
  Compared,
} from '../src/appraisal/appeals/schemas.ts';
import { addDecision } from '../src/quality/rules/decisionStore.ts';
import { putAssignment } from '../src/scores/assignmentStore.ts';
import { cardEntry, insertFrozenCards, readCardVersions, readFrozenCards } from '../src/scores/frozenCardStore.ts';
import { publishTemplates } from '../src/scores/publishTemplates.ts';
import { putExampleDesk } from '../src/scores/testDesk.ts';
import { exportCases } from './exportCases.ts';
import { inspectionAppealCases, inspectZhou } from './inspectionAppeal.ts';
import { publish } from './publish.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';

/** October 2026 of the example desk, closed and published on Friday 6 November: open to appeal until the end of Monday the 9th. */
let heng: TestApp;
let zhao: Browser;
let qian: Browser;
let supervisor: Awaited<ReturnType<TestApp['signedIn']>>;
let hr: Browser;
let otherHr: Browser;
let inspection: number;
const inTime = Date.parse('2026-11-09T23:59:59.999+08:00');
const language = { item: 'language', severity: 'major', at: '2026-10-12T10:00:00+08:00' };
const hit = (agent: string, session: string) => ({
  ...{ ...language, agent_id: agent, session_id: session, incident_id: `hit:rude:${session}:7`, status: 'confirmed' },
});

beforeAll(async () => {
  heng = await openTestApp();
  const { stores, deps, clock } = heng;
  clock.nowMs = Date.parse('2026-11-06T12:00:00+08:00');
  const raw = await putExampleDesk(stores);
  await publishTemplates(deps);
  const administrator = await heng.signedIn({ role: 'administrator' });
  const sent = await administrator('POST', '/api/ingest/incidents', [
    ...[hit('qian', 's1'), hit('sun', 's2')],
    { ...language, agent_id: 'qian', at: '2026-10-13T10:00:00+08:00', incident_id: 'i9', status: 'confirmed' },
    { ...language, agent_id: 'sun', at: '2026-10-13T10:00:00+08:00', incident_id: 'i10', status: 'confirmed' },
  ]);
  expect(sent.status).toBe(200);
  const inspector = await heng.signedIn({ role: 'inspector' });
  await addDecision(
    stores.postgres,
    {
      ...{ sessionId: 's1', rule: 'rude', messageKey: '7', ruleVersion: 1, agentId: 'qian', decision: 'confirmed' },
      ...{ messageAt: new Date(language.at), comment: '', at: new Date(clock.nowMs), byWords: false },
      ...{ by: inspector.actor.userId, name: '质检甲' },
    },
    () => hit('qian', 's1'),
  );
  await stores.postgres.query(`UPDATE hit_decisions SET incident = 'written', label_due = false`);
  for (const agentId of ['qian', 'sun'])
    await putAssignment(stores.postgres, {
      ...{ team: '', tier: '', agentId, fromMonth: '2026-01', planId: 'jd-training-assessment' },
      ...{ assignedAt: new Date(clock.nowMs), assignedBy: 'HR' },
    });
  inspection = await inspectZhou(heng, raw);
  await publish(heng, '2026-10');
  zhao = await heng.signedIn({ role: 'agent', agentId: 'zhao' });
  qian = await heng.signedIn({ role: 'agent', agentId: 'qian' });
  supervisor = await heng.signedIn({ role: 'supervisor', scope: { kind: 'teams', teams: ['一组'] } });
  hr = await heng.signedIn({ role: 'hr' });
  otherHr = await heng.signedIn({ role: 'hr' });
});
afterAll(() => heng?.close());

const refusal = z.object({ error: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }) });
const codeOf = async (response: Response) => refusal.parse(await response.json()).error.code;
const answer = async <Body>(response: Response): Promise<Body> => {
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as Body;
};
const submit = async (by: Browser, kind: string, subject: string, more: object = {}) =>
  by('POST', '/api/appeals', { period: '2026-10', kind, subject, reason: '不应计入', ...more });
const item = (compared: Compared, id: string) => compared.items.find((each) => each.id === id);

describe('the window', () => {
  it('keeps the period from being made final while it is open', async () => {
    const administrator = await heng.signedIn({ role: 'administrator' });
    const final = await administrator('POST', '/api/cycles/2026-10/finalise', { reason: '' });
    expect(refusal.parse(await final.json()).error).toMatchObject({
      ...{ code: 'cycle.appealsRunning', params: { until: '2026-11-10' } },
    });
  });

  it('is open to the end of the third day and closed one second later, which is said with the day', async () => {
    const window = await answer(await zhao('GET', '/api/appeal-window?period=2026-10&agent=zhao'));
    expect(window).toMatchObject({ state: 'open', lastDay: '2026-11-09', mayAppeal: true });
    const { nowMs } = heng.clock;
    heng.clock.nowMs = inTime + 1000;
    const late = await submit(zhao, 'item', 'csat');
    heng.clock.nowMs = nowMs;
    expect([late.status, refusal.parse(await late.json()).error]).toMatchObject([
      409,
      { code: 'appeal.tooLate', params: { lastDay: '2026-11-09' } },
    ]);
    expect(await codeOf(await submit(zhao, 'item', 'csat', { period: '2026-09' }))).toBe('appeal.notPublished');
  });

  it('lets nobody appeal for somebody else, nor against what their card does not have', async () => {
    expect(await codeOf(await submit(supervisor, 'item', 'csat'))).toBe('appeal.notYours');
    expect(await codeOf(await submit(zhao, 'incident', 'hit:rude:s1:7'))).toBe('appeal.subjectUnknown');
    expect((await zhao('GET', '/api/appeal-window?period=2026-10&agent=qian')).status).toBe(403);
  });
});

describe('an appeal against an item', () => {
  let id: number;

  it('is submitted at the last millisecond, holds that part of the payout, and is made once', async () => {
    const { nowMs } = heng.clock;
    heng.clock.nowMs = inTime;
    const links = [{ kind: 'ticket', id: 't100' }];
    ({ id } = await answer<{ id: number }>(await submit(zhao, 'item', 'ticket_cycle', { links })));
    expect(await codeOf(await submit(zhao, 'item', 'ticket_cycle'))).toBe('appeal.again');
    heng.clock.nowMs = nowMs;
    expect(await heldFor(heng.stores.postgres, ['2026-10'])).toEqual(
      new Map([['zhao', new Map([['2026-10', ['ticket_cycle']]])]]),
    );
    const shown = await answer<Appeal>(await supervisor('GET', `/api/appeals/${id}`));
    // Three working days after Monday 9 November.
    expect(shown).toMatchObject({ state: 'submitted', dueOn: '2026-11-12', overdue: false, mayDecide: true });
    expect(shown.evidence).toMatchObject([{ kind: 'ticket', text: 't100' }]);
    expect(shown.choices.value).toMatchObject({ item: 'ticket_cycle', parts: ['normal', 'urgent'] });
  });

  it('takes images, PDF and plain text by their bytes, and nothing that could run', async () => {
    const attach = (name: string, bytes: string) =>
      zhao('POST', `/api/appeals/${id}/files?name=${encodeURIComponent(name)}`, bytes, {
        'content-type': 'application/octet-stream',
      });
    expect((await attach('../说明.html', '当天系统故障，有通知为证')).status).toBe(204);
    expect(await codeOf(await attach('run.exe', 'MZ\u0000\u0001'))).toBe('appeal.fileType');
    expect(await codeOf(await attach('big.txt', 'x'.repeat(5 * 1024 * 1024 + 1)))).toBe('appeal.fileTooLarge');
    const { evidence } = await answer<Appeal>(await zhao('GET', `/api/appeals/${id}`));
    expect(evidence.at(-1)).toMatchObject({ kind: 'file', text: '说明.txt', mediaType: 'text/plain' });
    const file = await supervisor('GET', `/api/appeals/${id}/files/${evidence.at(-1)?.id}`);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
    expect((await qian('GET', `/api/appeals/${id}/files/${evidence.at(-1)?.id}`)).status).toBe(403);
  });

  it('is decided by a supervisor first, whom HR stands in for only where there is none, and by HR after that', async () => {
    const word = { decision: 'upheld', reason: '系统故障属实', corrections: [] };
    expect(await codeOf(await zhao('POST', `/api/appeals/${id}/decide`, word))).toBe('permission.missing');
    expect(await codeOf(await hr('POST', `/api/appeals/${id}/decide`, word))).toBe('appeal.supervisorFirst');
    // Whoever assessed what is disputed gives no word on it, and they are the only supervisor.
    const judged = (by: string[]) =>
      heng.stores.postgres.query('UPDATE appeals SET judged_by = $2 WHERE id = $1', [id, by]);
    await judged([supervisor.actor.userId]);
    expect(await codeOf(await supervisor('POST', `/api/appeals/${id}/decide`, word))).toBe('appeal.ownFinding');
    expect(await answer<Appeal>(await hr('GET', `/api/appeals/${id}`))).toMatchObject({
      noSupervisor: true,
      mayDecide: true,
    });
    expect((await hr('POST', `/api/appeals/${id}/decide`, word)).status).toBe(204);
    await judged([]);
    expect((await answer<Appeal>(await hr('GET', `/api/appeals/${id}`))).decisions).toMatchObject([
      { by: 'hr', inPlace: true },
    ]);
    expect(await codeOf(await hr('POST', `/api/appeals/${id}/decide`, word))).toBe('appeal.sameDecider');
    expect(await codeOf(await supervisor('POST', `/api/appeals/${id}/decide`, word))).toBe('permission.missing');
    expect(await codeOf(await otherHr('POST', `/api/appeals/${id}/decide`, word))).toBe('appeal.nothingCorrected');
  });

  it('shows before and after, to the digit what the facts give without the record, and stores nothing by that', async () => {
    const preview = (corrections: object[]) => otherHr('POST', `/api/appeals/${id}/preview`, { corrections });
    const administrator = await heng.signedIn({ role: 'administrator' });
    const pay = { monthly_salary: '6000', performance_pay: '1500' };
    const zhaoRow = { agent_id: 'zhao', name: '赵一', team: '一组', shop: '旗舰店', tier: 'mid', ...pay };
    expect((await administrator('POST', '/api/ingest/agents', [zhaoRow])).status).toBe(200);
    const record = { kind: 'record', record: { kind: 'ticket', id: 't130' } };
    const compared = await answer<Compared>(await preview([record]));
    expect(compared.untouched).toEqual([]);
    // By the pay that depends on performance, as it will be paid: 1,500 × 1.2.
    expect([compared.before.payFen, compared.after.payFen]).toEqual(['180000', '180000']);
    // A normal ticket of 22 hours, and one of the 12 complaints that came again: it leaves both figures.
    const cycle = item(compared, 'ticket_cycle');
    expect(cycle?.before).toEqual({ value: '20.3', points: '14.7', n: 200 });
    expect([cycle?.after.n, Number(cycle?.after.value)]).toEqual([199, (4060 - 22) / 199]);
    expect(Number(cycle?.after.points)).toBeCloseTo((15 * (179 + 20 * 0.8)) / 199, 12);
    const repeated = item(compared, 'repeat_complaints');
    expect([repeated?.before.value, Number(repeated?.after.value)]).toEqual(['6', (11 / 199) * 100]);
    expect(Number(repeated?.after.points)).toBeCloseTo((10 * 5) / ((11 / 199) * 100), 12);
    expect(item(compared, 'csat')?.after).toMatchObject({ points: '15', n: 199 });
    expect(compared.before.total).toBe('92.63');
    expect(await codeOf(await preview([{ ...record, record: { kind: 'ticket', id: 't999' } }]))).toBe(
      'appeal.recordUnknown',
    );
    const urgent = { kind: 'value', item: 'ticket_cycle', part: 'urgent', value: '4' };
    expect(item(await answer<Compared>(await preview([urgent])), 'ticket_cycle')?.after.points).toBe('15');
    expect(await codeOf(await preview([{ ...urgent, value: '40' }]))).toBe('appeal.lowers');
    expect(await codeOf(await preview([{ ...urgent, item: 'csat', part: null }]))).toBe('appeal.corrections');
    expect(await readCardVersions(heng.stores.postgres, '2026-10', 'zhao')).toHaveLength(1);
  });

  it('upheld makes a version beside the old one, and the payout is held no more', async () => {
    const corrections = [{ kind: 'value', item: 'ticket_cycle', part: 'urgent', value: '4' }];
    const decided = await otherHr('POST', `/api/appeals/${id}/decide`, {
      ...{ decision: 'upheld', reason: '按 4 小时计', corrections },
    });
    expect(decided.status).toBe(204);
    const versions = await readCardVersions(heng.stores.postgres, '2026-10', 'zhao');
    expect(versions.map(({ version, cause, card, madeBy }) => [version, cause, card.total, madeBy.name])).toEqual([
      [1, 'closing', '92.63', 'administrator'],
      [2, 'appeal', '92.93', 'hr'],
    ]);
    expect(await heldFor(heng.stores.postgres, ['2026-10'])).toEqual(new Map());
    // What is proposed for the month rests on the version that counts now.
    const { rows } = await heng.stores.postgres.query(
      `SELECT (basis->0->>'version')::int AS version FROM proposals WHERE agent_id = 'zhao' AND kind = 'coefficient'`,
    );
    expect(rows).toEqual([{ version: 2 }]);
    const shown = await answer<Appeal>(await zhao('GET', `/api/appeals/${id}`));
    expect(shown).toMatchObject({ state: 'final', outcome: 'upheld', dueOn: null, mayAdd: false });
    expect(shown.decisions.map(({ step, decision, reason }) => [step, decision, reason])).toEqual([
      ['supervisor', 'upheld', '系统故障属实'],
      ['hr', 'upheld', '按 4 小时计'],
    ]);
    // One's own pay is told to oneself and to HR, to nobody else.
    expect(shown.result?.after).toMatchObject({ total: '92.93', payFen: '180000' });
    const seen = await answer<Appeal>(await supervisor('GET', `/api/appeals/${id}`));
    expect(seen.result?.after).toMatchObject({ total: '92.93', payFen: null });
    const { receipt } = await answer<AppealWindow>(await zhao('GET', '/api/appeal-window?period=2026-10&agent=zhao'));
    // What an appeal put right is still the same result.
    expect(await codeOf(await submit(zhao, 'item', 'ticket_cycle'))).toBe('appeal.again');
    // The way to the receipt of the version that counts now.
    expect(receipt).toBe(await cardEntry(heng.stores.postgres, '2026-10', 'zhao'));
    expect(receipt).toMatch(/^[0-9a-f]{64}$/);
    expect(
      await codeOf(await otherHr('POST', `/api/appeals/${id}/decide`, { ...shown.decisions[0], corrections: [] })),
    ).toBe('request.invalid');
  });
});

inspectionAppealCases(() => ({ heng, supervisor, hr, inspection }));

describe('an appeal against an incident', () => {
  let id: number;

  it('cannot be decided by whoever judged it, and is overdue after its day', async () => {
    ({ id } = await answer<{ id: number }>(await submit(qian, 'incident', 'hit:rude:s1:7')));
    heng.clock.nowMs = Date.parse('2026-11-12T00:00:00+08:00');
    const { counts, appeals } = await answer<AppealList>(await supervisor('GET', '/api/appeals'));
    const administrator = await heng.signedIn({ role: 'administrator' });
    const final = await administrator('POST', '/api/cycles/2026-10/finalise', { reason: '' });
    expect(await codeOf(final)).toBe('cycle.openAppeals');
    expect([counts, appeals[0]]).toMatchObject([
      { open: 1, overdue: 1 },
      { overdue: true, dueOn: '2026-11-11' },
    ]);
    const word = { decision: 'rejected', reason: '确有不妥', corrections: [] };
    expect((await supervisor('POST', `/api/appeals/${id}/decide`, word)).status).toBe(204);
    const { items } = await answer<Appeal>(await hr('GET', `/api/appeals/${id}`)).then(({ title }) => ({
      items: title,
    }));
    expect(items.zh).toBe('语言表达');
  });

  it('upheld by HR is taken back where it came from, and on other people it is opened for review, never changed', async () => {
    const before = await readCardVersions(heng.stores.postgres, '2026-10', 'sun');
    const { proposed } = await answer<Appeal>(await hr('GET', `/api/appeals/${id}`));
    expect(proposed).toEqual([{ kind: 'incident', incidentId: 'hit:rude:s1:7' }]);
    const upheld = { decision: 'upheld', reason: '客户在引用原话', corrections: proposed };
    expect((await hr('POST', `/api/appeals/${id}/decide`, upheld)).status).toBe(204);
    const [first, second] = await readCardVersions(heng.stores.postgres, '2026-10', 'qian');
    expect(first?.input?.incidents?.map(({ incidentId }) => incidentId)).toEqual(['hit:rude:s1:7', 'i9']);
    expect(second?.input?.incidents?.map(({ incidentId }) => incidentId)).toEqual(['i9']);
    expect(Number(second?.card.total)).toBeGreaterThan(Number(first?.card.total));
    // Nobody could decide the review once the period is final.
    const administrator = await heng.signedIn({ role: 'administrator' });
    const final = await administrator('POST', '/api/cycles/2026-10/finalise', { reason: '' });
    expect(await codeOf(final)).toBe('cycle.openReviews');
    const { rows } = await heng.stores.postgres.query(
      `SELECT decision, comment, incident_row->>'status' AS status FROM hit_decisions WHERE session_id = 's1' ORDER BY id`,
    );
    expect(rows.at(-1)).toMatchObject({ decision: 'overturned', status: 'overturned' });
    expect(await readCardVersions(heng.stores.postgres, '2026-10', 'sun')).toEqual(before);
    const { reviews } = await answer<AppealList>(await hr('GET', '/api/appeals?view=reviews'));
    expect(reviews).toMatchObject([{ agentId: 'sun', incidentId: 'hit:rude:s2:7', state: 'open', mayDecide: true }]);
  });

  it('a review overturned changes that card too, and its incident goes through the import', async () => {
    const { reviews } = await answer<AppealList>(await hr('GET', '/api/appeals?view=reviews'));
    const path = `/api/appeal-reviews/${reviews[0]?.id}`;
    const compared = await answer<Compared>(await hr('GET', `${path}/preview`));
    expect(Number(compared.after.total)).toBeGreaterThan(Number(compared.before.total));
    expect((await hr('POST', `${path}/decide`, { decision: 'overturned', reason: '同样是引用' })).status).toBe(204);
    const versions = await readCardVersions(heng.stores.postgres, '2026-10', 'sun');
    expect(versions.at(-1)).toMatchObject({ version: 2, cause: 'appeal', card: { total: compared.after.total } });
    const live = await heng.stores.clickhouse.all.query<{ status: string }>(
      `SELECT status FROM incidents WHERE incident_id = 'hit:rude:s2:7' ORDER BY import_id DESC, line DESC LIMIT 1`,
    );
    expect(live).toEqual([{ status: 'overturned' }]);
    expect(await codeOf(await hr('POST', `${path}/decide`, { decision: 'stands', reason: 'x' }))).toBe(
      'appeal.decided',
    );
  });

  it('and every decision and new version is in the ledger', async () => {
    const { rows } = await heng.stores.postgres.query<{ kind: string; agent_id: string }>(
      `SELECT kind, agent_id FROM ledger_entries JOIN ledger_records USING (entry_id) WHERE period = '2026-10' ORDER BY entry_id`,
    );
    expect(rows.map(({ kind, agent_id }) => `${kind} ${agent_id}`)).toEqual([
      ...[
        'scorecard qian',
        'scorecard sun',
        'scorecard zhao',
        'scorecard zhou',
        'appealDecided zhao',
        'scorecard zhao',
      ],
      ...['appealDecided zhou', 'scorecard zhou'],
      ...['appealDecided qian', 'scorecard qian', 'scorecard sun'],
    ]);
  });

  it('a rejected one against an item counts for the rules and judges of the hits charged under it, as much as an upheld one', async () => {
    const { postgres } = heng.stores;
    const { rows: decided } = await postgres.query(
      `SELECT id, rule, judged_by, judge_name FROM appeals WHERE subject = 'hit:rude:s1:7'`,
    );
    const { id: upheld, rule, judged_by: by, judge_name: name } = decided[0];
    await postgres.query(
      `UPDATE appeals SET kind = 'item', subject = 'language', rule = NULL, judged_by = '{}', judge_name = NULL, outcome = 'rejected'
       WHERE id = $1`,
      [upheld],
    );
    const { rows: words } = await postgres.query(
      `SELECT step, corrections FROM appeal_decisions WHERE appeal_id = $1`,
      [upheld],
    );
    await postgres.query(`UPDATE appeal_decisions SET corrections = '[]' WHERE appeal_id = $1`, [upheld]);
    const statistics = await answer<AppealStatisticsPage>(await hr('GET', '/api/appeal-statistics'));
    expect(statistics.rules).toMatchObject([{ id: 'rude', decided: 1, upheld: 0 }]);
    expect(statistics.judges).toContainEqual(expect.objectContaining({ name: '质检甲', decided: 1, upheld: 0 }));
    for (const { step, corrections } of words)
      await postgres.query(`UPDATE appeal_decisions SET corrections = $3 WHERE appeal_id = $1 AND step = $2`, [
        ...[upheld, step, JSON.stringify(corrections)],
      ]);
    await postgres.query(
      `UPDATE appeals SET kind = 'incident', subject = $2, rule = $3, judged_by = $4, judge_name = $5, outcome = 'upheld' WHERE id = $1`,
      [upheld, 'hit:rude:s1:7', rule, by, name],
    );
  });

  it('is counted by rule, by who judged and by item, with how sure the share is', async () => {
    // As if qian had appealed against the item: what was named as wrong in it counts for its rule and its judge all the same.
    await heng.stores.postgres.query(
      `UPDATE appeals SET kind = 'item', rule = NULL, judged_by = '{}', judge_name = NULL WHERE subject = 'hit:rude:s1:7'`,
    );
    const statistics = await answer<{ rules: object[]; judges: object[]; items: object[] }>(
      await hr('GET', '/api/appeal-statistics'),
    );
    expect(statistics).toMatchObject({ decided: 3, upheld: 3 });
    expect(statistics.rules).toMatchObject([{ id: 'rude', decided: 1, upheld: 1, high: 1 }]);
    expect(statistics.judges).toHaveLength(2);
    expect(statistics.judges).toContainEqual(expect.objectContaining({ name: '质检甲', decided: 1, upheld: 1 }));
    expect(statistics.items).toHaveLength(3);
  });
});

exportCases(() => ({ heng, hr, supervisor }));

it('a result revised after its publication can be appealed against for as long as a published one', async () => {
  const { stores, clock } = heng;
  const [card] = await readFrozenCards(stores.postgres, '2026-10', ['zhao']);
  if (!card) throw new Error('no card');
  const window = () => zhao('GET', '/api/appeal-window?period=2026-10&agent=zhao').then(answer);
  clock.nowMs = Date.parse('2026-11-23T12:00:00+08:00');
  expect(await window()).toMatchObject({ state: 'over', lastDay: '2026-11-09' });
  const revised = { version: card.version + 1, cause: 'revision' as const, madeAt: '2026-11-20T04:00:00.000Z' };
  await insertFrozenCards(stores.postgres, [{ ...card, ...revised }]);
  expect(await window()).toMatchObject({ state: 'open', lastDay: '2026-11-23', mayAppeal: true });
  // Whose result stands as it was published has nothing new to appeal against.
  expect(await codeOf(await submit(qian, 'item', 'language'))).toBe('appeal.tooLate');
  const administrator = await heng.signedIn({ role: 'administrator' });
  const final = await administrator('POST', '/api/cycles/2026-10/finalise', { reason: '' });
  expect(refusal.parse(await final.json()).error).toMatchObject({
    ...{ code: 'cycle.appealsRunning', params: { until: '2026-11-24' } },
  });
  expect((await submit(zhao, 'item', 'first_contact_resolution')).status).toBe(200);
  // Also what was appealed against before: the revised card is another result, and each is appealed against once.
  const before = await answer<AppealWindow>(await zhao('GET', '/api/appeal-window?period=2026-10&agent=zhao'));
  expect(before.appeals.map(({ subject, again }) => [subject, again])).toEqual([
    ['ticket_cycle', true],
    ['first_contact_resolution', false],
  ]);
  const { id } = await answer<{ id: number }>(await submit(zhao, 'item', 'ticket_cycle'));
  expect(await codeOf(await submit(zhao, 'item', 'ticket_cycle'))).toBe('appeal.again');
  // While one is open a further revision allows none beside it.
  await insertFrozenCards(stores.postgres, [{ ...card, ...revised, version: revised.version + 1 }]);
  expect(await codeOf(await submit(zhao, 'item', 'ticket_cycle'))).toBe('appeal.again');
  const after = await answer<AppealWindow>(await zhao('GET', '/api/appeal-window?period=2026-10&agent=zhao'));
  expect(after.appeals.at(-1)).toMatchObject({ id, subject: 'ticket_cycle', state: 'submitted', again: false });
});
