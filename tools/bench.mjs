// `npm run bench [-- NAME…] [--json]`: compiles bench/ with what it imports and runs each file's `run()`, one after the other.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { say, step } from './say.mjs';
import { buildBench, root } from './setUp.mjs';

export async function runBench(args) {
  const json = args.includes('--json');
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const all = readdirSync(join(root, 'bench'))
    .filter((file) => /^[a-z]\w*\.ts$/i.test(file) && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -3));
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    say(`${unknown.join(', ')}? ${all.join(' | ')}`);
    return 2;
  }
  await buildBench();
  const results = [];
  for (const name of wanted.length > 0 ? wanted : all) {
    const { run } = await import(pathToFileURL(join(root, 'dist/.bench/bench', `${name}.js`)).href);
    // A file without run() is what the others share.
    if (typeof run !== 'function') continue;
    results.push({ bench: name, ...(await step(name, run)) });
    if (!json) process.stdout.write(`${JSON.stringify(results.at(-1))}\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify({ results })}\n`);
  return 0;
}
