import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPlan } from '../src/scores/planText.ts';
import { setAt } from '../src/web/yamlForm/yamlText.ts';

const folder = new URL('../plans/', import.meta.url);
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const);
const desk = shipped.find(([name]) => name === 'appliance-aftersales.yaml')?.[1] ?? '';

describe.each(shipped)('%s', (_, text) => {
  test('keeps its comments and its meaning through an edit, exactly', () => {
    const edited = setAt(text, ['name', 'zh'], '改过的名字');
    expect(edited.split('\n').filter((line) => line.startsWith('#'))).toEqual(
      text.split('\n').filter((line) => line.startsWith('#')),
    );
    const [before, after] = [readPlan(text).plan, readPlan(edited).plan];
    expect(after).toEqual({ ...before, name: { ...before?.name, zh: '改过的名字' } });
  });
});

test('changing a weight changes one line', () => {
  const edited = setAt(desk, ['blocks', 0, 'items', 0, 'weight'], '20.50');
  expect(edited).toBe(desk.replace('        weight: 20\n', '        weight: 20.50\n'));
});

test('what a check box of the editor writes is a yes that the plan understands', () => {
  const { plan, issues } = readPlan(setAt(desk, ['blocks', 0, 'items', 0, 'perMonth'], true));
  expect(issues.filter(({ level }) => level === 'error')).toEqual([]);
  expect(plan?.blocks[0]?.items[0]?.perMonth).toBe(true);
});
