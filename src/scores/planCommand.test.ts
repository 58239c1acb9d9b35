import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dispatch } from '../dispatch.ts';
import { packageRoot } from '../platform/root.ts';
import { command } from './planCommand.ts';

const file = join(packageRoot, 'plans/appliance-aftersales.yaml');

test.each([
  ['zh_CN.UTF-8', `${file}：没有错误`, /\p{Script=Han}/u],
  ['en_GB.UTF-8', `${file}: no errors`, /^[^\p{Script=Han}]*$/u],
])('under LANG=%s a plan is checked in that language alone', async (LANG, verdict, rest) => {
  const printed: string[] = [];
  const terminal = { env: { LANG }, out: (text: string) => void printed.push(text), err: () => {} };
  expect(await dispatch(['plan', 'validate', file], terminal, [command])).toBe(0);
  const [first, ...issues] = printed.join('\n').split('\n');
  expect(first).toBe(verdict);
  expect(issues.length).toBeGreaterThan(0);
  for (const issue of issues) expect(issue).toMatch(rest);
});
