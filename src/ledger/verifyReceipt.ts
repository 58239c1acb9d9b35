import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { type ForcedGrade, replaced } from '../scores/forcedGrades.ts';
import type { Plan } from '../scores/planSchema.ts';
import { canonicalJson } from './canonicalJson.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { cosignedBy, type Note, readKey, readNote, signedBy, type VerifierKey, writeKey } from './note.ts';
import { jsonOf, type Receipt, readReceipt } from './receipt.ts';
import { contentsNamed, type LedgerRecord, recordSchema } from './records.ts';
import { isDistribution, type Rescored, regraded, rescored } from './rescore.ts';
import { isIncluded, leafHash } from './tree.ts';

/** One thing that was looked at. open: nothing is wrong with it, but it needs something that is not in the file. */
export interface Finding {
  readonly state: 'holds' | 'fails' | 'open';
  /** Names the sentence in `receiptWords`. */
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Verified {
  readonly findings: readonly Finding[];
  /** fails: something in it is not as it says. open: all is well as far as the file alone can tell. */
  readonly verdict: Finding['state'];
  /** What the entry says; null where it cannot be read. */
  readonly record: LedgerRecord | null;
  /** The key that signed, as it is handed on. */
  readonly key: string | null;
}

export interface Trusted {
  /** The log's key as its reader noted it down; null: only what the file carries is there. */
  readonly key: VerifierKey | null;
  readonly witnesses: readonly VerifierKey[];
}

const holds = (code: string, params: Finding['params'] = {}): Finding => ({ state: 'holds', code, params });
const fails = (code: string, params: Finding['params'] = {}): Finding => ({ state: 'fails', code, params });
const open = (code: string, params: Finding['params'] = {}): Finding => ({ state: 'open', code, params });

/** Verifies a receipt by itself: no server, no clock, no network. What it proves is that nothing was altered and that the arithmetic is right. */
export function verifyReceipt(text: string, trusted: Trusted): Verified {
  const opened = openReceipt(text);
  if (!opened) return asked([fails('receipt.unreadable')], null, null);
  const { receipt, note, checkpoint } = opened;
  const findings = [isIn(opened) ? holds('receipt.included', placeOf(opened)) : fails('receipt.altered')];
  const signed = signatureOf(opened, trusted.key);
  findings.push(signed.finding, ...witnessed(note, trusted.witnesses));
  const record = recordOf(receipt);
  if (record)
    findings.push(...contentFindings(receipt, record), ...arithmetic(receipt, record, checkpoint, signed.keys));
  else findings.push(fails('receipt.recordUnreadable'));
  return asked(findings, record, signed.keys.at(-1) ?? null);
}

const asked = (findings: readonly Finding[], record: LedgerRecord | null, key: VerifierKey | null): Verified => ({
  findings,
  verdict: findings.some(({ state }) => state === 'fails')
    ? 'fails'
    : findings.some(({ state }) => state === 'open')
      ? 'open'
      : 'holds',
  record,
  key: key && writeKey(key),
});

interface Opened {
  readonly receipt: Receipt;
  readonly note: Note;
  readonly checkpoint: Checkpoint;
}

function openReceipt(text: string): Opened | null {
  const receipt = readReceipt(text);
  const note = receipt && readNote(receipt.checkpoint);
  const checkpoint = note && readCheckpoint(note.text);
  return receipt && note && checkpoint ? { receipt, note, checkpoint } : null;
}

const commitmentOf = ({ salt, record }: Receipt): Uint8Array => sha256(concatBytes(salt, utf8ToBytes(record)));

function isIn({ receipt, checkpoint: { size, root } }: Opened): boolean {
  const own = leafHash(sha256, commitmentOf(receipt));
  return isIncluded(sha256, { leaf: receipt.index, size, leafHash: own, proof: receipt.proof, root });
}

const placeOf = ({ receipt, checkpoint }: Opened) => ({
  ...{ index: receipt.index, size: checkpoint.size, origin: checkpoint.origin },
});

/** The record where it is canonical JSON of a kind we know. */
function recordOf({ record }: Receipt): LedgerRecord | null {
  const read = recordSchema.safeParse(jsonOf(record));
  return read.success && canonicalJson(read.data) === record ? read.data : null;
}

/** Who signed, and all keys that this makes the log's own; empty where nobody did. */
function signatureOf({ receipt, note, checkpoint }: Opened, given: VerifierKey | null) {
  const carried = receipt.keys.flatMap((key) => readKey(key) ?? []).filter(({ name }) => name === checkpoint.origin);
  const keys = given ? successorsOf(given, receipt.referred) : carried;
  const key = keys.findLast((each) => signedBy(note, each) === 'valid');
  if (!key || key.name !== checkpoint.origin || keys.some((each) => signedBy(note, each) === 'invalid'))
    return { keys: [], finding: fails(given ? 'receipt.otherKey' : 'receipt.unsigned', { origin: checkpoint.origin }) };
  const params = { key: writeKey(key), keyId: key.keyId };
  const others = keys.filter((each) => each !== key);
  if (given) return { keys: [...others, key], finding: holds('receipt.signed', params) };
  return { keys: [...others, key], finding: open('receipt.signedByCarried', params) };
}

/** A key and those that took over from it, each said by an entry that the one before signed. */
function successorsOf(given: VerifierKey, referred: readonly string[]): VerifierKey[] {
  const keys = [given];
  for (const text of referred) {
    const opened = openReceipt(text);
    const record = opened && isIn(opened) ? recordOf(opened.receipt) : null;
    if (!opened || record?.kind !== 'keyRotated') continue;
    const from = keys.find((key) => writeKey(key) === record.from);
    const next = readKey(record.to);
    if (from && next && signedBy(opened.note, from) === 'valid') keys.push(next);
  }
  return keys;
}

function witnessed(note: Note, witnesses: readonly VerifierKey[]): Finding[] {
  return witnesses.flatMap((witness) => {
    const seconds = cosignedBy(note, witness);
    const params = { name: witness.name };
    return seconds === null
      ? open('receipt.notCosigned', params)
      : holds('receipt.cosigned', { ...params, at: new Date(seconds * 1000).toISOString() });
  });
}

function contentFindings({ contents }: Receipt, record: LedgerRecord): Finding[] {
  const named = contentsNamed(record);
  if (named.length === 0) return [];
  const altered = named.some((hash) => bytesToHex(sha256(utf8ToBytes(contents[hash] ?? ''))) !== hash);
  return [altered ? fails('receipt.contentsAltered') : holds('receipt.contents')];
}

function arithmetic(
  receipt: Receipt,
  record: LedgerRecord,
  checkpoint: Checkpoint,
  keys: readonly VerifierKey[],
): Finding[] {
  if (record.kind !== 'scorecard') return [];
  const { plan, metrics, total, grade, coefficient } = record;
  const again = rescored(record, receipt.contents[plan.hash] ?? '', receipt.contents[metrics] ?? '');
  if (!again) return [fails('receipt.notComputable')];
  const said = canonicalJson({ total, grade, coefficient });
  const same = said === canonicalJson({ total: again.total, grade: again.grade, coefficient: again.coefficient });
  const params = { total: total ?? '—', ...named(again.plan, grade) };
  const isParams = { is: again.total ?? '—', ...named(again.plan, again.grade, 'is') };
  const found = same
    ? holds(total === null ? 'receipt.computedUnrated' : 'receipt.computed', params)
    : fails('receipt.computedOtherwise', { ...params, ...isParams });
  return [found, ...ranking(receipt, record, again, checkpoint, keys), ...decided(record, again)];
}

/**
 * A grade that a meeting decided follows from no arithmetic: it is told beside what the arithmetic gives, and has to be one that may be
 * decided for a rated card, paid as the plan pays it: a band by its coefficient, a grade by rank by the card's own.
 */
function decided(
  { meeting, rank, grade }: Extract<LedgerRecord, { kind: 'scorecard' }>,
  { plan, total, coefficient, coefficients, paidBy }: Rescored,
): Finding[] {
  if (!meeting) return [];
  const params = {
    ...{ ...named(plan, rank?.grade ?? grade), ...named(plan, meeting.grade, 'is') },
    by: meeting.decidedBy,
  };
  // A level says that the grade is one by rank; whoever is ranked is moved among the ranks.
  const isKnown =
    meeting.level === null
      ? rank === null && coefficients.get(meeting.grade) === meeting.coefficient
      : isRank(plan, meeting.grade, meeting.level) && [coefficient, paidBy].includes(meeting.coefficient);
  return [isKnown && total !== null ? holds('receipt.meeting', params) : fails('receipt.meetingOtherwise', params)];
}

/** A grade by rank is checked against the totals of its pool, whose entry must be in the same log. */
function ranking(
  { referred }: Receipt,
  { rank, plan, period }: Extract<LedgerRecord, { kind: 'scorecard' }>,
  again: Rescored,
  { origin }: Checkpoint,
  keys: readonly VerifierKey[],
): Finding[] {
  if (!rank) return [];
  const params = { ...named(again.plan, rank.grade), level: rank.level };
  const pools = referred.flatMap((text) => openReceipt(text) ?? []);
  const pool = pools.find(({ receipt }) => bytesToHex(commitmentOf(receipt)) === rank.distribution);
  if (rank.distribution !== null && !pool) return [open('receipt.rankUnknown', params)];
  const among = pool ? recordOf(pool.receipt) : null;
  if (pool) {
    const genuine =
      isIn(pool) && pool.checkpoint.origin === origin && keys.some((key) => signedBy(pool.note, key) === 'valid');
    const ofThis = among?.kind === 'distribution' && among.plan.hash === plan.hash && among.period === period;
    if (!genuine || !ofThis || !isDistribution(among, again.plan)) return [fails('receipt.rankAltered', params)];
  }
  const totals = among?.kind === 'distribution' ? among.totals : null;
  const isIt = (place: ForcedGrade | null) => place?.grade === rank.grade && place.level === rank.level;
  const issuedFor = rank.ranked ?? null;
  if (totals && issuedFor !== null && isIt(regraded({ ...again, total: issuedFor }, totals)))
    return [holds('receipt.rankStays', { ...params, was: issuedFor, n: totals.length })];
  const { placedFor } = rank;
  if (
    totals &&
    placedFor !== undefined &&
    isIt(regraded({ ...again, total: placedFor }, replaced(totals, issuedFor, placedFor)))
  )
    return [holds('receipt.rankStays', { ...params, was: placedFor, n: totals.length })];
  const own = totals && rank.ranked !== undefined && again.total !== null;
  const place = regraded(again, own ? replaced(totals, issuedFor, again.total) : totals);
  if (!isIt(place))
    return [fails('receipt.rankedOtherwise', { ...params, ...named(again.plan, place?.grade ?? null, 'is') })];
  return [totals ? holds('receipt.ranked', { ...params, n: totals.length }) : holds('receipt.notRanked', params)];
}

/** A grade as the plan calls it, in both languages; as its id where the plan has no such grade. */
function named(plan: Plan, id: string | null, which: '' | 'is' = ''): Record<string, string> {
  const name = gradesOf(plan).find((grade) => grade.id === id)?.name;
  const [zh, en] = [name?.zh ?? id ?? '—', name?.en ?? id ?? '—'];
  return which === '' ? { gradeZh: zh, gradeEn: en } : { isZh: zh, isEn: en };
}

function gradesOf({ bands, distribution }: Plan) {
  if (!distribution) return bands;
  const { vetoed } = distribution;
  return [...bands, ...ranksOf(distribution), ...(vetoed ? [vetoed] : [])];
}

/** The grades that people are ranked into. */
const ranksOf = ({ top, second, standard, bottom }: NonNullable<Plan['distribution']>) => [
  top,
  second,
  standard,
  bottom,
];

const isRank = ({ distribution }: Plan, grade: string, level: number): boolean =>
  distribution !== undefined && ranksOf(distribution).some(({ id, levels }) => id === grade && level <= Number(levels));
