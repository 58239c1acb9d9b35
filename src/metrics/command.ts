import type { ClickHouseTables } from '../platform/clickhouse.ts';
import type { Command } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import { type Bilingual, type Language, languageOf } from '../platform/language.ts';
import { askMetrics, stretchesOf } from './askMetrics.ts';
import { readMetricRequest } from './catalogue.ts';
import { definitionActions, definitionOptions, definitionUsage, definitionWords } from './definitionCommand.ts';
import { readDefinitions } from './definitionStore.ts';
import { type Dimension, dimensions, type MetricRow } from './metricValue.ts';
import { begunPeriod, type Period } from './period.ts';
import { presets, requestsUnder } from './presets.ts';
import { questionParams } from './queryMetrics.ts';
import { fromAt, toAt } from './relations.sql.ts';
import type { PlansUsing } from './verbs/retireMetric.ts';

/**
 * `heng metrics`: figures of a period, by up to three dimensions; with an action, what the figures are defined by. `plansUsing` keeps
 * what plans count by from being retired.
 */
export const metricsCommand = (plansUsing: PlansUsing): Command => ({
  name: 'metrics',
  summary: { zh: '查询一个周期的指标，管理指标的定义', en: 'Figures of a period, and what they are defined by' },
  usage:
    '--period 2026-10 [--by agent,day] [--metric ID,…] [--preset taobao] [--live] | try FILE | define FILE | change ID… | retire ID | restore ID | history [ID]',
  details: {
    zh: [
      '--period  2026-10、2026-Q4、2026 或 2026-10-01..2026-10-07（含末日）',
      `--by      ${dimensions.join('、')} 或 none，可用逗号列出至多三个`,
      '--metric  指标编号，逗号分隔；可带选项，如 first_reply_30s_rate:within=15 或 avg_response_seconds:stat=p90:clock=business；不写则为全部',
      `--preset  按平台口径计算：${presets.map(({ id }) => id).join('、')}；不写 --metric 则为该平台有的全部`,
      '--live    已结算的月份也按今天的数据计算，而不是结算时的',
      ...definitionUsage.zh,
    ],
    en: [
      '--period  2026-10, 2026-Q4, 2026 or 2026-10-01..2026-10-07 (last day included)',
      `--by      ${dimensions.join(', ')} or none, up to three, separated by commas`,
      '--metric  metric ids separated by commas, with options as in first_reply_30s_rate:within=15 or avg_response_seconds:stat=p90:clock=business; all when left out',
      `--preset  count as a platform does: ${presets.map(({ id }) => id).join(', ')}; all it has without --metric`,
      '--live    of closed months too what today’s facts give, not those of the closing',
      ...definitionUsage.en,
    ],
  },
  positionals: definitionWords,
  options: {
    period: { type: 'string' },
    by: { type: 'string' },
    metric: { type: 'string' },
    preset: { type: 'string' },
    live: { type: 'boolean' },
    ...definitionOptions,
  },
  async run(context) {
    if (context.args.length > 0) return definitionActions(context, context.args, plansUsing);
    const { values, stores, out, env, timeZone, now } = context;
    if (typeof values.period !== 'string') throw new BadInput('period.missing');
    const period = begunPeriod(values.period, { timeZone, now });
    const by = readDimensions(typeof values.by === 'string' ? values.by : 'none');
    const named = typeof values.metric === 'string' ? values.metric.split(',').filter((id) => id !== '') : null;
    const metrics = typeof values.preset === 'string' ? requestsUnder(values.preset, named) : named;
    // What the catalogue can judge is judged before any engine starts.
    metrics?.filter((id) => !id.startsWith('own_')).forEach(readMetricRequest);
    const { clickhouse, postgres } = await stores();
    const question = { period, by, timeZone, now: now(), ...(metrics ? { metrics } : {}) };
    const facts = values.live === true ? { facts: clickhouse } : {};
    const rows = await askMetrics({ clickhouse, postgres }, { ...question, ...facts });
    const definitions = await readDefinitions(postgres);
    const isCount = ({ metric }: MetricRow) =>
      stretchesOf(definitions, metric, period, timeZone).at(-1)?.request.metric.form === 'count';
    const language = languageOf(env);
    const text = rows.some(({ status }) => status !== 'noData')
      ? readable(rows, by, language, isCount)
      : ((await holdsWork(clickhouse, { period, timeZone, now: now() })) ? nothingCounts : nothingYet)[language];
    out({ period: values.period, rows: rows.map((row) => contractRow(row, by)) }, text);
    return 0;
  },
});

function readDimensions(text: string): Dimension[] {
  if (text === 'none') return [];
  return text.split(',').map((name) => {
    const dimension = dimensions.find((known) => known === name);
    if (!dimension)
      throw new BadInput('metric.dimensionUnknown', { dimension: name.slice(0, 40), known: dimensions.join(', ') });
    return dimension;
  });
}

/** `key` is the value of the one dimension asked for, an object for several, null for none. */
function contractRow(row: MetricRow, by: readonly Dimension[]) {
  const [only] = by;
  const { key, metric, value, numerator, denominator, n, status } = row;
  return {
    key: only === undefined ? null : by.length === 1 ? (key[only] ?? '') : key,
    metric,
    value,
    numerator,
    denominator,
    n,
    status,
  };
}

const nothingYet: Bilingual = {
  zh: '这个周期还没有会话和工单。先用 heng import 导入，或换一个周期。',
  en: 'There are no sessions and no tickets in this period. Import some with heng import, or name another period.',
};
const nothingCounts: Bilingual = {
  zh: '这个周期有会话或工单，但没有可计入所问指标的：没有相应的记录、都被排除，或观察窗口还没有结束。',
  en: 'There are sessions or tickets in this period, but none counts for what was asked: nothing of the kind happened, all are excluded, or it is too early to tell.',
};

async function holdsWork(
  clickhouse: ClickHouseTables,
  question: { readonly period: Period; readonly timeZone: string; readonly now: number },
): Promise<boolean> {
  const rows = await clickhouse.all.query(
    `SELECT 1 AS one FROM (
       SELECT started_at AS at FROM session_facts FINAL UNION ALL SELECT created_at AS at FROM ticket_facts FINAL
     ) WHERE at >= ${fromAt} AND at < ${toAt} LIMIT 1`,
    { params: questionParams(question) },
  );
  return rows.length > 0;
}

function readable(
  rows: readonly MetricRow[],
  by: readonly Dimension[],
  language: Language,
  isCount: (row: MetricRow) => boolean,
): string {
  const few = { zh: '样本少', en: 'few observations' }[language];
  return rows
    .filter((row) => row.status !== 'noData')
    .map((row) => {
      const parts = isCount(row) ? rounded(row.numerator) : `${rounded(row.numerator)}/${rounded(row.denominator)}`;
      const n = row.status === 'lowSample' ? `n=${row.n} ${few}` : `n=${row.n}`;
      const value = row.value === null ? '' : rounded(row.value);
      return [...by.map((dimension) => row.key[dimension] ?? ''), row.metric, value, parts, n].join('\t');
    })
    .join('\n');
}

/** Four decimals at most; the JSON document has them all. */
const rounded = (amount: string): string =>
  Number(amount)
    .toFixed(4)
    .replace(/\.?0+$/, '');
