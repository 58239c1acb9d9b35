import { describe, expect, it } from 'vitest';
import { factsDefinition } from '../../src/facts/factsDefinition.ts';
import { RawRows } from '../../src/facts/testing.ts';
import type { Transcript } from '../../src/metrics/schemas.ts';
import type { InspectionList } from '../../src/quality/inspections/schemas.ts';
import type { DrawnSample, SamplePage } from '../../src/quality/sampling/schemas.ts';
import { ask, boss, codeOf, figure, handIn, heng, lead, li, ofA, pick, plan, save, show, wu } from './desk.ts';

/** The task that the tests of one sample go on with. */
let first: number;

/** From a draw to a score, with the agent’s say, and two inspectors at once. */
export function judging(): void {
  describe('from a draw to a score', () => {
    let sample: DrawnSample;

    it('draws by seed, stores what it was drawn from, and gives nobody their own team', async () => {
      const preview = await ask<DrawnSample>(li, 'POST', '/api/samples', { plan: plan(), preview: true });
      expect(preview).toMatchObject({ id: null, population: 60, drawn: 24 });
      sample = await ask<DrawnSample>(li, 'POST', '/api/samples', { plan: plan() });
      expect({ ...sample, id: null }).toEqual(preview);
      expect(sample.strata).toEqual(
        ['A', 'B', 'C'].map((agent) => ({ stratum: `normal · ${agent}`, population: 20, drawn: 8 })),
      );
      const mine = await ask<InspectionList>(lead, 'GET', '/api/inspections?view=mine');
      const tasks = await heng.stores.postgres.query<{ team: string }>(
        'SELECT team FROM inspection_tasks WHERE assignee = $1',
        [lead.actor.userId],
      );
      expect(tasks.rows.length).toBe(mine.lines.length);
      expect(new Set(tasks.rows.map(({ team }) => team))).toEqual(new Set(['west']));
    });

    it('hides the agent from whoever judges: in the list, the task and the conversation', async () => {
      const { lines } = await ask<InspectionList>(li, 'GET', '/api/inspections');
      const { rows } = await heng.stores.postgres.query<{ id: number }>(
        `SELECT id::int AS id FROM inspection_tasks WHERE assignee = $1 AND agent_id = 'A' ORDER BY id LIMIT 1`,
        [li.actor.userId],
      );
      first = rows[0]?.id ?? 0;
      expect(lines.some(({ id }) => id === first)).toBe(true);
      for (const path of ['', `/${first}`, `/${first}/transcript`]) {
        const text = await (await li('GET', `/api/inspections${path}`)).text();
        expect([path, text.includes('安小月'), text.includes('13812345678')]).toEqual([path, false, false]);
      }
      expect(await show(li, first)).toMatchObject({ agentId: null, agentName: null, team: null });
      const talk = await ask<Transcript>(li, 'GET', `/api/inspections/${first}/transcript`);
      expect(talk.session.ownerAgentId).toBeNull();
      expect(talk.messages.map(({ senderName, text }) => [senderName, text])).toEqual([
        [null, expect.stringContaining('洗衣机')],
        ['A', '我是A，马上为您登记'],
      ]);
    });

    it('a form handed in unfinished says what lacks; finished it is qa_score, mistakes and coverage of the month', async () => {
      expect(await figure('qa_score', 'A')).toBeNull();
      await ask(li, 'PUT', `/api/inspections/${first}/form`, { marks: {}, comment: '', seconds: 1, revision: 0 });
      const refused = (await (await li('POST', `/api/inspections/${first}/submit`, { revision: 1 })).json()) as {
        error: { code: string; issues: { path: string }[] };
      };
      expect(refused.error.code).toBe('inspection.incomplete');
      expect(refused.error.issues).toHaveLength(21);
      await handIn(li, first, { language: 'minor', analysis: 'major' });
      expect(await figure('qa_score', 'A')).toBe('96');
      expect(await figure('qa_defects', 'A')).toBe('2');
      expect(await figure('redline_count', 'A')).toBe('0');
      const coverage = await ask<{ rows: { value: string }[] }>(
        boss,
        'GET',
        '/api/metrics?period=2026-10&by=team&metric=qa_coverage',
      );
      expect(coverage.rows.map(({ value }) => Number(value).toFixed(2)).sort()).toEqual(['0.00', '2.50']);
    });

    it('taken back it counts no more, and handed in as before it counts again', async () => {
      await ask(li, 'POST', `/api/inspections/${first}/undo`);
      expect([await figure('qa_score', 'A'), await figure('qa_defects', 'A')]).toEqual([null, '0']);
      // As if twice as many had been there to draw from: 40 ÷ 8 over 80 ÷ 24 is the weight that it goes out with.
      const drawnFrom = (population: number) =>
        heng.stores.postgres.query(
          `UPDATE inspection_strata SET population = $2 WHERE sample_id = $1 AND stratum = 'normal · A'`,
          [sample.id, population],
        );
      await drawnFrom(40);
      await handIn(li, first, { language: 'minor', analysis: 'major' });
      expect([await figure('qa_score', 'A'), await figure('qa_defects', 'A')]).toEqual(['96', '2']);
      await drawnFrom(20);
    });

    it('the estimate of the sample speaks for those strata only that were looked at', async () => {
      const page = await ask<SamplePage>(li, 'GET', `/api/samples/${sample.id}`);
      expect(page.estimate).toMatchObject({ mean: 96, interval: null, looked: 1, population: 60 });
      expect(page.estimate?.covered).toBeCloseTo(1 / 3, 10);
    });
  });

  describe('the agent', () => {
    it('sees what was handed in of them and nothing else, and disputes it: its mistakes have no effect until a second inspector decides', async () => {
      const id = await pick(li, 'talk3');
      expect(await codeOf(ofA, 'GET', `/api/inspections/${id}`)).toBe('inspection.unknown');
      await handIn(li, id, { off_platform: 'crossed' });
      expect(await figure('redline_count', 'A')).toBe('1');
      // A rule found the same at its message, and somebody confirmed it: it is one red line, but in a month closed before they were one.
      const hit = { agent_id: 'A', at: '2026-10-12T10:03:20+08:00', item: 'off_platform', session_id: 'talk3' };
      await new RawRows(heng.stores).put('incidents', [
        { ...hit, incident_id: 'hit:off_platform:talk3:7', severity: 'major', status: 'confirmed' },
      ]);
      expect(await figure('redline_count', 'A')).toBe('1');
      const { all } = heng.stores.clickhouse;
      await all.command('TRUNCATE TABLE facts_definitions');
      await all.command('INSERT INTO facts_definitions VALUES (5, 1)');
      expect(await figure('redline_count', 'A')).toBe('2');
      await all.command(`INSERT INTO facts_definitions VALUES (${factsDefinition}, 2)`);
      await new RawRows(heng.stores).put('incidents', [
        {
          ...hit,
          incident_id: 'hit:off_platform:talk3:7',
          severity: 'major',
          status: 'overturned',
          import_id: 9_000_000,
        },
      ]);
      const seen = await show(ofA, id);
      expect(seen).toMatchObject({ score: '0.00', may: { dispute: true }, own: null });
      expect(await codeOf(ofA, 'GET', `/api/inspections/${await pick(li, 'talk5')}`)).toBe('inspection.unknown');
      await ask(ofA, 'POST', `/api/inspections/${id}/dispute`, { text: '只是告知官方公众号' });
      expect(await figure('redline_count', 'A')).toBe('0');
      expect(await codeOf(li, 'POST', `/api/inspections/${id}/submit`, { revision: 1 })).toBe('inspection.closed');
      // Of the same team: reads it, and has no say.
      expect((await show(lead, id)).own).toBeNull();
      const draft = { marks: {}, comment: '', seconds: 0, revision: 0 };
      expect(await codeOf(lead, 'PUT', `/api/inspections/${id}/form`, draft)).toBe('inspection.closed');
      const wanted = await ask<InspectionList>(wu, 'GET', '/api/inspections?view=wanted');
      expect(wanted.lines.map((line) => line.id)).toEqual([id]);
      // Whoever is to decide reads what is disputed, and why.
      const disputed = await show(wu, id);
      expect(disputed.events.at(-1)).toMatchObject({ what: 'disputed', text: '只是告知官方公众号' });
      expect(disputed.forms.map(({ score, counts }) => [score, counts])).toEqual([['0.00', true]]);
      await handIn(wu, id);
      expect(await show(ofA, id)).toMatchObject({ state: 'reviewed', score: '100.00', may: { dispute: false } });
      // What was picked weighs 1: (1.5 × 96 + 100) ÷ 2.5.
      expect([await figure('qa_score', 'A'), await figure('redline_count', 'A')]).toEqual(['97.6', '0']);
      const { rows } = await heng.stores.postgres.query<{ action: string }>(
        `SELECT action FROM audit_log WHERE subject = $1 ORDER BY id`,
        [String(id)],
      );
      expect(rows.map(({ action }) => action)).toEqual([
        ...['inspection.picked', 'inspection.saved', 'inspection.submitted'],
        ...['inspection.disputed', 'inspection.saved', 'inspection.changed'],
      ]);
    });
  });

  describe('a second look', () => {
    it('whoever is still to judge sees neither name nor score, in no list, and nothing that leads to them', async () => {
      await ask(li, 'POST', `/api/inspections/${first}/ask`, { text: '语言规范拿不准' });
      for (const view of ['wanted', 'done']) {
        const { lines } = await ask<InspectionList>(wu, 'GET', `/api/inspections?view=${view}`);
        const line = lines.find(({ id }) => id === first);
        expect([view, line]).toMatchObject([view, { agentId: null, agentName: null, team: null, score: null }]);
      }
      const shown = await show(wu, first);
      expect(shown).toMatchObject({ sessionId: null, agentId: null, score: null, forms: [] });
      expect(shown.events.at(-1)).toMatchObject({ what: 'asked', text: '语言规范拿不准' });
      const talk = await ask<Transcript>(wu, 'GET', `/api/inspections/${first}/transcript`);
      expect(talk.session).toMatchObject({ sessionId: null, tickets: [] });
      await handIn(wu, first);
      expect(await show(wu, first)).toMatchObject({ agentId: 'A', state: 'submitted', score: '98.00' });
      const { lines } = await ask<InspectionList>(wu, 'GET', '/api/inspections?view=done');
      expect(lines.find(({ id }) => id === first)).toMatchObject({ agentName: '安小月', score: '98.00' });
    });

    it('names no agent who disputes to whoever decides without knowing whose work it is', async () => {
      await ask(ofA, 'POST', `/api/inspections/${first}/dispute`, { text: '安小月说的是官方用语' });
      const third = await heng.signedIn({ role: 'inspector' });
      const { lines } = await ask<InspectionList>(third, 'GET', '/api/inspections?view=done');
      expect(lines.find(({ id }) => id === first)).toMatchObject({ agentName: null, score: null });
      const shown = await show(third, first);
      expect(shown.events.at(-1)).toEqual(expect.objectContaining({ by: null, text: '×××说的是官方用语' }));
      expect(JSON.stringify(shown)).not.toContain('安小月');
      await handIn(third, first, { language: 'minor', analysis: 'major' });
      expect(await show(ofA, first)).toMatchObject({ state: 'reviewed', score: '96.00' });
    });

    it('two opinions more than 9 points apart go to a third: the median of such counts for nobody', async () => {
      const id = await pick(li, 'talk12');
      await handIn(li, id);
      await ask(li, 'POST', `/api/inspections/${id}/ask`, { text: '红线？' });
      await handIn(wu, id, { off_platform: 'crossed' });
      const apart = await show(wu, id);
      expect(apart).toMatchObject({ state: 'disputed', score: '100.00' });
      expect(apart.events.map(({ what }) => what)).toEqual(['submitted', 'asked', 'second', 'apart']);
      const third = await heng.signedIn({ role: 'inspector' });
      expect((await show(third, id)).forms.map(({ score }) => score).sort()).toEqual(['0.00', '100.00']);
      await handIn(third, id, { warmth: 'minor' });
      expect(await show(ofA, id)).toMatchObject({ state: 'reviewed', score: '99.00' });
    });
  });

  describe('a single message', () => {
    const single = (message: number) => ({ sessionId: 'handed', message, rubric: 'single-reply' });

    it('is its author’s, with the team they were in: who is of another team may judge it, who is of theirs may not', async () => {
      const { id } = await ask<{ id: number }>(lead, 'POST', '/api/inspections', single(3));
      expect(await show(lead, id)).toMatchObject({ agentId: 'C', agentName: '陈晨', team: 'west' });
      expect(await codeOf(lead, 'POST', '/api/inspections', single(1))).toBe('inspection.ownTeam');
      const west = await heng.signedIn({ role: 'inspector', agentId: 'C' });
      expect(await codeOf(west, 'POST', '/api/inspections', single(3))).toBe('inspection.ownTeam');
    });
  });

  describe('two at once', () => {
    it('whoever hands in second is told who was first, loses nothing, and stands beside them as a second opinion', async () => {
      const id = await pick(li, 'talk6');
      const mine = await save(li, id, { warmth: 'minor' });
      const theirs = await save(wu, id, { warmth: 'major' });
      expect((await show(wu, id)).busy).toEqual(['inspector']);
      const answers = await Promise.all([
        li('POST', `/api/inspections/${id}/submit`, { revision: mine.revision }),
        wu('POST', `/api/inspections/${id}/submit`, { revision: theirs.revision }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
      const late = answers[0]?.status === 409 ? li : wu;
      const kept = await show(late, id);
      expect(kept.own).toMatchObject({ comment: '看过全程', revision: 1 });
      expect(kept.forms).toEqual([]);
      await ask(late, 'POST', `/api/inspections/${id}/submit`, { revision: 1, as: 'second' });
      // Both are together: the median of the two counts.
      expect((await show(late, id)).score).toBe('98.50');
      expect((await show(late, id)).forms.map(({ score, counts }) => [score, counts]).sort()).toEqual(
        answers[0]?.status === 409
          ? [
              ['98.00', true],
              ['99.00', false],
            ]
          : [
              ['98.00', false],
              ['99.00', true],
            ],
      );
    });

    it('the same person in two windows: the older one is refused and nothing is overwritten', async () => {
      const id = await pick(li, 'talk9');
      await save(li, id, { warmth: 'minor' });
      const stale = { marks: {}, comment: '旧窗口', seconds: 5, revision: 0 };
      expect(await codeOf(li, 'PUT', `/api/inspections/${id}/form`, stale)).toBe('inspection.changed');
      expect((await show(li, id)).own?.comment).toBe('看过全程');
    });
  });
}
