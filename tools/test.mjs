// `npm test`: every check in turn, each on one line; what failed in full; and last `N passed, N failed`.
// `npm test -- unit lint` runs the named stages only.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from './chromium.mjs';
import { Stop, say } from './say.mjs';
import { build, root, run, tsc } from './setUp.mjs';

const at = (...path) => join(root, ...path);
const bin = (path) => [process.execPath, at('node_modules', path)];

const stages = {
  types: check('类型 Types', async () => {
    await run(tsc(), ['-p', 'tsconfig.json']);
    if (existsSync(at('test/browser'))) await run(tsc(), ['-p', 'tsconfig.browser.json']);
    if (existsSync(at('src/web'))) await run(tsc(), ['-p', 'tsconfig.web.json']);
  }),
  lint: check('代码检查 Lint', () =>
    run(bin('@biomejs/biome/bin/biome'), ['check', '--diagnostic-level=warn', '--max-diagnostics=10']),
  ),
  imports: check('导入规则 Import rule', async () => {
    const folders = ['src', 'test', 'bench', 'tools'].filter((folder) => existsSync(at(folder)));
    const report = await run(bin('dependency-cruiser/bin/dependency-cruise.mjs'), folders);
    const cruised = Number(/(\d+) modules/.exec(report)?.[1]);
    // Without a TypeScript it can load, dependency-cruiser sees no file and reports no violation.
    if (!(cruised > 100)) throw new Stop(`${report.trim()}\ndependency-cruiser does not see the TypeScript files`);
  }),
  unused: check('无用代码 Unused code', () => run(bin('knip/bin/knip.js'), ['--no-progress', '--no-config-hints'])),
  build: check('编译 Build', () => build()),
  unit: tests('单元与存储 Unit and store tests', 'unit', () => process.env),
  journey: tests('流程 Journeys', 'journey', withoutServers),
  browser: tests('浏览器 Browser tests', 'browser', async () => ({
    ...withoutServers(),
    CHROMIUM_PATH: await chromium(),
  })),
};

export async function runTests(wanted) {
  const unknown = wanted.filter((name) => !(name in stages));
  if (unknown.length > 0) {
    say(`${unknown.join(', ')}? ${Object.keys(stages).join(' | ')}`);
    return 2;
  }
  const begun = Date.now();
  let [passed, failed] = [0, 0];
  for (const [name, stage] of Object.entries(stages)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const result = await stage();
    passed += result.passed;
    failed += result.failed;
  }
  say(`  ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

/** A stage that is right or wrong as a whole and counts as one. */
function check(title, work) {
  return async () => {
    const begun = Date.now();
    try {
      await work();
      report(title, begun, '✓');
      return { passed: 1, failed: 0 };
    } catch (error) {
      report(title, begun, '✗');
      say(indent(error instanceof Stop ? error.message : error.stack));
      return { passed: 0, failed: 1 };
    }
  };
}

/** A project of vitest.config.ts: each of its tests counts. */
function tests(title, project, environment) {
  return async () => {
    const begun = Date.now();
    const results = at('dist/.test', `${project}.json`);
    mkdirSync(at('dist/.test'), { recursive: true });
    rmSync(results, { force: true });
    let output = '';
    try {
      const args = ['run', '--project', project, '--passWithNoTests', '--reporter=json', `--outputFile=${results}`];
      // 1 means that tests failed: the results say which.
      output = await run(bin('vitest/vitest.mjs'), args, { allowed: [0, 1], env: await environment() });
      if (!existsSync(results)) throw new Stop(output);
    } catch (error) {
      report(title, begun, '✗');
      say(indent(error instanceof Stop ? error.message : error.stack));
      return { passed: 0, failed: 1 };
    }
    return summarise(title, begun, JSON.parse(readFileSync(results, 'utf8')), output);
  };
}

function summarise(title, begun, results, output) {
  const failures = [];
  for (const file of results.testResults) {
    const name = file.name.replace(`${root}/`, '');
    const wrong = file.assertionResults.filter((test) => test.status === 'failed');
    for (const test of wrong) failures.push(`${name}: ${test.fullName}\n${indent(test.failureMessages.join('\n'))}`);
    // A file that could not even be loaded, or whose set-up failed, has no failed test to count.
    if (file.status === 'failed' && wrong.length === 0)
      failures.push(`${name}\n${indent(file.message || output.slice(-3000))}`);
  }
  if (!results.success && failures.length === 0) failures.push(output.slice(-4000));
  const skipped = results.numPendingTests + results.numTodoTests;
  const counts = `${results.numPassedTests}${failures.length ? ` ✗ ${failures.length}` : ''}${skipped ? ` (${skipped} skipped)` : ''}`;
  report(title, begun, `${failures.length === 0 ? '✓' : '✗'} ${counts}`);
  for (const failure of failures) say(indent(failure));
  return { passed: results.numPassedTests, failed: failures.length };
}

/** Journeys and browser tests start servers of their own: none may end up in a database that the environment names. */
function withoutServers() {
  const { DATABASE_URL: _1, CLICKHOUSE_URL: _2, CLICKHOUSE_CLUSTER: _3, ...env } = process.env;
  return env;
}

function report(title, begun, outcome) {
  say(`  ${title} · ${outcome} · ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

function indent(text) {
  return String(text)
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
