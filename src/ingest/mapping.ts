import { z } from 'zod';
import { closestTo } from '../platform/closest.ts';
import { kindNames, kinds } from './kinds.ts';
import { type MappingIssue, mappingIssue } from './mappingIssues.ts';
import { isTimeZone } from './timeZone.ts';

/**
 * How the columns of somebody else's file become the columns of the open format. Written as YAML for `--map`, built by
 * the upload page, saved under a name. Every source column that no target takes is kept as an attribute.
 */
const sourceSchema = z.strictObject({
  from: z.string().min(1).describe('Header of the source column'),
  format: z
    .string()
    .max(60)
    .optional()
    .describe('Of times and dates, when not ISO 8601: letters y M d H h m s S a, such as d/M/yyyy HH:mm'),
  timeZone: z.string().max(60).optional(),
  nulls: z.array(z.string().max(100)).max(50).optional().describe('Values that mean: nothing'),
  values: z.record(z.string().max(200), z.string().max(200)).optional().describe('Source value to target value'),
  scale: z
    .string()
    .max(20)
    .optional()
    .describe(
      'Of nps: the scale the source asks on. Only 0-10 is taken; who says so vouches for a file that has neither a 0 nor a 10',
    ),
  otherwise: z.string().max(200).optional().describe('Target value for source values that `values` does not list'),
});
const columnSourceSchema = z.union([z.string().min(1), sourceSchema]);
const filterSchema = z.strictObject({
  column: z.string().min(1),
  in: z.array(z.string()).max(200).optional(),
  notIn: z.array(z.string()).max(200).optional(),
});

/** An event log (one row per change) folded into tickets: one ticket per key, and an event row per change. */
const foldSchema = z.strictObject({
  key: z.string().min(1).describe('Column that names the ticket'),
  at: columnSourceSchema.describe('When the row happened'),
  order: z.string().optional().describe('Numeric column that orders rows of the same instant'),
  state: sourceSchema.describe('`values` maps every state to open or closed; a state it does not list is rejected'),
  reopens: z.string().optional().describe('Count column: a rise is a reopening. Without it, leaving closed is one'),
  handler: z.string().optional().describe('Column with the handling agent: a change is a reassignment'),
});

export const mappingSchema = z.strictObject({
  kind: z.enum(kindNames),
  sheet: z.string().max(100).optional().describe('Of a workbook; the first when absent'),
  timeZone: z.string().max(60).optional().describe('Of times that carry no zone'),
  nulls: z.array(z.string().max(100)).max(50).optional(),
  columns: z.record(z.string(), columnSourceSchema),
  constants: z.record(z.string(), z.string().max(1000)).optional(),
  filter: z.array(filterSchema).max(20).optional().describe('Rows that fail it are counted as skipped, not read'),
  fold: foldSchema.optional(),
});
export type Mapping = z.infer<typeof mappingSchema>;
export type ColumnSource = z.infer<typeof columnSourceSchema>;

/** Targets that no column has and that are nearly the name of one: each is kept as an attribute, and perhaps not meant so. */
export function nearlyColumns({ kind, columns, constants }: Mapping): { target: string; near: string }[] {
  const names = kinds[kind].columns.map(({ name }) => name);
  return [...Object.keys(columns), ...Object.keys(constants ?? {})].flatMap((target) => {
    const near = names.includes(target) || target.length < 3 ? null : closestTo(target, names);
    return near === null ? [] : [{ target, near }];
  });
}

/** What the shape alone cannot say: time zones, formats, and parts that contradict each other. */
export function mappingIssues(mapping: Mapping): MappingIssue[] {
  const issues: MappingIssue[] = [];
  const sources: [string, ColumnSource][] = Object.entries(mapping.columns).map(([target, source]) => [
    `columns.${target}`,
    source,
  ]);
  if (mapping.fold) sources.push(['fold.at', mapping.fold.at], ['fold.state', mapping.fold.state]);
  if (mapping.timeZone !== undefined && !isTimeZone(mapping.timeZone))
    issues.push(mappingIssue('timeZone', 'unknownTimeZone'));
  for (const [path, source] of sources) {
    if (typeof source === 'string') continue;
    if (source.scale !== undefined && (path !== 'columns.nps' || source.scale !== npsScale))
      issues.push(mappingIssue(`${path}.scale`, path === 'columns.nps' ? 'npsScale' : 'npsOnly'));
    if (source.timeZone !== undefined && !isTimeZone(source.timeZone))
      issues.push(mappingIssue(`${path}.timeZone`, 'unknownTimeZone'));
    if (source.format !== undefined && !isTimeFormat(source.format))
      issues.push(mappingIssue(`${path}.format`, 'unknownFormat'));
  }
  for (const target of Object.keys(mapping.constants ?? {})) {
    if (target in mapping.columns) issues.push(mappingIssue(`constants.${target}`, 'twice'));
  }
  for (const [index, { in: list, notIn }] of (mapping.filter ?? []).entries()) {
    if (!list && !notIn) issues.push(mappingIssue(`filter[${index}]`, 'noCondition'));
  }
  if (mapping.fold && mapping.kind !== 'tickets') issues.push(mappingIssue('fold', 'ticketsOnly'));
  const states = Object.values(mapping.fold?.state.values ?? { any: 'open' });
  if (states.some((state) => state !== 'open' && state !== 'closed'))
    issues.push(mappingIssue('fold.state.values', 'openOrClosed'));
  return issues;
}

/** The one scale on which a net promoter score means anything. */
const npsScale = '0-10';

/** Whether whoever wrote the mapping vouches for the scale of `nps`. */
export const vouchesForNps = (mapping: Mapping | null): boolean => {
  const source = mapping?.columns.nps;
  return typeof source === 'object' && source.scale === npsScale;
};

/** Letters of the pattern the engine reads; anything else stands for itself. */
function isTimeFormat(format: string): boolean {
  return /^(y+|M+|d+|H+|h+|m+|s+|S+|a|'[^']*'|[^A-Za-z'])+$/.test(format);
}
