import { readFileSync } from 'node:fs';
import { catalogue } from '../metrics/catalogue.ts';
import type { MetricValue } from '../metrics/metricValue.ts';
import { contractLines } from './command.ts';
import { divide, fraction, multiply, toDecimal } from './fraction.ts';
import type { Plan } from './planSchema.ts';
import { readPlan } from './planText.ts';
import { type ResolvedPlan, resolvePlan } from './resolvePlan.ts';
import type { Scorecard, ScoreInput } from './scorecard.ts';
import type { CardStream } from './verbs/scorecards.ts';

export const shippedIds = [
  ...['appliance-aftersales', 'appliance-aftersales-technician', 'jd-service-desk'],
  ...['jd-training-assessment', 'optimised-service', 'taobao-service-manager'],
] as const;

export function shippedPlan(id: (typeof shippedIds)[number]): Plan {
  const { plan } = readPlan(readFileSync(new URL(`../../plans/${id}.yaml`, import.meta.url), 'utf8'));
  if (!plan) throw new Error(`plans/${id}.yaml cannot be read`);
  return plan;
}

/** The document that `heng score --json` prints. */
export async function printedDocument(stream: CardStream): Promise<PrintedDocument> {
  const lines: string[] = [];
  for await (const line of contractLines(stream)) lines.push(line);
  return JSON.parse(lines.join('\n'));
}

interface PrintedDocument {
  readonly plan: string;
  readonly version: number;
  readonly period: string;
  readonly agents: readonly (Pick<Scorecard, 'status' | 'total' | 'grade' | 'coefficient' | 'items'> & {
    readonly agent_id: string;
    readonly steps: readonly { readonly kind: string }[];
  })[];
}

export const catalogueById = new Map(catalogue.map((metric) => [metric.id, metric]));
export const resolved = (plan: Plan): ResolvedPlan => resolvePlan(plan, catalogue);

/** A figure as the metrics layer gives it: `of` 100 for a rate in percent, 1 for a mean. */
export function figure(numerator: string, denominator: string, of: '1' | '100', n = Number(denominator)): MetricValue {
  const value = toDecimal(multiply(divide(fraction(numerator), fraction(denominator)), fraction(of)));
  return { status: n < 30 ? 'lowSample' : 'ok', value, numerator, denominator, n };
}
export const rate = (count: string, of: string): MetricValue => figure(count, of, '100');
/** A figure that needs only one observation, such as an approved assessment. */
export const assessed = (value: string): MetricValue => ({
  status: 'ok',
  value,
  numerator: value,
  denominator: '1',
  n: 1,
});
export const noData: MetricValue = { status: 'noData', value: null, numerator: '0', denominator: '0', n: 0 };

/** Worked example 4 of the sources: 67.33 quantitative, 25.30 qualitative. */
export const exampleFour: ScoreInput = {
  values: {
    first_contact_resolution_rate: { figure: rate('82', '100') },
    ticket_cycle_hours: { figure: figure('4060', '200', '1') },
    csat_rate: { figure: rate('187', '200') },
    repeat_complaint_rate: { figure: rate('12', '200') },
    first_time_fix_rate: { figure: rate('47', '50') },
    qa_score: { figure: assessed('88') },
    field_completeness: { figure: assessed('95') },
    collab_rating: { figure: assessed('90') },
    kb_adopted: { figure: assessed('1') },
  },
  byPriority: { ticket_cycle_hours: { normal: figure('3960', '180', '1'), urgent: figure('100', '20', '1') } },
  tier: null,
  promotion: false,
  vetoes: [],
};

/** The plan of example 4 with a red line that decides the grade, or takes a star. */
export const redLined = (effect: 'lowestGrade' | 'starDown'): ResolvedPlan =>
  resolved({
    ...shippedPlan('appliance-aftersales'),
    vetoes: [{ incident: 'abuse', name: { zh: '辱骂', en: 'Abuse' }, effect }],
    stars: { meets: ['csat'], inARow: '3', floor: '0' },
  });

export function withValues(input: ScoreInput, figures: Readonly<Record<string, MetricValue>>): ScoreInput {
  const values = Object.entries(figures).map(([id, value]) => [id, { figure: value }]);
  return { ...input, values: { ...input.values, ...Object.fromEntries(values) } };
}
