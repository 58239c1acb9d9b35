import type { Command } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import { readMetricRequest } from './catalogue.ts';
import { type Dimension, dimensions, type MetricRow } from './metricValue.ts';
import { parsePeriod } from './period.ts';
import { queryMetrics } from './queryMetrics.ts';

/** `heng metrics`: figures of a period, by up to three dimensions. */
export const command: Command = {
  name: 'metrics',
  summary: { zh: '查询一个周期的指标', en: 'Figures of a period' },
  usage: '--period 2026-10 [--by agent,day] [--metric ID,…]',
  details: {
    zh: [
      '--period  2026-10、2026-Q4、2026 或 2026-10-01..2026-10-07（含末日）',
      `--by      ${dimensions.join('、')} 或 none，可用逗号列出至多三个`,
      '--metric  指标编号，逗号分隔；可带选项，如 first_reply_30s_rate:unreplied=miss；不写则为全部',
    ],
    en: [
      '--period  2026-10, 2026-Q4, 2026 or 2026-10-01..2026-10-07 (last day included)',
      `--by      ${dimensions.join(', ')} or none, up to three, separated by commas`,
      '--metric  metric ids separated by commas, with options as in first_reply_30s_rate:unreplied=miss; all when left out',
    ],
  },
  options: { period: { type: 'string' }, by: { type: 'string' }, metric: { type: 'string' } },
  async run({ values, stores, out, timeZone, now }) {
    if (typeof values.period !== 'string') throw new BadInput('period.missing');
    const period = parsePeriod(values.period, timeZone);
    const by = readDimensions(typeof values.by === 'string' ? values.by : 'none');
    const metrics = typeof values.metric === 'string' ? values.metric.split(',').filter((id) => id !== '') : null;
    metrics?.forEach(readMetricRequest);
    const { clickhouse } = await stores();
    const rows = await queryMetrics(clickhouse, { period, by, timeZone, now: now(), ...(metrics ? { metrics } : {}) });
    out({ period: values.period, rows: rows.map((row) => contractRow(row, by)) }, readable(rows, by));
    return 0;
  },
};

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

function readable(rows: readonly MetricRow[], by: readonly Dimension[]): string {
  const lines = rows
    .filter((row) => row.status !== 'noData')
    .map((row) => [
      ...by.map((dimension) => row.key[dimension] ?? ''),
      row.metric,
      row.value === null
        ? ''
        : Number(row.value)
            .toFixed(4)
            .replace(/\.?0+$/, ''),
      `${row.numerator}/${row.denominator}`,
      row.status === 'lowSample' ? `n=${row.n} 样本少` : `n=${row.n}`,
    ]);
  if (lines.length === 0) return '这个周期还没有数据。先用 heng import 导入，或换一个周期。';
  return lines.map((cells) => cells.join('\t')).join('\n');
}
