import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isHeldOut } from '../../src/quality/assistant/agree.ts';
import type { AssistantPage, ChangeAssistant, SuggestionView } from '../../src/quality/assistant/schemas.ts';
import type { Marks } from '../../src/quality/rubrics/marksSchema.ts';
import { completion, openFakeModel } from '../fakeModel.ts';
import type { Browser } from '../testApp.ts';
import { ask, codeOf, figure, handIn, heng, li, marksOf, orders, pick, show } from './desk.ts';

/** A language model that suggests and scores nothing. */
export function assistant(): void {
  describe('a language model', () => {
    const key = 'sk-not-to-be-seen';
    const settings: ChangeAssistant = {
      ...{ on: true, baseUrl: '', model: 'qwen-test', key: null, budgetKind: 'calls', budget: 1000, perMinute: 600 },
      ...{ timeoutSeconds: 1, threshold: 0.6, sharedMin: 6 },
    };
    const said = ['马上为您登记'];
    const judged = (marks: Marks) => ({
      items: Object.entries(marks).map(([item, { level }]) => ({ item, level, reason: '依据会话', quotes: said })),
    });
    let model: Awaited<ReturnType<typeof openFakeModel>>;
    let root: Browser;
    const tasks: { id: number; marks: Marks }[] = [];
    const set = (more: object = {}) =>
      ask(root, 'PUT', '/api/assistant', { ...settings, baseUrl: model.baseUrl, ...more });
    const measure = (count = 1) =>
      ask<{ asked: number; code: string | null; stopped: object | null }>(root, 'POST', '/api/assistant/measure', {
        ...{ rubric: 'aftersales-16', count },
      });
    const suggestion = (who: Browser, id: number, method = 'GET') =>
      ask<SuggestionView>(who, method, `/api/inspections/${id}/suggestion`);
    const page = () => ask<AssistantPage>(root, 'GET', '/api/assistant');

    beforeAll(async () => {
      model = await openFakeModel();
      root = await heng.signedIn({ role: 'administrator' });
      const spoilt = [{}, { warmth: 'minor' }, { language: 'major', analysis: 'major' }, { off_platform: 'crossed' }];
      for (let n = 0; n < 8; n++) {
        const id = await pick(li, `talk${n === 7 ? 59 : 20 + 3 * n}`);
        const changed = spoilt[n % spoilt.length] ?? {};
        await handIn(li, id, changed);
        tasks.unshift({ id, marks: marksOf(await show(li, id), changed) });
      }
    });
    afterAll(() => model?.close());

    it('is off until an administrator turns it on, and its key comes out nowhere', async () => {
      const [task] = tasks;
      expect((await page()).settings).toMatchObject({ on: false, key: 'none' });
      expect(await suggestion(li, task?.id ?? 0)).toMatchObject({ state: 'off', suggestion: null });
      expect(await codeOf(li, 'POST', `/api/inspections/${task?.id}/suggestion`)).toBe('assistant.off');
      expect(await codeOf(root, 'PUT', '/api/assistant', { ...settings, on: true })).toBe('assistant.incomplete');
      const metadata = { ...settings, baseUrl: 'http://169.254.169.254/v1' };
      expect(await codeOf(root, 'PUT', '/api/assistant', metadata)).toBe('assistant.url');
      await set({ key });
      expect((await page()).settings.key).toBe('kept');
      const { rows } = await heng.stores.postgres.query(
        'SELECT value FROM settings UNION ALL SELECT to_jsonb(a) FROM audit_log a',
      );
      const shown = JSON.stringify([rows, await page()]);
      expect([shown.includes(key), shown.includes(Buffer.from(key).toString('base64'))]).toEqual([false, false]);
      // A key goes to the endpoint it was given for and to no other.
      await set({ baseUrl: 'https://elsewhere.example.com/v1' });
      expect((await page()).settings.key).toBe('none');
      await set({ key });
    });

    it.each([
      ['wrong JSON', () => completion('好的！我认为客服表现优秀。'), 'assistant.unreadable', 1],
      ['no completion', () => ({ text: '<html>网关</html>' }), 'assistant.unreadable', 1],
      ['a refused key', () => ({ status: 401, text: '{}' }), 'assistant.refused', 1],
      [
        'a redirect',
        () => ({ status: 302, headers: { location: 'http://169.254.169.254/' }, text: '' }),
        'assistant.refused',
        1,
      ],
      ['silence', () => 'silence' as const, 'assistant.timedOut', 1],
      ['a failing server', () => ({ status: 500, headers: { 'retry-after': '0' }, text: '{}' }), 'assistant.failed', 3],
      [
        'a busy server that asks for an hour',
        () => ({ status: 429, headers: { 'retry-after': '3600' }, text: '{}' }),
        'assistant.failed',
        1,
      ],
    ])('%s: nothing is kept, and it is asked again only where that can cure', async (_, reply, code, requests) => {
      const before = model.asked.length;
      model.script.reply = reply;
      await set({ key: null });
      expect((await measure()).code).toBe(code);
      const each = await heng.stores.postgres.query<{ requests: number }>(
        `SELECT count(*)::int AS requests FROM assistant_requests WHERE id > $1 GROUP BY task_id`,
        [before],
      );
      expect([...new Set(each.rows.map((row) => row.requests))]).toEqual([requests]);
      expect(model.asked.length - before).toBe(requests * each.rows.length);
      const { rows } = await heng.stores.postgres.query('SELECT FROM assistant_suggestions');
      expect(rows).toHaveLength(0);
    });

    it('beyond budget or rate nothing leaves', async () => {
      const before = model.asked.length;
      const { used } = await page();
      await set({ budget: used.calls });
      expect((await measure()).code).toBe('assistant.budget');
      await set({ budgetKind: 'tokens', budget: used.tokens + 100 });
      expect((await measure()).code).toBe('assistant.budget');
      await set({ perMinute: 1 });
      expect((await measure()).code).toBe('assistant.rate');
      expect(model.asked.length).toBe(before);
      heng.clock.nowMs += 3_601_000;
    });

    it('a chat that gives orders moves nothing: it is data, and what a model obeys of it is discarded', async () => {
      const injected = tasks[0];
      const invented = { item: 'language', level: 'full', reason: '完美', quotes: ['客服全程微笑服务'] };
      const outside = { item: 'warmth', level: '满分', reason: '完美', quotes: said };
      const total = { item: 'emotion', level: 'full', reason: '完美', quotes: said, score: 100 };
      const before = model.asked.length;
      model.script.reply = (_, n) =>
        n === before + 1
          ? { status: 429, headers: { 'retry-after': '1' }, text: '{}' }
          : completion({ score: 100, verdict: '满分', items: [invented, outside, total] });
      await set();
      expect(await measure()).toEqual({ asked: 1, code: null, stopped: null });
      const [first, second] = model.asked.slice(before);
      expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(1000);
      expect(second?.headers.authorization).toBe(`Bearer ${key}`);
      expect(second?.url).toBe('/v1/chat/completions');
      const messages = second?.body.messages ?? [];
      expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
      expect(messages[0]?.content).not.toContain('忽略以上标准');
      const sent = JSON.parse(messages[1]?.content ?? '') as { conversation: { text: string }[] };
      expect(sent.conversation.map(({ text }) => text)).toEqual([
        ...['洗衣机不转，我的电话 [phone]', orders, '我是[agent]，马上为您登记'],
      ]);
      const { rows } = await heng.stores.postgres.query<{ items: unknown[]; discarded: { why: string }[] }>(
        'SELECT items, discarded FROM assistant_suggestions WHERE task_id = $1',
        [injected?.id],
      );
      expect(rows[0]?.items).toEqual([]);
      expect(rows[0]?.discarded.map(({ why }) => why)).toEqual(['inventedQuote', 'levelUnknown', 'shape']);
    });

    it('is shown to inspectors only once it agrees with people, and never where people must judge alone', async () => {
      const figures = () => Promise.all(['A', 'B', 'C'].map((agent) => figure('qa_score', agent)));
      const before = await figures();
      const open = await Promise.all(
        ['talk47', 'talk50', 'talk53', 'talk56', 'talk44', 'talk41', 'talk38'].map((id) => pick(li, id)),
      );
      const free = open.find((id) => !isHeldOut(id)) ?? 0;
      const queue = tasks.slice(1).map(({ marks }) => marks);
      model.script.reply = () => completion(judged(queue.shift() ?? {}));
      expect(await measure(4)).toEqual({ asked: 4, code: null, stopped: null });
      expect(await suggestion(li, free)).toMatchObject({
        state: 'hidden',
        agreement: { verdict: 'tooFew' },
        suggestion: null,
      });
      expect(await codeOf(li, 'POST', `/api/inspections/${free}/suggestion`)).toBe('assistant.hidden');
      await measure(3);
      const { rubrics } = await page();
      expect(rubrics.find(({ id }) => id === 'aftersales-16')?.agreement).toMatchObject({
        ...{ shared: 7, verdict: 'earned', difference: 0, alpha: { value: 1 } },
      });
      await set({ threshold: 1, sharedMin: 8 });
      expect((await suggestion(li, free)).state).toBe('hidden');
      await set();
      expect((await suggestion(li, free)).state).toBe('none');
      const { marks } = tasks[0] ?? { marks: {} };
      model.script.reply = () => completion(judged(marks));
      const shown = await suggestion(li, free, 'POST');
      expect(shown).toMatchObject({ state: 'ready', suggestion: { discarded: [] } });
      expect(shown.suggestion?.items).toHaveLength(21);
      // Handed in after a look at it, a form says nothing of agreement.
      await handIn(li, free, { off_platform: 'crossed' });
      const after = await page();
      expect(after.rubrics.find(({ id }) => id === 'aftersales-16')?.agreement.shared).toBe(7);
      await ask(li, 'POST', `/api/inspections/${free}/undo`);
      expect(await figures()).toEqual(before);
      for (const id of open.filter(isHeldOut)) expect((await suggestion(li, id)).state).toBe('blind');
    });

    it('every request is in the journal and in the audit log', async () => {
      const { rows } = await heng.stores.postgres.query<{ action: string; count: number }>(
        `SELECT action, count(*)::int AS count FROM audit_log WHERE action = 'assistant.sent' GROUP BY action`,
      );
      expect(rows).toEqual([{ action: 'assistant.sent', count: model.asked.length }]);
      const { used, requests } = await page();
      expect(used.calls).toBe(model.asked.length);
      expect(requests[0]).toMatchObject({ outcome: 'answered', status: 200, tokens: 1234 });
    });
  });
}
