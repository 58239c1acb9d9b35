import { Decimal } from 'decimal.js';
import type { MetricRow } from '../../src/metrics/metricValue.ts';
import { type Period, parsePeriod } from '../../src/metrics/period.ts';
import { queryMetrics } from '../../src/metrics/queryMetrics.ts';
import type { TestStores } from '../../src/platform/testing.ts';
import { composedChecks } from './composed.ts';
import { type CheckedValue, check } from './runChecks.ts';

const timeZone = 'Asia/Shanghai';

/** Which SQL file answers which request to the product. */
const byAgent: Readonly<Record<string, string>> = {
  first_reply_30s_rate: 'first_reply_30s_rate',
  'first_reply_30s_rate:unreplied=miss': 'first_reply_30s_rate_unreplied_miss',
  'one_time_resolution_rate:window=48': 'one_time_resolution_rate_48h',
  'repeat_complaint_rate:window=7': 'repeat_complaint_rate_7d',
  'first_reply_30s_rate:within=15:hours=all': 'first_reply_30s_rate_within_15_all_hours',
  'first_reply_30s_rate:within=30:hours=9to23:returns=rejoin': 'first_reply_30s_rate_jd',
  'first_reply_30s_rate:unreplied=miss:within=600:clock=customer:returns=rejoin':
    'first_reply_30s_rate_rejoin_customer_unreplied_miss',
  'reply_rate:hours=9to23:returns=rejoin': 'reply_rate_jd',
  'first_response_seconds:clock=customer': 'first_response_seconds_customer',
  'avg_response_seconds:clock=business': 'avg_response_seconds_business',
  'avg_response_seconds:hours=8to23:first=omit:cap=60': 'avg_response_seconds_cap_60_later_8to23',
  'reply_3min_rate:within=180:clock=calendar': 'reply_3min_rate',
  'reply_3min_rate:within=60:clock=customer': 'reply_3min_rate_within_60_customer',
  'reply_3min_rate:unit=person': 'reply_3min_rate_person',
  'reply_3min_rate:unit=person:within=60:clock=customer:hours=all': 'reply_3min_rate_person_within_60_customer_all',
  'ticket_cycle_hours:clock=business': 'ticket_cycle_hours_business',
  'install_resolution_minutes:clock=business': 'install_resolution_minutes_business',
  'ticket_24h_rate:within=6': 'ticket_24h_rate_within_6',
  'avg_order_value:verdict=payment': 'avg_order_value_payment',
  'avg_order_value:verdict=orderFirst:credit=rounds:window=7': 'avg_order_value_order_first_rounds_7',
  'inquiry_conversion_rate:verdict=payment:window=15': 'inquiry_conversion_rate_payment_15',
  'inquiry_conversion_rate:inquiry=presale': 'inquiry_conversion_rate_presale',
  'inquiry_conversion_rate:buyers=new': 'inquiry_conversion_rate_new',
  'refund_rate:clawback=none': 'refund_rate_no_clawback',
  'order_value_uplift:clawback=none': 'order_value_uplift_no_clawback',
  'adherence:measure=conformance': 'adherence_conformance',
  'csat_rate:credit=shared': 'csat_rate_shared',
  'csat_score:credit=shared': 'csat_score_shared',
  'qa_defects:item=language': 'qa_defects_language',
  ...Object.fromEntries(
    [
      'first_response_seconds',
      'avg_response_seconds',
      'reply_rate',
      'reply_3min_rate',
      'load_per_8h',
      'session_seconds',
      'one_time_resolution_rate',
      'first_contact_resolution_rate',
      'ticket_cycle_hours',
      'ticket_24h_rate',
      'ticket_open_over_48h',
      'ticket_closure_rate',
      'repeat_complaint_rate',
      'first_time_fix_rate',
      'reopen_rate',
      'transfer_out_rate',
      'csat_rate',
      'csat_score',
      'invite_rate',
      'rating_rate',
      'kb_adopted',
      'field_completeness',
      'attendance_rate',
      'complaint_rate',
      'qa_score',
      'collab_rating',
      'inquiry_conversion_rate',
      'avg_order_value',
      'order_value_uplift',
      'repurchase_guidance_rate',
      'newcomer_conversion_rate',
      'refund_rate',
      'handle_seconds',
      'effective_interaction_ratio',
      'offline_handled_rate',
      'kb_usage_rate',
      'alert_followup_2h_rate',
      'bad_review_rescue_rate',
      'cross_dept_response_hours',
      'install_resolution_minutes',
      'complaint_resolution_rate',
      'occupancy',
      'adherence',
      'negative_word_ratio',
      'sentiment_index',
      'mentoring_gain',
      'supervisor_score',
      'behaviour_score',
      'innovation_points',
      'personalisation_index',
      'exam_score',
      'peer_360',
      'qa_spread',
      'qa_accuracy',
      'qa_defects',
      'redline_count',
      'solution_match_rate',
    ].map((id) => [id, id]),
  ),
};

/** The same for percentiles: their numerator in the SQL is the value. */
const percentiles: Readonly<Record<string, string>> = {
  'avg_response_seconds:stat=p90': 'avg_response_seconds_p90',
  'first_response_seconds:stat=median': 'first_response_seconds_median',
  'session_seconds:stat=p75': 'session_seconds_p75',
  'ticket_cycle_hours:stat=p95': 'ticket_cycle_hours_p95',
};

/** Metrics that nobody is credited with. */
const ofAll: Readonly<Record<string, string>> = {
  'service_level:within=60:abandons=credited': 'service_level_credited',
  ...Object.fromEntries(
    [
      'nps',
      'repurchase_revenue_share',
      'service_level',
      'abandon_rate',
      'bot_containment_rate',
      'collab_resolution_rate',
      'shrinkage',
      'dsr_service',
      'banned_word_recall',
      'kb_match_accuracy',
      'qa_coverage',
      'process_audit_rate',
      'experience_share_rate',
      'retention_rate',
      'response_volatility',
    ].map((id) => [id, id]),
  ),
};
/** Counts: their denominator is not defined, and an agent with none is no row here. */
const counts = new Set(['kb_adopted', 'ticket_open_over_48h', 'qa_defects', 'redline_count']);

/** Where the product and the plain SQL differ in a period: `metric agent: product … sql …`; empty when they agree. */
export async function disagreements(stores: TestStores, periodText: string, now: number): Promise<string[]> {
  const period = parsePeriod(periodText, timeZone);
  const answer = await queryMetrics(stores.clickhouse, {
    period,
    by: ['agent'],
    metrics: [...Object.keys(byAgent), ...Object.keys(percentiles)],
    timeZone,
    now,
  });
  const found: string[] = [];
  for (const [request, file] of Object.entries(percentiles)) {
    const product = answer
      .filter((row) => row.metric === request)
      .map((row): MetricRow => (row.status === 'noData' ? row : { ...row, numerator: row.value }));
    const sql = await checked(stores, file, period, now);
    found.push(...differences(request, product, (row) => row.key.agent ?? '', sql, false));
  }
  for (const [request, file] of Object.entries(byAgent)) {
    const id = request.replace(/:.*/, '');
    const product = answer.filter((row) => row.metric === request || (row.metric === id && request === file));
    const sql = await checked(stores, file, period, now);
    found.push(...differences(request, product, (row) => row.key.agent ?? '', sql, counts.has(id)));
  }
  for (const request of Object.keys(ofAll)) found.push(...(await ofNobody(request, stores, period, now)));
  found.push(...(await byPriority(stores, period, now)));
  found.push(...(await ofOwn(stores, period, now)));
  return found;
}

/** The same for metrics that people compose. */
async function ofOwn(stores: TestStores, period: Period, now: number): Promise<string[]> {
  const ask = (byAgent: boolean) =>
    queryMetrics(stores.clickhouse, {
      ...{ period, timeZone, now, by: byAgent ? ['agent'] : [] },
      metrics: composedChecks.filter((each) => each.byAgent === byAgent).map(({ request }) => request),
    });
  const rows = [...(await ask(true)), ...(await ask(false))];
  const found: string[] = [];
  for (const { file, counts: countOnly, request } of composedChecks) {
    const product = rows.filter(({ metric }) => metric === request.text);
    const sql = await checked(stores, file, period, now);
    found.push(...differences(request.text, product, (row) => row.key.agent ?? '', sql, countOnly));
  }
  return found;
}

async function byPriority(stores: TestStores, period: Period, now: number): Promise<string[]> {
  const metrics = ['ticket_cycle_hours'];
  const rows = await queryMetrics(stores.clickhouse, { period, by: ['agent', 'priority'], metrics, timeZone, now });
  const found: string[] = [];
  for (const priority of ['normal', 'urgent'] as const) {
    const product = rows.filter((row) => row.key.priority === priority);
    const sql = await checked(stores, 'ticket_cycle_hours', period, now, priority);
    found.push(...differences(`ticket_cycle_hours ${priority}`, product, (row) => row.key.agent ?? '', sql, false));
  }
  return found;
}

/** What is credited to nobody in person, for the whole company. */
async function ofNobody(metric: string, stores: TestStores, period: Period, now: number): Promise<string[]> {
  const product = await queryMetrics(stores.clickhouse, { period, by: [], metrics: [metric], timeZone, now });
  return differences(metric, product, () => '', await checked(stores, ofAll[metric] ?? metric, period, now), false);
}

function checked(stores: TestStores, file: string, period: Period, nowMs: number, priority?: 'normal' | 'urgent') {
  const options = { fromMs: period.fromMs, toMs: period.toMs, nowMs };
  return check(stores.clickhouse.all, file, priority ? { ...options, priority } : options);
}

function differences(
  name: string,
  product: readonly MetricRow[],
  keyOf: (row: MetricRow) => string,
  sql: readonly CheckedValue[],
  countOnly: boolean,
): string[] {
  const shown = (numerator: Decimal, denominator: Decimal) =>
    countOnly ? trimmed(numerator) : `${trimmed(numerator)}/${trimmed(denominator)}`;
  const empty = countOnly ? '0' : 'noData';
  const told = new Map(
    product
      .filter(
        (row) =>
          (row.status !== 'noData' && keyOf(row) !== '') ||
          (Object.hasOwn(ofAll, name.replace(/^own_/, '')) && row.status !== 'noData'),
      )
      .map((row) => [keyOf(row), shown(new Decimal(row.numerator), new Decimal(row.denominator))]),
  );
  const seen = new Map(
    sql
      .filter((row) => countOnly || !row.denominator.isZero())
      .map((row) => [row.key, shown(row.numerator, row.denominator)]),
  );
  return [...new Set([...told.keys(), ...seen.keys()])]
    .sort()
    .filter((key) => (told.get(key) ?? empty) !== (seen.get(key) ?? empty))
    .map((key) => `${name} ${key}: product ${told.get(key) ?? empty} sql ${seen.get(key) ?? empty}`);
}

function trimmed(value: Decimal): string {
  return value.toSignificantDigits(15).toString();
}
