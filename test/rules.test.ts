import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIngest } from '../src/ingest/ingest.ts';
import { incidentsOver } from '../src/inspectedIncidents.ts';
import { parsePeriod } from '../src/metrics/period.ts';
import { queryMetrics } from '../src/metrics/queryMetrics.ts';
import { deriveAfterCommit } from '../src/pipeline.ts';
import { builtServer } from '../src/platform/testing.ts';
import { watchInspection } from '../src/quality/rules/pass.ts';
import type {
  Decided,
  Engines,
  HitList,
  Progress,
  RuleList,
  SessionInspection,
  Trial,
} from '../src/quality/rules/schemas.ts';
import { publishShipped } from '../src/quality/rules/verbs/publishShipped.ts';
import { publishTemplates } from '../src/scores/publishTemplates.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';

/** A desk of two agents whose conversations come in over HTTP while the server inspects them in its thread. */
let heng: TestApp;
let inspection: { stop(): Promise<void> };
let ingest: Awaited<ReturnType<typeof openIngest>>;
let [administrator, inspector]: Browser[] = [];

const at = (time: string) => `2026-10-12T${time}+08:00`;

beforeAll(async () => {
  await builtServer();
  heng = await openTestApp();
  heng.clock.nowMs = Date.parse('2026-10-20T09:00:00+08:00');
  administrator = await heng.signedIn({ role: 'administrator' });
  inspector = await heng.signedIn({ role: 'inspector' });
  await publishShipped(heng.deps);
  ingest = await openIngest(heng.deps, deriveAfterCommit(heng.deps));
  inspection = watchInspection(heng.deps, incidentsOver(ingest));
  await send('agents', [
    { agent_id: 'zhao', name: '赵一', team: 'east', shop: 'red' },
    { agent_id: 'qian', name: '钱二', team: 'west', shop: 'red' },
    { agent_id: 'lead', name: '东组长', team: 'east', shop: 'red' },
  ]);
  await talk('S1', 'zhao', [
    ['customer', '你好，我的洗衣机漏水了，能不能快点'],
    ['agent', '您好，看到您的问题了'],
    ['customer', '都第三次了，你们这是什么售后！'],
    ['agent', '你自己不会看说明书吗，加我微信我发你'],
    ['customer', '谢谢'],
    ['agent', '感谢您的咨询，再见'],
  ]);
  await talk('S2', 'qian', [
    ['customer', '空调什么时候安装'],
    ['agent', '您好，明天上午安装，师傅会联系您'],
    ['customer', '好的'],
    ['agent', '祝您生活愉快，再见'],
  ]);
});
afterAll(async () => {
  await inspection?.stop();
  await ingest?.close();
  await heng?.close();
});

async function send(kind: string, rows: readonly object[]): Promise<void> {
  const answer = await (administrator as Browser)('POST', `/api/ingest/${kind}`, rows);
  expect([answer.status, ((await answer.json()) as { rejected: unknown[] }).rejected]).toEqual([200, []]);
}

async function talk(session_id: string, agent: string, lines: readonly (readonly [string, string])[]): Promise<void> {
  const started = { session_id, customer_id: `c-${session_id}`, started_at: at('10:00:00'), ended_at: at('10:20:00') };
  await send('sessions', [{ ...started, assigned_agent_id: agent, issue: '漏水', shop: 'red' }]);
  await send(
    'messages',
    lines.map(([sender, text], i) => ({
      ...{ session_id, message_id: `${session_id}-${i}`, at: at(`10:0${i}:00`), sender, text },
      ...(sender === 'agent' ? { sender_id: agent } : {}),
    })),
  );
}

async function ask<Answer>(path: string, browser: Browser | undefined = inspector): Promise<Answer> {
  const answer = await (browser as Browser)('GET', path);
  expect([path, answer.status]).toEqual([path, 200]);
  return (await answer.json()) as Answer;
}

/** Asks until it holds; the time it took, in seconds. */
async function until(holds: () => Promise<boolean>, secondsMax = 30): Promise<number> {
  const begun = performance.now();
  while (!(await holds())) {
    if (performance.now() - begun > secondsMax * 1000) throw new Error(`not within ${secondsMax} s`);
    await sleep(100);
  }
  return (performance.now() - begun) / 1000;
}

const marksOf = async (session: string) => (await ask<SessionInspection>(`/api/sessions/${session}/inspection`)).marks;
const upToDate = async () => (await ask<Progress>('/api/inspection', administrator)).upToDate;

async function decide(
  rule: string,
  decision: string,
  more: object = {},
  browser: Browser | undefined = inspector,
  sessionId = 'S1',
): Promise<Response> {
  const mark = (await marksOf(sessionId)).find((each) => each.rule === rule);
  const hit = { sessionId, rule, messageKey: mark?.messageKey ?? '0' };
  return (browser as Browser)('POST', '/api/hits/decisions', { ...hit, decision, ...more });
}

async function redLines(): Promise<string> {
  const [row] = await queryMetrics(heng.stores.clickhouse, {
    ...{ period: parsePeriod('2026-10', 'Asia/Shanghai'), by: ['agent'], metrics: ['redline_count'] },
    ...{ filter: { agent: ['zhao'] }, timeZone: 'Asia/Shanghai', now: heng.clock.nowMs },
  });
  return row?.status === 'noData' ? '0' : String(row?.numerator);
}

describe('rules over conversations', () => {
  it('finds what crossed a line in what was just imported, where and by whom, and nothing in a decent conversation', async () => {
    await until(upToDate);
    const marks = await marksOf('S1');
    expect(marks.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['mockery', 'off_platform']));
    const mockery = marks.find(({ rule }) => rule === 'mockery');
    expect(mockery).toMatchObject({ agentId: 'zhao', status: 'open', standing: 'redLine' });
    const text = '你自己不会看说明书吗，加我微信我发你';
    expect(mockery?.places.map(({ from, to }) => text.slice(from, to))).toContain('自己不会看');
    expect(await marksOf('S2')).toEqual([]);
  });

  it('reads a new message by itself, and says how long it took', async () => {
    const key = (await marksOf('S1')).length;
    expect(key).toBeGreaterThan(0);
    await send('messages', [
      {
        session_id: 'S2',
        message_id: 'late',
        at: at('10:10:00'),
        sender: 'agent',
        sender_id: 'qian',
        text: '你是猪吗，傻逼',
      },
    ]);
    const seconds = await until(async () => (await marksOf('S2')).some(({ rule }) => rule === 'abuse'), 60);
    console.log(`a new message was inspected after ${seconds.toFixed(1)} s`);
    await until(upToDate);
    expect((await ask<Progress>('/api/inspection', administrator)).lagSeconds).toBeGreaterThanOrEqual(0);
  });

  it('counts a red line only once a person has confirmed it, and no more once it is overturned', async () => {
    expect(await redLines()).toBe('0');
    expect((await ask<HitList>('/api/hits?rule=mockery')).hits).toHaveLength(1);
    const decided = (await (await decide('mockery', 'confirmed', { comment: '回怼客户' })).json()) as Decided;
    expect(decided).toEqual({ status: 'confirmed', incident: 'due', monthClosed: false, heldByPlan: false });
    await until(async () => (await redLines()) === '1');
    expect((await ask<HitList>('/api/hits?rule=mockery')).hits).toEqual([]);
    await decide('mockery', 'overturned');
    await until(async () => (await redLines()) === '0');
    await decide('mockery', 'confirmed');
    await until(async () => (await redLines()) === '1');
    const { rows } = await heng.stores.postgres.query(
      `SELECT count(*)::int AS n FROM audit_log WHERE action = 'hit.decided'`,
    );
    expect(rows).toEqual([{ n: 3 }]);
  });

  it('lists the hits that nobody decided about, and those that somebody did, however many thousands are decided', async () => {
    const { postgres, clickhouse } = heng.stores;
    await postgres.query(
      `INSERT INTO hit_decisions (session_id, rule, rule_version, message_key, agent_id, message_at, decision, decided_at, decided_by, decider_name, by_words)
       SELECT 'an earlier conversation, number ' || n, 'threat', 1, n, 'zhao', now(), 'confirmed', now(), 'x', 'x', true FROM generate_series(1, 5000) AS n`,
    );
    await clickhouse.all.command(
      `INSERT INTO hit_labels SELECT concat('an earlier conversation, number ', toString(number + 1)), 'threat', number + 1, 'zhao', 'confirmed', 1, now(), 1 FROM numbers(5000)`,
    );
    expect((await ask<HitList>('/api/hits?rule=off_platform')).hits).toMatchObject([{ status: 'open' }]);
    expect((await ask<HitList>('/api/hits?rule=mockery')).hits).toEqual([]);
    await until(async () => (await ask<HitList>('/api/hits?rule=mockery&decided=true')).hits.length === 1);
    await postgres.query(`DELETE FROM hit_decisions WHERE rule = 'threat'`);
  });

  it('keeps everybody from deciding about themselves, inspectors about their team, and supervisors from clearing its red lines', async () => {
    const own = await heng.signedIn({ role: 'inspector', agentId: 'zhao' });
    const colleague = await heng.signedIn({ role: 'inspector', agentId: 'lead' });
    const supervisor = await heng.signedIn({ role: 'supervisor', scope: { kind: 'teams', teams: ['east'] } });
    const refusal = async (browser: Browser, rule: string, decision: string, more: object = {}) => {
      const answer = await decide(rule, decision, more, browser);
      return [answer.status, answer.ok ? '' : ((await answer.json()) as { error: { code: string } }).error.code];
    };
    for (const decision of ['confirmed', 'overturned', 'missed']) {
      expect(await refusal(own, 'off_platform', decision)).toEqual([
        ...(decision === 'missed' ? [409, 'hit.exists'] : [403, 'hit.own']),
      ]);
    }
    expect(await refusal(colleague, 'off_platform', 'confirmed')).toEqual([403, 'hit.ownTeam']);
    expect(await refusal(colleague, 'off_platform', 'comment', { comment: '请看上文' })).toEqual([200, '']);
    expect(await refusal(supervisor, 'mockery', 'overturned')).toEqual([403, 'hit.ownRedLine']);
    expect(await refusal(supervisor, 'off_platform', 'confirmed')).toEqual([200, '']);
    expect((await marksOf('S1')).find(({ rule }) => rule === 'mockery')?.status).toBe('confirmed');
    await decide('off_platform', 'overturned');
    await heng.stores.postgres.query(`UPDATE members SET deactivated_at = now() WHERE agent_id IS NOT NULL`);
  });

  it('what a person says was missed can be taken back, commented on and confirmed, and stays missed where one asks how much is found', async () => {
    const [first] = (await ask<{ messages: { key: string }[] }>('/api/sessions/S2')).messages;
    const hit = { sessionId: 'S2', rule: 'threat', messageKey: first?.key };
    const say = async (decision: string, more: object = {}) => {
      const answer = await (inspector as Browser)('POST', '/api/hits/decisions', { ...hit, decision, ...more });
      return [answer.status, (await answer.json()) as Decided] as const;
    };
    const mark = async () => (await marksOf('S2')).find(({ rule }) => rule === 'threat');
    const label = async () => {
      const rows = await heng.stores.clickhouse.all.query<{ label: string }>(
        `SELECT toString(label) AS label FROM hit_labels FINAL WHERE session_id = 'S2' AND rule = 'threat'`,
      );
      return rows.map((row) => row.label).join();
    };
    expect((await say('overturned'))[0]).toBe(404);
    expect(await say('missed')).toMatchObject([200, { status: 'missed', incident: 'none' }]);
    expect(await say('comment', { comment: '话里有话' })).toMatchObject([200, { status: 'missed' }]);
    expect(await mark()).toMatchObject({ status: 'missed', foundBy: 'person', agentId: 'qian' });
    expect(await say('confirmed')).toMatchObject([200, { status: 'confirmed', incident: 'due' }]);
    await until(async () => (await mark())?.incident === 'written');
    expect(await label()).toBe('missed');
    expect(await say('overturned')).toMatchObject([200, { status: 'overturned', incident: 'due' }]);
    await until(async () => (await label()) === 'overturned');
  });

  it('deducts nothing for a rule that has not earned it, though somebody confirmed the hit', async () => {
    await send('messages', [
      {
        session_id: 'S1',
        message_id: 'sorry',
        at: at('10:11:00'),
        sender: 'agent',
        sender_id: 'zhao',
        text: '这事不归我管',
      },
    ]);
    await until(async () => (await marksOf('S1')).some(({ rule }) => rule === 'deflection'));
    const decided = (await (await decide('deflection', 'confirmed')).json()) as Decided;
    expect(decided).toEqual({ status: 'confirmed', incident: 'none', monthClosed: false, heldByPlan: false });
    const { rules } = await ask<RuleList>('/api/rules');
    expect(rules.find(({ id }) => id === 'deflection')).toMatchObject({
      standing: 'learning',
      precision: { labelled: 1, confirmed: 1, percent: 100 },
    });
  });

  it('deducts nothing for a rule that has earned it where the plan of whom it is about asks for more, and says so', async () => {
    const { postgres } = heng.stores;
    const saved = await (inspector as Browser)('PUT', '/api/rules/promises', {
      ...{ reason: '', evenSo: true },
      text: `id: promises\nname: { zh: 快, en: Fast }\ncategory: other\nseverity: minor\nincident: listening\nwhen: { phrases: [感谢您的咨询] }\n`,
    });
    expect(saved.status).toBe(204);
    await until(async () => (await marksOf('S1')).some(({ rule }) => rule === 'promises'));
    const [mark] = (await marksOf('S1')).filter(({ rule }) => rule === 'promises');
    // Sixty people's words about hits that the rule makes: of this one place, under names of their own.
    await heng.stores.clickhouse.all.command(
      `INSERT INTO rule_hits SELECT * REPLACE (concat('earlier ', toString(n)) AS session_id) FROM (
         SELECT * FROM rule_hits FINAL WHERE session_id = 'S1' AND rule = 'promises' AND live = 1
       ) ARRAY JOIN range(60) AS n`,
    );
    await postgres.query(
      `INSERT INTO hit_decisions (session_id, rule, rule_version, message_key, agent_id, message_at, decision, decided_at, decided_by, decider_name, by_words)
       SELECT 'earlier ' || n, 'promises', $1, $2, 'zhao', now(), 'confirmed', now(), 'x', 'x', false FROM generate_series(0, 59) AS n`,
      [mark?.ruleVersion, mark?.messageKey],
    );
    const plan = async (labelled: string) => {
      await postgres.query('ALTER TABLE plan_versions DISABLE TRIGGER USER');
      await postgres.query(
        `UPDATE plan_versions SET content = jsonb_set(content::jsonb, '{ruleEvidence}', $1)::text WHERE plan_id = 'appliance-aftersales'`,
        [JSON.stringify({ labelled, precisionPercent: '80', rolling: '30' })],
      );
    };
    await publishTemplates(heng.deps);
    await plan('100');
    const first = (await (await decide('promises', 'confirmed')).json()) as Decided;
    expect(first).toEqual({ status: 'confirmed', incident: 'none', monthClosed: false, heldByPlan: true });
    await plan('50');
    const second = (await (await decide('promises', 'confirmed')).json()) as Decided;
    expect(second).toMatchObject({ incident: 'due', heldByPlan: false });
    await decide('promises', 'overturned');
  });

  it('shows an agent what a person confirmed and nothing else', async () => {
    const agent = await heng.signedIn({ role: 'agent', agentId: 'zhao' });
    const seen = await ask<SessionInspection>('/api/sessions/S1/inspection', agent);
    expect(seen.marks.map(({ rule }) => rule).sort()).toEqual(['deflection', 'mockery']);
    const other = await heng.signedIn({ role: 'agent', agentId: 'qian' });
    expect((await other('GET', '/api/sessions/S1/inspection')).status).toBe(404);
  });

  it('looks at all text again when a list changes, keeps what a rule found before, and writes only what changed', async () => {
    const rows = () =>
      heng.stores.clickhouse.all.query<{ rule: string; live: number; n: string }>(
        `SELECT toString(rule) AS rule, live, count() AS n FROM rule_hits FINAL WHERE session_id = 'S1' GROUP BY rule, live ORDER BY rule, live`,
      );
    const before = await rows();
    const saved = await (inspector as Browser)('PUT', '/api/word-lists/mockery', {
      ...{ name: { zh: '嘲讽', en: 'Mockery' }, severity: 'major', text: '说明书\n爱投诉就', reason: '收窄' },
    });
    expect(saved.status).toBe(204);
    await until(
      async () => !(await upToDate()) || (await rows()).some(({ rule, live }) => rule === 'mockery' && live === 0),
    );
    await until(upToDate);
    const after = await rows();
    expect(after.filter(({ rule }) => rule === 'mockery')).toEqual([
      { rule: 'mockery', live: 0, n: '1' },
      { rule: 'mockery', live: 1, n: '1' },
    ]);
    expect(after.filter(({ rule }) => rule !== 'mockery')).toEqual(before.filter(({ rule }) => rule !== 'mockery'));
    const mark = (await marksOf('S1')).find(({ rule }) => rule === 'mockery');
    // The person's word about this message stands under the new version too.
    expect(mark).toMatchObject({ status: 'confirmed', inForce: true });
  });

  it('shows what was decided though the rule hits it no longer, and takes it back', async () => {
    const saved = await (inspector as Browser)('PUT', '/api/word-lists/mockery', {
      ...{ name: { zh: '嘲讽', en: 'Mockery' }, severity: 'major', text: '爱投诉就', reason: '再收窄' },
    });
    expect(saved.status).toBe(204);
    const mark = async () => (await marksOf('S1')).find(({ rule }) => rule === 'mockery');
    await until(async () => (await mark())?.inForce === false);
    expect(await mark()).toMatchObject({ status: 'confirmed', incident: 'written', foundBy: 'rule', agentId: 'zhao' });
    expect(await redLines()).toBe('1');
    expect(await (await decide('mockery', 'overturned')).json()).toMatchObject({
      status: 'overturned',
      incident: 'due',
    });
    await until(async () => (await redLines()) === '0');
  });

  it('tries a rule on history without using it', async () => {
    const text =
      'id: thanks\nname: { zh: 致谢, en: Thanks }\ncategory: other\nseverity: minor\nwhen: { phrases: [谢谢], by: customer }\n';
    const begun = (await (await (inspector as Browser)('POST', '/api/rule-trials', { text })).json()) as Trial;
    let trial = begun;
    await until(async () => {
      trial = await ask<Trial>(`/api/rule-trials/${begun.id}`);
      return !trial.running;
    });
    expect(trial).toMatchObject({ sessions: 2, sessionsHit: 1, hits: 1, sharePercent: 50, stopped: null });
    expect(trial.sample).toMatchObject([{ sessionId: 'S1', text: '谢谢' }]);
    expect((await ask<RuleList>('/api/rules')).rules.some(({ id }) => id === 'thanks')).toBe(false);
  });

  it('tries a word list on history without using it: what the rules that use it would hit, or its words where none does', async () => {
    const tried = async (list: object) => {
      const begun = (await (await (inspector as Browser)('POST', '/api/rule-trials', { list })).json()) as Trial;
      let trial = begun;
      await until(async () => {
        trial = await ask<Trial>(`/api/rule-trials/${begun.id}`);
        return !trial.running;
      });
      return trial;
    };
    // 'abuse' is looked for in customers' words by one rule and in agents' by another.
    expect(await tried({ id: 'abuse', text: '洗衣机\n归我管' })).toMatchObject({
      sessions: 2,
      sessionsHit: 1,
      hits: 2,
    });
    expect(await tried({ id: 'brand_new', text: '明天上午' })).toMatchObject({
      ...{ sessionsHit: 1, hits: 1 },
      sample: [{ sessionId: 'S2', places: [{ from: 3, to: 7 }] }],
    });
    expect((await ask<RuleList>('/api/rules')).lists.some(({ id }) => id === 'brand_new')).toBe(false);
    const refused = await (inspector as Browser)('POST', '/api/rule-trials', { list: { id: 'abuse', text: '一' } });
    expect([refused.status, await refused.json()]).toMatchObject([422, { error: { code: 'wordList.invalid' } }]);
  });

  it('says of a period by which engine it was measured, and what that gets wrong', async () => {
    const [october, may] = await Promise.all(
      ['2026-10', '2026-05'].map((period) => ask<Engines>(`/api/inspection/engines?period=${period}`)),
    );
    const { engine } = await ask<Progress>('/api/inspection', administrator);
    expect(october).toEqual({ versions: [engine?.version], errors: engine?.errors });
    expect(october?.errors.length).toBeGreaterThan(0);
    expect(may?.versions).toEqual([]);
  });

  it('a flood of emoji, a message that is a book, debris of encodings and an English talk hold nothing up', async () => {
    await talk('S5', 'qian', [
      ['customer', '😀👍🏽'.repeat(20_000)],
      ['customer', `锟斤拷\ufffd烫烫烫${'长话'.repeat(170_000)}`],
      ['customer', 'My fridge is broken and nobody answers'],
      ['agent', 'You are an idiot, shut up'],
    ]);
    expect(await until(upToDate)).toBeLessThan(10);
    const marks = await marksOf('S5');
    expect(marks.map(({ rule }) => rule)).toContain('abuse');
    // Of what was not read to its end it says so.
    const told = await ask<SessionInspection>('/api/sessions/S5/inspection');
    expect(told).toMatchObject({ partlyInspected: 2, inspectedCharacters: 20_000 });
    expect(await ask<SessionInspection>('/api/sessions/S1/inspection')).toMatchObject({ partlyInspected: 0 });
    expect(marks.find(({ rule }) => rule === 'abuse')).toMatchObject({
      agentId: 'qian',
      places: ['idiot', 'shut up'].map((said) => {
        const from = 'You are an idiot, shut up'.indexOf(said);
        return { from, to: from + said.length };
      }),
    });
  });

  it('alerts the supervisor of the agent’s team where negative words pass 3%, until somebody decides, and deducts nothing', async () => {
    const upset = [
      '你们太差劲了，失望透顶',
      '等了三天还是没有人上门，气死我了，这种垃圾服务真让人恶心',
      '太过分了，我要投诉到底',
    ];
    await talk('S6', 'zhao', [...upset.map((text) => ['customer', text] as const), ['agent', '您好，这就为您处理']]);
    await until(upToDate);
    const supervisorOf = (team: string) =>
      heng.signedIn({ role: 'supervisor', scope: { kind: 'teams', teams: [team] } });
    const [east, west] = [await supervisorOf('east'), await supervisorOf('west')];
    const alerts = async (of: Browser) =>
      (await ask<HitList>('/api/hits?rule=!', of)).hits.map(({ sessionId, rule }) => `${sessionId} ${rule}`);
    expect(await alerts(east)).toContain('S6 negative_alert');
    expect((await alerts(west)).filter((alert) => alert.startsWith('S6'))).toEqual([]);
    heng.clock.nowMs += 10 * 86_400_000;
    expect(await alerts(east)).toEqual([]);
    heng.clock.nowMs -= 10 * 86_400_000;
    const hit = { sessionId: 'S6', rule: 'negative_alert', messageKey: '0', decision: 'confirmed' };
    expect(await (await east('POST', '/api/hits/decisions', hit)).json()).toMatchObject({
      status: 'confirmed',
      incident: 'none',
    });
    expect((await alerts(east)).filter((alert) => alert.startsWith('S6'))).toEqual([]);
  });

  it('answers bad input with every fault and its place', async () => {
    const put = async (path: string, body: object) => {
      const answer = await (inspector as Browser)('PUT', path, body);
      return {
        status: answer.status,
        body: (await answer.json()) as { error: { code: string; issues?: { path: string; code: string }[] } },
      };
    };
    const rule = (when: string) =>
      `id: bad\nname: { zh: 坏, en: Bad }\ncategory: other\nseverity: minor\nwhen: ${when}\n`;
    const codes = async (when: string) =>
      (await put('/api/rules/bad', { text: rule(when), reason: '' })).body.error.issues?.map(
        ({ path, code }) => `${path} ${code}`,
      );
    expect(await codes('{ phrases: ["(a+)+$", "。。"], by: agent }')).toEqual([
      'when.phrases[0] phrase.pattern',
      'when.phrases[1] phrase.nothing',
    ]);
    expect(await codes('{ not: { phrases: [您好] } }')).toEqual(['when condition.onlyNot']);
    expect(await codes('{ words: [nowhere] }')).toEqual(['when.words[0] list.unknown']);
    const many = await put('/api/word-lists/pasted', {
      ...{ name: { zh: '贴', en: 'Pasted' }, severity: 'minor', reason: '' },
      text: Array.from({ length: 100_000 }, (_, i) => `词${i}`).join('\n'),
    });
    expect(many).toMatchObject({
      status: 422,
      body: { error: { issues: [{ path: 'words', code: 'words.tooMany' }] } },
    });
  });

  it('leaves a closed month as it is: nothing is inspected anew by later rules, and decisions are labels and no incidents', async () => {
    await until(upToDate);
    const confirmed = await decide('off_platform', 'confirmed');
    expect(await confirmed.json()).toMatchObject({ incident: 'due', monthClosed: false });
    const { postgres, clickhouse } = heng.stores;
    await postgres.query(`INSERT INTO cycles VALUES ('2026-10', 'closed', NULL, now())`);
    await postgres.query(`INSERT INTO closings VALUES ('2026-10', 'none', now(), 'x', 'x', '', '{}', '[]', '[]', 0)`);
    const ruleSets = () =>
      clickhouse.all.query(`SELECT session_id, rule_set, version FROM inspected_sessions FINAL ORDER BY session_id`);
    const before = await ruleSets();
    const saved = await (inspector as Browser)('PUT', '/api/word-lists/off_platform', {
      ...{
        name: { zh: '引导站外', en: 'Leading off the platform' },
        severity: 'major',
        text: '不再使用的词',
        reason: '',
      },
    });
    expect(saved.status).toBe(204);
    await until(upToDate);
    expect(await ruleSets()).toEqual(before);
    expect((await marksOf('S1')).find(({ rule }) => rule === 'off_platform')).toMatchObject({ inForce: true });
    expect(await (await decide('abuse', 'confirmed', {}, inspector, 'S5')).json()).toMatchObject({
      status: 'confirmed',
      incident: 'none',
      monthClosed: true,
    });
    const refused = await decide('off_platform', 'overturned');
    expect([refused.status, (await refused.json()) as object]).toMatchObject([
      409,
      { error: { code: 'hit.monthClosed' } },
    ]);
  });
});
