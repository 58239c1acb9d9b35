import { ownerOfTheMachine } from '../people/actor.ts';
import type { CommandContext, ExitCode } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import type { Deps } from '../platform/http.ts';
import { type Language, languageOf } from '../platform/language.ts';
import { silentLog } from '../platform/log.ts';
import { readSmallFile } from '../platform/readSmallFile.ts';
import type { DefinitionChange, DefinitionHistory, DualRunAnswer, Preview } from './definitionSchemas.ts';
import { namedIn } from './metricOptions.ts';
import type { MetricValue } from './metricValue.ts';
import { requestsUnder } from './presets.ts';
import { previewMetric } from './verbs/previewMetric.ts';
import { readHistory } from './verbs/readHistory.ts';
import { type PlansUsing, restoreMetric, retireMetric } from './verbs/retireMetric.ts';
import { runBoth } from './verbs/runBoth.ts';
import { changeDefinitions, type Saved, saveOwnMetric } from './verbs/saveDefinitions.ts';

/** Further lines of `heng metrics --help`: what else than asking for figures it does. */
export const definitionUsage = {
  zh: [
    'try FILE      检查自建指标的文件，列出全部问题，按团队预览上月（或 --period）的数值',
    'define FILE   保存自建指标；已有的从 --from 2026-12（默认下月）起换成新版本，--reason 写明原因',
    'change ID…    从 --from 起换一种算法，如 change one_time_resolution_rate:window=48；不带选项则恢复原定，--min-n N 改至少样本，',
    '              --preset taobao 采用平台口径；--reason 必填；加 --dry-run --period 2026-10 只比较新旧数值，不保存',
    'retire ID     自建指标从 --from（默认下月）起停用，之前各月照旧；仍有方案要用它时列出是哪些；restore ID 恢复',
    'history [ID]  定义的变更记录',
  ],
  en: [
    'try FILE      check a file with a metric of your own, list every issue, show last month (or --period) by team',
    'define FILE   keep it; one that exists gets a new version from --from 2026-12 (next month unless given), --reason says why',
    'change ID…    count in another way from --from on, as in change one_time_resolution_rate:window=48; without options as shipped again;',
    '              --min-n N for the minimum n, --preset taobao for a platform’s way; --reason is needed; with --dry-run --period 2026-10',
    '              both are computed over that period and nothing is kept',
    'retire ID     no longer offer a metric of your own from --from on (next month unless given); earlier months stay; plans that still',
    '              count by it are named and stop this; restore ID offers it again',
    'history [ID]  what changed in definitions, when, by whom and why',
  ],
} as const;

/** How many words follow each of these actions. */
export const definitionWords: Readonly<Record<string, number>> = {
  ...{ try: 1, define: 1, change: Number.POSITIVE_INFINITY, retire: 1, restore: 1, history: 1 },
};

export const definitionOptions = {
  from: { type: 'string' },
  reason: { type: 'string' },
  'min-n': { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const;

/** `heng metrics try | define | change | retire | restore | history`. Throws BadInput `metrics.actionUnknown` for any other word. */
export async function definitionActions(
  context: CommandContext,
  [action = '', ...args]: readonly string[],
  plansUsing: PlansUsing,
): Promise<ExitCode> {
  switch (action) {
    case 'try':
      return tryFile(context, named(args[0], 'FILE'));
    case 'define':
      return define(context, named(args[0], 'FILE'));
    case 'change':
      return change(context, args);
    case 'retire':
      return retire(context, named(args[0], 'ID'), plansUsing);
    case 'restore':
      return restore(context, named(args[0], 'ID'));
    case 'history':
      return history(context, args[0]);
    default:
      throw new BadInput('metrics.actionUnknown', { action: action.slice(0, 40) });
  }
}

function named(value: string | undefined, what: string): string {
  if (value === undefined) throw new BadInput('metrics.argumentMissing', { what });
  return value;
}

const ready = async ({ stores, now, timeZone }: CommandContext): Promise<Deps> => ({
  ...{ stores: await stores(), now, timeZone, log: silentLog },
});

const textOf = (value: CommandContext['values'][string]): string | undefined =>
  typeof value === 'string' ? value : undefined;

function monthOf(value: CommandContext['values'][string]): string | undefined {
  const month = textOf(value);
  if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new BadInput('definition.monthUnreadable', { month: month.slice(0, 40) });
  return month;
}

async function tryFile(context: CommandContext, file: string): Promise<ExitCode> {
  const text = readSmallFile(file);
  const preview = await previewMetric(await ready(context), ownerOfTheMachine, {
    ...{ text, period: textOf(context.values.period) },
  });
  context.out(preview, previewText(preview, languageOf(context.env)));
  return preview.issues.length > 0 ? 1 : 0;
}

async function define(context: CommandContext, file: string): Promise<ExitCode> {
  const { from, reason } = context.values;
  const input = { text: readSmallFile(file), from: monthOf(from), reason: textOf(reason) };
  const saved = await saveOwnMetric(await ready(context), ownerOfTheMachine, input);
  context.out(saved, savedText(saved, languageOf(context.env)));
  return 0;
}

async function change(context: CommandContext, requests: readonly string[]): Promise<ExitCode> {
  const { values } = context;
  const changes = changesOf(values, requests);
  const from = monthOf(values.from);
  const language = languageOf(context.env);
  if (values['dry-run'] === true) {
    const period = named(textOf(values.period), '--period');
    const deps = await ready(context);
    const runs: DualRunAnswer[] = [];
    for (const each of changes) runs.push(await runBoth(deps, ownerOfTheMachine, { period, from, change: each }));
    context.out({ runs }, runs.map((run) => dualRunText(run, language)).join('\n\n'));
    return 0;
  }
  const reason = named(textOf(values.reason), '--reason');
  const saved = await changeDefinitions(await ready(context), ownerOfTheMachine, { changes, from, reason });
  context.out(saved, savedText(saved, language));
  return 0;
}

/** What each request asks to hold from now on: the options it names and no others, or those of a platform. */
function changesOf(values: CommandContext['values'], requests: readonly string[]): DefinitionChange[] {
  const minN = textOf(values['min-n']);
  if (minN !== undefined && !/^[1-9]\d{0,5}$/.test(minN))
    throw new BadInput('metrics.minNUnreadable', { given: minN.slice(0, 40) });
  const preset = textOf(values.preset);
  const asked = preset === undefined ? requests : requestsUnder(preset, requests.length > 0 ? requests : null);
  if (asked.length === 0) throw new BadInput('metrics.argumentMissing', { what: 'ID' });
  return asked.map((request) => ({ ...namedIn(request), minN: minN === undefined ? null : Number(minN) }));
}

async function retire(context: CommandContext, metric: string, plansUsing: PlansUsing): Promise<ExitCode> {
  const input = { metric, from: monthOf(context.values.from), reason: textOf(context.values.reason) };
  const saved = await retireMetric(await ready(context), ownerOfTheMachine, input, plansUsing);
  context.out(saved, endedText(saved, languageOf(context.env)));
  return 0;
}

async function restore(context: CommandContext, metric: string): Promise<ExitCode> {
  const input = { metric, reason: textOf(context.values.reason) };
  const saved = await restoreMetric(await ready(context), ownerOfTheMachine, input);
  context.out(saved, savedText(saved, languageOf(context.env)));
  return 0;
}

async function history(context: CommandContext, metric: string | undefined): Promise<ExitCode> {
  const found = await readHistory(await ready(context), ownerOfTheMachine, { metric });
  context.out(found, historyText(found, languageOf(context.env)));
  return 0;
}

const words = {
  zh: { colon: '：', none: '没有数据', few: '样本少', always: '一直', empty: '没有变更过', nobody: '没有数值变动' },
  en: {
    colon: ': ',
    none: 'no data',
    few: 'few',
    always: 'always',
    empty: 'nothing was changed',
    nobody: 'no figure moves',
  },
} as const satisfies Record<Language, unknown>;

const rounded = (amount: string): string =>
  Number(amount)
    .toFixed(4)
    .replace(/\.?0+$/, '');

function figureText(figure: MetricValue | Preview['teams'][number]['figure'], language: Language): string {
  if (figure.value === null) return words[language].none;
  return `${rounded(figure.value)} (n=${figure.n}${figure.status === 'lowSample' ? ` ${words[language].few}` : ''})`;
}

function previewText(preview: Preview, language: Language): string {
  const { colon } = words[language];
  if (!preview.metric)
    return preview.issues
      .map(({ path, message }) => `✗ ${path === '' ? '' : `${path}${colon}`}${message[language]}`)
      .join('\n');
  const { name, definition, attribution, periodRule, exclusion } = preview.metric;
  return [
    `${name[language]}（${preview.metric.id}）`,
    ...[definition, attribution, periodRule, exclusion].map((text) => text[language]),
    '',
    `${preview.period}${colon}${preview.whole ? figureText(preview.whole, language) : words[language].none}`,
    ...preview.teams.map(({ team, figure }) => `  ${team === '' ? '—' : team}\t${figureText(figure, language)}`),
  ].join('\n');
}

function savedText({ saved }: Saved, language: Language): string {
  return saved
    .map(({ metric, version, from }) => {
      const since = from === null ? words[language].always : from;
      return language === 'zh'
        ? `${metric} 第 ${version} 版，生效：${since}`
        : `${metric} version ${version}, in force: ${since}`;
    })
    .join('\n');
}

const endedText = ({ saved }: Saved, language: Language): string =>
  saved
    .map(({ metric, from }) =>
      language === 'zh' ? `${metric} 自 ${from} 起停用` : `${metric} is no longer offered from ${from} on`,
    )
    .join('\n');

function dualRunText(found: DualRunAnswer, language: Language): string {
  const { colon, nobody } = words[language];
  const part = (run: DualRunAnswer['agents']) =>
    run.moved.length === 0
      ? [`  ${nobody}`]
      : run.moved.map((row) => {
          const change = row.change === null ? '' : `  ${row.change.startsWith('-') ? '' : '+'}${rounded(row.change)}`;
          return `  ${row.key === '' ? '—' : row.key}\t${figureText(row.before, language)} → ${figureText(row.after, language)}${change}`;
        });
  return [
    `${found.name[language]}（${found.metric}）${found.period}`,
    ...differenceLines(found.differences, language),
    ...[`agent${colon}`, ...part(found.agents), `team${colon}`, ...part(found.teams)],
  ].join('\n');
}

function differenceLines(differences: DualRunAnswer['differences'], language: Language): string[] {
  return differences.map(({ what, before, after }) => {
    const change = before === null ? (after?.[language] ?? '') : `${before[language]} → ${after?.[language] ?? ''}`;
    return `  ${what[language]}${words[language].colon}${change}`;
  });
}

function historyText({ versions }: DefinitionHistory, language: Language): string {
  if (versions.length === 0) return words[language].empty;
  return versions
    .flatMap(({ metric, name, version, from, at, by, reason, differences }) => [
      `${at}  ${by}  ${name[language]}（${metric}）v${version}  ${from ?? words[language].always}  ${reason}`.trimEnd(),
      ...differenceLines(differences, language),
    ])
    .join('\n');
}
