import { attributesKept } from '../ingest/erasedRows.ts';
import { ticketLog } from '../ingest/fold.ts';
import { literals } from '../ingest/literal.ts';

/** What of an id is kept when its owner was erased: the hash of salt, kind and id. words: what a customer alone wrote where others have a category. */
export const idKinds = ['customer', 'session', 'ticket', 'order', 'agent', 'account', 'words'] as const;
export type IdKind = (typeof idKinds)[number];

/** SQL of a row's further columns, of which only these are kept. */
export const keepingOnly = (kept: readonly string[]): string =>
  `mapFilter((k, v) -> k IN [${literals(kept)}], attributes)`;

/** The SQL of the hash of an id, as `hashOf` of `idHash.ts` gives it. `salt` is an SQL expression. */
export const hashSql = (salt: string, kind: IdKind, id: string): string => `SHA256(concat(${salt}, '${kind}:', ${id}))`;

export interface ErasedTable {
  readonly table: string;
  /** Under whose lock its rows are written. */
  readonly lock: 'writers' | 'derivers';
  /** Rows are a customer's when one of these columns, or expressions, holds an id of theirs. */
  readonly by: readonly { readonly column: string; readonly kind: IdKind }[];
  /** Columns with what they become; those of a sorting key cannot be changed in place. */
  readonly become: Readonly<Record<string, string>>;
  /** Columns of categories, in which what the customer wrote may stand: that becomes a stand-in, a category that many have stays. */
  readonly words?: readonly string[];
  /** Rows that nothing is counted from go as a whole; rows whose key names the customer are written anew first. */
  readonly rows: 'changed' | 'removed' | 'rewritten';
}

const customer = { column: 'customer_id', kind: 'customer' } as const;
const session = { column: 'session_id', kind: 'session' } as const;
const ticket = { column: 'ticket_id', kind: 'ticket' } as const;
/** A session and a ticket may have the same number. */
const subjects = (['session', 'ticket'] as const).map((kind) => ({
  column: `if(subject_kind = '${kind}', subject_id, '')`,
  kind,
}));
const attributes = keepingOnly(attributesKept);

/** Of fewer customers than this a category is none, but what they wrote: a subject line, where a source has no kinds of issue. */
const categoryOf = 5;

/** Where categories stand as they came. */
export const wordColumns: readonly { readonly column: string; readonly tables: readonly ('sessions' | 'tickets')[] }[] =
  [
    { column: 'issue', tables: ['sessions', 'tickets'] },
    { column: 'product', tables: ['tickets'] },
  ];

/** SQL of what erased customers wrote in a column, and hardly anybody else: `word`. */
export function wordsOfFew(salt: string, column: string, tables: readonly ('sessions' | 'tickets')[]): string {
  const isErased = (kind: IdKind, id: string) =>
    `(${id} != '' AND ${hashSql(salt, kind, id)} GLOBAL IN (SELECT hash FROM erased_ids))`;
  const said = tables.map((table) => {
    const kind = table === 'sessions' ? 'session' : 'ticket';
    const theirs = `${isErased('customer', 'customer_id')} OR ${isErased(kind, `${kind}_id`)}`;
    return `SELECT toString(${column}) AS word, customer_id, ${theirs} AS theirs FROM ${table} WHERE ${column} != ''`;
  });
  return `SELECT word FROM (${said.join(' UNION ALL ')}) WHERE NOT startsWith(word, 'erased-')
    GROUP BY word HAVING max(theirs) = 1 AND uniqExact(customer_id) < ${categoryOf}`;
}

/** SQL of a column with the stand-in of what a customer alone wrote: the same everywhere, so that what was alike stays alike. */
export function withoutWords(salt: string, column: string, ids: string): string {
  const hash = hashSql(salt, 'words', `toString(${column})`);
  return `if(${column} != '' AND ${hash} IN (SELECT hash FROM ${ids}), concat('erased-', substring(lower(hex(${hash})), 1, 16)), toString(${column}))`;
}

/** One stand-in for one customer, so that who came back, and how many there were, is counted as before. */
const standIn = (salt: string): string =>
  `if(customer_id = '' OR startsWith(customer_id, 'erased-'), customer_id, concat('erased-', substring(lower(hex(${hashSql(salt, 'customer', 'customer_id')})), 1, 16)))`;

/** Where a customer's personal data stand in ClickHouse, in the tables and, where they have them, in the copies of closed periods. */
export const erasedTables = (salt: string): readonly ErasedTable[] => {
  const owner = { customer_id: standIn(salt) };
  return [
    {
      table: 'messages',
      lock: 'writers',
      by: [customer, session],
      become: { ...owner, text: "''", sender_id: "if(sender = 'customer', '', sender_id)", attributes },
      rows: 'changed',
    },
    { table: 'uncut_messages', lock: 'writers', by: [customer], become: {}, rows: 'removed' },
    {
      table: 'sessions',
      lock: 'writers',
      by: [customer, session],
      become: { ...owner, attributes },
      words: ['issue'],
      rows: 'changed',
    },
    ...['tickets', ticketLog].map((table) => ({
      table,
      lock: 'writers' as const,
      by: [customer, ticket],
      // A device is recognised again by its number, so the number gets a stand-in as well.
      become: {
        ...owner,
        serial: `if(serial = '' OR startsWith(serial, 'erased-'), serial, concat('erased-', substring(lower(hex(SHA256(concat(${salt}, serial)))), 1, 16)))`,
        attributes,
      },
      words: ['issue', 'product'],
      rows: 'changed' as const,
    })),
    {
      table: 'ratings',
      lock: 'writers',
      by: [session, ticket],
      become: { comment: "''", device: "''", attributes },
      rows: 'changed',
    },
    { table: 'orders', lock: 'writers', by: [customer], become: { ...owner, attributes }, rows: 'changed' },
    { table: 'incidents', lock: 'writers', by: [session], become: { note: "''", attributes }, rows: 'changed' },
    { table: 'events', lock: 'writers', by: subjects, become: { attributes }, rows: 'changed' },
    ...[
      { table: 'session_facts', words: ['issue'] },
      { table: 'session_outcomes', words: ['issue'] },
      { table: 'ticket_facts', words: ['issue', 'product'] },
      { table: 'order_facts', words: [] },
    ].map((each) => ({
      ...{ ...each, lock: 'derivers' as const, by: [customer], become: owner, rows: 'changed' as const },
    })),
    ...['inspected_sessions', 'rule_hits'].map((table) => ({
      ...{ table, lock: 'derivers' as const, by: [session], become: {}, words: ['issue'], rows: 'changed' as const },
    })),
    {
      table: 'sales_contacts',
      lock: 'derivers',
      by: [customer],
      become: { contact_id: `concat(${standIn(salt)}, substring(contact_id, length(customer_id) + 1))`, ...owner },
      words: ['issue'],
      rows: 'rewritten',
    },
    { table: 'derivation_orders', lock: 'derivers', by: [customer], become: {}, rows: 'removed' },
  ];
};
