import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../platform/root.ts';
import { score } from '../../scores/score.ts';
import type { ChargedIncident } from '../../scores/scorecard.ts';
import { assessed, rate, resolved, shippedPlan } from '../../scores/testing.ts';
import { itemsOf } from '../rubrics/points.ts';
import { readRubric } from '../rubrics/readRubric.ts';
import { factsOf } from './factsOf.ts';
import type { Form, Task } from './task.ts';

const { rubric } = readRubric(readFileSync(join(packageRoot, 'rubrics', 'aftersales-16.yaml'), 'utf8'));
if (!rubric) throw new Error('the rubric of the sixteen items ships');
const sixteen = rubric;

const task: Task = {
  ...{ id: 7, sampleId: null, stratum: null, reasons: [], sessionId: 's1', message: null },
  ...{ agentId: 'a1', agentName: '甲', team: 't1', shop: 'p1', happenedAt: '2026-10-06T03:00:00.000Z' },
  ...{ rubricId: sixteen.id, rubricVersion: 1, hideAgent: false, assignee: null, state: 'submitted', finalForm: 1 },
  ...{ factsRevision: 1, factsItems: [] },
};
/** The rows of incidents of a form on which everything was met but these. */
function found(levels: Readonly<Record<string, string>>): ChargedIncident[] {
  const marks = Object.fromEntries(
    itemsOf(sixteen).map(({ id, levels: [best] }) => [id, { level: levels[id] ?? best?.id ?? null, comment: '' }]),
  );
  const form: Form = {
    ...{ id: 1, inspector: 'i1', inspectorName: '乙', inspectorAgent: null, purpose: 'first', marks, comment: '' },
    ...{ revision: 1, seconds: 60, submittedAt: task.happenedAt, score: '90.00' },
  };
  return factsOf(task, [form], sixteen, '2026-10').incidents.map((row) => ({
    ...{ incident: row.item ?? '', incidentId: row.incident_id ?? '', sessionId: row.session_id ?? null },
    ...{ severity: row.severity === 'major' ? 'major' : 'minor', at: row.at ?? '', day: '2026-10-06' },
  }));
}

describe('what one form found, on a card of the plan that deducts', () => {
  const plan = resolved(shippedPlan('jd-training-assessment'));
  const card = (incidents: readonly ChargedIncident[]) =>
    score(plan, {
      values: { csat_rate: { figure: rate('90', '100') }, supervisor_score: { figure: assessed('100') } },
      ...{ tier: null, promotion: false, vetoes: [], incidents },
    });
  const chargesOf = (incidents: readonly ChargedIncident[]) =>
    Object.fromEntries(
      card(incidents).items.flatMap(({ id, deductions }) =>
        deductions.length > 0 ? [[id, deductions.map(({ points, chargedUnder }) => [points, chargedUnder])]] : [],
      ),
    );
  const findings = found({ product: 'lost', language: 'minor', analysis: 'major' });
  const hit = (incident: string, more: Partial<ChargedIncident> = {}): ChargedIncident => ({
    ...{ incident, incidentId: `hit:${incident}:s1:77`, sessionId: 's1', severity: 'minor' },
    ...{ at: task.happenedAt, day: '2026-10-06', ...more },
  });

  test('is charged item by item: mistakes of one conversation are different incidents', () => {
    expect(card(findings).total).toBe('95.80');
    expect(chargesOf(findings)).toEqual({
      ...{ product: [['2', null]], language: [['1', null]], analysis: [['3', null]] },
    });
  });

  test('is not charged again for what somebody else recorded at that moment, whatever they called it', () => {
    expect(card([...findings, hit('emotion')]).total).toBe('95.80');
    expect(chargesOf([...findings, hit('emotion'), hit('language')])).toEqual({
      ...{ product: [['2', null]], analysis: [['3', null]], emotion: [['0', 'analysis']] },
      language: [
        ['1', null],
        ['0', 'analysis'],
      ],
    });
    expect(card([...findings, hit('emotion', { at: '2026-10-06T03:00:01.000Z' })]).total).toBe('94.40');
  });

  test('gives way where the other account of the moment is dearer', () => {
    const [language] = found({ language: 'minor' });
    expect(language && chargesOf([language, hit('emotion')])).toEqual({
      ...{ language: [['0', 'emotion']], emotion: [['2', null]] },
    });
  });
});
