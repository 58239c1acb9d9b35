import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { busyWith } from '../src/appraisal/workStore.ts';
import { applyErasures } from '../src/erasure/applyErasures.ts';
import { employeeRecords } from '../src/erasure/employeeRecords.ts';
import { employeeTables } from '../src/erasure/employeeTables.ts';
import { erase } from '../src/erasure/eraseCommand.ts';
import { listFile } from '../src/erasure/erasureList.ts';
import { insertErasure } from '../src/erasure/erasureStore.ts';
import { hashOf, standInOf } from '../src/erasure/idHash.ts';
import { saltOf } from '../src/erasure/saltStore.ts';
import { eraseAgain } from '../src/erasure/verbs/eraseAgain.ts';
import { eraseCustomer } from '../src/erasure/verbs/eraseCustomer.ts';
import { eraseEmployee } from '../src/erasure/verbs/eraseEmployee.ts';
import { retain } from '../src/erasure/verbs/retention.ts';
import { freezeFacts } from '../src/facts/freezeFacts.ts';
import { importFiles } from '../src/ingest/importFiles.ts';
import { beginImport, beginPart } from '../src/ingest/journal.ts';
import { readRawTable } from '../src/ingest/rawTable.ts';
import { readMapping } from '../src/ingest/readMapping.ts';
import { forgetOldRejects } from '../src/ingest/rejectsFile.ts';
import { firstShard } from '../src/ingest/settle.ts';
import { openEmptyStage, stageOf } from '../src/ingest/stage.ts';
import { checkLedger } from '../src/ledger/verbs/checkLedger.ts';
import { askMetrics } from '../src/metrics/askMetrics.ts';
import { parsePeriod } from '../src/metrics/period.ts';
import { ownerOfTheMachine } from '../src/people/actor.ts';
import { importPeople } from '../src/people/verbs/importPeople.ts';
import { deriveCommitted } from '../src/pipeline.ts';
import { isHeld } from '../src/platform/advisoryLock.ts';
import { transaction } from '../src/platform/transaction.ts';
import { payBasesIn } from '../src/scores/payBaseStore.ts';
import { makeBackup } from '../src/upkeep/verbs/makeBackup.ts';
import { employee, employeeMarks, namesLeft, putEmployee, putHandled, putRecords } from './employee.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';
import { twoTeams } from './twoTeams.ts';

const customerId = 'customer SECRET';
let leaver: { readonly browser: Browser; readonly member: string };
/** Columns that are called like a person's and hold something else, or nobody's but the account's id beside the name. */
const ofNobody: readonly string[] = [
  ...['appeals.judged_by', 'assessment_reminders.assessor', 'best_case_votes.member', 'calibration_forms.member'],
  ...['rule_trials.started_by', 'appeals.subject', 'interview_changes.subject', 'scorecards.graded_by'],
  ...['calibration_rounds', 'feedback_rounds', 'inspection_samples', 'mappings', 'settings', 'uploads'].map(
    (table) => `${table}.name`,
  ),
];
/** Texts that stay, and why. */
const keptTexts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...['plan_versions.content', 'plan_drafts.content', 'definition_versions.content', 'definition_versions.reason'],
      ...['rubric_versions.content', 'rule_items.content', 'rule_sets.reason', 'reviewed_plans.reason'],
      ...['skill_versions.content', 'job_versions.content', 'cycle_moves.reason', 'bonus_pools.reason'],
      ...['review_occasions.title', 'review_occasions.note', 'review_occasions.dropped_reason'],
      ...['committee_meetings.notes', 'committee_actions.what', 'action_events.reason', 'service_templates.title'],
    ].map((column) => [column, 'of rules and meetings, about nobody in particular; not searched']),
  ),
  'appeals.title': 'the item that was appealed, in words of the plan',
  'development_plans.goals': 'metrics with figure and target',
  'scorecards.evidence': 'hashes of rows',
  'ledger_contents.content': 'of others; of their own it goes with its record',
  'ledger_checkpoints.note': 'a signature',
  'inspection_tasks.reasons': 'why it was drawn, from a list',
  'best_cases.reasons': 'why it was proposed, from a list',
  'exemptions.reason': 'from a list',
  ...Object.fromEntries(
    ['inspection_events', 'proposal_events', 'interview_changes', 'action_events'].map((table) => [
      `${table}.what`,
      'from a list',
    ]),
  ),
  'erasures.reason': 'whoever asks is told not to write the name',
  'messages.text': 'what was said in a conversation is the shop’s',
  'uncut_messages.text': 'the same',
  'ratings.comment': 'a customer’s',
  'ratings.attributes': 'a customer’s; names no employee’s number',
  'orders.attributes': 'a customer’s; names no employee’s number',
  'calendar.attributes': 'of days',
};
const copy = '2026_10';
let heng: TestApp;
const made: string[] = [];

beforeAll(async () => {
  heng = await openTestApp();
  // Uncompressed, so that what is on the disk can be looked for byte by byte.
  const { clickhouse, postgres } = heng.stores;
  for (const [table, column] of [
    ['messages', 'text'],
    ['ratings', 'comment'],
    ['tickets', 'serial'],
    ['tickets', 'customer_id'],
    ['ticket_log', 'serial'],
    ['ticket_log', 'customer_id'],
    ['agents', 'name'],
    ['agent_history', 'name'],
  ])
    await clickhouse.all.command(`ALTER TABLE ${table} MODIFY COLUMN ${column} String CODEC(NONE)`);
  await twoTeams(heng);
  const administrator = await heng.signedIn({ role: 'administrator' });
  const ratings = [
    { session_id: 'session of qian', score: 4, at: '2026-10-12T10:30:00+08:00', comment: 'SECRET: call 13812345678' },
    { session_id: 'session of zhao', score: 4, at: '2026-10-12T10:30:00+08:00', comment: 'kept' },
  ];
  expect((await administrator('POST', '/api/ingest/ratings', ratings)).status).toBe(200);
  await clickhouse.all.command(
    `INSERT INTO ticket_log (ticket_id, at, customer_id, serial, attributes, import_id)
     VALUES ('ticket of qian', '2026-10-12 02:00:00', '${customerId}', 'SECRET：9', map('note', 'SECRET：x'), 1)`,
  );
  await putEmployee(heng);
  await heng.deps.stores.postgres.query(
    `INSERT INTO cycles (period, state, changed_at) VALUES ('2026-10', 'closed', now())`,
  );
  await freezeFacts(heng.stores, copy);
  await freezeFacts(heng.stores, 'of_a_closing_that_failed');
  await postgres.query(
    `INSERT INTO closings (period, copy, closed_at, closed_by, closed_name, metrics, plans, calendar, exemptions, people)
     VALUES ('2026-10', $1, now(), 'x', 'x', '{}', '[]', '[]', '[]', 2)`,
    [copy],
  );
});
afterAll(async () => {
  await heng?.close();
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Files of the engine, in the tables and the copy, in which a text stands. */
async function onDisk(text: string): Promise<string[]> {
  const paths = await heng.stores.clickhouse.all.query<{ path: string }>(
    `SELECT arrayJoin(data_paths) AS path FROM system.tables WHERE startsWith(database, currentDatabase()) AND data_paths != []`,
  );
  const found = paths.map(({ path }) => path).filter((path) => existsSync(path));
  try {
    return execFileSync('grep', ['-rlaF', text, ...found], { encoding: 'utf8' })
      .trim()
      .split('\n');
  } catch (error) {
    // 1: nothing found.
    if (error instanceof Error && 'status' in error && error.status === 1) return [];
    throw error;
  }
}

/** An import that failed when all its rows were in the stage. */
async function stageEvent(): Promise<void> {
  const { clickhouse, postgres } = heng.stores;
  const entry = { source: 'files', by: 'x', bytes: 0, startedAt: heng.clock.nowMs, agentsKnown: true } as const;
  const importId = await beginImport(postgres, { ...entry, state: 'done' });
  const part = await beginPart(postgres, { importId, path: 'x', kind: 'events', bytes: 0, state: 'staged' });
  const shard = firstShard(clickhouse);
  const stage = stageOf(shard, part, await readRawTable(shard, 'events'));
  await openEmptyStage(stage);
  await shard.command(
    `INSERT INTO ${stage.rows} (subject_kind, subject_id, at, type, attributes, import_id, line, content_hash)
     VALUES ('ticket', 'ticket of qian', '2026-10-12 02:00:00', 'reopened', map('note', 'SECRET'), ${part}, 1, 1)`,
  );
}

/** What else is kept of what was said in a conversation, with its id in each. */
async function putQuotes(sessions: readonly string[]): Promise<void> {
  const { postgres } = heng.stores;
  await postgres.query(
    `INSERT INTO rubric_versions (rubric_id, version, origin, content, written, content_hash, published_at, published_by)
     VALUES ('r', 1, 'own', '{}', '', 'h', now(), 'x') ON CONFLICT DO NOTHING`,
  );
  for (const id of sessions) {
    await postgres.query(
      `WITH task AS (
         INSERT INTO inspection_tasks (reasons, session_id, agent_id, agent_name, team, shop, happened_at, rubric_id, rubric_version, hide_agent, created_at, state)
         SELECT '{}', $1, 'a', 'a', 't', 's', $2::timestamptz, 'r', 1, false, now(), 'open' RETURNING id, happened_at
       ), suggestion AS (
         INSERT INTO assistant_suggestions (task_id, model, asked_at, items, discarded) SELECT id, 'm', now(), jsonb_build_array($1::text), '[]' FROM task
       ), found AS (
         INSERT INTO best_cases (week, session_id, agent_id, agent_name, team, shop, issue, happened_at, reasons, place, proposed_at, proposed_by)
         SELECT '2026-10-12', $1, 'a', 'a', 't', 's', $3, happened_at, '{}', 1, now(), 'x' FROM task RETURNING id
       ) INSERT INTO service_templates (case_id, title, strategies, own_words, excerpt, searched, made_at, made_by, made_name)
         SELECT id, 'title of ' || $1, '{}', 'words', jsonb_build_array($1::text), 'title, words, excerpt', now(), 'x', 'x' FROM found`,
      [
        ...[id, id === 'recent' ? '2026-12-01T02:00:00Z' : '2026-10-12T02:00:00Z'],
        id === 'session of qian' ? 'issue SECRET，回电 13812345678' : 'another',
      ],
    );
  }
  await postgres.query(
    `INSERT INTO rule_trials (id, started_at, started_by, state) VALUES (gen_random_uuid(), now(), 'x', '["quote"]')`,
  );
}
/** Of which conversations something is quoted still, and what service templates say. */
async function quotes() {
  const { rows } = await heng.stores.postgres.query(
    `SELECT c.session_id AS id, c.issue, t.excerpt::text AS excerpt, t.searched,
       (SELECT count(*)::int FROM assistant_suggestions s JOIN inspection_tasks i ON i.id = s.task_id WHERE i.session_id = c.session_id) AS suggestions
     FROM best_cases c JOIN service_templates t ON t.case_id = c.id ORDER BY 1`,
  );
  const trials = await heng.stores.postgres.query('SELECT FROM rule_trials');
  return { cases: rows, trials: trials.rowCount };
}

/** What stands as the issue of anything, in the tables and in the copy of a closed month. */
async function issues(): Promise<string[]> {
  const { clickhouse } = heng.stores;
  const tables = ['sessions', 'tickets', 'session_facts', 'session_outcomes', 'ticket_facts', 'inspected_sessions'];
  const found = await Promise.all(
    [clickhouse.all, clickhouse.copies.open(copy).all].flatMap((connection) =>
      tables.map((table) =>
        connection.query<{ issue: string }>(`SELECT DISTINCT toString(issue) AS issue FROM ${table}`),
      ),
    ),
  );
  return [...new Set(found.flat().map(({ issue }) => issue))].filter((issue) => issue !== '').sort();
}

const figures = (facts: typeof heng.stores.clickhouse | ReturnType<typeof heng.stores.clickhouse.copies.open>) =>
  askMetrics(heng.stores, {
    ...{ period: parsePeriod('2026-10', 'Asia/Shanghai'), by: ['agent'], timeZone: 'Asia/Shanghai' },
    ...{ now: Date.parse('2026-11-30T00:00:00Z'), facts },
  });

it('an erased customer is off the disk, also of closed months, whose figures stand; nobody else loses anything', async () => {
  const { clickhouse, postgres, dataDir } = heng.stores;
  const administrator = await heng.signedIn({ role: 'administrator' });
  const hr = await heng.signedIn({ role: 'hr' });
  const asked = { customerId, reason: '客户来函' };
  expect((await hr('POST', '/api/erasures', asked)).status).toBe(403);
  expect((await administrator('POST', '/api/erasures', { ...asked, customerId: 'nobody' })).status).toBe(404);
  const found = await (await administrator('POST', '/api/erasures/look', { customerId })).json();
  expect(found).toEqual({ sessions: 1, messages: 2, tickets: 1, orders: 1, erasedBefore: false });

  const before = { live: await figures(clickhouse), closed: await figures(clickhouse.copies.open(copy)) };
  expect((await onDisk('SECRET')).length).toBeGreaterThan(0);
  mkdirSync(join(dataDir, 'rejects'), { recursive: true });
  writeFileSync(join(dataDir, 'rejects/import-1.csv'), customerId);
  const file = await administrator('POST', '/api/uploads?name=orders.csv', `order_id,customer_id\n1,${customerId}\n`, {
    'content-type': 'application/octet-stream',
  });
  const { id: upload } = (await file.json()) as { id: string };
  await stageEvent();
  await putQuotes(['session of qian', 'session of zhao']);
  await clickhouse.all.command(
    `INSERT INTO inspected_sessions (session_id, issue, version) SELECT session_id, issue, 1 FROM sessions`,
  );
  expect(await issues()).toEqual(['issue SECRET，回电 13812345678', 'issue open，回电 13812345678']);
  expect((await administrator('POST', '/api/erasures', asked)).status).toBe(202);
  await applyErasures(heng.deps);

  expect(await onDisk(customerId)).toEqual([]);
  expect(await onDisk('SECRET：')).toEqual([]);
  expect(await onDisk('call 13812345678')).toEqual([]);
  const standIn = expect.stringMatching(/^erased-[0-9a-f]{16}$/);
  expect(await issues(), 'what they wrote where others have a category').toEqual([
    standIn,
    'issue open，回电 13812345678',
  ]);
  expect(await quotes()).toEqual({
    cases: [
      {
        id: 'session of qian',
        issue: standIn,
        excerpt: '[]',
        searched: 'title of session of qian\nwords',
        suggestions: 0,
      },
      expect.objectContaining({ id: 'session of zhao', issue: 'another', suggestions: 1 }),
    ],
    trials: 0,
  });
  expect(existsSync(join(dataDir, 'rejects/import-1.csv'))).toBe(false);
  // As the folder of another node, which was not asked to erase anybody.
  writeFileSync(join(dataDir, 'rejects/import-1.csv'), customerId);
  await forgetOldRejects(heng.stores, Date.now());
  expect(existsSync(join(dataDir, 'rejects/import-1.csv')), 'it may be being written').toBe(true);
  await forgetOldRejects(heng.stores, Date.now() + 7_200_000);
  expect(existsSync(join(dataDir, 'rejects/import-1.csv'))).toBe(false);
  expect(existsSync(join(dataDir, 'uploads')), 'uploads that wait go too').toBe(false);
  expect((await administrator('POST', `/api/uploads/${upload}/import`, {})).status).toBe(404);
  const events = await clickhouse.all.query(`SELECT attributes FROM events WHERE subject_id = 'ticket of qian'`);
  expect(events, 'what waited since a failure does not come in afterwards').toEqual([{ attributes: {} }]);
  expect({ live: await figures(clickhouse), closed: await figures(clickhouse.copies.open(copy)) }).toEqual(before);
  const texts = await clickhouse.all.query(`SELECT session_id, text FROM messages WHERE text != '' ORDER BY at`);
  expect(texts).toEqual([
    { session_id: 'session of zhao', text: 'open：我的电话 13812345678' },
    { session_id: 'session of zhao', text: 'open：已登记' },
  ]);
  const page = await (await administrator('GET', '/api/erasures')).json();
  expect(page).toMatchObject({ erasures: [{ kind: 'customer', reason: '客户来函', doneAt: expect.any(String) }] });
  const { rows: audited } = await postgres.query<{ subject: string }>(
    `SELECT subject FROM audit_log WHERE action = 'erasure.customer'`,
  );
  expect(audited).toHaveLength(1);
  expect(JSON.stringify([page, audited, readFileSync(listFile(dataDir), 'utf8')])).not.toContain('SECRET');
});

/** Sends rows as somebody; answers what became of them. */
const sentBy =
  (browser: Browser) =>
  async (kind: string, rows: object[]): Promise<{ accepted: number; rejected: object[] }> =>
    (await (await browser('POST', `/api/ingest/${kind}`, rows)).json()) as { accepted: number; rejected: object[] };

it('rows of an erased customer are rejected by name and shown to nobody, however they come again', async () => {
  const administrator = await heng.signedIn({ role: 'administrator' });
  const at = '2026-10-12T10:00:00+08:00';
  const send = sentBy(administrator);
  const text = 'SECRET: again';
  const messages = await send('messages', [
    { session_id: 'session of qian', at, sender: 'customer', sender_id: 'x', text },
    { session_id: 'another', customer_id: customerId, at, sender: 'customer', sender_id: 'x', text },
    { session_id: 'session of zhao', at, sender: 'agent', sender_id: 'zhao', text: 'of somebody else' },
  ]);
  expect(messages).toEqual({
    ...{ accepted: 1, duplicates: 0 },
    rejected: [
      { line: 1, column: 'session_id', value: '', reason: 'erased' },
      { line: 2, column: 'customer_id', value: '', reason: 'erased' },
    ],
  });
  const rating = { ticket_id: 'ticket of qian', score: 1, at, comment: text };
  expect((await send('ratings', [rating])).rejected).toMatchObject([{ reason: 'erased' }]);
  const event = { subject_id: 'ticket of qian', at, type: 'closed' };
  const events = [
    { ...event, subject_kind: 'ticket' },
    { ...event, subject_kind: 'session', subject_id: 'session of qian' },
    // A session that has the number of the ticket is somebody else's.
    { ...event, subject_kind: 'session' },
  ];
  expect(await send('events', events)).toMatchObject({
    accepted: 1,
    rejected: [1, 2].map((line) => ({ line, column: 'subject_id', value: '', reason: 'erased' })),
  });

  // In a file, the same: not even the file of what was rejected repeats it.
  const file = `session_id,at,sender,text\nsession of qian,${at},customer,${text}\n`;
  const upload = await administrator('POST', '/api/uploads?name=messages.csv', file, {
    'content-type': 'application/octet-stream',
  });
  const { id } = (await upload.json()) as { id: string };
  const { importId } = (await (await administrator('POST', `/api/uploads/${id}/import`, {})).json()) as {
    importId: number;
  };
  const rejects = join(heng.stores.dataDir, `rejects/import-${importId}.csv`);
  await expect
    .poll(
      async () => ((await (await administrator('GET', `/api/imports/${importId}`)).json()) as { state: string }).state,
      { timeout: 60_000 },
    )
    .toBe('done');
  await forgetOldRejects(heng.stores, Date.now() + 7_200_000);
  expect(readFileSync(rejects, 'utf8')).toContain('erased');
  expect(readFileSync(rejects, 'utf8')).not.toContain('SECRET');
});

it('texts older than an administrator decided go at night, as many as the preview said; the rest and all figures stay', async () => {
  const { clickhouse, postgres } = heng.stores;
  const administrator = await heng.signedIn({ role: 'administrator' });
  const inspector = await heng.signedIn({ role: 'inspector' });
  heng.clock.nowMs = Date.parse('2026-12-20T04:00:00Z');
  const at = '2026-12-01T10:00:00+08:00';
  const said = { session_id: 'recent', message_id: 'm', at, sender: 'customer', sender_id: 'c' };
  for (const text of ['before it was corrected', 'from December'])
    expect((await administrator('POST', '/api/ingest/messages', [{ ...said, text }])).status).toBe(200);
  await deriveCommitted(heng.deps);
  expect(await retain(heng.deps, ownerOfTheMachine), 'nothing is decided').toBe(0);
  const preview = (await (await administrator('GET', '/api/retention/preview?months=1')).json()) as { texts: number };
  expect(preview).toEqual({ before: '2026-11-19T16:00:00.000Z', texts: 3 });
  expect((await inspector('PUT', '/api/retention', { months: 1 })).status).toBe(403);
  expect((await administrator('PUT', '/api/retention', { months: 0 })).status).toBe(422);
  expect((await administrator('PUT', '/api/retention', { months: 1 })).status).toBe(204);

  const before = await figures(clickhouse);
  await putQuotes(['recent']);
  const { rows: imports } = await postgres.query<{ id: number; name: string }>(
    `SELECT id, rejects_file AS name FROM imports WHERE rejects_file IS NOT NULL`,
  );
  expect(imports).toHaveLength(1);
  await postgres.query(`UPDATE imports SET started_at = '2026-11-01' WHERE rejects_file IS NOT NULL`);
  expect(await retain(heng.deps, ownerOfTheMachine)).toBe(3);
  expect(await quotes(), 'what was copied goes by its age as well').toEqual({
    cases: [
      expect.objectContaining({ id: 'recent', excerpt: '["recent"]', suggestions: 1 }),
      expect.objectContaining({ id: 'session of qian', excerpt: '[]', suggestions: 0 }),
      {
        id: 'session of zhao',
        issue: 'another',
        excerpt: '[]',
        searched: 'title of session of zhao\nwords',
        suggestions: 0,
      },
    ],
    trials: 0,
  });
  expect(existsSync(join(heng.stores.dataDir, 'rejects', imports[0]?.name ?? ''))).toBe(false);
  expect((await postgres.query('SELECT FROM reject_pieces')).rowCount).toBe(0);
  expect(await clickhouse.all.query(`SELECT text FROM messages WHERE text != ''`)).toEqual([{ text: 'from December' }]);
  // The number in what a conversation is about is no message's text, and stays.
  expect(await onDisk('我的电话 13812345678')).toEqual([]);
  expect(await onDisk('before it was corrected'), 'a version that was replaced').toEqual([]);
  expect(await figures(clickhouse)).toEqual(before);
  expect(await retain(heng.deps, ownerOfTheMachine)).toBe(0);
  const { rows } = await postgres.query<{ action: string }>(
    `SELECT action FROM audit_log WHERE action LIKE 'retention.%' ORDER BY id`,
  );
  expect(rows.map(({ action }) => action)).toEqual(['retention.changed', 'retention.carriedOut']);
});

const ledger = { key: null, publicUrl: null, anchors: [] };

it('an employee with a cycle that goes on, an undecided appeal or the last administrator’s account is not erased, and is told what to do', async () => {
  const { postgres } = heng.stores;
  const browser = await heng.signedIn({ role: 'administrator', agentId: employee.number, email: employee.email });
  heng.clock.nowMs += 60_000;
  leaver = { browser, member: browser.actor.userId };
  await postgres.query('UPDATE members SET name = $2 WHERE id = $1', [leaver.member, employee.name]);
  await putRecords(heng, leaver);
  await putHandled(heng);
  const administrator = await heng.signedIn({ role: 'administrator' });
  const hr = await heng.signedIn({ role: 'hr' });
  const asked = { employee: employee.number, reason: '离职一年' };
  const refusal = async (browserOf: typeof administrator, body: object) => {
    const answer = await browserOf('POST', '/api/erasures/employees', body);
    return [answer.status, ((await answer.json()) as { error: { code: string } }).error.code];
  };
  expect(await refusal(hr, asked)).toEqual([403, 'permission.missing']);
  expect(await refusal(administrator, { ...asked, employee: 'nobody' })).toEqual([404, 'erasure.employeeUnknown']);
  expect(await refusal(administrator, asked)).toEqual([409, 'erasure.cycleOpen']);
  await postgres.query(`UPDATE cycles SET state = 'open'`);
  expect(await refusal(administrator, asked), 'nothing is frozen yet').toEqual([409, 'erasure.cycleOpen']);
  const look = await administrator('POST', '/api/erasures/employees/look', { employee: employee.email.toUpperCase() });
  expect(await look.json()).toEqual({
    ...{ accounts: 1, conversations: 2, cards: 1, openCycles: ['2026-10'], openAppeals: 1, erasedBefore: false },
    rows: expect.any(Number),
  });
  await postgres.query(`UPDATE cycles SET state = 'final', published_on = '2026-11-10'`);
  expect(await refusal(administrator, asked)).toEqual([409, 'erasure.appealOpen']);
  await postgres.query(`UPDATE appeals SET state = 'final', outcome = 'rejected', due_on = NULL`);
  await postgres.query(`UPDATE members SET deactivated_at = now() WHERE role = 'administrator' AND id <> $1`, [
    leaver.member,
  ]);
  await expect(
    eraseEmployee(heng.deps, ownerOfTheMachine, { employee: employee.email, reason: 'x' }),
  ).rejects.toMatchObject({ code: 'person.lastAdministrator' });
  await postgres.query(`UPDATE members SET deactivated_at = NULL WHERE role = 'administrator'`);
  expect((await browser('GET', '/api/me')).status, 'nothing has happened so far').toBe(200);
});

it('an erased employee is in no table and off the disk, with every figure, card and the ledger as they were under a stand-in', async () => {
  const { clickhouse, postgres, dataDir } = heng.stores;
  const administrator = await heng.signedIn({ role: 'administrator' });
  const { secret: key } = (await (
    await leaver.browser('POST', '/api/keys', { name: 'k', scopes: ['metric.read'], days: 30, kinds: null })
  ).json()) as { secret: string };
  const withKey = () => heng.browser()('GET', '/api/me', undefined, { authorization: `Bearer ${key}` });
  expect((await withKey()).status).toBe(200);
  const standIn = standInOf(await saltOf(postgres), 'agent', employee.number);
  const named = (rows: unknown) => JSON.parse(JSON.stringify(rows).replaceAll(`"${employee.number}"`, `"${standIn}"`));
  const inOrder = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
  const before = { live: await figures(clickhouse), closed: await figures(clickhouse.copies.open(copy)) };
  const cards = async () =>
    (
      await postgres.query(
        "SELECT agent_id, total, grade, evidence, input, card, person ->> 'team' AS team FROM scorecards ORDER BY total, input",
      )
    ).rows;
  const cardsBefore = await cards();
  const october = parsePeriod('2026-10', 'Asia/Shanghai');
  const payBefore = (await payBasesIn(clickhouse, october)).get(employee.number);
  expect(payBefore).toEqual({ salaryFen: 800_000n, performanceFen: 300_000n });
  await postgres.query(
    `INSERT INTO one_time_links (token_hash, member_id, created_at, expires_at) VALUES ('x', $1, now(), now() + interval '1 day')`,
    [leaver.member],
  );
  expect((await namesLeft(heng.stores, employeeMarks)).length).toBeGreaterThan(30);
  const agents = async (id: string) =>
    (await clickhouse.all.query('SELECT 1 FROM agents WHERE agent_id = {id:String}', { params: { id } })).length;
  const rows = await agents(employee.number);
  // The copy of a closing that failed is of the same kind as this one.
  await clickhouse.copies.drop('of_a_closing_that_failed');
  // A try before was cut off between writing rows anew and taking the old ones out.
  await clickhouse.all.command(
    `INSERT INTO agents SELECT * REPLACE ('${standIn}' AS agent_id, '${standIn}' AS name) FROM (SELECT * FROM agents WHERE agent_id = '${employee.number}' AND attributes['performance_pay'] = '')`,
  );
  expect(await agents(standIn)).toBe(rows - 1);

  const asked = { employee: employee.number, reason: '离职一年' };
  expect((await administrator('POST', '/api/erasures/employees', asked)).status).toBe(202);
  expect((await leaver.browser('GET', '/api/me')).status, 'signed out before anything else is done').toBe(401);
  expect((await withKey()).status).toBe(401);
  expect((await postgres.query('SELECT FROM one_time_links WHERE member_id = $1', [leaver.member])).rowCount).toBe(0);
  await applyErasures(heng.deps);

  expect(await namesLeft(heng.stores, employeeMarks)).toEqual([]);
  expect(await onDisk(employee.name)).toEqual([]);
  const after = { live: await figures(clickhouse), closed: await figures(clickhouse.copies.open(copy)) };
  expect(inOrder(after.live)).toEqual(inOrder(named(before.live)));
  expect(inOrder(after.closed)).toEqual(inOrder(named(before.closed)));
  expect(await cards()).toEqual(named(cardsBefore));
  expect((await payBasesIn(clickhouse, october)).get(standIn), 'payouts').toEqual(payBefore);
  expect([await agents(employee.number), await agents(standIn)]).toEqual([0, rows]);
  const said = await clickhouse.all.query<{ text: string }>(
    'SELECT text FROM messages WHERE sender_id = {standIn:String}',
    { params: { standIn } },
  );
  expect(said.length, 'what they wrote is the shop’s').toBeGreaterThan(0);
  const checked = await checkLedger({ ...heng.deps, ledger }, ownerOfTheMachine);
  expect([checked.faults, checked.erased]).toEqual([[], 1]);

  const signIn = { email: employee.email, password: `password of ${employee.email}` };
  expect((await heng.browser()('POST', '/api/auth/sign-in/email', signIn)).status).toBe(401);
  for (const table of ['auth_users', 'auth_accounts', 'auth_sessions', 'second_factors'])
    expect([
      table,
      (
        await postgres.query(`SELECT FROM ${table} AS t WHERE row_to_json(t)::text LIKE '%' || $1 || '%'`, [
          leaver.member,
        ])
      ).rowCount,
    ]).toEqual([table, 0]);
  const people = await (await administrator('GET', '/api/people')).json();
  expect(JSON.stringify(people)).not.toContain('erased');
  const page = await (await administrator('GET', '/api/erasures')).json();
  expect(JSON.stringify([page, readFileSync(listFile(dataDir), 'utf8')])).not.toMatch(/qian|钱/i);
  const kinds = (page as { erasures: { kind: string; doneAt: string | null }[] }).erasures.slice(0, 2);
  expect(kinds).toMatchObject(['account', 'agent'].map((kind) => ({ kind, doneAt: expect.any(String) })));

  expect((await administrator('POST', '/api/erasures/employees', asked)).status, 'once more changes nothing').toBe(202);
  await applyErasures(heng.deps);
  expect(inOrder(await figures(clickhouse))).toEqual(inOrder(after.live));
});

it('rows of an erased employee are rejected by name, and a frozen card still changes in nothing that was counted', async () => {
  const administrator = await heng.signedIn({ role: 'administrator' });
  const at = '2026-10-12T10:00:00+08:00';
  const send = sentBy(administrator);
  const erased = (column: string) => ({ line: 1, column, value: '', reason: 'erased' });
  const { number, name } = employee;
  expect(await send('agents', [{ agent_id: number, name }])).toMatchObject({
    accepted: 0,
    rejected: [erased('agent_id')],
  });
  const ofAgent = { subject_kind: 'agent', subject_id: number, at, type: 'online' };
  expect((await send('events', [ofAgent])).rejected).toEqual([erased('subject_id')]);
  const said = { session_id: 'session of zhao', at, text: 'x', sender_id: number };
  expect(
    await send('messages', [
      { ...said, sender: 'agent' },
      { ...said, sender: 'customer' },
    ]),
  ).toMatchObject({
    ...{ accepted: 1, rejected: [erased('sender_id')] },
  });

  const { postgres } = heng.stores;
  const change = (sql: string) =>
    transaction(postgres, async (connection) => {
      await connection.query(`SET LOCAL heng.erasing = 'on'`);
      await connection.query(sql);
    });
  for (const set of [
    'total = 1',
    `card = jsonb_set(card, '{total}', '"1"')`,
    `input = jsonb_set(input, '{values}', '1')`,
  ])
    await expect(change(`UPDATE scorecards SET ${set}`), set).rejects.toMatchObject({ code: '23001' });
  await expect(postgres.query(`UPDATE scorecards SET person = '{}'`)).rejects.toMatchObject({ code: '23001' });
});

it('whom an erased employee led, taught or assessed comes in again with the stand-in, however the rows come', async () => {
  const { clickhouse, postgres } = heng.stores;
  const administrator = await heng.signedIn({ role: 'administrator' });
  const { number } = employee;
  const led = { agent_id: 'zhao', name: '赵一', team: 'east', shop: 'red', tier: 'mid', manager_id: number };
  const rows = {
    agents: [{ ...led, mentor_id: number, valid_from: '2026-02-01' }],
    assessments: [number, `monthly:${number}`, 'monthly:sun'].map((by) => ({
      ...{ agent_id: 'zhao', period: '2026-09', item: 'innovation', value: '70', by, note: '' },
    })),
  };
  for (const [kind, each] of Object.entries(rows))
    expect(await (await administrator('POST', `/api/ingest/${kind}`, each)).json()).toMatchObject({
      ...{ accepted: each.length, rejected: [] },
    });
  const file = `agent_id,name,team,shop,tier,manager_id,mentor_id,valid_from\nzhao,赵一,east,red,mid,${number},${number},2026-03-01\n`;
  const upload = await administrator('POST', '/api/uploads?name=agents.csv', file, {
    'content-type': 'application/octet-stream',
  });
  const { id } = (await upload.json()) as { id: string };
  const begun = await administrator('POST', `/api/uploads/${id}/import`, {});
  const { importId } = (await begun.json()) as { importId: number };
  await expect
    .poll(
      async () => ((await (await administrator('GET', `/api/imports/${importId}`)).json()) as { state: string }).state,
      { timeout: 60_000 },
    )
    .toBe('done');

  const standIn = standInOf(await saltOf(postgres), 'agent', number);
  const roster = await clickhouse.all.query(
    `SELECT manager_id, attributes['mentor_id'] AS mentor FROM agents WHERE agent_id = 'zhao' AND valid_from > '2026-01-31'`,
  );
  expect(roster).toEqual([1, 2].map(() => ({ manager_id: standIn, mentor: standIn })));
  const by = await clickhouse.all.query<{ by: string }>(
    `SELECT by FROM assessments WHERE period = '2026-09' AND agent_id = 'zhao' ORDER BY by`,
  );
  expect(by.map((each) => each.by)).toEqual([standIn, `monthly:${standIn}`, 'monthly:sun']);
});

it('rows of others that name an erased employee beside them come in with the stand-in and without what could be a name, also from an event log; rows of theirs do not', async () => {
  const { clickhouse, postgres } = heng.stores;
  const send = sentBy(await heng.signedIn({ role: 'administrator' }));
  const { number, name } = employee;
  const standIn = standInOf(await saltOf(postgres), 'agent', number);
  const at = '2026-10-13T10:00:00+08:00';
  const own = { session_id: 'beside', customer_id: 'customer beside' };
  const event = { subject_kind: 'session', subject_id: 'beside', at };
  const ticket = { ticket_id: 'beside', customer_id: 'customer beside', created_at: at, agent_id: 'zhao' };
  const accepted = {
    sessions: [{ ...own, started_at: at, assigned_agent_id: 'zhao', transferred_from: number, 转出客服: name }],
    tickets: [{ ...ticket, technician_id: number, 师傅: name, shop: 'blue' }],
    events: [
      { ...event, type: 'transferred', agent_id: number, to_agent_id: 'zhao', 客服: name },
      { ...event, type: 'transferred', agent_id: 'zhao', to_agent_id: number },
    ],
    assessments: [
      {
        agent_id: 'zhao',
        period: '2026-08',
        item: 'innovation',
        value: '70',
        by: `m:${number}`,
        评定人: name,
        valid: 'true',
      },
    ],
  };
  for (const [kind, rows] of Object.entries(accepted))
    expect([kind, await send(kind, rows)]).toMatchObject([kind, { accepted: rows.length, rejected: [] }]);
  const theirs = [
    { ...event, type: 'kb_used', agent_id: number },
    { ...event, type: 'assigned', to_agent_id: number },
    { ...event, type: 'transferred', agent_id: number, to_agent_id: number },
  ];
  expect((await send('events', theirs)).rejected).toEqual(
    ['agent_id', 'to_agent_id', 'agent_id'].map((column, n) => ({ line: n + 1, column, value: '', reason: 'erased' })),
  );

  const folder = mkdtempSync(join(tmpdir(), 'heng-erased-log-'));
  made.push(folder);
  const importFile = async (file: string, lines: readonly string[], mapping?: string) => {
    writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
    const afterCommit = () => deriveCommitted(heng.deps);
    const request = { paths: [join(folder, file)], source: 'files' as const, by: 'test', afterCommit };
    const more = mapping === undefined ? {} : { mapping: readMapping(mapping) };
    return importFiles(heng.deps, { ...request, ...more });
  };
  const mapping = `
kind: tickets
timeZone: UTC
columns: { customer_id: caller, agent_id: owner, issue: topic }
fold:
  key: number
  at: when
  order: step
  state: { from: state, values: { New: open, Done: closed } }
  handler: owner
`;
  const log = await importFile(
    'log.csv',
    [
      'number,when,step,state,caller,owner,topic,owner_name',
      `F1,2026-10-01T09:00:00Z,1,New,c1,${number},冰箱,${name}`,
      'F1,2026-10-01T10:00:00Z,2,New,c1,zhao,冰箱,赵一',
      'F1,2026-10-01T11:00:00Z,3,Done,c1,zhao,冰箱,赵一',
      `F2,2026-10-01T09:00:00Z,1,New,c2,${number},冰箱,${name}`,
      'ticket of qian,2026-10-01T09:00:00Z,1,Nonsense,c3,zhao,SECRET,x',
      `F3,2026-10-01T09:00:00Z,1,Nonsense,c3,${number},冰箱,${name}`,
    ],
    mapping,
  );
  const bad = await importFile('sessions.csv', [
    'session_id,customer_id,started_at,assigned_agent_id,transferred_from',
    `x,y,never,zhao,${number}`,
  ]);
  expect(log.files.map(({ kind, rejected }) => [kind, rejected])).toEqual([['tickets', 2]]);
  const rejects = [log, bad].map((each) => readFileSync(each.rejects ?? '', 'utf8'));
  expect(rejects[0]).toContain('"number","","erased"');
  expect(rejects[1]).toContain('"started_at","never"');
  expect(rejects.join()).not.toMatch(/qian|SECRET/);
  const handled = await clickhouse.all.query(
    `SELECT subject_id, type, agent_id, to_agent_id FROM events WHERE subject_id IN ('F1', 'F2', 'beside') ORDER BY subject_id, at, type, agent_id`,
  );
  const step = (subject_id: string, type: string, agent_id: string, to_agent_id = '') => ({
    ...{ subject_id, type, agent_id, to_agent_id },
  });
  expect(handled).toEqual([
    ...[step('F1', 'assigned', standIn), step('F1', 'transferred', standIn, 'zhao'), step('F1', 'closed', 'zhao')],
    ...[step('F2', 'assigned', standIn)],
    ...[step('beside', 'transferred', standIn, 'zhao'), step('beside', 'transferred', 'zhao', standIn)],
  ]);
  const tickets = await clickhouse.all.query<{ attributes: object }>(
    `SELECT ticket_id, agent_id, technician_id, attributes FROM tickets WHERE ticket_id IN ('F1', 'F2', 'beside') ORDER BY ticket_id`,
  );
  expect(tickets).toMatchObject([
    { ticket_id: 'F1', agent_id: 'zhao', attributes: { owner_name: '赵一' } },
    { ticket_id: 'F2', agent_id: standIn, attributes: {} },
    { ticket_id: 'beside', agent_id: 'zhao', technician_id: standIn, attributes: { shop: 'blue' } },
  ]);
  expect(tickets.map(({ attributes }) => JSON.stringify(attributes)).join()).not.toContain('SECRET');
  // What came last over HTTP is in the memory of the engine; a customer may have the number of an employee.
  const left = await namesLeft(heng.stores, employeeMarks);
  expect(left.filter((place) => !/ingest_http_|messages sender_id$/.test(place))).toEqual([]);
});

it('nobody gets the number of an erased employee, a stand-in or an address of theirs: not added, changed or imported', async () => {
  const administrator = await heng.signedIn({ role: 'administrator' });
  const standIn = standInOf(await saltOf(heng.stores.postgres), 'agent', employee.number);
  const person = { email: 'new@heng.test', name: '新', role: 'hr', scope: { kind: 'all' } };
  const refused = async (method: string, path: string, body: object) => {
    const answer = await administrator(method, path, body);
    return [answer.status, ((await answer.json()) as { error: { code: string } }).error.code];
  };
  for (const agentId of [employee.number, standIn])
    expect(await refused('POST', '/api/people', { ...person, agentId })).toEqual([409, 'person.agentErased']);
  const other = await heng.person({ role: 'hr' });
  const change = { agentId: employee.number };
  expect(await refused('PATCH', `/api/people/${other.actor.userId}`, change)).toEqual([409, 'person.agentErased']);
  expect(await refused('POST', '/api/people', { ...person, email: 'x@erased.invalid' })).toEqual([
    ...[422, 'request.invalid'],
  ]);
  const assigned = { team: '', tier: '', agentId: employee.number, fromMonth: '2027-01', planId: null };
  expect(await refused('PUT', '/api/plan-assignments', assigned)).toEqual([400, 'assignment.nobody']);
  const cells = { email: 'new@heng.test', name: '新', role: 'agent', agent_id: employee.number };
  const { plan } = await importPeople(
    heng.deps,
    ownerOfTheMachine,
    { names: Object.keys(cells), rows: [{ line: 2, cells }] },
    { check: true, deactivateMissing: false },
  );
  expect(plan).toMatchObject({ steps: [], faults: [{ line: 2, column: 'agent_id', code: 'agentErased' }] });
});

it('every column that names people is known to the erasure of an employee', async () => {
  const { clickhouse, postgres } = heng.stores;
  const personal =
    /agent|assessor|rater|inspector|member|mail|judge|owner|subject|manager|technician|sender_id|transferred_from|name$|(^|_)by$|by_id$/;
  const columns = await postgres.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND udt_name IN ('text', '_text', 'jsonb')`,
  );
  const known = new Set(
    employeeRecords.flatMap(({ table, numbers = [], names = {}, signed = [], json = [], parted = [], become = {} }) =>
      [...numbers, ...Object.entries(names).flat(), ...signed, ...json, ...parted, ...Object.keys(become)].map(
        (column) => `${table}.${column}`,
      ),
    ),
  );
  const isAccount = (table: string) =>
    /^(auth_|audit_|members$|one_time_links$|second_factors$|recovery_codes$|api_keys$)/.test(table);
  const unknown = columns.rows
    .filter(({ table, column }) => personal.test(column) && !isAccount(table) && !known.has(`${table}.${column}`))
    .map(({ table, column }) => `${table}.${column}`);
  expect(unknown.sort()).toEqual([...ofNobody].sort());
  const isText = /(^|_)(text|comment|notes?|reasons?|goals|title|summary|what|evidence|marks|content)$/;
  const removed = new Set(employeeRecords.flatMap(({ table, rows }) => (rows === 'removed' ? [table] : [])));
  const texts = columns.rows
    .filter(({ table, column }) => isText.test(column) && !isAccount(table) && !removed.has(table))
    .map(({ table, column }) => `${table}.${column}`)
    .filter((place) => !known.has(place));

  const covered = new Set(
    employeeTables.flatMap(({ table, change }) =>
      Object.keys(change({ salt: "''", hashes: ['x'] }).become).map((column) => `${table}.${column}`),
    ),
  );
  // Neither what an import is being staged in nor what a derivation that runs just now holds and drops.
  const lasting = `NOT startsWith(table, 'ingest_') AND table NOT IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine IN ('Memory', 'Join'))`;
  const facts = await clickhouse.all.query<{ place: string }>(
    `SELECT concat(table, '.', name) AS place FROM system.columns WHERE database = currentDatabase() AND type LIKE '%String%' AND ${lasting}
       AND match(name, 'agent|owner|sender_id|manager|technician|transferred_from|^by$|^name$|^by_(order|payment)_')`,
  );
  expect(facts.map(({ place }) => place).filter((place) => !covered.has(place))).toEqual([]);
  const said = await clickhouse.all.query<{ place: string }>(
    `SELECT concat(table, '.', name) AS place FROM system.columns WHERE database = currentDatabase() AND ${lasting}
       AND match(name, '^(text|comment|note|title|attributes)$')`,
  );
  const stays = [...texts, ...said.map(({ place }) => place).filter((place) => !covered.has(place))];
  expect(stays.sort()).toEqual(Object.keys(keptTexts).sort());
});

it('an older backup that brings people back is erased again by the list beside the data, and by no other’s list', async () => {
  const restored = await openTestApp();
  try {
    await twoTeams(restored);
    const { actor } = await restored.person({ role: 'agent', agentId: employee.number, email: employee.email });
    // Somebody who has their number or e-mail since is somebody else.
    const since = await restored.person({ role: 'hr', agentId: 'sun', email: 'sun@heng.test' });
    const folder = mkdtempSync(join(tmpdir(), 'heng-erased-'));
    made.push(folder);
    const list = listFile(heng.stores.dataDir);
    await restored.stores.postgres.query(
      `UPDATE members SET role = 'administrator', scope = '{"kind": "all"}' WHERE id = $1`,
      [actor.userId],
    );
    await expect(
      eraseAgain(restored.deps, ownerOfTheMachine, { file: list, restoring: false }),
      'nobody could let anybody in',
    ).rejects.toMatchObject({ code: 'person.lastAdministrator' });
    const again = { file: list, restoring: true };
    expect(await eraseAgain(restored.deps, ownerOfTheMachine, again)).toEqual({
      customers: 1,
      employees: 2,
      failed: 0,
    });
    expect(await namesLeft(restored.stores, employeeMarks)).toEqual([]);
    const { rows } = await restored.stores.postgres.query('SELECT id FROM members WHERE deactivated_at IS NULL');
    expect([rows, actor.userId]).toEqual([[{ id: since.actor.userId }], expect.any(String)]);
    const left = await restored.stores.clickhouse.all.query(
      `SELECT text FROM messages WHERE text != '' AND session_id = 'session of qian'`,
    );
    expect(left).toEqual([]);
    expect(await eraseAgain(restored.deps, ownerOfTheMachine, again), 'once more changes nothing').toEqual({
      ...{ customers: 1, employees: 2, failed: 0 },
    });
    const other = join(folder, 'other.json');
    writeFileSync(other, JSON.stringify({ salt: '0'.repeat(32), customers: ['1'.repeat(64)] }));
    await expect(eraseAgain(restored.deps, ownerOfTheMachine, { file: other, restoring: false })).rejects.toMatchObject(
      {
        code: 'erasure.otherSalt',
      },
    );
    writeFileSync(other, '{}');
    await expect(eraseAgain(restored.deps, ownerOfTheMachine, { file: other, restoring: false })).rejects.toMatchObject(
      {
        code: 'erasure.listUnreadable',
      },
    );
  } finally {
    await restored.close();
  }
});

it('an erasure that a crash cut off is gone on with', async () => {
  const { postgres } = heng.stores;
  const by = { userId: 'x', name: 'x' };
  const idHash = '2'.repeat(64);
  await insertErasure(postgres, { what: { kind: 'customer', idHash }, at: new Date(), by, reason: 'cut off' });
  await applyErasures(heng.deps);
  const { rowCount } = await postgres.query('SELECT FROM erasures WHERE done_at IS NULL');
  expect(rowCount).toBe(0);
});

it('an empty number or a stand-in is nobody, and rows without an agent stay so whatever was asked for', async () => {
  const { clickhouse, postgres } = heng.stores;
  const salt = await saltOf(postgres);
  for (const empty of ['', ' ']) {
    await expect(eraseEmployee(heng.deps, ownerOfTheMachine, { employee: empty, reason: 'x' })).rejects.toThrow();
    await expect(eraseCustomer(heng.deps, ownerOfTheMachine, { customerId: empty, reason: 'x' })).rejects.toThrow();
    const told = { json: false, out: () => undefined, outLines: async () => undefined, progress: () => undefined };
    const context = { ...told, env: {}, dataDir: '', now: heng.deps.now, timeZone: heng.deps.timeZone };
    for (const given of [
      { args: [], values: { agent: empty, reason: 'x' } },
      { args: [empty], values: { reason: 'x' } },
    ]) {
      const stores = async () => heng.stores;
      const run = erase.run({ ...context, ...given, stores });
      await expect(run, JSON.stringify(given)).rejects.toMatchObject({ code: 'erasure.usage' });
    }
  }
  await expect(
    eraseEmployee(heng.deps, ownerOfTheMachine, { employee: standInOf(salt, 'agent', employee.number), reason: 'x' }),
  ).rejects.toMatchObject({ code: 'erasure.employeeUnknown' });
  await expect(
    eraseCustomer(heng.deps, ownerOfTheMachine, { customerId: standInOf(salt, 'customer', customerId), reason: 'x' }),
  ).rejects.toMatchObject({ code: 'erasure.customerUnknown' });

  await postgres.query(
    `INSERT INTO plan_assignments (team, tier, agent_id, from_month, assigned_at, assigned_by) VALUES ('north', '', '', '2026-10', now(), 'x')`,
  );
  const what = { kind: 'agent' as const, idHash: hashOf(salt, 'agent', '') };
  await insertErasure(postgres, { what, at: new Date(), by: { userId: 'x', name: 'x' }, reason: 'x' });
  await applyErasures(heng.deps);
  const { rows } = await postgres.query(`SELECT agent_id FROM plan_assignments WHERE team = 'north'`);
  expect(rows).toEqual([{ agent_id: '' }]);
  expect(await clickhouse.all.query(`SELECT count() > 0 AS some FROM tickets WHERE technician_id = ''`)).toEqual([
    ...[{ some: 1 }],
  ]);
});

it('one employee who cannot be erased keeps no other from it, and is once what stood in the way is gone', async () => {
  const { postgres } = heng.stores;
  const salt = await saltOf(postgres);
  const assign = (agentId: string) =>
    postgres.query(
      `INSERT INTO plan_assignments (team, tier, agent_id, from_month, assigned_at, assigned_by) VALUES ('', '', $1, '2026-10', now(), 'x')`,
      [agentId],
    );
  for (const agentId of ['twice', standInOf(salt, 'agent', 'twice'), 'once']) await assign(agentId);
  for (const number of ['twice', 'once']) {
    const what = { kind: 'agent' as const, idHash: hashOf(salt, 'agent', number) };
    await insertErasure(postgres, { what, at: new Date(), by: { userId: 'x', name: 'x' }, reason: 'x' });
  }
  const failed = await applyErasures(heng.deps);
  expect([...failed.keys()]).toEqual([hashOf(salt, 'agent', 'twice')]);
  expect(await retain(heng.deps, ownerOfTheMachine), 'nor the night').toEqual(expect.any(Number));
  await expect(
    eraseEmployee(heng.deps, ownerOfTheMachine, { employee: 'twice', reason: 'x' }).then(({ done }) => done),
  ).rejects.toMatchObject({ code: 'erasure.rowsClash', params: { table: 'plan_assignments' } });
  await expect(
    eraseEmployee(heng.deps, ownerOfTheMachine, { employee: employee.number, reason: 'x' }).then(({ done }) => done),
  ).resolves.toBeUndefined();
  const list = { file: listFile(heng.stores.dataDir), restoring: false };
  expect(await eraseAgain(heng.deps, ownerOfTheMachine, list), 'nor a restore').toMatchObject({ failed: 1 });
  const left = async () => (await postgres.query(`SELECT id_hash FROM erasures WHERE done_at IS NULL`)).rows;
  expect(await left()).toEqual([{ id_hash: hashOf(salt, 'agent', 'twice') }]);
  const { rowCount } = await postgres.query(`SELECT FROM plan_assignments WHERE agent_id = 'once'`);
  expect(rowCount).toBe(0);
  await postgres.query(`DELETE FROM plan_assignments WHERE agent_id = 'twice'`);
  await applyErasures(heng.deps);
  expect(await left()).toEqual([]);
});

it('who stands in the data only as somebody’s manager, by a number like an e-mail, is an employee as well', async () => {
  const { clickhouse, postgres } = heng.stores;
  const administrator = await heng.signedIn({ role: 'administrator' });
  const boss = 'Boss@heng.test';
  const led = { agent_id: 'zhao', name: '赵一', team: 'east', shop: 'red', tier: 'mid', manager_id: boss };
  await administrator('POST', '/api/ingest/agents', [{ ...led, valid_from: '2026-04-01' }]);
  const look = await administrator('POST', '/api/erasures/employees/look', { employee: boss });
  expect(await look.json()).toMatchObject({ accounts: 0, conversations: 0, rows: 1, cards: 0 });
  // Somebody still reads what is being replaced.
  const reading = clickhouse.all.query(
    'SELECT sleepEachRow(0.7) FROM agents SETTINGS function_sleep_max_microseconds_per_block = 60000000',
  );
  const { done } = await eraseEmployee(heng.deps, ownerOfTheMachine, { employee: boss, reason: 'x' });
  const changed = async () =>
    (await clickhouse.all.query(`SELECT 1 FROM agents WHERE manager_id = '${boss}'`)).length === 0;
  const state = async () => ({
    changed: await changed(),
    barred: await isHeld(postgres, 'copiesBarred'),
    sending: await isHeld(postgres, 'inspectionFacts'),
  });
  await expect
    .poll(state, { timeout: 30_000, interval: 20, message: 'nobody waits for the disk but copies' })
    .toEqual({ changed: true, barred: true, sending: false });
  const backup = makeBackup(
    { stores: heng.stores, now: heng.deps.now, version: 'x', onProgress: () => undefined },
    ...([ownerOfTheMachine, join(tmpdir(), 'heng-none')] as const),
  );
  await expect(backup).rejects.toMatchObject({ code: 'backup.erasing' });
  expect(await busyWith(postgres, '2026-10')).toMatchObject({ code: 'cycle.busyErasing' });
  await reading;
  await done;
  const standIn = standInOf(await saltOf(postgres), 'agent', boss);
  const managers = await clickhouse.all.query(`SELECT manager_id FROM agents WHERE valid_from = '2026-04-01'`);
  expect(managers).toEqual([{ manager_id: standIn }]);
});

it('whoever decides an appeal and whoever asks for an erasure do not wait for each other for ever', async () => {
  const { postgres } = heng.stores;
  const asked = await transaction(postgres, async (connection) => {
    // As a decision does: reviews of others, then the appeal itself.
    await connection.query('UPDATE appeal_reviews SET state = state WHERE false');
    const erasing = eraseEmployee(heng.deps, ownerOfTheMachine, { employee: employee.number, reason: 'x' });
    const waits = `SELECT FROM pg_locks WHERE NOT granted AND relation = 'appeal_reviews'::regclass`;
    await expect.poll(async () => (await postgres.query(waits)).rowCount).toBe(1);
    await connection.query('UPDATE appeals SET state = state WHERE false');
    return { erasing };
  });
  await (await asked.erasing).done;
});

it('the list beside the data is there again whenever erasures are looked at', async () => {
  const list = listFile(heng.stores.dataDir);
  rmSync(list);
  await applyErasures(heng.deps);
  expect(existsSync(list)).toBe(true);
});
