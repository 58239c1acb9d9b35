import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './platform/command.ts';
import { NotFound } from './platform/errors.ts';

/** `heng bench`: the measurements of the checkout at `root`; they are no part of what ships. */
export const benchCommand = (root: string): Command => ({
  name: 'bench',
  summary: { zh: '测量各项速度（在源码目录里）', en: 'measure how fast things are here (in a checkout)' },
  usage: '[NAME…] [--data DIR] [--json]',
  details: {
    zh: [
      'NAME…       要测的项目，即 bench/ 里的文件名，如 import、score；不写就逐项全测，写错时列出全部',
      '--data DIR  临时数据放在哪里（默认系统的临时文件夹）；测完即删',
      '结果见 bench/RESULTS.md，说明见 docs/performance.md。',
    ],
    en: [
      'NAME…       what to measure, by the names of the files in bench/ such as import, score; everything without one; a wrong one lists them all',
      '--data DIR  where its temporary data lie (default: the system’s temporary folder); they go afterwards',
      'bench/RESULTS.md has results, docs/performance.md explains them.',
    ],
  },
  positionals: Number.POSITIVE_INFINITY,
  options: {},
  async run({ args, values, json, env }) {
    const tool = join(root, 'tools/run.mjs');
    if (!existsSync(tool)) throw new NotFound('bench.noCheckout', { folder: root });
    const data = typeof values.data === 'string' ? [`--data=${values.data}`] : [];
    // In a process of its own: it measures its memory too, and would otherwise hold every command of Heng.
    const child = spawn(process.execPath, [tool, 'bench', ...data, ...(json ? ['--json'] : []), '--', ...args], {
      stdio: 'inherit',
      env,
    });
    const stop = () => void child.kill();
    process.once('exit', stop);
    const [code] = await once(child, 'exit');
    process.off('exit', stop);
    return code === 0 || code === 2 ? code : 1;
  },
});
