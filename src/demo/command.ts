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
