// `heng bench`, `npm run bench -- [NAME…] [--data DIR] [--json]`: compiles bench/ with what it imports and runs each file's `run()`, one after the other.
import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from './root.mjs';
import { say, step } from './say.mjs';
import { buildBench } from './setUp.mjs';

const usage = `heng bench [NAME…] [--data DIR] [--json]

测量各项速度；不写名称就逐项全测。数据放在临时文件夹里，完成后删除；--data 指定放在哪里。
Measures how fast things are; without a name everything, one after the other. Their data lie in a temporary folder and go
afterwards; --data says where that folder is made.
`;

export async function runBench(args) {
  const read = readOptions(args);
  if (read === null) {
    say(usage);
    return 2;
  }
  const { help, json, data, wanted } = read;
  const all = readdirSync(join(root, 'bench'))
    .filter((file) => /^[a-z]\w*\.ts$/i.test(file) && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -3));
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    say(`没有这项测量：${unknown.join('、')}。可选：${all.join('、')}`);
    say(`No such measurement: ${unknown.join(', ')}. There are: ${all.join(', ')}`);
    return 2;
  }
  if (help) {
    process.stdout.write(`${usage}\n${all.join(' ')}\n`);
    return 0;
  }
  if (data !== undefined) {
    mkdirSync(data, { recursive: true });
    // Where every measurement makes its folder.
    process.env.TMPDIR = resolve(data);
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

/** Null where an option is not known, or wants a value. */
function readOptions(args) {
  const options = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' }, data: { type: 'string' } };
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { ...values, wanted: positionals };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    say(`选项不对，用法如下。Wrong options; this is how:\n`);
    return null;
  }
}
