import { describe, expect, it } from 'vitest';
import type { CalibrationRecord, RoundPage } from '../../src/quality/calibration/schemas.ts';
import type { Browser } from '../testApp.ts';
import { ask, boss, codeOf, figure, lead, li, marksOf, wu } from './desk.ts';

/** Several score the same and compare. */
export function calibration(): void {
  describe('calibration', () => {
    it('shows nobody’s score before all are in; then spread, the median, and accuracy as facts of the raters', async () => {
      const raters = [li, lead].map(({ actor }) => actor.userId);
      const { id } = await ask<{ id: number }>(li, 'POST', '/api/calibrations', {
        ...{ name: '十一月校准', rubric: 'aftersales-16', period: '2026-10', seed: 'x', records: 2, raters },
      });
      const rate = async (who: Browser, place: number, changed: Record<string, string>) => {
        const path = `/api/calibrations/${id}/records/${place}`;
        const record = await ask<CalibrationRecord>(who, 'GET', path);
        const form = { marks: marksOf(record, changed), comment: '', seconds: 30, revision: record.own?.revision ?? 0 };
        const { revision } = await ask<{ revision: number }>(who, 'PUT', `${path}/form`, form);
        await ask(who, 'POST', `${path}/submit`, { revision });
      };
      const strict = { language: 'major', analysis: 'major', solution: 'major', emotion: 'lost' };
      await rate(li, 1, {});
      await rate(li, 2, {});
      await rate(lead, 1, strict);
      const early = await ask<RoundPage>(lead, 'GET', `/api/calibrations/${id}`);
      expect(early).toMatchObject({ shown: false, stats: null });
      expect(early.conversations.map(({ scores }) => scores.map(({ score }) => score))).toEqual([['90.00'], []]);
      expect(await codeOf(lead, 'POST', `/api/calibrations/${id}/records/1/notes`, { text: '太严' })).toBe(
        'calibration.closed',
      );
      await rate(lead, 2, { warmth: 'minor' });
      const all = await ask<RoundPage>(boss, 'GET', `/api/calibrations/${id}`);
      expect(all.stats?.records).toEqual([
        { place: 1, spread: 10, tooWide: true, agreed: 95 },
        { place: 2, spread: 1, tooWide: false, agreed: 99.5 },
      ]);
      expect(all.stats?.raters.find(({ member }) => member === lead.actor.userId)?.severity?.value).toBe(-2.75);
      expect(await codeOf(wu, 'GET', `/api/calibrations/${id}/records/9`)).toBe('calibration.unknown');
      await ask(li, 'POST', `/api/calibrations/${id}/records/1/notes`, { text: '语言规范的锚定不够清楚' });
      await ask(li, 'POST', `/api/calibrations/${id}/close`, { outcome: '语言规范加一条例句' });
      // Only the rater who is agent B is credited: spread 10 and 1; 90 and 99 are within 5 of 95 and 99.5.
      expect([await figure('qa_spread', 'B'), await figure('qa_accuracy', 'B')]).toEqual(['5.5', '100']);
    });
  });
}
