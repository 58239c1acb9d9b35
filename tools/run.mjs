// Everything behind `npm start`, `npm test`, `npm run bench`, `npm run train`, `npm run build` and ./heng: sets up, then runs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';
import { Stop, say } from './say.mjs';
import { build, buildBench, checkMachine, install } from './setUp.mjs';

const [verb, ...args] = process.argv.slice(2);

try {
  checkMachine();
  await install();
  switch (verb) {
    case 'start':
      await build();
      await cli(['start', ...args]);
      break;
    case 'heng':
      // The measurements need no pages.
      await build({ web: args[0] !== 'bench' });
      await cli(args);
      break;
    // The measurements are no part of what ships: they are compiled from bench/ when asked for.
    case 'bench':
      process.exitCode = await bench(args);
      break;
    case 'train':
      process.exitCode = await train(args);
      break;
    case 'build':
      // Tests of single files build in spite of type errors elsewhere; `npm test` shows those.
      await build({ tolerant: args.includes('--tolerant'), web: !args.includes('--server') });
      break;
    case 'faults':
      process.exitCode = await faults(args);
      break;
    case 'cluster':
      process.exitCode = await cluster(args);
      break;
    case 'test': {
      const { runTests } = await import('./test.mjs');
      process.exitCode = await runTests(args);
      break;
    }
    default:
      say(
        'npm start | npm test | npm run test:faults | npm run test:cluster | npm run bench | npm run train | npm run build',
      );
      process.exitCode = 2;
  }
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  say(error.message);
  process.exitCode = 1;
}

async function bench(names) {
  const { runBench } = await import('./bench.mjs');
  return runBench(names);
}

/** Makes the tables and models of `models/`; their trainer is compiled with the measurements. */
async function train(steps) {
  await buildBench();
  const { run } = await import(pathToFileURL(join(root, 'dist/.bench/training/train.js')).href);
  return run(steps);
}

/** Kills and starves the compiled server, again and again; `npm test` does not. */
async function faults(args) {
  await build({ web: false });
  await buildBench();
  const { run } = await import(pathToFileURL(join(root, 'dist/.bench/test/faults/run.js')).href);
  return run(args, process.env);
}

/** The compiled server on one embedded node and on a replicated cluster, side by side; `npm test` does not. */
async function cluster(args) {
  await build({ web: false });
  await buildBench();
  const { run } = await import(pathToFileURL(join(root, 'dist/.bench/test/cluster/run.js')).href);
  return run(args, process.env);
}

/** In this very process, so that signals and the exit code are the command's own. */
async function cli(commandLine) {
  const file = join(root, 'dist/cli.js');
  if (!existsSync(file)) {
    say('dist/cli.js is missing');
    process.exitCode = 1;
    return;
  }
  process.argv = [process.execPath, file, ...commandLine];
  await import(pathToFileURL(file).href);
}
