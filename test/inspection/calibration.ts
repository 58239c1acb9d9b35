import { describe, expect, it } from 'vitest';
import type { CalibrationRecord, RoundPage } from '../../src/quality/calibration/schemas.ts';
import type { Browser } from '../testApp.ts';
import { ask, boss, codeOf, figure, heng, lead, li, marksOf, wu } from './desk.ts';

/** Several score the same and compare. */
export function calibration(): void {
  describe('calibration', () => {
    let again: number;
    const rate = async (round: number, who: Browser, place: number, changed: Record<string, string>) => {
      const path = `/api/calibrations/${round}/records/${place}`;
      const record = await ask<CalibrationRecord>(who, 'GET', path);
      const form = { marks: marksOf(record, changed), comment: '', seconds: 30, revision: record.own?.revision ?? 0 };
      const { revision } = await ask<{ revision: number }>(who, 'PUT', `${path}/form`, form);
      await ask(who, 'POST', `${path}/submit`, { revision });
    };

    it('shows nobody’s score before all are in; then spread, the median, and accuracy as facts of the raters', async () => {
      const raters = [li, lead].map(({ actor }) => actor.userId);
      const { id } = await ask<{ id: number }>(li, 'POST', '/api/calibrations', {
        ...{ name: '十一月校准', rubric: 'aftersales-16', period: '2026-10', seed: 'x', records: 2, raters },
      });
      const strict = { language: 'major', analysis: 'major', solution: 'major', emotion: 'lost' };
      await rate(id, li, 1, {});
      await rate(id, li, 2, {});
      await rate(id, lead, 1, strict);
      const early = await ask<RoundPage>(lead, 'GET', `/api/calibrations/${id}`);
      expect(early).toMatchObject({ shown: false, stats: null });
      expect(early.conversations.map(({ scores }) => scores.map(({ score }) => score))).toEqual([['90.00'], []]);
      expect(await codeOf(lead, 'POST', `/api/calibrations/${id}/records/1/notes`, { text: '太严' })).toBe(
        'calibration.closed',
      );
      await rate(id, lead, 2, { warmth: 'minor' });
      const all = await ask<RoundPage>(boss, 'GET', `/api/calibrations/${id}`);
      expect(all.stats?.records).toEqual([
        { place: 1, spread: 10, tooWide: true, agreed: null },
        { place: 2, spread: 1, tooWide: false, agreed: 99.5 },
      ]);
      expect(all.stats?.raters.find(({ member }) => member === lead.actor.userId)?.severity?.value).toBe(-5.25);
      expect(all.stats?.pairs).toMatchObject([{ shared: 2 }]);
      expect(await codeOf(wu, 'GET', `/api/calibrations/${id}/records/9`)).toBe('calibration.unknown');
      await ask(li, 'POST', `/api/calibrations/${id}/records/1/notes`, { text: '语言规范的锚定不够清楚' });
      const outcome = '语言规范加一条例句';
      expect(await codeOf(li, 'POST', `/api/calibrations/${id}/close`, { outcome, reworded: 9 })).toBe(
        'calibration.reworded',
      );
      const closed = await ask<{ followedBy: number }>(li, 'POST', `/api/calibrations/${id}/close`, { outcome });
      // Only the rater who is agent B is credited: spread 10 and 1; 99 is within 5 of 99.5, and of 10 apart nothing is agreed.
      expect([await figure('qa_spread', 'B'), await figure('qa_accuracy', 'B')]).toEqual(['5.5', '100']);
      const rows = await heng.stores.clickhouse.all.query<{ item: string }>(
        `SELECT toString(item) AS item FROM assessments WHERE startsWith(item, 'calibrated:')`,
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]?.item).toMatch(new RegExp(`^calibrated:qa:talk\\d+#calibration:${id}$`));
      again = closed.followedBy;
      expect(await ask<RoundPage>(boss, 'GET', `/api/calibrations/${id}`)).toMatchObject({ followedBy: again });
    });

    it('what was too far apart is scored anew by the same people, and their tendency is told over both rounds', async () => {
      const fresh = await ask<RoundPage>(li, 'GET', `/api/calibrations/${again}`);
      expect(fresh).toMatchObject({ records: 1, shown: false, closedAt: null, rates: true });
      await rate(again, li, 1, { language: 'minor' });
      await rate(again, lead, 1, { language: 'minor' });
      const page = await ask<RoundPage>(boss, 'GET', `/api/calibrations/${again}`);
      expect(page.stats?.records).toEqual([{ place: 1, spread: 0, tooWide: false, agreed: 99 }]);
      expect(page.stats?.raters.find(({ member }) => member === lead.actor.userId)?.overall).toMatchObject({
        ...{ rounds: 2, drift: null },
        severity: { of: 3, value: -3.5 },
      });
      expect(await ask(li, 'POST', `/api/calibrations/${again}/close`, { outcome: '' })).toEqual({ followedBy: null });
    });
  });
}
