import { type Role, roles, type Scope } from './actor.ts';
import { isOfErased } from './schemas.ts';

/** A row of the file as it was written, by the names of `columns`. */
export interface PersonRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Who is here, as far as the plan looks at it. */
export interface Known {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly scope: Scope;
  readonly agentId: string | null;
  readonly active: boolean;
}

interface Wanted {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly scope: Scope;
  readonly agentId: string | null;
}

export type FaultCode =
  | 'emailUnreadable'
  | 'emailTwice'
  | 'nameUnreadable'
  | 'roleUnknown'
  | 'activeUnreadable'
  | 'scopeMissing'
  | 'scopeTwice'
  | 'agentMissing'
  | 'agentTwice'
  | 'agentTaken'
  | 'agentErased'
  | 'administratorScope';

/** Why a row was left out. `value`: what stood there, shortened. */
interface Fault {
  readonly line: number;
  readonly column: Column;
  readonly code: FaultCode;
  readonly value: string;
}

export type Step =
  | { readonly kind: 'create'; readonly line: number; readonly wanted: Wanted }
  | {
      readonly kind: 'change';
      readonly line: number;
      readonly known: Known;
      readonly wanted: Wanted;
      readonly returns: boolean;
    }
  | { readonly kind: 'deactivate'; readonly line: number | null; readonly known: Known };

export interface ImportPlan {
  readonly steps: readonly Step[];
  /** People of the file for whom nothing changes. */
  readonly unchanged: number;
  readonly faults: readonly Fault[];
  /** Nobody is deactivated for being absent while a row cannot be read: it may be theirs. */
  readonly missingKept: boolean;
}

/** The columns, each with the other names under which it is found. */
export const columns = {
  email: ['邮箱', 'e-mail'],
  name: ['姓名'],
  role: ['角色'],
  scope: ['范围'],
  teams: ['团队'],
  shops: ['店铺'],
  agent_id: ['客服编号', '工号'],
  active: ['在用'],
} as const;
type Column = keyof typeof columns;
const columnNames = Object.keys(columns) as Column[];
const neededColumns = ['email', 'name', 'role'] as const satisfies readonly Column[];

const roleNames: Readonly<Record<string, Role>> = {
  ...Object.fromEntries(roles.map((role) => [role, role])),
  ...{
    客服: 'agent',
    主管: 'supervisor',
    质检员: 'inspector',
    培训: 'trainer',
    人事: 'hr',
    管理员: 'administrator',
    总监: 'director',
  },
};
const yes = ['yes', 'true', '1', 'y', '是', '在用'];
const no = ['no', 'false', '0', 'n', '否', '停用'];
const everything = ['all', '全部'];

/** The columns that the header names, by our names for them; a needed one that is absent is in `missing`. */
export function columnsOf(header: readonly string[]): { found: ReadonlyMap<string, Column>; missing: Column[] } {
  const found = new Map<string, Column>();
  for (const name of header) {
    const plain = name.trim().toLowerCase();
    const column = columnNames.find((each) => each === plain || columns[each].some((other) => other === plain));
    if (column) found.set(name, column);
  }
  return { found, missing: neededColumns.filter((needed) => ![...found.values()].includes(needed)) };
}

/**
 * What a file of people asks for: whom to make, change, let back in and deactivate. Rows that say nothing sound are faults and
 * change nothing. The same file again gives no step. `deactivateMissing`: also whoever is not in the file. `erased`: numbers that nobody
 * gets again.
 */
export function planImport(
  rows: readonly PersonRow[],
  known: readonly Known[],
  options: { readonly deactivateMissing: boolean; readonly erased: ReadonlySet<string> },
): ImportPlan {
  const { deactivateMissing, erased } = options;
  const byEmail = new Map(known.map((person) => [person.email, person]));
  const faults: Fault[] = [];
  const sound: Sound[] = [];
  const emails = new Set<string>();
  for (const row of rows) {
    const read = readRow(row, emails, erased);
    emails.add(emailOf(row));
    if ('code' in read) faults.push(read);
    else sound.push(read);
  }

  // An agent has one person at a time: those who stay as they are come first, then the file in its order.
  const listed = new Set(sound.map(({ wanted }) => wanted.email));
  const missing = known.filter((person) => person.active && !emails.has(person.email));
  const missingKept = deactivateMissing && faults.length > 0;
  const leaving = deactivateMissing && !missingKept ? missing : [];
  const holders = new Map<string, string>();
  for (const person of known) {
    const stays = person.active && !listed.has(person.email) && !leaving.includes(person);
    if (stays && person.agentId !== null) holders.set(person.agentId, person.email);
  }
  const steps: Step[] = leaving.map((person) => ({ kind: 'deactivate', line: null, known: person }));
  let unchanged = 0;
  for (const { row, wanted, active } of sound) {
    const before = byEmail.get(wanted.email);
    if (active === 'no' && before?.active) {
      steps.push({ kind: 'deactivate', line: row.line, known: before });
      continue;
    }
    // Who was deactivated here stays out until the file says yes in words.
    if (active === 'no' || (active === 'unsaid' && before?.active === false)) {
      unchanged++;
      continue;
    }
    const holder = wanted.agentId === null ? undefined : holders.get(wanted.agentId);
    if (wanted.agentId !== null && holder !== undefined && holder !== wanted.email) {
      const code = listed.has(holder) ? 'agentTwice' : 'agentTaken';
      faults.push({ line: row.line, column: 'agent_id', code, value: shown(wanted.agentId) });
      continue;
    }
    if (wanted.agentId !== null) holders.set(wanted.agentId, wanted.email);
    if (!before) steps.push({ kind: 'create', line: row.line, wanted });
    else if (before.active && isSame(before, wanted)) unchanged++;
    else steps.push({ kind: 'change', line: row.line, known: before, wanted, returns: !before.active });
  }
  return { steps, unchanged, faults: faults.sort((a, b) => a.line - b.line), missingKept };
}

const isSame = (before: Known, { name, role, scope, agentId }: Wanted) =>
  JSON.stringify([before.name, before.role, sorted(before.scope), before.agentId]) ===
  JSON.stringify([name, role, sorted(scope), agentId]);

function sorted(scope: Scope): readonly string[] {
  switch (scope.kind) {
    case 'all':
      return ['all'];
    case 'teams':
      return ['teams', ...[...scope.teams].sort()];
    case 'shops':
      return ['shops', ...[...scope.shops].sort()];
    case 'self':
      return ['self', scope.agentId];
  }
}

const cell = ({ cells }: PersonRow, column: Column) => cells[column]?.trim() ?? '';
const emailOf = (row: PersonRow) => cell(row, 'email').toLowerCase();
const shown = (value: string) => value.slice(0, 60);
const listOf = (text: string) =>
  [...new Set(text.split(/[;；,，、|]/).map((part) => part.trim()))].filter((part) => part !== '');

interface Sound {
  readonly row: PersonRow;
  readonly wanted: Wanted;
  readonly active: 'yes' | 'no' | 'unsaid';
}

function activeOf(row: PersonRow): Sound['active'] | null {
  const word = cell(row, 'active').toLowerCase();
  if (word === '') return 'unsaid';
  if (yes.includes(word)) return 'yes';
  return no.includes(word) ? 'no' : null;
}

function readRow(row: PersonRow, seen: ReadonlySet<string>, erased: ReadonlySet<string>): Sound | Fault {
  const fault = (column: Column, code: FaultCode): Fault => ({
    ...{ line: row.line, column, code },
    value: shown(cell(row, column)),
  });
  const email = emailOf(row);
  if (email.length > 254 || !/^[^\s@<>()",;:\\]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(email) || isOfErased(email)) {
    return fault('email', 'emailUnreadable');
  }
  if (seen.has(email)) return fault('email', 'emailTwice');
  const name = cell(row, 'name');
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name)) return fault('name', 'nameUnreadable');
  const role = Object.entries(roleNames).find(([word]) => word === cell(row, 'role').toLowerCase())?.[1];
  if (!role) return fault('role', 'roleUnknown');
  const active = activeOf(row);
  if (active === null) return fault('active', 'activeUnreadable');
  const agentId = cell(row, 'agent_id') || null;
  if (agentId !== null && erased.has(agentId)) return fault('agent_id', 'agentErased');
  const place = placeOf(row, role, agentId);
  if ('code' in place) return fault(place.column, place.code);
  return { row, active, wanted: { email, name, role, scope: place.scope, agentId } };
}

function placeOf(
  row: PersonRow,
  role: Role,
  agentId: string | null,
): { scope: Scope } | { column: Column; code: FaultCode } {
  if (role === 'agent') {
    return agentId === null ? { column: 'agent_id', code: 'agentMissing' } : { scope: { kind: 'self', agentId } };
  }
  const [teams, shops] = [listOf(cell(row, 'teams')), listOf(cell(row, 'shops'))];
  const all = everything.includes(cell(row, 'scope').toLowerCase());
  const given = [teams.length > 0, shops.length > 0, all].filter(Boolean).length;
  if (role === 'administrator') {
    return teams.length + shops.length > 0
      ? { column: 'scope', code: 'administratorScope' }
      : { scope: { kind: 'all' } };
  }
  if (given > 1) return { column: 'scope', code: 'scopeTwice' };
  // Nobody sees everything because a cell was left empty.
  if (given === 0) return { column: 'scope', code: 'scopeMissing' };
  if (all) return { scope: { kind: 'all' } };
  return { scope: teams.length > 0 ? { kind: 'teams', teams } : { kind: 'shops', shops } };
}
