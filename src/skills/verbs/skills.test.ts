import { afterAll, beforeAll, expect, test } from 'vitest';
import { aSession, RawRows, says } from '../../facts/testing.ts';
import { outcomesQuerySchema } from '../../outcomes/schemas.ts';
import { aCard, publish } from '../../outcomes/testing.ts';
import { decideProposals } from '../../outcomes/verbs/decideProposals.ts';
import { listOutcomes } from '../../outcomes/verbs/listOutcomes.ts';
import { proposeOutcomes } from '../../outcomes/verbs/proposeOutcomes.ts';
import type { Actor, Role } from '../../people/actor.ts';
import type { Deps } from '../../platform/http.ts';
import { silentLog } from '../../platform/log.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import { transaction } from '../../platform/transaction.ts';
import { publishTemplates } from '../../scores/publishTemplates.ts';
import { factsOf } from '../factStore.ts';
import type { Evidence, Level } from '../skillSchema.ts';
import { lockSkills } from '../skillStore.ts';
import { decideLevel, giveLevel } from './giveLevel.ts';
import { proposeRotations } from './proposeRotations.ts';
import { listProposals, readMatrix, readPerson } from './readMatrix.ts';
import { saveJob, saveSkill } from './saveCatalogue.ts';
import { setJob } from './setJob.ts';

let stores: TestStores;
let deps: Deps;
const actor = (userId: string, role: Role, more: Partial<Actor> = {}): Actor => ({
  ...{ userId, name: userId, role, agentId: null, scope: { kind: 'all' } },
  ...more,
});
const hr = actor('hr', 'hr');
const lead = actor('lead', 'supervisor', { scope: { kind: 'teams', teams: ['一组'] }, agentId: 'qian' });
const zhao = actor('zhao', 'agent', { agentId: 'zhao' });
const at = new Date('2026-11-03T04:00:00Z');
const note: Evidence = { kind: 'note', day: '2026-11-01', ref: '', text: '旁听三通电话' };

const codeOf = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (cause: { code?: string }) => cause.code,
  );
const give = (who: Actor, skill: string, level: Level | null, evidence: Evidence[] = [note], agentId = 'zhao') =>
  giveLevel(deps, who, agentId, { skill, level, reason: '当面评议', evidence });
const rotations = async () => {
  const { proposals } = await listOutcomes(deps, hr, outcomesQuerySchema.parse({ kind: 'rotation' }));
  return proposals.map(({ id, rule, supported }) => ({ id, rule, supported }));
};

beforeAll(async () => {
  stores = await startTestStores();
  deps = { stores, now: () => at.getTime(), timeZone: 'Asia/Shanghai', log: silentLog };
  await publishTemplates(deps);
  const raw = new RawRows(stores);
  await raw.put('agents', [
    { agent_id: 'zhao', name: '赵一', team: '一组', shop: '店', tier: 'senior' },
    { agent_id: 'qian', name: '钱二', team: '一组', shop: '店', tier: 'junior' },
    { agent_id: 'sun', name: '孙三', team: '二组', shop: '店', tier: 'mid' },
  ]);
  await raw.put('sessions', [aSession('s1', '10:00:00', { assigned_agent_id: 'zhao', shop: '店' })]);
  await raw.put('messages', [
    says('s1', '10:00:00', 'customer'),
    says('s1', '10:00:20', 'agent', { sender_id: 'zhao' }),
  ]);
  await raw.put(
    'assessments',
    ['zhao', 'sun'].map((agent_id) => ({ agent_id, period: '2026-10', item: 'exam:平台规则', value: 91, by: 'hr' })),
  );
  await raw.derive();
  await publish(stores.postgres, '2026-10', [
    aCard('zhao', '2026-10', 'senior', { tier: 'senior' }),
    aCard('qian', '2026-10', 'senior'),
  ]);
});
afterAll(() => stores.close());

test('facts propose a level to those who assess, which a named person takes over or declines for as long as the facts stay', async () => {
  expect((await readPerson(deps, zhao, 'zhao')).proposals).toEqual([]);
  const { proposals } = await listProposals(deps, hr);
  expect(proposals.map(({ agent, skill, level }) => [agent.agentId, skill, level])).toEqual([
    ['sun', 'product_knowledge', 4],
    ['zhao', 'product_knowledge', 4],
  ]);
  expect((await listProposals(deps, lead)).proposals.map(({ agent }) => agent.agentId)).toEqual(['zhao']);
  const decide = (agentId: string, decision: 'approved' | 'declined', level: Level = 4) =>
    decideLevel(deps, hr, agentId, { skill: 'product_knowledge', level, decision, reason: '看过试卷' });
  expect(await codeOf(decide('zhao', 'approved', 5))).toBe('skill.noProposal');
  const twice = await Promise.all([decide('zhao', 'approved'), decide('zhao', 'approved')].map(codeOf));
  expect(twice.sort()).toEqual(['done', 'skill.noProposal']);
  await decide('sun', 'declined');
  expect((await listProposals(deps, hr)).proposals).toEqual([]);
  const { history } = await readPerson(deps, zhao, 'zhao');
  expect(history).toMatchObject([
    { level: 4, by: 'hr', wasProposed: true, evidence: [{ kind: 'exam', ref: '2026-10', text: '91.00' }] },
  ]);
});

test('exams are found among more people than the address of a question has room for', async () => {
  const many = Array.from({ length: 20_000 }, (_, n) => `nobody-with-a-long-number-that-fills-an-address-${n}`);
  const facts = await factsOf(deps, [...many, 'zhao']);
  expect(facts.get('zhao')?.exams).toMatchObject([{ ref: '2026-10', hundredths: 9100, papers: { n: 1n } }]);
  expect(facts.get('sun')).toBeUndefined();
});

test('whoever changes skills, jobs, levels or rotations waits for who does already', async () => {
  const [one] = (await readMatrix(deps, hr)).skills;
  const { id, version, ...content } = one ?? ({} as never);
  const level = { skill: 'product_knowledge', level: 4 as Level, decision: 'approved' as const, reason: '' };
  const holder = await stores.postgres.connect();
  await holder.query('BEGIN');
  await lockSkills(holder);
  const done = [
    give(hr, 'emergency_handling', 1, [note], 'sun'),
    decideLevel(deps, hr, 'sun', level),
    setJob(deps, hr, 'sun', { job: 'agent', reason: '定岗' }),
    saveSkill(deps, hr, { id, version, content }),
    transaction(stores.postgres, (connection) => proposeRotations(connection, { at })),
  ].map(codeOf);
  const waiting = `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  await expect.poll(async () => (await holder.query(waiting)).rows[0]?.n, { timeout: 10_000 }).toBe(done.length);
  await holder.query('ROLLBACK');
  holder.release();
  expect(await Promise.all(done)).toEqual(['done', 'skill.noProposal', 'done', 'done', 'done']);
});

test('a level needs evidence that exists, is the person’s own and is not to come; personal data in it is masked', async () => {
  expect(await codeOf(give(hr, 'emergency_handling', 3, []))).toBe('skill.noEvidence');
  const strange: Evidence[] = [
    { kind: 'session', day: '2026-10-12', ref: 'nowhere', text: '' },
    { kind: 'session', day: '2027-01-01', ref: 's1', text: '' },
    { kind: 'inspection', day: '2026-10-12', ref: '7', text: '' },
    { kind: 'exam', day: '2026-10-12', ref: '2026-09', text: '' },
    { ...note, text: '' },
  ];
  const refused = await give(hr, 'emergency_handling', 3, [...strange, note]).catch((cause) => cause.issues);
  expect(refused.map(({ path }: { path: string }) => path)).toEqual([
    ...['evidence.0.ref', 'evidence.1.day', 'evidence.2.ref', 'evidence.3.ref', 'evidence.4.text'],
  ]);
  const session: Evidence = { kind: 'session', day: '2026-10-12', ref: 's1', text: '客户 13812345678 的投诉' };
  expect(await codeOf(give(hr, 'emergency_handling', 3, [session], 'qian'))).toBe('skill.evidence');
  await give(hr, 'emergency_handling', 3, [session]);
  const [last] = (await readPerson(deps, zhao, 'zhao')).history;
  expect(last?.evidence[0]?.text).not.toContain('13812345678');
});

test('nobody judges themselves or beyond their scope, agents see themselves alone, and history is never altered', async () => {
  expect(await codeOf(give(lead, 'emergency_handling', 5, [note], 'qian'))).toBe('skill.own');
  expect(await codeOf(give(lead, 'emergency_handling', 5, [note], 'sun'))).toBe('skill.person');
  expect(await codeOf(give(hr, 'flying', 5))).toBe('skill.unknown');
  expect((await readMatrix(deps, zhao)).people.map(({ agentId }) => agentId)).toEqual(['zhao']);
  expect(await codeOf(readPerson(deps, zhao, 'sun'))).toBe('skill.person');
  await expect(stores.postgres.query('UPDATE skill_levels SET level = 5')).rejects.toThrow(/never changes/);
});

test('levels that meet another job propose a rotation, which falls with them and is decided like all proposals', async () => {
  expect(await rotations()).toEqual([]);
  await give(hr, 'emergency_handling', 4);
  await give(lead, 'emotional_communication', 4);
  const proposed = await rotations();
  expect(proposed.map(({ rule, supported }) => [rule, supported])).toEqual([
    ['job team_leader', true],
    ['job escalation_desk', true],
  ]);
  // Cards that are looked at again do not take away what levels propose.
  await proposeOutcomes(stores.postgres, { period: '2026-10', at, by: hr });
  expect(await rotations()).toEqual(proposed);
  await give(hr, 'emotional_communication', null, []);
  expect((await rotations()).map(({ supported }) => supported)).toEqual([false, false]);
  await give(hr, 'emotional_communication', 5);
  expect((await rotations()).map(({ supported }) => supported)).toEqual([true, true]);
  const id = (await rotations()).find(({ rule }) => rule === 'job escalation_desk')?.id ?? 0;
  await decideProposals(deps, hr, { ids: [id], decision: 'approved', reason: '本人同意' });
  await setJob(deps, hr, 'zhao', { job: 'escalation_desk', reason: '轮岗' });
  const { proposals } = await listOutcomes(
    deps,
    hr,
    outcomesQuerySchema.parse({ state: 'approved', kind: 'rotation' }),
  );
  expect(proposals.map(({ supported, decided }) => [supported, decided?.by])).toEqual([[true, 'hr']]);
  expect((await rotations()).map(({ rule }) => rule)).toEqual(['job team_leader', 'job senior_agent']);
});

test('a job that asks for more makes gaps and takes proposals back; who edits what was edited meanwhile is told', async () => {
  const { jobs, skills } = await readMatrix(deps, hr);
  const { id, version, ...content } = jobs.find((each) => each.id === 'team_leader') ?? jobs[0] ?? ({} as never);
  const own = await saveSkill(deps, hr, {
    ...{ id: null, version: 0 },
    content: {
      ...(skills[0] ?? ({} as never)),
      name: { zh: '带教', en: 'Mentoring' },
      id: undefined,
      version: undefined,
    } as never,
  });
  const asked = { ...content, requires: { ...content.requires, [own.id]: 3 as Level } };
  expect(await saveJob(deps, hr, { id, version, content: asked })).toEqual({ id, version: 1 });
  expect(await codeOf(saveJob(deps, hr, { id, version, content: asked }))).toBe('skill.changed');
  expect((await rotations()).map(({ supported }) => supported)).toEqual([false, true]);
  expect((await readPerson(deps, zhao, 'zhao')).gaps.next).toEqual([{ skill: own.id, required: 3, level: null }]);
});
