import { expect, test } from 'vitest';
import type { Rubric } from '../quality/rubrics/rubricSchema.ts';
import { jobIssues } from './jobIssues.ts';
import { catalogueOf, gapsTo, jobOf, type Levels, rotationsOf } from './matrix.ts';
import { partsOf } from './partsOf.ts';
import { type PersonFacts, proposeLevel } from './proposeLevel.ts';
import { shippedJobs, shippedSkills } from './shippedSkills.ts';
import { jobSchema, type Level, skillSchema } from './skillSchema.ts';

const shipped = catalogueOf([], []);
const held = (...levels: [string, Level][]): Levels => new Map(levels);
const job = (id: string) => {
  const found = shipped.jobs.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
};
const able = (product: Level, emergency: Level, emotional: Level) =>
  held(['product_knowledge', product], ['emergency_handling', emergency], ['emotional_communication', emotional]);

test('what is shipped could be saved as it is', () => {
  for (const content of Object.values(shippedSkills)) expect(skillSchema.parse(content)).toEqual(content);
  for (const content of Object.values(shippedJobs)) expect(jobSchema.parse(content)).toEqual(content);
  expect(shipped.jobs.flatMap((each) => jobIssues(each, shipped))).toEqual([]);
});

test('a skill nobody has judged is the widest gap, and no level 0', () => {
  expect(gapsTo(job('senior_agent'), held(['product_knowledge', 2], ['emergency_handling', 3]), shipped)).toEqual([
    { skill: 'emotional_communication', required: 3, level: null },
    { skill: 'product_knowledge', required: 4, level: 2 },
  ]);
  expect(gapsTo(job('senior_agent'), able(5, 3, 3), shipped)).toEqual([]);
});

test('a retired skill is asked of nobody, an edit replaces what is shipped, and a tier has its job', () => {
  const content = { ...shippedSkills.product_knowledge, retired: true } as (typeof shippedSkills)[string];
  const edited = catalogueOf([{ id: 'product_knowledge', version: 1, content }], []);
  expect(
    gapsTo(job('agent'), new Map(), edited)
      .map(({ skill }) => skill)
      .sort(),
  ).toEqual([...['emergency_handling', 'emotional_communication']]);
  expect([jobOf(null, 'senior', shipped)?.id, jobOf('team_leader', 'junior', shipped)?.id]).toEqual([
    ...['senior_agent', 'team_leader'],
  ]);
  expect([jobOf(null, null, shipped), jobOf('gone', 'mid', shipped)?.id]).toEqual([null, 'agent']);
});

test('rotation is into jobs whose every requirement is met, never into one’s own or a step back', () => {
  const into = (own: string, levels: Levels) => rotationsOf(job(own), levels, shipped).map(({ id }) => id);
  expect(into('senior_agent', able(4, 4, 4))).toEqual(['team_leader', 'escalation_desk']);
  expect(into('senior_agent', able(5, 2, 2))).toEqual(['knowledge_desk']);
  expect(into('team_leader', able(5, 5, 5))).toEqual([]);
  expect(into('escalation_desk', able(4, 4, 5))).toEqual(['senior_agent', 'team_leader']);
  expect(into('agent', held(['product_knowledge', 5]))).toEqual([]);
  expect(rotationsOf(null, able(5, 5, 5), shipped)).toEqual([]);
});

test('a job that would lead back to itself, asks for what there is not, or takes another’s tier is refused with each place', () => {
  const edited = { ...job('team_leader'), next: 'agent', tiers: ['senior' as const], requires: { flying: 3 as Level } };
  expect(jobIssues(edited, shipped)).toEqual([
    { path: 'content.requires.flying', code: 'skill.unknown' },
    { path: 'content.next', code: 'skill.jobCircle' },
    { path: 'content.tiers.senior', code: 'skill.tierTaken' },
  ]);
});

const skill = (id: string) => {
  const found = shipped.skills.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
};
const facts = (more: Partial<PersonFacts>): PersonFacts => ({ exams: [], inspections: [], bestCases: [], ...more });
const exam = (ref: string, hundredths: number, papers = 1) => ({
  ...{ ref, day: `${ref}-28`, hundredths },
  ...{ points: { n: BigInt(hundredths * papers), d: 100n }, papers: { n: BigInt(papers), d: 1n } },
});
const form = (ref: string, part: string, won: number) => ({
  ...{ ref, day: '2026-10-12', rubric: 'aftersales-16' },
  parts: new Map([[part, { won, of: 3000 }]]),
});

test('a level is proposed from what was measured alone: the lowest source counts, too few forms count as none', () => {
  const product = skill('product_knowledge');
  expect(proposeLevel(product, facts({}))).toBeNull();
  expect(proposeLevel(product, facts({ exams: [exam('2026-09', 9000), exam('2026-10', 8600)] }))?.level).toBe(4);
  // One paper of 96 and nine of 70 are 72.6, not 83.
  expect(proposeLevel(product, facts({ exams: [exam('2026-09', 9600), exam('2026-10', 7000, 9)] }))?.level).toBe(2);
  const two = [form('1', 'knowledge', 1800), form('2', 'knowledge', 1800)];
  const both = { exams: [exam('2026-10', 9600)], inspections: two };
  expect(proposeLevel(product, facts(both))?.level).toBe(5);
  const three = facts({ ...both, inspections: [...two, form('3', 'knowledge', 1800)] });
  expect(proposeLevel(product, three)).toMatchObject({
    level: 2,
    facts: expect.stringContaining('inspection 3 18.00/30.00'),
  });
});

test('best cases lift by one and propose nothing alone', () => {
  const emotional = skill('emotional_communication');
  const bestCases = ['7', '8', '9'].map((ref) => ({ ref, day: '2026-10-12' }));
  expect(proposeLevel(emotional, facts({ bestCases }))).toBeNull();
  const inspections = ['1', '2', '3'].map((ref) => form(ref, 'communication', 2500));
  expect(proposeLevel(emotional, facts({ inspections }))?.level).toBe(3);
  expect(proposeLevel(emotional, facts({ inspections, bestCases }))?.level).toBe(4);
  expect(proposeLevel(emotional, facts({ inspections, bestCases: bestCases.slice(1) }))?.level).toBe(3);
});

test('shown are the latest facts of each source and the cases that lifted; what was declined is told by all facts', () => {
  const emotional = skill('emotional_communication');
  const inspections = Array.from({ length: 14 }, (_, n) => form(`${n + 1}`, 'communication', 2500));
  const bestCases = ['71', '72', '73', '74'].map((ref) => ({ ref, day: '2026-10-12' }));
  const lifted = proposeLevel(emotional, facts({ inspections, bestCases }));
  const refs = lifted?.evidence.map(({ ref }) => ref) ?? [];
  expect(refs).toHaveLength(10);
  expect(refs).toEqual(expect.arrayContaining(['14', '9', '74', '73', '72']));
  expect(refs).not.toContain('1');
  // The oldest form is not among what is shown, and still another one makes other facts.
  const [first, ...rest] = inspections;
  const other = { ...(first ?? form('1', '', 0)), parts: new Map([['communication', { won: 2600, of: 3000 }]]) };
  const changed = proposeLevel(emotional, facts({ inspections: [other, ...rest], bestCases }));
  expect(changed?.evidence).toEqual(lifted?.evidence);
  expect(changed?.facts).not.toBe(lifted?.facts);
});

test('points are summed by category and by item; what does not apply or is unmarked is in neither sum', () => {
  const item = (id: string) => ({
    id,
    levels: [
      { id: 'full', points: '10' },
      { id: 'lost', points: '7.5' },
    ],
  });
  const rubric = { categories: [{ id: 'talk', items: ['a', 'b', 'c', 'd'].map(item) }] } as unknown as Rubric;
  const mark = (level: string | null) => ({ level, comment: '' });
  const parts = partsOf(rubric, { a: mark('full'), b: mark('lost'), c: mark('na'), d: mark(null) });
  expect(parts.get('talk')).toEqual({ won: 1750, of: 2000 });
  expect(parts.get('b')).toEqual({ won: 750, of: 1000 });
  expect(parts.has('c')).toBe(false);
});
