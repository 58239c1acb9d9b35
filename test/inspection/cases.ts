import { describe, expect, it } from 'vitest';
import type { Transcript } from '../../src/metrics/schemas.ts';
import type { CaseList, Proposed } from '../../src/quality/cases/schemas.ts';
import { casesJob } from '../../src/quality/cases/verbs/nightlyCases.ts';
import type { Browser } from '../testApp.ts';
import { ask, boss, codeOf, heng, lead, li, ofA, wu } from './desk.ts';

/** Best conversations, voted on and written up. */
export function bestCases(): void {
  describe('learning from the good', () => {
    const list = (who: Browser, query = 'view=proposed') => ask<CaseList>(who, 'GET', `/api/cases?${query}`);
    const template = {
      ...{
        title: '一句话安抚并登记',
        strategies: ['empathyFirst', 'takeOwnership'],
        words: '先报姓名，让客户知道找谁',
      },
    };
    let best: number;

    it('the night proposes the best of the settled week, one of a person, nothing that is under suspicion, and once only', async () => {
      heng.clock.nowMs = Date.parse('2026-10-22T02:00:00Z');
      // While text waits to be inspected nobody knows whose feeling turned.
      await casesJob.run(heng.deps);
      expect((await list(li)).cases).toEqual([]);
      await heng.stores.postgres.query(`UPDATE import_parts SET state = 'derived' WHERE state = 'committed'`);
      await heng.stores.postgres.query('UPDATE inspection_state SET through = 1000000, rule_set = 1000000');
      await casesJob.run(heng.deps);
      const first = await list(li);
      // talk35 is C's as well: five stars, and an incident that stands. Of A's two it is the one whose customer's feeling turned.
      expect(first.cases.map(({ sessionId, reasons, why }) => [sessionId, reasons, why.rating])).toEqual([
        ['talk36', ['rating', 'turned', 'resolved'], 5],
        ['talk34', ['rating', 'resolved'], 5],
      ]);
      expect(first.weeks[0]).toEqual({ monday: '2026-10-12', looked: true });
      expect((await list(ofA)).cases.map(({ sessionId, own }) => [sessionId, own])).toEqual([['talk36', true]]);
      await casesJob.run(heng.deps);
      const again = await ask<Proposed>(li, 'POST', '/api/cases/proposals', { week: '2026-10-12' });
      expect(again).toEqual({ candidates: 3, proposed: 2 });
      expect(await codeOf(li, 'POST', '/api/cases/proposals', { week: '2026-10-19' })).toBe('case.week');
      best = (await list(li)).cases.find(({ sessionId }) => sessionId === 'talk36')?.id ?? 0;
    });

    it('a person has one vote, nobody votes for themselves, and it takes two to make a template', async () => {
      const vote = (who: Browser, id: number, is = true) => who('PUT', `/api/cases/${id}/vote`, { for: is });
      for (const is of [true, true, false, true]) expect((await vote(li, best, is)).status).toBe(204);
      const ofB = (await list(li)).cases.find(({ sessionId }) => sessionId === 'talk34')?.id ?? 0;
      expect(await codeOf(lead, 'PUT', `/api/cases/${ofB}/vote`, { for: true })).toBe('case.own');
      const talk = await ask<Transcript>(li, 'GET', '/api/sessions/talk36');
      const lines = talk.messages.map(({ key }) => key);
      expect(await codeOf(li, 'PUT', `/api/cases/${best}/template`, { ...template, lines })).toBe('case.votes');
      await vote(wu, best);
      expect(await codeOf(li, 'PUT', `/api/cases/${best}/template`, { ...template, lines: ['1'] })).toBe(
        'case.lineUnknown',
      );
      await ask(li, 'PUT', `/api/cases/${best}/template`, { ...template, lines });
      expect(await codeOf(wu, 'PUT', `/api/cases/${best}/vote`, { for: false })).toBe('case.closed');
    });

    it('the library is everybody’s, without personal data or names in what was said, and found by words and strategy', async () => {
      const answer = await (
        await ofA('GET', '/api/cases?strategy=empathyFirst&text=%E6%B4%97%E8%A1%A3%E6%9C%BA')
      ).text();
      const found = JSON.parse(answer) as CaseList;
      expect([answer.includes('13812345678'), found.cases[0]?.template?.excerpt.map(({ text }) => text)]).toEqual([
        false,
        [expect.stringContaining('洗衣机'), '我是A，马上为您登记'],
      ]);
      expect(found.cases[0]).toMatchObject({ votes: 2, template: { strategies: template.strategies } });
      for (const query of ['strategy=calmDown', 'text=%25', 'text=_&reason=turned'])
        expect([query, (await list(boss, query)).cases]).toEqual([query, []]);
      const west = await heng.signedIn({ role: 'supervisor', scope: { kind: 'teams', teams: ['west'] } });
      expect((await list(west, 'view=templates')).cases.map(({ sessionId }) => sessionId)).toEqual([null]);
      expect((await list(west)).cases).toEqual([]);
    });

    it('a rubric cites it: one more example of a level, which publishes', async () => {
      const { written } = await ask<{ written: string }>(li, 'GET', '/api/rubrics/service-matrix');
      const place = { item: 'need', level: 'excellent', case: best, line: 1 };
      const { text } = await ask<{ text: string }>(li, 'POST', '/api/rubrics/cite', { text: written, ...place });
      expect(text).toContain(`我是A，马上为您登记（优秀案例 ${best}）`);
      expect(await ask(li, 'POST', '/api/rubrics', { text })).toMatchObject({ version: 2, same: false });
      await ask(li, 'DELETE', `/api/cases/${best}/template`);
      expect(await codeOf(li, 'POST', '/api/rubrics/cite', { text, ...place })).toBe('case.noTemplate');
      const { rows } = await heng.stores.postgres.query<{ action: string }>(
        `SELECT DISTINCT action FROM audit_log WHERE action LIKE 'case.%' ORDER BY action`,
      );
      expect(rows.map(({ action }) => action)).toEqual([
        ...['case.proposed', 'case.templateMade', 'case.templateWithdrawn', 'case.unvoted', 'case.voted'],
      ]);
    });
  });
}
