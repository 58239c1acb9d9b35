import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessmentsMissing } from '../src/appraisal/assessments/verbs/assessmentsMissing.ts';
import type {
  FeedbackRoundPage,
  MyRounds,
  RatingPage,
  RoundReport,
  RoundResultPage,
} from '../src/appraisal/rounds/schemas.ts';
import { RawRows } from '../src/facts/testing.ts';
import type { Evidence, MetricsAnswer } from '../src/metrics/schemas.ts';
import { putAssignment } from '../src/scores/assignmentStore.ts';
import { publishTemplates } from '../src/scores/publishTemplates.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';

/** boss leads a1 to a5 of team east; w1 to w3 are of team west; gone left in November. It is 5 January. */
let heng: TestApp;
let hr: Browser;
const agents = ['boss', 'a1', 'a2', 'a3', 'a4', 'a5', 'w1', 'w2', 'w3'] as const;
const browsers = new Map<string, Browser>();
let round = 0;
const period = '2026-Q4';

beforeAll(async () => {
  heng = await openTestApp();
  const raw = new RawRows(heng.stores);
  await raw.put(
    'agents',
    [...agents, 'gone'].map((id) => ({
      ...{ agent_id: id, name: `name of ${id}`, team: id.startsWith('w') ? 'west' : 'east', valid_from: '2026-01-01' },
      ...(id.startsWith('a') ? { manager_id: 'boss' } : {}),
      ...(id === 'gone' ? { left_on: '2026-11-20' } : {}),
    })),
  );
  await raw.derive();
  await publishTemplates(heng.deps);
  heng.clock.nowMs = Date.parse('2027-01-05T09:00:00+08:00');
  const rule = { team: '', tier: '', agentId: '', assignedAt: new Date(), assignedBy: 'test' };
  await putAssignment(heng.stores.postgres, { ...rule, fromMonth: '2026-10', planId: 'jd-service-desk' });
  hr = await heng.signedIn({ role: 'hr' });
  for (const agentId of agents) browsers.set(agentId, await heng.signedIn({ role: 'agent', agentId }));
});
afterAll(() => heng?.close());

const as = (agent: string): Browser => {
  const browser = browsers.get(agent);
  if (!browser) throw new Error(agent);
  return browser;
};
const read = async <Answer>(browser: Browser, path: string): Promise<Answer> => {
  const response = await browser('GET', path);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Answer;
};
const code = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;
const mine = (agent: string) => read<MyRounds>(as(agent), '/api/rounds/mine');
const setRaters = (subject: string, ...raters: [rater: string, perspective: string][]) =>
  hr('PUT', `/api/rounds/${round}/raters`, {
    subject,
    raters: raters.map(([rater, perspective]) => ({ rater, perspective })),
  });
const questions = ['help', 'share', 'reliable', 'respect'];
/** Fills in what one rates about another, every question alike. */
async function rate(rater: string, subject: string, level: string, comment = '') {
  const rating = (await mine(rater)).toRate.find(({ name }) => name === `name of ${subject}`);
  if (!rating) throw new Error(`${rater} does not rate ${subject}`);
  const answers = Object.fromEntries(questions.map((question) => [question, level]));
  const path = `/api/rounds/ratings/${rating.id}`;
  expect((await as(rater)('PUT', path, { answers, comment, revision: 0 })).status).toBe(200);
  return as(rater)('POST', `${path}/submit`, { revision: 1 });
}

describe('360 rounds', () => {
  it('raters are suggested, adjusted and approved; nobody is asked before', async () => {
    const made = await hr('POST', '/api/rounds', {
      ...{ name: '四季度互评', period, plan: 'jd-service-desk', form: 'peer_360', dueOn: '2027-01-15' },
      howMany: { peer: 3, report: 5, other: 2 },
    });
    round = ((await made.json()) as { id: number }).id;
    const page = await read<FeedbackRoundPage>(hr, `/api/rounds/${round}`);
    expect(page.subjects.map(({ agentId }) => agentId).sort()).toEqual([...agents].sort());
    const boss = page.subjects.find(({ agentId }) => agentId === 'boss');
    expect(boss?.raters.filter(({ perspective }) => perspective === 'report').map(({ rater }) => rater)).toEqual([
      ...['a1', 'a2', 'a3', 'a4', 'a5'],
    ]);
    expect(await mine('a1')).toMatchObject({ toRate: [], open: 0 });

    expect(await code(await setRaters('a1', ['a1', 'peer']))).toBe('round.self');
    expect(await code(await setRaters('a1', ['a2', 'self']))).toBe('round.self');
    expect(await code(await setRaters('a1', ['gone', 'peer']))).toBe('rater.unknown');
    expect(await code(await setRaters('a1', ['a2', 'peer'], ['a2', 'other']))).toBe('round.twice');
    await setRaters(
      'a1',
      ['a1', 'self'],
      ['a2', 'peer'],
      ['a3', 'peer'],
      ['a4', 'peer'],
      ['w1', 'other'],
      ['w2', 'other'],
    );
    await setRaters('boss', ['boss', 'self'], ...agents.slice(1, 6).map((id) => [id, 'report'] as [string, string]));
    // A round without raters for somebody cannot begin, nor one whose rater has left.
    await setRaters('w3', ['w3', 'self']);
    const refused = await hr('POST', `/api/rounds/${round}/open`);
    expect([refused.status, await code(refused)]).toEqual([422, 'round.notReady']);
    await setRaters('w3', ['w1', 'peer'], ['w2', 'peer']);
    await heng.stores.postgres.query(
      "INSERT INTO feedback_ratings (round_id, subject, rater, rater_name, perspective) VALUES ($1, 'w3', 'gone', 'gone', 'peer')",
      [round],
    );
    expect(await code(await hr('POST', `/api/rounds/${round}/open`))).toBe('round.notReady');
    await setRaters('w3', ['w1', 'peer'], ['w2', 'peer']);
    const [one, other] = await Promise.all([
      hr('POST', `/api/rounds/${round}/open`),
      hr('POST', `/api/rounds/${round}/open`),
    ]);
    expect([one.status, other.status].sort()).toEqual([204, 409]);
    expect((await mine('a1')).toRate.map(({ name }) => name)).toContain('name of boss');
  });

  it('what is typed is kept, a rating that is not complete stays with its rater, and of two that are handed in at once one is', async () => {
    const { toRate } = await mine('a2');
    const about = toRate.find(({ name }) => name === 'name of a1');
    const path = `/api/rounds/ratings/${about?.id}`;
    await as('a2')('PUT', path, { answers: { help: '1' }, comment: '', revision: 0 });
    expect(await read<RatingPage>(as('a2'), path)).toMatchObject({
      answers: { help: '1' },
      revision: 1,
      perspective: 'peer',
    });
    expect(await code(await as('a2')('POST', `${path}/submit`, { revision: 1 }))).toBe('rating.incomplete');
    expect(await code(await as('a2')('PUT', path, { answers: {}, comment: '', revision: 0 }))).toBe('rating.changed');
    expect(await code(await as('a3')('GET', path))).toBe('rating.unknown');
    const answers = Object.fromEntries(questions.map((question) => [question, '1']));
    await as('a2')('PUT', path, { answers, comment: '肯教人。常常加班！', revision: 1 });
    const both = await Promise.all([1, 2].map(() => as('a2')('POST', `${path}/submit`, { revision: 2 })));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await code(await as('a2')('PUT', path, { answers, comment: '', revision: 3 }))).toBe('rating.closed');
    expect((await as('a2')('POST', `${path}/reopen`, { revision: 3 })).status).toBe(204);
    expect((await as('a2')('POST', `${path}/submit`, { revision: 4 })).status).toBe(204);
  });

  it('results are hidden from everybody until published; then a group of two is not told, not counted and not sent', async () => {
    await rate('a3', 'a1', '2', '电话 13812345678 里很耐心。');
    await rate('a4', 'a1', '3');
    await rate('w1', 'a1', '4', '只有我知道的事。');
    await rate('w2', 'a1', '4');
    await rate('a1', 'a1', '1', '我尽力了。');
    for (const [i, level] of ['1', '1', '2', '3', '4'].entries()) await rate(`a${i + 1}`, 'boss', level);
    const own = `/api/rounds/${round}/results/a1`;
    for (const browser of [as('a1'), hr]) expect(await code(await browser('GET', own))).toBe('round.notPublished');
    expect(await code(await hr('GET', `/api/rounds/${round}/report`))).toBe('round.notClosed');
    expect((await hr('POST', `/api/rounds/${round}/close`)).status).toBe(204);
    const late = (await read<FeedbackRoundPage>(hr, `/api/rounds/${round}`)).subjects.flatMap(({ raters }) => raters);
    expect(late.some(({ isSubmitted }) => !isSubmitted)).toBe(true);
    expect((await mine('w3')).toRate).toEqual([]);
    const before = await read<RoundReport>(hr, `/api/rounds/${round}/report`);
    expect(before.results).toEqual([]);
    expect(before.raters.every(({ severity }) => severity === null)).toBe(true);
    expect(
      (await assessmentsMissing(heng.deps, period)).find(({ formId }) => formId === 'peer_360')?.people.length,
    ).toBe(10);

    const both = await Promise.all([1, 2].map(() => hr('POST', `/api/rounds/${round}/publish`)));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    const result = await read<RoundResultPage>(as('a1'), own);
    expect(result.groups).toMatchObject([{ perspective: 'peer', raters: 3, value: '85.00' }]);
    expect([result.total, result.hidden, result.self?.value]).toEqual(['85.00', ['other'], '100.00']);
    expect([...result.comments].sort()).toEqual(['常常加班！', '电话 138****5678 里很耐心。', '肯教人。']);
    // 100, 100, 85, 70, 40 without the highest and the lowest
    const boss = await read<RoundResultPage>(as('boss'), `/api/rounds/${round}/results/boss`);
    expect(boss).toMatchObject({ total: '85.00', raters: 5, groups: [{ perspective: 'report', value: '85.00' }] });
    expect(await code(await as('a2')('GET', own))).toBe('round.unknown');
    expect((await mine('a1')).results).toMatchObject([{ round, agentId: 'a1' }]);

    const { rows } = await read<MetricsAnswer>(
      hr,
      `/api/metrics?period=${period}&by=agent&agent=a1,boss&metric=peer_360`,
    );
    expect(rows.map(({ value, n }) => [value, n])).toEqual([
      ['85', 3],
      ['85', 3],
    ]);
    const evidence = await (await as('a1')('GET', `/api/evidence?period=${period}&metric=peer_360&agent=a1`)).text();
    expect((JSON.parse(evidence) as Evidence).rows).toHaveLength(3);
    for (const rater of ['a2', 'a3', 'a4', 'w1', 'other']) expect(evidence).not.toContain(rater);
    const stored = await heng.stores.clickhouse.all.query<{ item: string; by: string }>(
      "SELECT item, by FROM assessments WHERE agent_id = 'a1' ORDER BY by",
    );
    expect(stored.map(({ item, by }) => `${item} ${by}`)).toEqual([
      'peer_360:peer rater-1',
      'peer_360:peer rater-2',
      'peer_360:peer rater-3',
    ]);
    const { results } = await read<RoundReport>(hr, `/api/rounds/${round}/report`);
    expect(results.find(({ agentId }) => agentId === 'w3')).toMatchObject({ total: null, raters: 0 });
  });

  it('the same people are not rated by two rounds of a period', async () => {
    const asked = { name: '又一轮', period, plan: 'jd-service-desk', form: 'peer_360', dueOn: '2027-01-15' };
    const { id } = (await (await hr('POST', '/api/rounds', asked)).json()) as { id: number };
    expect(await code(await hr('POST', `/api/rounds/${id}/open`))).toBe('round.elsewhere');
    expect((await hr('DELETE', `/api/rounds/${id}`)).status).toBe(204);
    expect(await code(await hr('DELETE', `/api/rounds/${round}`))).toBe('round.state');
  });
});
