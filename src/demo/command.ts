import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import { languageOf } from '../platform/language.ts';
import { dateOf, day, startOfDay } from './demoTime.ts';
import { type DemoOptions, generateDemo } from './generateDemo.ts';
import type { Gaming } from './plantGaming.ts';
import { writeDemo } from './writeDemo.ts';

export const command: Command = {
  name: 'demo',
  summary: {
    zh: '生成一家家电售后公司的示例数据（开放格式，按种子确定）',
    en: 'write the data of a made-up appliance after-sales company (open format, determined by the seed)',
  },
  usage: '--seed N --out DIR [--agents N] [--months N] [--until DATE] [--plant]',
  details: {
    zh: [
      '--seed N      0 到 4294967295，决定每个数和每个字：选项相同，写出的数据也相同（必填）',
      '--out DIR     写到哪个文件夹，没有就新建；里面同名的文件会被替换（必填）',
      '--agents N    多少名客服，1 到 20000（默认 60）',
      '--months N    到最后一天为止的几个月，1 到 36（默认 3）',
      '--until DATE  最后一天，如 2026-10-31（默认昨天）',
      '--plant       让至多一半的人各用一种手法做高数字，用来试信号；是谁、怎么做，写在 planted.truth 里，导入时不会读它',
    ],
    en: [
      '--seed N      0 to 4294967295, decides every number and word: the same options give the same data (needed)',
      '--out DIR     the folder to write into, made if missing; files of the same names are replaced (needed)',
      '--agents N    how many agents, 1 to 20000 (default 60)',
      '--months N    how many months up to the last day, 1 to 36 (default 3)',
      '--until DATE  the last day, such as 2026-10-31 (default yesterday)',
      '--plant       has up to half of the people game the figures, each in one way, to try the signals; planted.truth says who and how, and no import reads it',
    ],
  },
  positionals: 0,
  options: {
    seed: { type: 'string' },
    out: { type: 'string' },
    agents: { type: 'string' },
    months: { type: 'string' },
    until: { type: 'string' },
    plant: { type: 'boolean' },
  },
  async run({ values, env, now, out, progress }) {
    const directory = values.out;
    if (typeof directory !== 'string' || directory === '') throw new BadInput('demo.outMissing');
    const options: DemoOptions = {
      seed: wholeNumber('seed', values.seed, { low: 0, high: 2 ** 32 - 1 }),
      agents: wholeNumber('agents', values.agents ?? '60', { low: 1, high: 20_000 }),
      months: wholeNumber('months', values.months ?? '3', { low: 1, high: 36 }),
      until: lastDay(values.until, now()),
    };
    const { agents, months, until } = options;
    let planted: Gaming['truth'] | undefined;
    const tell = (truth: Gaming['truth']) => {
      planted = truth;
    };
    progress(
      languageOf(env) === 'zh'
        ? `生成示例数据：${agents} 名客服，${months} 个月，至 ${until}`
        : `Making up data until ${until}; agents: ${agents}, months: ${months}`,
    );
    const rows = await writeDemo(
      generateDemo({ ...options, ...(values.plant === true ? { plant: tell } : {}) }),
      directory,
    );
    // Not a kind of the open format: an import of the directory passes it by.
    if (planted)
      await writeFile(
        join(directory, 'planted.truth'),
        `${planted.map(({ agent_id, habit }) => `${agent_id} ${habit}`).join('\n')}\n`,
      );
    const list = Object.entries(rows).map(([kind, count]) => `${kind}.csv  ${count}`);
    out({ directory, ...options, rows }, [`${directory}`, ...list].join('\n'));
    return 0;
  },
};

function wholeNumber(name: string, value: unknown, { low, high }: { low: number; high: number }): number {
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= low && number <= high))
    throw new BadInput('demo.numberOutOfRange', { option: `--${name}`, low, high });
  return number;
}

/** Yesterday unless asked otherwise: today's work is not done yet. */
function lastDay(value: unknown, nowMs: number): string {
  if (value === undefined) return dateOf(nowMs - day);
  try {
    return dateOf(startOfDay(String(value)));
  } catch {
    throw new BadInput('demo.dateUnreadable', { option: '--until' });
  }
}
