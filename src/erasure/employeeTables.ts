import { assessmentAttributesKept, attributesKept } from '../ingest/erasedRows.ts';
import { ticketLog } from '../ingest/fold.ts';
import { hashSql, keepingOnly } from './personalParts.ts';

/** Employees who were erased: hashes of their numbers in hexadecimal, and SQL of what they are made with. */
export interface ErasedNumbers {
  readonly salt: string;
  readonly hashes: readonly string[];
}

/** What happens to the rows of a table that name an erased employee. */
export interface EmployeeChange {
  readonly where: string;
  /** Columns with what they become, told from the row as it was; of rows that are written anew the key comes last. */
  readonly become: Readonly<Record<string, string>>;
  /** Where the key names them, rows are written anew: which ones are so already, by which columns each is known, and whether they spread by it. */
  readonly anew?: { readonly where: string; readonly same: readonly string[]; readonly moves: boolean };
}

export interface EmployeeTable {
  readonly table: string;
  /** Every number that a row holds, as SQL of an array of strings. */
  readonly numbers: string;
  change(erased: ErasedNumbers): EmployeeChange;
}

const hexOf = (salt: string, id: string): string => `lower(hex(${hashSql(salt, 'agent', id)}))`;
/** What a number becomes, the same everywhere; `standInOf` of `idHash.ts` gives the same. */
const standIn = (salt: string, id: string): string => `concat('erased-', substring(${hexOf(salt, id)}, 1, 16))`;
/** Whose column is empty is nobody's, whatever was ever asked for. */
const known = ({ salt, hashes }: ErasedNumbers, id: string): string =>
  `(${id} != '' AND ${hexOf(salt, id)} IN (${hashes.map((hash) => `'${hash}'`).join(', ')}))`;
const mapped = (erased: ErasedNumbers, id: string): string =>
  `if(${known(erased, id)}, ${standIn(erased.salt, id)}, ${id})`;
const isStandIn = (column: string): string => `startsWith(${column}, 'erased-')`;
const nobody = '[]::Array(String)';
/** Further columns of rows as they came: exports put names there. */
const attributes = keepingOnly(attributesKept);

interface Columns {
  /** Rows as they came may carry the name in a further column. */
  readonly asTheyCame?: boolean;
  readonly plain?: readonly string[];
  readonly lists?: readonly string[];
  readonly verdicts?: readonly string[];
}

const verdictType = `'Tuple(agent_id LowCardinality(String), session_id String, reason LowCardinality(String))'`;

/** Rows that name who answered, owned or settled something, outside their key. */
const inPlace = (
  table: string,
  { asTheyCame = false, plain = [], lists = [], verdicts = [] }: Columns,
): EmployeeTable => {
  const single = [...plain, ...verdicts.map((each) => `${each}.agent_id`)].map((each) => `toString(${each})`);
  const all = lists.map((each) => `arrayMap(x -> toString(x), ${each})`);
  return {
    table,
    numbers: `arrayConcat(${[`[${single.join(', ')}]::Array(String)`, ...all].join(', ')})`,
    change: (erased) => ({
      where: [
        ...single.map((each) => known(erased, each)),
        ...lists.map((each) => `arrayExists(x -> ${known(erased, 'toString(x)')}, ${each})`),
      ].join(' OR '),
      become: Object.fromEntries([
        ...plain.map((each) => [each, mapped(erased, `toString(${each})`)]),
        ...lists.map((each) => [each, `arrayMap(x -> ${mapped(erased, 'toString(x)')}, ${each})`]),
        ...(asTheyCame ? [['attributes', attributes]] : []),
        ...verdicts.map((each) => {
          const agent = mapped(erased, `toString(${each}.agent_id)`);
          return [each, `CAST(tuple(${agent}, ${each}.session_id, ${each}.reason), ${verdictType})`];
        }),
      ]),
    }),
  };
};

const agent = 'toString(agent_id)';
const raw = ['import_id', 'line', 'content_hash'];

interface Own {
  /** What else of the row goes. */
  readonly more?: (erased: ErasedNumbers) => Readonly<Record<string, string>>;
  readonly same?: readonly string[];
  readonly moves?: boolean;
}

/** Rows about an employee, by their number. */
const own = (table: string, { more = () => ({}), same = raw, moves = false }: Own): EmployeeTable => ({
  table,
  numbers: `[${agent}]`,
  change: (erased) => ({
    where: known(erased, agent),
    become: { ...more(erased), agent_id: mapped(erased, agent) },
    anew: { where: isStandIn(agent), same, moves },
  }),
});

/** What was said in a conversation; the number of a customer may be that of an employee. */
const spoken = (table: string): EmployeeTable => ({
  table,
  numbers: `if(sender = 'customer', ${nobody}, [toString(sender_id)])`,
  change: (erased) => {
    const speaks = `sender != 'customer' AND ${known(erased, 'toString(sender_id)')}`;
    return {
      where: speaks,
      become: {
        sender_id: `if(${speaks}, ${standIn(erased.salt, 'toString(sender_id)')}, toString(sender_id))`,
        attributes,
      },
    };
  },
});

const mentor = `attributes['mentor_id']`;
const name = ({ salt }: ErasedNumbers): string => standIn(salt, agent);
/** Who assessed: a number, or the form and behind a colon the number. */
const assessor = `substring(by, position(by, ':') + 1)`;

/** Every table in which an employee's number stands, also in the copies of closed periods; name and what was noted of them go with it. */
export const employeeTables: readonly EmployeeTable[] = [
  // Since when, in which team and tier and for which pay is what figures and payouts are counted by.
  own('agents', {
    more: (erased) => ({
      name: name(erased),
      attributes: keepingOnly(['mentor_id', 'performance_pay']),
    }),
  }),
  {
    table: 'agents',
    numbers: `[manager_id, ${mentor}]`,
    change: (erased) => ({
      where: `${known(erased, 'manager_id')} OR ${known(erased, mentor)}`,
      become: {
        manager_id: mapped(erased, 'manager_id'),
        attributes: `mapApply((k, v) -> (k, if(k = 'mentor_id', ${mapped(erased, 'v')}, v)), attributes)`,
      },
    }),
  },
  own('agent_history', { more: (erased) => ({ name: name(erased) }), same: ['agent_id', 'valid_from'] }),
  own('attendance', { more: () => ({ attributes }) }),
  own('incidents', { more: () => ({ note: "''", attributes }), moves: true }),
  {
    table: 'assessments',
    numbers: `[${agent}, by, ${assessor}]`,
    change: (erased) => ({
      where: [agent, 'by', assessor].map((each) => known(erased, each)).join(' OR '),
      become: {
        // What they said of others stays: it is those others' assessment.
        note: `if(${known(erased, agent)}, '', note)`,
        by: `multiIf(${known(erased, 'by')}, ${standIn(erased.salt, 'by')}, ${known(erased, assessor)}, concat(substring(by, 1, position(by, ':')), ${standIn(erased.salt, assessor)}), by)`,
        attributes: keepingOnly(assessmentAttributesKept),
        agent_id: mapped(erased, agent),
      },
      anew: { where: `${isStandIn(agent)} OR position(by, 'erased-') > 0`, same: raw, moves: true },
    }),
  },
  {
    table: 'events',
    numbers: `if(subject_kind = 'agent', [subject_id], ${nobody})`,
    change: (erased) => ({
      where: `subject_kind = 'agent' AND ${known(erased, 'subject_id')}`,
      become: { attributes, subject_id: mapped(erased, 'subject_id') },
      anew: { where: `subject_kind = 'agent' AND ${isStandIn('subject_id')}`, same: raw, moves: true },
    }),
  },
  inPlace('events', { asTheyCame: true, plain: ['agent_id', 'to_agent_id'] }),
  spoken('messages'),
  spoken('uncut_messages'),
  inPlace('sessions', { asTheyCame: true, plain: ['assigned_agent_id', 'transferred_from'] }),
  inPlace('tickets', { asTheyCame: true, plain: ['agent_id', 'technician_id'] }),
  inPlace(ticketLog, { asTheyCame: true, plain: ['agent_id', 'technician_id', 'handler'] }),
  inPlace('session_facts', {
    plain: ['first_agent_id', 'owner_agent_id'],
    lists: ['turn_agent_id', 'slice_agent_id', 'load_agent_id'],
  }),
  inPlace('session_outcomes', { plain: ['owner_agent_id'] }),
  inPlace('ticket_facts', {
    plain: ['owner_agent_id', 'fixer_agent_id', 'previous_complaint_owner_id'],
    lists: ['act_agent_id'],
  }),
  inPlace('order_facts', {
    lists: ['round_agent_id', 'contact_agent_id'],
    verdicts: [
      ...['by_order_last_chat', 'by_order_rounds', 'by_payment_last_chat', 'by_payment_rounds'],
      ...['by_order_first_last_chat', 'by_order_first_rounds'],
    ],
  }),
  inPlace('sales_contacts', {
    plain: ['last_chat_agent_id', 'rounds_agent_id'],
    lists: ['round_agent_id', 'contact_agent_id'],
  }),
  inPlace('inspected_sessions', { plain: ['owner_agent_id'], lists: ['slice_agent_id'] }),
  inPlace('rule_hits', { plain: ['agent_id'] }),
  inPlace('hit_labels', { plain: ['agent_id'] }),
];
