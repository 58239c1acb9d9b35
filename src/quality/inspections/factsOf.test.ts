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
  counted: null,
  ...{ factsRevision: 1, factsItems: [], ownRecord: true },
};
/** A form on which everything was met but these. */
function formWith(levels: Readonly<Record<string, string>>): Form {
  const marks = Object.fromEntries(
    itemsOf(sixteen).map(({ id, levels: [best] }) => [id, { level: levels[id] ?? best?.id ?? null, comment: '' }]),
  );
  return {
    ...{ id: 1, inspector: 'i1', inspectorName: '乙', inspectorAgent: null, purpose: 'first', marks, comment: '' },
    ...{ revision: 1, seconds: 60, submittedAt: task.happenedAt, score: '90.00' },
  };
}
/** The rows of its incidents. */
function found(levels: Readonly<Record<string, string>>): ChargedIncident[] {
  return factsOf(task, [formWith(levels)], sixteen, { month: '2026-10', weight: null }).incidents.map((row) => ({
    ...{ incident: row.item ?? '', incidentId: row.incident_id ?? '', sessionId: row.session_id ?? null },
    ...{ severity: row.severity === 'major' ? 'major' : 'minor', at: row.at ?? '', day: '2026-10-06' },
    teller: 'inspection:7',
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
    ...{ at: task.happenedAt, day: '2026-10-06', teller: 'rules', ...more },
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

  test('is charged once where a rule marked the same kind in some message of that conversation, and by the dearer of the two', () => {
    const later = { at: '2026-10-06T03:04:00.000Z' };
    const language = findings.find(({ incident }) => incident === 'language');
    if (!language) throw new Error('the form found it');
    expect(chargesOf([language, hit('language', later)])).toEqual({
      language: [
        ['1', null],
        ['0', 'language'],
      ],
    });
    expect(chargesOf([language, hit('language', { ...later, severity: 'major' })])).toEqual({
      language: [
        ['2', null],
        ['0', 'language'],
      ],
    });
    // Two messages that rules marked are two, and stand together against the form's one.
    const again = { at: '2026-10-06T03:05:00.000Z', incidentId: 'hit:language:s1:78' };
    expect(chargesOf([language, hit('language', later), hit('language', again)]).language).toEqual([
      ...[
        ['1', null],
        ['1', null],
      ],
      ['0', 'language'],
    ]);
    expect(chargesOf([language, hit('language', { ...later, sessionId: 's2' })]).language).toHaveLength(2);
  });

  test('of a card scored before it was told whose word an incident is, is charged as it was', () => {
    const untold = [...findings, hit('language', { at: '2026-10-06T03:04:00.000Z' })].map(
      ({ teller: _, ...each }) => each,
    );
    expect(chargesOf(untold).language).toEqual([
      ['1', null],
      ['1', null],
    ]);
  });

  test('is a record of its own beside another inspection of the same conversation, and carries its weight in the sample', () => {
    const rows = (more: Partial<Task>, weight: string | null) =>
      factsOf({ ...task, ...more }, [formWith({})], sixteen, { month: '2026-10', weight }).assessments;
    const items = [rows({}, null), rows({ id: 8 }, null), rows({ ownRecord: false }, null)].map(
      (each) => each[1]?.item,
    );
    expect(items).toEqual(['qa:s1#inspection:7', 'qa:s1#inspection:8', 'qa:s1']);
    expect(rows({}, '2.500')[0]).toMatchObject({ item: 'professionalism', sample_weight: '2.500', value: '90.00' });
    expect(rows({ counted: '93.50' }, null)[0]).toMatchObject({ sample_weight: '', value: '93.50' });
  });

  test('gives way where the other account of the moment is dearer', () => {
    const [language] = found({ language: 'minor' });
    expect(language && chargesOf([language, hit('emotion')])).toEqual({
      ...{ language: [['0', 'emotion']], emotion: [['2', null]] },
    });
  });
});
