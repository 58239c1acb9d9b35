import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../src/platform/root.ts';
import { actionWords } from '../src/web/audit/actionWords.ts';
import { auditActionsZh } from '../src/web/text/auditActionsZh.ts';

test('every action that the product writes down has words in both languages', () => {
  const source = join(packageRoot, 'src');
  const actions = new Set<string>();
  for (const path of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts') || path.endsWith('.test.ts')) continue;
    const text = readFileSync(join(source, path), 'utf8');
    for (const [call] of text.matchAll(/\baudit(?:Entry)?\([^;]*?\);/g))
      for (const [, action = ''] of call.matchAll(/'([a-zA-Z]+\.[a-zA-Z]+)'/g)) actions.add(action);
  }
  expect(actions.size).toBeGreaterThan(90);
  // English has the keys that Chinese has: src/web/text/text.test.ts.
  expect([...actions].filter((action) => actionWords(action, auditActionsZh) === action)).toEqual([]);
});

test('an action without words is told as it is kept, also one that is called like a part of every object', () => {
  expect(actionWords('person.created', auditActionsZh)).toBe('账号 · 新建');
  for (const action of ['person.levitated', 'constructor.toString', 'person', 'appeal.review.stands'])
    expect(actionWords(action, auditActionsZh)).toBe(action);
});
