import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  AssessmentList,
  AssessmentWork,
  Behind,
  NominationList,
  SubmittedForms,
} from '../src/appraisal/assessments/schemas.ts';
import { assessmentsMissing } from '../src/appraisal/assessments/verbs/assessmentsMissing.ts';
import { moveCycle } from '../src/appraisal/cycleStore.ts';
import { RawRows } from '../src/facts/testing.ts';
import type { MetricsAnswer } from '../src/metrics/schemas.ts';
import { putAssignment } from '../src/scores/assignmentStore.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';
import { twoTeams } from './twoTeams.ts';

/** zhao works in team east, qian in west; east asked qian for a ticket. It is 5 January: the quarter is over, its forms are due on the 10th. */
let heng: TestApp;
let east: Browser;
let both: Browser;
let hr: Browser;
let director: Browser;
const quarter = '2026-Q4';
const service = { period: quarter, plan: 'appliance-aftersales', form: 'professional_service' };

beforeAll(async () => {
  heng = await openTestApp();
  await twoTeams(heng);
  const raw = new RawRows(heng.stores);
  await raw.put('tickets', [
    {
      ...{ ticket_id: 'asked', customer_id: 'c', agent_id: 'qian', created_at: '2026-11-02T10:00:00+08:00' },
      ...{
        closed_at: '2026-11-02T12:00:00+08:00',
        kind: 'repair',
        priority: 'normal',
        status: 'closed',
        requesting_team: 'east',
      },
    },
  ]);
  await raw.derive();
  heng.clock.nowMs = Date.parse('2027-01-05T09:00:00+08:00');
  const rule = { team: 'east', tier: '', agentId: '', assignedAt: new Date(), assignedBy: 'test' };
  // December by the plan of the service desk, whose forms are monthly.
  await putAssignment(heng.stores.postgres, { ...rule, fromMonth: '2026-12', planId: 'jd-service-desk' });
  east = await heng.signedIn({ role: 'supervisor', scope: { kind: 'teams', teams: ['east'] } });
  both = await heng.signedIn({
    role: 'supervisor',
    scope: { kind: 'teams', teams: ['east', 'west'] },
    agentId: 'qian',
  });
  hr = await heng.signedIn({ role: 'hr' });
  director = await heng.signedIn({ role: 'director' });
});
afterAll(() => heng?.close());

const read = async <Answer>(browser: Browser, path: string): Promise<Answer> => {
  const response = await browser('GET', path);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Answer;
};
const query = (asked: Record<string, string>) => new URLSearchParams(asked).toString();
const workOf = (browser: Browser, form: Record<string, string>) =>
  read<AssessmentWork>(browser, `/api/assessments/form?${query(form)}`);
const figure = async (metric: string, period: string, agent = 'zhao') => {
  const { rows } = await read<MetricsAnswer>(
    hr,
    `/api/metrics?period=${period}&by=agent&agent=${agent}&metric=${metric}`,
  );
  return rows.find(({ key }) => (typeof key === 'string' ? key === agent : key.agent === agent))?.value ?? null;
};
const save = (browser: Browser, form: object, agentId: string, answers: object, revision = 0) =>
  browser('PUT', '/api/assessments/answers', { ...form, agentId, answers, note: '', revision });
const submit = async (browser: Browser, form: object, more: object = {}): Promise<SubmittedForms> => {
  const response = await browser('POST', '/api/assessments/submit', { ...form, ...more });
  expect(response.status).toBe(200);
  return (await response.json()) as SubmittedForms;
};
const code = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

describe('assessments', () => {
  it('what is typed is kept, what is handed in is the figure that plans read, and a correction is a newer version with a reason', async () => {
    const { people, form } = await workOf(east, service);
    expect(people.map(({ agentId, state }) => [agentId, state])).toEqual([['zhao', 'open']]);
    expect(form.asks.kind === 'questions' && form.asks.questions.length).toBe(3);
    expect((await save(east, service, 'zhao', { knowledge: '1' })).status).toBe(200);
    expect((await workOf(east, service)).people[0]).toMatchObject({
      state: 'draft',
      answers: { knowledge: '1' },
      revision: 1,
    });
    expect(await submit(east, service)).toEqual({ submitted: 0, incomplete: ['zhao'], taken: [] });
    expect(await figure('qa_score', quarter)).toBe(null);

    const filled = { knowledge: '1', communication: '2', process: '2' };
    expect(await code(await save(east, service, 'zhao', filled, 0))).toBe('assessment.changed');
    expect(await code(await save(east, service, 'zhao', { ...filled, process: '5' }, 1))).toBe('assessment.invalid');
    await save(east, service, 'zhao', filled, 1);
    expect(await submit(east, service)).toEqual({ submitted: 1, incomplete: [], taken: [] });
    expect(await figure('qa_score', quarter)).toBe('90');

    await save(east, service, 'zhao', { ...filled, process: '3' }, 2);
    expect((await workOf(east, service)).people[0]).toMatchObject({ state: 'correcting' });
    expect(await figure('qa_score', quarter)).toBe('90');
    const refused = await east('POST', '/api/assessments/submit', service);
    expect([refused.status, await code(refused)]).toEqual([422, 'assessment.reasonNeeded']);
    expect(await submit(east, service, { reason: '看错了一单' })).toMatchObject({ submitted: 1 });
    expect(await figure('qa_score', quarter)).toBe('85');
    // All questions beyond judgement: nothing is left, and no zero.
    await save(east, service, 'zhao', { knowledge: 'na', communication: 'na', process: 'na' }, 3);
    await submit(east, service, { reason: '本季请假' });
    expect(await figure('qa_score', quarter)).toBe(null);
    await save(east, service, 'zhao', filled, 4);
    await submit(east, service, { reason: '核对后恢复' });
    expect(await figure('qa_score', quarter)).toBe('90');
    const { rows } = await heng.stores.postgres.query(
      'SELECT version, reason FROM assessment_versions ORDER BY version',
    );
    expect(rows).toEqual([
      { version: 1, reason: '' },
      { version: 2, reason: '看错了一单' },
      { version: 3, reason: '本季请假' },
      { version: 4, reason: '核对后恢复' },
    ]);
    await expect(heng.stores.postgres.query("UPDATE assessment_versions SET reason = ''")).rejects.toMatchObject({
      code: '23001',
    });
  });

  it('nobody assesses themselves or whom they cannot see, and of two who hand in for one person the first counts', async () => {
    expect((await workOf(both, service)).people.map(({ agentId, doneBy }) => [agentId, doneBy])).toEqual([
      ['zhao', 'supervisor'],
    ]);
    expect(await code(await save(both, service, 'qian', { knowledge: '1' }))).toBe('assessment.self');
    expect(await code(await save(east, service, 'qian', { knowledge: '1' }))).toBe('assessment.notYours');
    expect(await code(await save(hr, service, 'zhao', { knowledge: '1' }))).toBe('assessment.notYours');
    await save(both, service, 'zhao', { knowledge: '4', communication: '4', process: '4' });
    expect(await submit(both, service)).toEqual({
      submitted: 0,
      incomplete: [],
      taken: [{ agentId: 'zhao', by: 'supervisor' }],
    });
    expect(await figure('qa_score', quarter)).toBe('90');

    // Both at the same instant.
    const west = { role: 'supervisor', scope: { kind: 'teams', teams: ['west'] } } as const;
    const [one, other] = [await heng.signedIn(west), await heng.signedIn(west)];
    await save(one, service, 'qian', { knowledge: '1', communication: '1', process: '1' });
    await save(other, service, 'qian', { knowledge: '4', communication: '4', process: '4' });
    const outcomes = await Promise.all([submit(one, service), submit(other, service)]);
    expect(outcomes.map(({ submitted }) => submitted).sort()).toEqual([0, 1]);
    expect(outcomes.flatMap(({ taken }) => taken)).toHaveLength(1);
    expect(['100', '40']).toContain(await figure('qa_score', quarter, 'qian'));
  });

  it('a completeness sample is of the person’s own tickets, and only departments that asked for a ticket rate collaboration', async () => {
    const completeness = { ...service, form: 'record_completeness' };
    const { people } = await workOf(east, completeness);
    expect(people.map(({ agentId, tickets }) => [agentId, tickets])).toEqual([['zhao', ['ticket of zhao']]]);
    const lines = ['customer', 'product', 'problem', 'steps'].map((line) => [`1.${line}`, 'yes']);
    await save(east, completeness, 'zhao', { ...Object.fromEntries(lines), '1.follow_up': 'no' });
    await submit(east, completeness);
    expect(await figure('field_completeness', quarter)).toBe('80');

    const collaboration = { ...service, form: 'collaboration' };
    expect((await workOf(east, collaboration)).people.map(({ agentId }) => agentId)).toEqual(['qian']);
    await save(east, collaboration, 'qian', { prompt: '1', helpful: '3' });
    await submit(east, collaboration);
    expect(await figure('collab_rating', quarter, 'qian')).toBe('85');
  });

  it('each line of the compliance checklist counts by itself; what does not apply does not', async () => {
    const inspector = await heng.signedIn({ role: 'inspector' });
    const compliance = { ...service, form: 'compliance' };
    const answers = {
      parts_warranty: 'yes',
      old_parts: 'no',
      fees_told: 'yes',
      fees_invoiced: 'na',
      appointments: 'yes',
    };
    await save(inspector, compliance, 'zhao', answers);
    await submit(inspector, compliance);
    const { rows } = await read<MetricsAnswer>(
      hr,
      `/api/metrics?period=${quarter}&by=team&team=east&metric=process_audit_rate`,
    );
    expect(rows[0]).toMatchObject({ value: '75', numerator: '3', denominator: '4' });
  });

  it('who is missing is told by form, who is behind can be reminded and sees it', async () => {
    const trainer = await heng.signedIn({ role: 'trainer', scope: { kind: 'teams', teams: ['east', 'west'] } });
    // The quarter's two, and zhao's December by the monthly form of the service desk.
    expect(await read<AssessmentList>(trainer, '/api/assessments')).toMatchObject({
      open: 3,
      overdue: 0,
      reminded: null,
    });
    const missing = await assessmentsMissing(heng.deps, quarter);
    expect(missing.map(({ formId, people }) => [formId, people.map(({ agentId }) => agentId)])).toEqual([
      ['record_completeness', ['qian']],
      ['knowledge', ['qian', 'zhao']],
      ['compliance', ['qian']],
    ]);
    // What came by a file is an assessment as well, until it is taken back.
    const byFile = async (withdrawn: string) => {
      const administrator = await heng.signedIn({ role: 'administrator' });
      const row = { agent_id: 'qian', period: quarter, item: 'completeness', value: '95', by: '质检系统', withdrawn };
      expect((await administrator('POST', '/api/ingest/assessments', [row])).status).toBe(200);
      return (await assessmentsMissing(heng.deps, quarter)).map(({ formId }) => formId);
    };
    expect(await byFile('false')).toEqual(['knowledge', 'compliance']);
    expect(await byFile('true')).toEqual(['record_completeness', 'knowledge', 'compliance']);
    const behind = await read<Behind>(hr, `/api/assessments/behind?period=${quarter}`);
    const knowledge = behind.forms.find(({ form }) => form === 'knowledge');
    expect(knowledge).toMatchObject({ dueOn: '2027-01-10', isOverdue: false, total: 2 });
    expect(behind.assessors.find(({ id }) => id === trainer.actor.userId)).toMatchObject({ open: 2, remindedAt: null });
    // A supervisor sees what is missing of the own people, and nobody's being behind.
    const seen = await read<Behind>(east, `/api/assessments/behind?period=${quarter}`);
    expect(JSON.stringify(seen)).not.toContain('SECRET');
    expect(seen.assessors).toEqual([]);

    expect((await hr('POST', '/api/assessments/remind', { period: quarter })).status).toBe(200);
    expect((await read<AssessmentList>(trainer, '/api/assessments')).reminded).toMatchObject({ byName: 'hr' });
    heng.clock.nowMs = Date.parse('2027-01-11T09:00:00+08:00');
    expect(await read<AssessmentList>(trainer, '/api/assessments')).toMatchObject({ open: 3, overdue: 3 });
    const count = { ...service, form: 'knowledge' };
    await save(trainer, count, 'zhao', { count: '3' });
    await save(trainer, count, 'qian', { count: '0' });
    await submit(trainer, count);
    expect(await read<AssessmentList>(trainer, '/api/assessments')).toMatchObject({
      open: 1,
      overdue: 1,
      reminded: null,
    });
    expect([await figure('kb_adopted', quarter), await figure('kb_adopted', quarter, 'qian')]).toEqual(['3', '0']);
  });

  it('of nominations only those count that somebody else accepted, together up to the form’s most', async () => {
    const form = { period: '2026-12', plan: 'jd-service-desk', form: 'innovation' };
    const proposed = { ...form, agentId: 'zhao', what: '话术卡片', evidence: '重复咨询少了 8%' };
    const ids: number[] = [];
    for (const what of ['一', '二', '三']) {
      const answer = await east('POST', '/api/nominations', { ...proposed, what });
      ids.push(((await answer.json()) as { id: number }).id);
    }
    expect(
      (await assessmentsMissing(heng.deps, '2026-12')).find(({ formId }) => formId === 'innovation')?.people,
    ).toHaveLength(1);
    const decide = (browser: Browser, id: number | undefined, body: object) =>
      browser('POST', `/api/nominations/${id}/decide`, { accepted: true, points: '3', reason: '属实', ...body });
    expect(await code(await decide(director, ids[0], { points: '5.5' }))).toBe('nomination.points');
    expect((await decide(director, ids[0], {})).status).toBe(204);
    expect(await figure('innovation_points', '2026-12')).toBe('3');
    await decide(hr, ids[1], { points: '4' });
    await decide(hr, ids[2], { accepted: false, points: '0' });
    expect(await figure('innovation_points', '2026-12')).toBe('5');
    await decide(hr, ids[0], { accepted: false, reason: '与另一项重复' });
    expect(await figure('innovation_points', '2026-12')).toBe('4');
    const { nominations } = await read<NominationList>(director, '/api/nominations');
    expect(nominations.map(({ decision }) => decision?.accepted)).toEqual([false, true, false]);
    // HR's own nomination would be somebody else's to decide.
    expect(
      (await read<NominationList>(east, '/api/nominations')).nominations.every(({ mayDecide }) => !mayDecide),
    ).toBe(true);
    await decide(hr, ids[1], { accepted: false, reason: '撤回' });
    expect(await figure('innovation_points', '2026-12')).toBe(null);
  });

  it('a period that is closed takes no more', async () => {
    const by = { userId: 'x', name: 'x' };
    const move = { period: quarter, at: new Date(heng.clock.nowMs), by, reason: '' };
    await moveCycle(heng.stores.postgres, { ...move, from: 'open', to: 'closed' });
    const { people, isClosed } = await workOf(east, service);
    expect(isClosed).toBe(true);
    expect(await code(await save(east, service, 'zhao', { knowledge: '4' }, people[0]?.revision))).toBe(
      'assessment.closed',
    );
    const refused = await east('POST', '/api/assessments/submit', service);
    expect([refused.status, await code(refused)]).toEqual([409, 'assessment.closed']);
  });
});
