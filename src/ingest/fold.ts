import { type CheckContext, checkColumn, type Fault } from './checks.ts';
import { type FileColumns, sourceText } from './columnText.ts';
import { erasedKey, orErased } from './erasedRows.ts';
import { kinds, storedName } from './kinds.ts';
import { literal } from './literal.ts';
import type { Mapping } from './mapping.ts';
import type { RawTable } from './rawTable.ts';

/**
 * An event log becomes tickets: one row per key from the last value of every column, and an event for each closing,
 * reopening and change of handler. Rows are ordered by (instant, order column, line), so their order in the file is
 * of no account.
 */
export interface FoldColumns {
  /** What each row of the log carries besides the ticket's own columns. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly sql: string }[];
  readonly faults: readonly Fault[];
  /** Rows of an erased customer's ticket; they come before whatever else is wrong, for what they say is shown to nobody. */
  readonly erased: readonly Fault[];
  /** SQL of who had the ticket at a step; null where nothing is folded. */
  readonly handler: string | null;
  readonly missing: readonly string[];
}

/** Columns of a ticket that the fold makes where the mapping names no source. */
export const foldedColumns = new Set(['ticket_id', 'created_at']);

export function foldColumns(file: FileColumns, mapping: Mapping, context: Omit<CheckContext, 'scale'>): FoldColumns {
  const fold = mapping.fold;
  if (!fold) return { columns: [], faults: [], erased: [], handler: null, missing: [] };
  const missing: string[] = [];
  const text = (source: Parameters<typeof sourceText>[1] | undefined) => {
    if (source === undefined) return { text: "''" };
    const found = sourceText(file, source, mapping);
    if (!found) missing.push(typeof source === 'string' ? source : source.from);
    return found ?? { text: "''" };
  };
  const fromOf = (source: Parameters<typeof sourceText>[1]): string =>
    typeof source === 'string' ? source : source.from;
  const at = checkColumn({ name: 'at', type: { is: 'instant' }, required: true }, text(fold.at), {
    ...context,
    scale: 0,
  });
  const key = `trimBoth(${text(fold.key).text})`;
  const state = text(fold.state).text;
  const handler = `trimBoth(${text(fold.handler).text})`;
  const shown = (source: string): string => `c${file.names.indexOf(source)}`;
  const known = context.knownAgents;
  const ofErased = erasedKey(key, context.erased);
  return {
    columns: [
      { name: 'fold_key', type: 'String', sql: key },
      { name: 'fold_at', type: "DateTime64(3, 'UTC')", sql: `ifNull(${at.value}, toDateTime64(0, 3, 'UTC'))` },
      { name: 'fold_order', type: 'Int64', sql: `toInt64OrZero(${text(fold.order).text})` },
      { name: 'fold_closed', type: 'Bool', sql: `${state} = 'closed'` },
      { name: 'fold_reopens', type: 'Int64', sql: `toInt64OrZero(${text(fold.reopens).text})` },
      { name: 'fold_handler', type: 'String', sql: handler },
    ],
    faults: [
      { when: `${key} = ''`, reason: 'missing', column: fold.key, value: "''" },
      ...at.faults.map((fault) => ({ ...fault, column: fromOf(fold.at), value: at.text })),
      {
        when: `${state} NOT IN ('open', 'closed')`,
        reason: 'notOneOf',
        column: fold.state.from,
        value: shown(fold.state.from),
      },
      ...(known && fold.handler
        ? [
            {
              when: `${handler} != '' AND ${handler} NOT IN (${known})${orErased(handler, context.erased)}`,
              reason: 'unknownAgent' as const,
              column: fold.handler,
              value: handler,
            },
          ]
        : []),
    ],
    erased: ofErased === null ? [] : [{ when: ofErased, reason: 'erased', column: fold.key, value: "''" }],
    handler,
    missing,
  };
}

/** One row per key with its changes: positions are those of the key's rows in order. */
function changes(log: string, mapping: Mapping): string {
  const reopened = mapping.fold?.reopens
    ? 'i > 1 AND r.4 > rows[i - 1].4 OR i = 1 AND r.4 > 0'
    : 'i > 1 AND NOT r.3 AND rows[i - 1].3';
  return `SELECT fold_key,
      arraySort(groupArray((fold_at, fold_order, fold_closed, fold_reopens, fold_handler, line))) AS ordered,
      arrayMap(r -> (r.1, r.2, r.3, r.4, r.5), ordered) AS rows,
      arrayFilter((r, i) -> r.3 AND (i = 1 OR NOT rows[i - 1].3), rows, arrayEnumerate(rows)).1 AS closings,
      arrayFilter((r, i) -> ${reopened}, rows, arrayEnumerate(rows)).1 AS reopenings,
      arrayFilter(r -> r.5 != '', rows) AS handled,
      arrayMap((r, i) -> (r.1, if(i = 1, '', handled[i - 1].5), r.5), handled, arrayEnumerate(handled)) AS steps,
      arrayFilter(s -> s.2 != s.3, steps) AS moves,
      rows[-1].3 AS ended_closed, rows[1].1 AS first_at, rows[-1].1 AS last_at
    FROM ${log} GROUP BY fold_key`;
}

export function ticketsOf(log: string, mapping: Mapping, raw: RawTable, partId: number): string {
  const order = '(fold_at, fold_order, line)';
  const given = new Set([...Object.keys(mapping.columns), ...Object.keys(mapping.constants ?? {})]);
  const made: Readonly<Record<string, string>> = {
    ticket_id: 'fold_key',
    created_at: 'first_at',
    closed_at: 'if(ended_closed, closings[-1], NULL)',
    first_closed_at: 'if(empty(closings), NULL, closings[1])',
    reopened_at: 'if(empty(reopenings), NULL, reopenings[1])',
    reopened: 'notEmpty(reopenings)',
    // Of two folds that end with the same row the one of more rows knows more: a log that is imported again, corrected, holds.
    updated_at: 'addMilliseconds(last_at, least(length(rows), 999))',
  };
  const lasts: string[] = [];
  const columns: string[] = [];
  for (const column of kinds.tickets.columns) {
    const name = storedName(column);
    const type = raw.types.get(name) as string;
    if (name in made && !given.has(column.name)) {
      columns.push(`CAST(${made[name]}, ${literal(type)}) AS \`${name}\``);
      continue;
    }
    const some = type.startsWith('Nullable')
      ? `isNotNull(\`${name}\`)`
      : column.type.is === 'oneOf'
        ? '1'
        : `\`${name}\` != ''`;
    const last = type.startsWith('DateTime64')
      ? `argMax(\`${name}\`, ${order})`
      : `argMaxIf(\`${name}\`, ${order}, ${some})`;
    lasts.push(`${last} AS last_${name}`);
    columns.push(`CAST(last_${name}, ${literal(type)}) AS \`${name}\``);
  }
  lasts.push(`argMax(attributes, ${order}) AS last_attributes`, 'max(line) AS last_line');
  const typed = `SELECT ${columns.join(', ')}, last_attributes AS attributes, toUInt32(${partId}) AS import_id, last_line AS line
    FROM (${changes(log, mapping)}) AS c INNER JOIN (SELECT fold_key, ${lasts.join(', ')} FROM ${log} GROUP BY fold_key) AS l USING (fold_key)`;
  return withHash(typed, raw);
}

export function eventsOf(log: string, mapping: Mapping, raw: RawTable, partId: number): string {
  const typed = `SELECT 'ticket' AS subject_kind, fold_key AS subject_id, e.1 AS at, e.2 AS type, '' AS event_id,
      e.3 AS agent_id, e.4 AS to_agent_id, '' AS value,
      CAST(map(), 'Map(LowCardinality(String), String)') AS attributes, toUInt32(${partId}) AS import_id, toUInt32(0) AS line
    FROM (${changes(log, mapping)}) ARRAY JOIN arrayDistinct(arrayConcat(
      arrayMap(at -> (at, 'closed', arrayLast(s -> s.1 <= at, steps).3, ''), closings),
      arrayMap(at -> (at, 'reopened', '', ''), reopenings),
      arrayMap(m -> if(m.2 = '', (m.1, 'assigned', m.3, ''), (m.1, 'transferred', m.2, m.3)), moves))) AS e`;
  return withHash(typed, raw);
}

function withHash(typed: string, raw: RawTable): string {
  const hashed = raw.columns.filter((name) => !['import_id', 'line', 'content_hash'].includes(name));
  const values = hashed.map((name) =>
    raw.types.get(name)?.startsWith('Nullable') ? `ifNull(toString(\`${name}\`), '')` : `\`${name}\``,
  );
  const hash = `cityHash64(${values.join(', ')})`;
  return `SELECT ${raw.columns.map((name) => (name === 'content_hash' ? `${hash} AS content_hash` : `\`${name}\``)).join(', ')} FROM (${typed})`;
}
