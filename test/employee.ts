import { expect } from 'vitest';
import { appendEntries } from '../src/ledger/appendEntries.ts';
import { deriveCommitted } from '../src/pipeline.ts';
import type { Stores } from '../src/platform/stores.ts';
import { transaction } from '../src/platform/transaction.ts';
import { score } from '../src/scores/score.ts';
import { exampleFour, resolved, shippedPlan } from '../src/scores/testing.ts';
import type { Browser, TestApp } from './testApp.ts';

/** Of the two of `twoTeams` the one who leaves, with an account. */
export const employee = { number: 'qian', name: '钱 SECRET', email: 'qian.li@heng.test' };
/** What is noted of them carries the same word. */
export const employeeMarks = { number: employee.number, texts: [employee.name, employee.email, 'SECRET 的'] };

/** What comes with a roster, a rota and assessments, of whom it is and who gave it. */
export async function putEmployee(heng: TestApp): Promise<void> {
  const administrator = await heng.signedIn({ role: 'administrator' });
  const day = (time: string) => `2026-10-12T${time}+08:00`;
  const { number, name } = employee;
  const kinds = {
    agents: [
      {
        agent_id: number,
        name,
        team: 'west',
        shop: 'blue',
        tier: 'mid',
        valid_from: '2026-01-01',
        phone: '13900001111',
        monthly_salary: '8000',
        performance_pay: '3000',
      },
      {
        ...{ agent_id: 'zhao', name: '赵一', team: 'east', shop: 'red', tier: 'mid', valid_from: '2026-01-01' },
        manager_id: number,
        mentor_id: number,
      },
    ],
    attendance: [{ agent_id: number, scheduled_start: day('09:00:00'), scheduled_end: day('18:00:00') }],
    incidents: [
      {
        agent_id: number,
        at: day('12:00:00'),
        item: 'late',
        severity: 'minor',
        incident_id: 'i1',
        status: 'confirmed',
        note: `${name} 迟到`,
      },
    ],
    assessments: [
      {
        ...{ agent_id: number, period: '2026-10', item: 'innovation', value: '80', by: 'zhao' },
        ...{ note: `${name} 有办法`, agent_name: name },
      },
      // Does not count, and must not begin to.
      { agent_id: number, period: '2026-10', item: 'exam', value: '10', by: 'zhao', note: '', valid: 'false' },
      { agent_id: number, period: '2026-10', item: 'qa', value: '10', by: 'zhao', note: '', inspection: '7' },
      {
        ...{ agent_id: 'zhao', period: '2026-10', item: 'innovation', value: '70', by: `monthly:${number}` },
        ...{ note: '稳', 评定人: name },
      },
      { agent_id: 'zhao', period: '2026-10', item: 'collaboration', value: '60', by: number, note: '' },
    ],
    events: [
      { subject_kind: 'agent', subject_id: number, at: day('09:00:00'), type: 'online', 客服昵称: name },
      {
        subject_kind: 'session',
        subject_id: 'session of zhao',
        at: day('10:05:00'),
        type: 'assigned',
        agent_id: 'zhao',
        to_agent_id: number,
        agent_name: name,
      },
    ],
  };
  await ingestAll(heng, administrator, kinds);
}

async function ingestAll(heng: TestApp, as: Browser, kinds: Readonly<Record<string, object[]>>): Promise<void> {
  for (const [kind, rows] of Object.entries(kinds)) {
    const answer = await as('POST', `/api/ingest/${kind}`, rows);
    expect([kind, await answer.json()]).toMatchObject([kind, { accepted: rows.length, rejected: [] }]);
  }
  await deriveCommitted(heng.deps);
}

/** A conversation and a ticket as exports have them, with the name of whoever handled them beside the number. */
export async function putHandled(heng: TestApp): Promise<void> {
  const { number, name } = employee;
  const conversation = { session_id: 'handled', customer_id: 'customer of November' };
  const at = '2026-11-12T10:00:00+08:00';
  await ingestAll(heng, await heng.signedIn({ role: 'administrator' }), {
    sessions: [{ ...conversation, started_at: at, assigned_agent_id: number, agent_name: name }],
    messages: [{ ...conversation, at, sender: 'agent', sender_id: number, text: '好的', 客服昵称: name }],
    tickets: [
      {
        ...{ ticket_id: 'handled', customer_id: 'customer of November', created_at: at, agent_id: number },
        ...{ kind: 'complaint', priority: 'normal', status: 'open', agent_name: name },
      },
    ],
  });
}

/** A frozen card and whatever else names somebody in PostgreSQL, as features write it. `ids`: their account. */
export async function putRecords(heng: TestApp, ids: { readonly member: string }): Promise<void> {
  const { postgres } = heng.stores;
  const { number, name } = employee;
  const put = (sql: string, values: unknown[] = []) => postgres.query(sql, values);
  const plan = resolved(shippedPlan('appliance-aftersales'));
  for (const [agent, input] of [
    [number, exampleFour],
    ['zhao', { ...exampleFour, mentored: [number] }],
  ] as const) {
    const card = score(plan, input);
    await put(
      `INSERT INTO scorecards (period, agent_id, version, plan_id, plan_version, plan_hash, person, input, card, evidence, total, grade, graded_by, made_at, made_by, made_name, cause, reason)
       VALUES ('2026-10', $1, 1, 'p', 1, 'h', $2, $3, $4, '{"x": {"rows": 2, "sha256": "y"}}', $8, $9, 'bands', now(), $5, $6, 'revision', $7)`,
      [
        agent,
        { agentId: agent, name: agent === number ? name : '赵一', team: 'west' },
        input,
        card,
        ids.member,
        name,
        `${agent} 的更正`,
        card.total,
        card.grade,
      ],
    );
    await put(`INSERT INTO scorecard_entries VALUES ('2026-10', $1, 1, 'e')`, [agent]);
  }
  await put(
    `INSERT INTO meeting_moves (period, agent_id, agent_name, plan_id, version, from_grade, to_grade, reason, at, by_id, by_name)
     VALUES ('2026-10', $1, $2, 'p', 1, 'B', 'A', 'SECRET 的理由', now(), $3, $2)`,
    [number, name, ids.member],
  );
  await put(
    `INSERT INTO appeals (period, agent_id, agent_name, team, shop, card_version, issued_version, plan_id, kind, subject, title, items, whole, judged_by, judge_name, reason, submitted_at, submitted_by, submitted_name, state, due_on)
     VALUES ('2026-10', $1, $2, 'west', 'blue', 1, 1, 'p', 'item', 'i', '{}', '{}', false, '{}', $2, 'SECRET 的申诉', now(), $3, $2, 'submitted', '2026-11-20')`,
    [number, name, ids.member],
  );
  await put(
    `INSERT INTO appeal_evidence (appeal_id, at, by_id, by_name, kind, text) SELECT id, now(), $1, $2, 'text', 'SECRET 的证据' FROM appeals`,
    [ids.member, name],
  );
  await put(
    `INSERT INTO skill_levels (agent_id, skill_id, level, reason, evidence, was_proposed, at, by_id, by_name)
     VALUES ($1, 's', 3, 'SECRET 的等级', '[{"kind": "note", "day": "2026-10-01", "ref": "", "text": "SECRET 的依据"}]', false, now(), $2, $3)`,
    [number, ids.member, name],
  );
  await put(
    `INSERT INTO feedback_rounds (name, period, plan_id, plan_version, form, seed, due_on, state, made_at, made_name)
     VALUES ('r', '2026-10', 'p', 1, '{}', 's', '2026-11-01', 'published', now(), $1)`,
    [name],
  );
  await put(`INSERT INTO feedback_subjects SELECT id, $1, $2, 'west' FROM feedback_rounds`, [number, name]);
  await put(
    `INSERT INTO feedback_ratings (round_id, subject, rater, rater_name, perspective, comment)
     SELECT id, $1, rater, CASE rater WHEN $1 THEN $2 ELSE '赵一' END, CASE rater WHEN $1 THEN 'self' ELSE 'peer' END, 'SECRET 的评语' FROM feedback_rounds, unnest(ARRAY[$1, 'zhao']) AS rater`,
    [number, name],
  );
  await put(
    `INSERT INTO plan_versions (plan_id, version, origin, content, hash, created_at, created_by, published_at, published_by) VALUES ('own', 1, 'own', '{}', 'h', now(), $1, now(), $1)`,
    [name],
  );
  await put(
    `INSERT INTO inspection_samples (name, plan, seed, drawn_at, drawn_by, drawn_name) VALUES ('s', $1, 's', now(), $2, $3)`,
    [{ agents: ['zhao', number] }, ids.member, name],
  );
  await put(`INSERT INTO inspection_strata SELECT id, $1, 10, 1 FROM inspection_samples`, [`normal · ${number}`]);
  await put(`INSERT INTO second_factors (member_id, secret, created_at) VALUES ($1, '{}', now())`, [ids.member]);
  const record = {
    ...{ kind: 'outcomeApproved' as const, outcome: 'star', period: '2026-10', amountFen: null },
    ...{ decidedBy: '人事', detail: {}, scorecard: null },
  };
  await transaction(postgres, (connection) =>
    appendEntries(
      connection,
      [{ record: { ...record, agentId: number } }, { record: { ...record, agentId: 'zhao' } }],
      heng.deps,
    ),
  );
}

/** By what somebody would be recognised: their number where it stands alone, and texts wherever they stand. */
interface Marks {
  readonly number: string;
  readonly texts: readonly string[];
}

/** Columns of either store in which somebody still stands. The audit log keeps what was done as it was. */
export async function namesLeft({ postgres, clickhouse }: Stores, { number, texts }: Marks): Promise<string[]> {
  const left: string[] = [];
  const tables = await postgres.query<{ table: string }>(
    `SELECT tablename AS table FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'audit_log'`,
  );
  for (const { table } of tables.rows) {
    const { rows } = await postgres.query<{ column: string }>(
      `SELECT DISTINCT cell.key AS column FROM ${table} AS t, json_each_text(row_to_json(t)) AS cell (key, value)
       WHERE cell.value = $1 OR strpos(cell.value, '"' || $1 || '"') > 0 OR cell.value LIKE '%· ' || $1
         OR EXISTS (SELECT FROM unnest($2::text[]) AS mark WHERE strpos(cell.value, mark) > 0)`,
      [number, texts],
    );
    left.push(...rows.map(({ column }) => `${table}.${column}`));
  }
  const columns = await clickhouse.all.query<{ place: string; names: string[] }>(
    `SELECT concat(database, '.', table) AS place, groupArray(name) AS names FROM system.columns
     WHERE startsWith(database, currentDatabase()) AND match(type, 'String|Map') AND default_kind = ''
       AND (NOT startsWith(table, 'derivation_') OR table = 'derivation_orders') -- The others are there only while facts are derived.
       AND (database, table) IN (SELECT database, name FROM system.tables WHERE engine != 'Join') GROUP BY place ORDER BY place`,
  );
  for (const { place, names } of columns) {
    const found = names.map((column) => {
      const text = `toString(t.${column})`;
      const marks = texts.map((mark) => ` OR position(${text}, '${mark}') > 0`).join('');
      return `if(countIf(match(${text}, '(^|[\\'(:])${number}($|[\\')])')${marks}) > 0, '${column}', '')`;
    });
    const [row] = await clickhouse.all.query<{ columns: string[] }>(
      `SELECT arrayFilter(x -> x != '', [${found.join(', ')}]) AS columns FROM ${place} AS t`,
    );
    left.push(...(row?.columns ?? []).map((column) => `${place} ${column}`));
  }
  return left;
}
