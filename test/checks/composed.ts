import type { MetricRequest } from '../../src/metrics/catalogue.ts';
import { composeMetric } from '../../src/metrics/composeMetric.ts';
import { ownRequest } from '../../src/metrics/definitionVersions.ts';
import { checkOwnMetric } from '../../src/metrics/ownMetricIssues.ts';

const defects = [
  ...['platform_rules', 'product', 'order_process', 'aftersales_policy', 'language', 'listening', 'emotion'],
  ...['objection', 'analysis', 'solution', 'cross_department', 'customer_first', 'warmth', 'responsibility'],
  ...['response_time', 'resolution_time'],
];
const rows = (...where: object[]) => ({ of: 'rows', ...(where.length > 0 ? { where } : {}) });
const is = (column: string, value: unknown) => ({ column, op: '=', value });
const sum = (column: string) => ({ of: 'sum', column });

/** Metrics composed from the closed lists that mean what a metric of the catalogue means; the file has that one's plain SQL. */
const composed: readonly { readonly file: string; readonly metric: object; readonly counts?: true }[] = [
  {
    file: 'abandon_rate',
    metric: { fact: 'queued', counted: 'start', credited: 'G', numerator: rows(is('outcome', 'abandoned')) },
  },
  {
    file: 'alert_followup_2h_rate',
    metric: {
      ...{ fact: 'alerts', counted: 'event', credited: 'answerable' },
      numerator: rows({ column: 'act_after', op: '<=', value: 7200 }),
    },
  },
  {
    file: 'cross_dept_response_hours',
    metric: { fact: 'requests', counted: 'creation', credited: 'answerer', unit: 'hours', numerator: sum('waited') },
  },
  {
    file: 'handle_seconds',
    counts: true,
    metric: {
      ...{ fact: 'slices', counted: 'close', credited: 'E', unit: 'seconds' },
      ...{ numerator: sum('handled'), denominator: undefined },
    },
  },
  {
    file: 'qa_defects',
    counts: true,
    metric: {
      ...{ fact: 'incidents', counted: 'event', credited: 'P', unit: 'count', denominator: undefined },
      where: [{ column: 'item', op: 'in', values: defects }],
      numerator: rows(),
    },
  },
  {
    file: 'inquiry_conversion_rate',
    metric: { fact: 'inquiries', counted: 'start', credited: 'inquirer', numerator: rows(is('bought', true)) },
  },
  {
    file: 'repurchase_guidance_rate',
    metric: {
      ...{ fact: 'approaches', counted: 'window', windowHours: 720, credited: 'guide' },
      numerator: rows(is('bought', true)),
    },
  },
  {
    file: 'attendance_rate',
    metric: { fact: 'attendance', counted: 'event', credited: 'P', numerator: rows(is('attended', true)) },
  },
];

const shared = { format: 1, name: { zh: '甲', en: 'A' }, unit: 'percent', better: 'higher', minN: 1 };

export interface ComposedCheck {
  readonly file: string;
  readonly counts: boolean;
  readonly byAgent: boolean;
  readonly request: MetricRequest;
}

export const composedChecks: readonly ComposedCheck[] = composed.map(({ file, metric, counts }) => {
  const { metric: own, issues } = checkOwnMetric({ ...shared, denominator: rows(), ...metric, id: `own_${file}` });
  if (!own) throw new Error(`${file}: ${JSON.stringify(issues)}`);
  const request = ownRequest(own.id, composeMetric(own));
  return { file, counts: counts === true, byAgent: request.counting.agent !== null, request };
});
