import type { CheckContext, CheckedColumn, Fault } from './checks.ts';
import type { ColumnTexts } from './columnText.ts';
import type { Kind, KindName } from './kinds.ts';
import { literal, literals } from './literal.ts';

/** Of the further columns of a row that names an erased person only those stay that figures are counted by: exports put names there. */
export const attributesKept = ['shop', 'withdrawn', 'cancelled', 'acted_at'];
/** Which assessments count, and for what. */
export const assessmentAttributesKept = ['withdrawn', 'valid', 'inspection', 'round'];

type Erased = NonNullable<CheckContext['erased']>;

/** Hashed as the erasure does it (`idHash.ts`). */
const hashOf = (kind: string, text: string, { salt }: Erased): string =>
  `SHA256(concat(${literal(`${salt}${kind}:`)}, ${text}))`;
const isErased = (kind: string, text: string, erased: Erased): string =>
  `(${text} != '' AND ${hashOf(kind, text, erased)} IN (SELECT hash FROM ${erased.table}))`;
const orStandIn = (text: string, erased: Erased): string =>
  `if(${isErased('agent', text, erased)}, concat('erased-', substring(lower(hex(${hashOf('agent', text, erased)})), 1, 16)), ${text})`;

/** Columns that name somebody beside whom a row is of: whoever it is of is here still, and their row comes in with the stand-in. */
const beside: Readonly<Partial<Record<KindName, readonly string[]>>> = {
  agents: ['manager_id'],
  sessions: ['transferred_from'],
  tickets: ['technician_id'],
  events: ['agent_id', 'to_agent_id'],
};
/** A row of an event log is a step of a ticket, of whomever the ticket is in the end. */
const besideOfLog: readonly string[] = ['technician_id', 'agent_id'];

const mentor = 'mentor_id';

/** Somebody erased of whom a row is not, and who is not to be read in it either. */
export interface ErasedBeside {
  /** Whether the row names such a one. */
  readonly names: string;
  /** A number of theirs as the stand-in that the tables have. */
  readonly become: (name: string, value: string) => string;
  readonly texts: ColumnTexts;
}

const ofAssessor = (value: string): string => `substring(${value}, position(${value}, ':') + 1)`;

interface Row {
  readonly kind: Kind;
  readonly checked: readonly CheckedColumn[];
  readonly texts: ColumnTexts;
  /** Of an event log: who had the ticket at this step, as SQL. */
  readonly handler: string | null;
}

const columnsBeside = ({ kind, handler }: Pick<Row, 'kind' | 'handler'>): readonly string[] =>
  handler === null ? (beside[kind.name] ?? []) : besideOfLog;

export function erasedBeside(row: Row, erased: CheckContext['erased']): ErasedBeside | null {
  if (!erased) return null;
  const { kind, checked, texts, handler } = row;
  const columns = columnsBeside(row);
  const is = (text: string): string => isErased('agent', text, erased);
  // A number, or the form and behind a colon the number; a number may hold a colon itself.
  const assessors = kind.name === 'assessments' ? checked.filter(({ column }) => column.name === 'by') : [];
  const mentors =
    kind.name === 'agents'
      ? [
          ...texts.attributes.filter(({ name }) => name === mentor).map(({ text }) => text),
          ...(texts.more === null ? [] : [`JSONExtractString(${texts.more}, '${mentor}')`]),
        ]
      : [];
  const named = [
    ...checked.filter(({ column }) => columns.includes(column.name)).map(({ text }) => is(text)),
    ...assessors.flatMap(({ text }) => [is(text), is(ofAssessor(text))]),
    ...mentors.map(is),
    ...(handler === null ? [] : [is(handler)]),
  ];
  if (named.length === 0) return null;
  const names = `(${named.join(' OR ')})`;
  return {
    names,
    become: (name, value) => {
      if (columns.includes(name) || name === 'handler') return orStandIn(value, erased);
      if (kind.name !== 'assessments' || name !== 'by') return value;
      const parted = `concat(substring(${value}, 1, position(${value}, ':')), ${orStandIn(ofAssessor(value), erased)})`;
      return `if(${is(value)}, ${orStandIn(value, erased)}, ${parted})`;
    },
    texts: kind.name === 'agents' ? withMentor(texts, erased) : withKept(texts, kind.name, names),
  };
}

/** What else a roster says of somebody is about themselves. */
function withMentor({ attributes, more, ...texts }: ColumnTexts, erased: Erased): ColumnTexts {
  const of = `JSONExtractString(${more}, '${mentor}')`;
  const map = `JSONExtract(${more}, 'Map(String, String)')`;
  return {
    ...texts,
    attributes: attributes.map(({ name, text }) => ({ name, text: name === mentor ? orStandIn(text, erased) : text })),
    more:
      more &&
      `if(${isErased('agent', of, erased)}, toJSONString(mapUpdate(${map}, map('${mentor}', ${orStandIn(of, erased)}))), ${more})`,
  };
}

function withKept({ attributes, more, ...texts }: ColumnTexts, kind: KindName, names: string): ColumnTexts {
  const kept = kind === 'assessments' ? assessmentAttributesKept : attributesKept;
  const some = `toJSONString(mapFilter((k, v) -> k IN (${literals(kept)}), JSONExtract(${more}, 'Map(String, String)')))`;
  return {
    ...texts,
    attributes: attributes.map(({ name, text }) => ({
      name,
      text: kept.includes(name) ? text : `if(${names}, '', ${text})`,
    })),
    more: more && `if(${names}, ${some}, ${more})`,
  };
}

/** Rows of a customer who was erased, or of a session, ticket or order of theirs, and rows of an erased employee. What they say is shown to nobody. */
export function erasedFaults(row: Omit<Row, 'texts'>, erased: CheckContext['erased']): Fault[] {
  if (!erased) return [];
  const { kind, checked } = row;
  const kinds = {
    ...{ customer_id: ['customer'], session_id: ['session'], ticket_id: ['ticket'], order_id: ['order'] },
    subject_id: ['session', 'ticket', 'agent'],
  };
  const textOf = (name: string) => checked.find(({ column }) => column.name === name)?.text;
  const [subject, sender] = [textOf('subject_kind'), textOf('sender')];
  const owns = ({ column }: CheckedColumn): boolean =>
    (column.agent === true || column.name === 'agent_id') && !columnsBeside(row).includes(column.name);
  const fault = (column: string, when: string): Fault => ({ when, reason: 'erased', column, value: "''" });
  const faults = checked.flatMap((each): Fault[] => {
    const { column, text } = each;
    const own = Object.entries(kinds).find(([name]) => name === column.name)?.[1] ?? [];
    return [...own, ...(owns(each) ? ['agent'] : [])].map((of) => {
      // A session and a ticket may have the same number, and so may a customer who speaks and an employee.
      const bySubject = column.name === 'subject_id' && subject ? `lower(${subject}) = '${of}' AND ` : '';
      const ofKind = column.name === 'sender_id' && sender ? `lower(${sender}) != 'customer' AND ` : bySubject;
      return fault(column.name, `${ofKind}${isErased(of, text, erased)}`);
    });
  });
  if (kind.name !== 'events') return faults;
  // What happened between an erased employee and somebody else is that other's too.
  const [by, to] = [textOf('agent_id'), textOf('to_agent_id')];
  const is = (text: string): string => isErased('agent', text, erased);
  return [
    ...faults,
    ...(by ? [fault('agent_id', to ? `${is(by)} AND (${to} = '' OR ${is(to)})` : is(by))] : []),
    ...(to ? [fault('to_agent_id', by ? `${by} = '' AND ${is(to)}` : is(to))] : []),
  ];
}

/** The ticket of an erased customer, by the key of an event log. */
export const erasedKey = (key: string, erased: CheckContext['erased']): string | null =>
  erased && isErased('ticket', key, erased);

/** Nobody is known by the number of an erased employee any more; what is known is the stand-in. */
export const orErased = (text: string, erased: CheckContext['erased']): string =>
  erased ? ` AND NOT ${isErased('agent', text, erased)}` : '';
