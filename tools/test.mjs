// `npm test`: every check, each on one line; what failed in full; and last `N passed, N failed`. The tests of all projects are one run,
// so that both of its workers stay busy to the end; the checks that are no tests go on beside it.
// `npm test -- unit lint` runs the named stages only.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from './chromium.mjs';
import { root } from './root.mjs';
import { Stop, say } from './say.mjs';
import { build, run, tsc } from './setUp.mjs';

const at = (...path) => join(root, ...path);
const bin = (path) => [process.execPath, at('node_modules', path)];

const checks = {
  types: check('类型 Types', async () => {
    for (const project of ['tsconfig', 'tsconfig.browser', 'tsconfig.web']) {
      // What was right last time is not looked at again: a second run takes a tenth of the first.
      const known = at('dist/.types', `${project}.tsbuildinfo`);
      await run(tsc(), ['-p', `${project}.json`, '--incremental', '--tsBuildInfoFile', known]);
    }
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
};
/** Before the tests, which run what it compiles. */
const buildCheck = check('编译 Build', () => build());

/** Projects of vitest.config.ts, each with the folder of its files; a file belongs to the first that holds it. */
const projects = {
  browser: { title: '浏览器 Browser tests', folder: 'test/browser/' },
  journey: { title: '流程 Journeys', folder: 'test/' },
  unit: { title: '单元与存储 Unit and store tests', folder: '' },
};
const stages = ['types', 'lint', 'imports', 'unused', 'build', 'unit', 'journey', 'browser'];

export async function runTests(names) {
  const unknown = names.filter((name) => !stages.includes(name));
  if (unknown.length > 0) {
    say(`${unknown.join(', ')}? ${stages.join(' | ')}`);
    return 2;
  }
  const begun = Date.now();
  const wanted = names.length > 0 ? names : stages;
  const results = [];
  if (wanted.includes('build')) results.push(await buildCheck());
  const inTurn = async () => {
    for (const name of Object.keys(checks)) if (wanted.includes(name)) results.push(await checks[name]());
  };
  const tested = Object.keys(projects).filter((name) => wanted.includes(name));
  await Promise.all([inTurn(), tested.length > 0 && tests(tested).then((counted) => results.push(...counted))]);
  say(`  ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  const sum = (of) => results.reduce((total, result) => total + of(result), 0);
  const failed = sum((result) => result.failed);
  process.stdout.write(`${sum((result) => result.passed)} passed, ${failed} failed\n`);
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

/** One run of these projects, in which each test counts; its results project by project. */
async function tests(names) {
  const begun = Date.now();
  const file = at('dist/.test/results.json');
  mkdirSync(at('dist/.test'), { recursive: true });
  rmSync(file, { force: true });
  try {
    const args = ['run', ...names.flatMap((name) => ['--project', name]), '--reporter=json', `--outputFile=${file}`];
    const env = names.includes('browser') ? { ...process.env, CHROMIUM_PATH: await chromium() } : process.env;
    // 1 means that tests failed: the results say which.
    const output = await run(bin('vitest/vitest.mjs'), args, { allowed: [0, 1], env });
    if (!existsSync(file)) throw new Stop(output);
    const results = JSON.parse(readFileSync(file, 'utf8'));
    const counted = names.map((name) => summarise(name, results.testResults));
    const isUnexplained = !results.success && counted.every(({ failed }) => failed === 0);
    if (!isUnexplained) return counted;
    say(indent(output.slice(-4000)));
    return [...counted, { passed: 0, failed: 1 }];
  } catch (error) {
    report(names.map((name) => projects[name].title).join(', '), begun, '✗');
    say(indent(error instanceof Stop ? error.message : error.stack));
    return [{ passed: 0, failed: 1 }];
  }
}

function summarise(project, testResults) {
  const isOf = ({ name }) =>
    Object.keys(projects).find((each) => name.startsWith(`${root}/${projects[each].folder}`)) === project;
  const files = testResults.filter(isOf);
  const failures = [];
  let [passed, skipped] = [0, 0];
  for (const file of files) {
    const name = file.name.replace(`${root}/`, '');
    const wrong = file.assertionResults.filter((test) => test.status === 'failed');
    passed += file.assertionResults.filter((test) => test.status === 'passed').length;
    skipped += file.assertionResults.filter((test) => !['passed', 'failed'].includes(test.status)).length;
    for (const test of wrong) failures.push(`${name}: ${test.fullName}\n${indent(test.failureMessages.join('\n'))}`);
    // A file that could not even be loaded, or whose set-up failed, has no failed test to count.
    if (file.status === 'failed' && wrong.length === 0) failures.push(`${name}\n${indent(file.message)}`);
  }
  const counts = `${passed}${failures.length ? ` ✗ ${failures.length}` : ''}${skipped ? ` (${skipped} skipped)` : ''}`;
  const spent = files.reduce((sum, file) => sum + (file.endTime - file.startTime), 0);
  report(projects[project].title, Date.now() - spent, `${failures.length === 0 ? '✓' : '✗'} ${counts}`);
  for (const failure of failures) say(indent(failure));
  return { passed, failed: failures.length };
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
