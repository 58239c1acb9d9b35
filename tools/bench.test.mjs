import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { packageRoot } from '../src/platform/root.ts';

/** `runBench` in a process of its own, as what it writes belongs to it. */
const bench = (...args) =>
  spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { runBench } from ${JSON.stringify(pathToFileURL(join(packageRoot, 'tools/bench.mjs')).href)};
       process.exitCode = await runBench(${JSON.stringify(args)});`,
    ],
    { encoding: 'utf8', timeout: 60_000 },
  );

test('the measurements keep to the command line’s contract: help measures nothing, and no option passes for a name', () => {
  const help = bench('--help');
  expect([help.status, help.stderr]).toEqual([0, '']);
  expect(help.stdout).toContain('heng bench [NAME…] [--data DIR] [--json]');
  expect(help.stdout).toContain('httpIngest');
  const unknown = bench('--nonsense', 'import');
  expect([unknown.status, unknown.stdout]).toEqual([2, '']);
  expect(unknown.stderr).toMatch(/^选项不对/);
  const directory = bench('--data', '/tmp/x', 'noSuchBench');
  expect([directory.status, directory.stdout]).toEqual([2, '']);
  expect(directory.stderr).toMatch(/没有这项测量：noSuchBench。.*httpIngest[\s\S]*No such measurement: noSuchBench\./);
});
