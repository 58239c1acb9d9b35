import { expect, test } from 'vitest';
import { readText } from '../yamlForm/yamlText.ts';
import { surveyView, withProposed } from './surveyView.ts';

const item = (id: string, junior: number, mid: number, senior: number) =>
  `      - id: ${id} # as agreed
        weight: { byTier: { junior: ${junior}, mid: ${mid}, senior: ${senior}, unknown: ${mid} } }`;
const text = `id: optimised # a comment
blocks:
  - id: service
    weight: 100
    items:
${item('response', 40, 25, 10)}
${item('norms', 30, 25, 20)}
${item('csat', 20, 25, 35)}
${item('complaint_resolution', 10, 25, 35)}
survey:
  step: 5
  least: 100
`;
const rawOf = (written: string) => {
  const reading = readText(written);
  return 'raw' in reading ? reading.raw : {};
};
const named = (counts: Record<string, number>) => Object.entries(counts).map(([item, answers]) => ({ item, answers }));
const answers = named({ complaint_resolution: 90, response: 60, csat: 45, norms: 5, of_another_plan: 900 });

test('a proposal goes by tier, from the plan’s own items’ answers alone, and every tier still weighs 100', () => {
  const view = surveyView(rawOf(text), null, answers);
  if (view.kind !== 'proposed') throw new Error(view.kind);
  expect(view.answers).toBe(200);
  const column = (tier: string) => view.items.map(({ weights }) => weights.find((weight) => weight.tier === tier)?.to);
  expect(column('mid')).toEqual(['29', '20', '23', '28']);
  for (const tier of ['junior', 'mid', 'senior', 'unknown']) {
    expect(column(tier).reduce((sum, weight) => sum + Number(weight), 0)).toBe(100);
  }
});

test('taking a proposal writes the weights into the text and nothing else', () => {
  const view = surveyView(rawOf(text), null, answers);
  if (view.kind !== 'proposed') throw new Error(view.kind);
  const lines = withProposed(text, view.items).split('\n');
  const changed = text.split('\n').filter((line, i) => line !== lines[i]);
  expect(lines).toHaveLength(text.split('\n').length);
  expect(changed).toHaveLength(4);
  // A step is one from the version in force: what was taken is not taken further.
  expect(surveyView(rawOf(lines.join('\n')), rawOf(text), answers).kind).toBe('taken');
  expect(changed.every((line) => line.trim().startsWith('weight: { byTier:'))).toBe(true);
});

test('too few answers propose nothing, answers as the plan weighs neither, and a plan that asks nobody is silent', () => {
  expect(surveyView(rawOf(text), null, named({ csat: 99 }))).toEqual({ kind: 'few', answers: 99, least: 100 });
  expect(surveyView(rawOf(text), null, [])).toMatchObject({ kind: 'few', answers: 0 });
  const weights = 'weight: { byTier: { junior: 25, mid: 25, senior: 25, unknown: 25 } }';
  const level = text.replace(/weight: \{ byTier: .*\}/g, weights);
  expect(
    surveyView(rawOf(level), null, named({ response: 50, norms: 50, csat: 50, complaint_resolution: 50 })).kind,
  ).toBe('fits');
  expect(surveyView(rawOf(text.replace('\nsurvey:', '\nsurvey_not:')), null, answers)).toEqual({ kind: 'off' });
});
