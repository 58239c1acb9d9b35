import { ownerOfTheMachine } from '../people/actor.ts';
import type { Command } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import { languageOf } from '../platform/language.ts';
import { silentLog } from '../platform/log.ts';
import type { SignalsPage } from './schemas.ts';
import { readSignals } from './verbs/readSignals.ts';
import { runSignals } from './verbs/runSignals.ts';

/** `heng signals`: looks for the signals of a period and says what they show. */
export const command: Command = {
  name: 'signals',
  summary: {
    zh: '查找一个周期里值得查看的信号（只开清单，不扣分）',
    en: 'Look for signals of gaming in a period (they open lists, nothing is deducted)',
  },
  usage: '--period 2026-10',
  details: {
    zh: ['--period  2026-10、2026-Q4、2026 或 2026-10-01..2026-10-07（含末日）'],
    en: ['--period  2026-10, 2026-Q4, 2026 or 2026-10-01..2026-10-07 (last day included)'],
  },
  positionals: 0,
  options: { period: { type: 'string' } },
  async run({ values, stores, out, env, timeZone, now }) {
    if (typeof values.period !== 'string') throw new BadInput('period.missing');
    const deps = { stores: await stores(), timeZone, now, log: silentLog };
    const { same } = await runSignals(deps, ownerOfTheMachine, { period: values.period });
    const page = await readSignals(deps, ownerOfTheMachine, { period: values.period });
    out({ same, ...page }, readable(page, languageOf(env)));
    return 0;
  },
};

function readable({ run, signals, findings }: SignalsPage, language: 'zh' | 'en'): string {
  const zh = language === 'zh';
  const lines = signals.flatMap((signal) => {
    const found = findings.filter((each) => each.signal === signal.id);
    const lacks = signal.lacks.map((each) => each[language]).join(zh ? '、' : ', ');
    const standing =
      signal.status === 'notMeasurable'
        ? zh
          ? `无法测量：缺少 ${lacks}`
          : `not measurable: lacks ${lacks}`
        : found.length === 0
          ? zh
            ? '没有发现'
            : 'nothing found'
          : zh
            ? `${found.length} 人`
            : `people: ${found.length}`;
    return [
      `${signal.name[language]}  ${standing}`,
      ...found.map((each) => `  ${each.agentId} ${each.name}  ${each.strength.toFixed(2)}  ${each.why[language]}`),
    ];
  });
  const seconds = ((run?.durationMs ?? 0) / 1000).toFixed(1);
  const foot = zh
    ? `第 ${run?.version} 版，用时 ${seconds} 秒。信号只说明哪里值得看，不说明谁做错了什么。`
    : `Version ${run?.version}, ${seconds} s. A signal says where to look, not that somebody did wrong.`;
  return [...lines, '', foot].join('\n');
}
