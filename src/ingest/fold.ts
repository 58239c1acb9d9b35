import { type CheckContext, checkColumn, type Fault } from './checks.ts';
import { type FileColumns, sourceText } from './columnText.ts';
import { erasedKey, orErased } from './erasedRows.ts';
import { type Kind, kinds, storedName } from './kinds.ts';
import { literal } from './literal.ts';
import type { Mapping } from './mapping.ts';
import type { RawTable } from './rawTable.ts';

/**
 * An event log becomes tickets: one row per key from the last value of every column, and an event for each closing,
 * reopening and change of handler. The rows of the log are kept as they came (`ticket_log`), so that what a later file
 * adds is folded with what was there. They are ordered by (instant, order column); only rows that have both in common
 * depend on which came in last.
 */
export interface FoldColumns {
  /** What each row of the log says besides the ticket's own columns: column of `ticket_log` → SQL. */
  readonly columns: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
  /** Rows of an erased customer's ticket; they come before whatever else is wrong, for what they say is shown to nobody. */
  readonly erased: readonly Fault[];
  /** SQL of who had the ticket at a step. */
  readonly handler: string;
  readonly missing: readonly string[];
}

/** Where rows of event logs are kept. */
export const ticketLog = 'ticket_log';

/** What tells one row of a log from another; two of the same are versions, or a log without an order column has them at one instant. */
export const logRow: Pick<Kind, 'name' | 'columns' | 'keys'> = {
  name: 'tickets',
  columns: ['ticket_id', 'at', 'step'].map((name) => ({ name, type: { is: 'id' } })),
  keys: [['ticket_id', 'at', 'step']],
};

/** Columns of a ticket that the fold makes where the mapping names no source. */
export const foldedColumns = new Set(['ticket_id', 'created_at']);

export function foldColumns(
  file: FileColumns,
  mapping: Mapping,
  context: Omit<CheckContext, 'scale'>,
): FoldColumns | null {
  const fold = mapping.fold;
  if (!fold) return null;
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
  const numberOf = (source: string | undefined): string => `toInt64OrNull(${text(source).text})`;
  return {
    columns: new Map([
      ['ticket_id', key],
      ['at', `ifNull(${at.value}, toDateTime64(0, 3, 'UTC'))`],
      ['step', numberOf(fold.order)],
      ['closed', `CAST(${state} = 'closed', 'Bool')`],
      ['reopens', numberOf(fold.reopens)],
      ['handler', handler],
    ]),
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

/** The rows of a log that hold: of several of one ticket, instant and order the one that came in last. */
const held = (log: string, where: string): string => `(
      SELECT * FROM ${log} WHERE ${where}
      ORDER BY import_id DESC, line DESC, content_hash DESC
      LIMIT 1 BY ticket_id, at, ifNull(step, 0), if(step IS NULL, content_hash, 0))`;

/** One row per ticket with its changes: positions are those of the ticket's rows in order. */
function changes(log: string, where: string): string {
  return `SELECT ticket_id,
      arraySort(groupArray((at, ifNull(step, 0), import_id, line, content_hash, closed, ifNull(reopens, -1), toString(handler)))) AS ordered,
      arrayMap(r -> (r.1, r.6, r.7, r.8), ordered) AS rows,
      -- How often it had been reopened as far as was known: a row of a log without that column says nothing of it.
      arrayFill(n -> n >= 0, rows.3) AS counts,
      arrayFilter((r, i) -> r.2 AND (i = 1 OR NOT rows[i - 1].2), rows, arrayEnumerate(rows)).1 AS closings,
      arrayFilter((r, i) -> if(r.3 >= 0, r.3 > if(i = 1, 0, greatest(counts[i - 1], 0)), i > 1 AND NOT r.2 AND rows[i - 1].2),
        rows, arrayEnumerate(rows)).1 AS reopenings,
      arrayFilter(r -> r.4 != '', rows) AS handled,
      arrayMap((r, i) -> (r.1, if(i = 1, '', handled[i - 1].4), r.4), handled, arrayEnumerate(handled)) AS steps,
      arrayFilter(s -> s.2 != s.3, steps) AS moves,
      rows[-1].2 AS ended_closed, rows[1].1 AS first_at, rows[-1].1 AS last_at
    FROM ${held(log, where)} GROUP BY ticket_id`;
}

/** Tickets, as the raw table `tickets` has them, of the rows of a log. `where` chooses whole tickets. */
export function ticketsOf(log: string, where: string, tickets: RawTable): string {
  const order = '(at, ifNull(step, 0), import_id, line, content_hash)';
  const made: Readonly<Record<string, string>> = {
    created_at: 'first_at',
    closed_at: 'if(ended_closed, closings[-1], NULL)',
    first_closed_at: 'if(empty(closings), NULL, closings[1])',
    reopened_at: 'if(empty(reopenings), NULL, reopenings[1])',
    reopened: 'notEmpty(reopenings)',
    // A ticket that an earlier Heng folded from one file carries this instant too: of two folds that end with the same row the one of more rows holds.
    updated_at: 'addMilliseconds(last_at, least(length(rows), 999))',
  };
  const lasts: string[] = [];
  const columns: string[] = [];
  for (const column of kinds.tickets.columns) {
    const name = storedName(column);
    const type = literal(tickets.types.get(name) as string);
    if (name === 'ticket_id') {
      columns.push(name);
      continue;
    }
    const isNullable = name in made || tickets.types.get(name)?.startsWith('Nullable');
    const some = isNullable ? `isNotNull(\`${name}\`)` : column.type.is === 'oneOf' ? '1' : `\`${name}\` != ''`;
    lasts.push(`argMaxIf(\`${name}\`, ${order}, ${some}) AS last_${name}`);
    const value = name in made ? `coalesce(last_${name}, ${made[name]})` : `last_${name}`;
    columns.push(`CAST(${value}, ${type}) AS \`${name}\``);
  }
  lasts.push(`argMax(attributes, ${order}) AS last_attributes`);
  const typed = `SELECT ${columns.join(', ')}, last_attributes AS attributes, toUInt32(0) AS import_id, toUInt32(0) AS line
    FROM (${changes(log, where)}) AS c
    INNER JOIN (SELECT ticket_id, ${lasts.join(', ')} FROM ${held(log, where)} GROUP BY ticket_id) AS l USING (ticket_id)`;
  return withHash(typed, tickets);
}

/** Their events, as the raw table `events` has them. */
export function eventsOf(log: string, where: string, events: RawTable): string {
  const typed = `SELECT 'ticket' AS subject_kind, ticket_id AS subject_id, e.1 AS at, e.2 AS type, '' AS event_id,
      e.3 AS agent_id, e.4 AS to_agent_id, '' AS value,
      CAST(map(), 'Map(LowCardinality(String), String)') AS attributes, toUInt32(0) AS import_id, toUInt32(0) AS line
    FROM (${changes(log, where)}) ARRAY JOIN arrayDistinct(arrayConcat(
      arrayMap(at -> (at, 'closed', arrayLast(s -> s.1 <= at, steps).3, ''), closings),
      arrayMap(at -> (at, 'reopened', '', ''), reopenings),
      arrayMap(m -> if(m.2 = '', (m.1, 'assigned', m.3, ''), (m.1, 'transferred', m.2, m.3)), moves))) AS e`;
  return withHash(typed, events);
}

function withHash(typed: string, raw: RawTable): string {
  const hashed = raw.columns.filter((name) => !['import_id', 'line', 'content_hash'].includes(name));
  const values = hashed.map((name) =>
    raw.types.get(name)?.startsWith('Nullable') ? `ifNull(toString(\`${name}\`), '')` : `\`${name}\``,
  );
  const hash = `cityHash64(${values.join(', ')})`;
  return `SELECT ${raw.columns.map((name) => (name === 'content_hash' ? `${hash} AS content_hash` : `\`${name}\``)).join(', ')} FROM (${typed})`;
}
