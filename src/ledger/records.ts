import { z } from 'zod';
import { figureSchema, scoreInputSchema } from '../scores/scoreInputSchema.ts';

/** The format of what a leaf commits to; readers refuse what they do not know. */
export const recordFormat = 'heng-ledger/1';

const name = z.string().min(1).max(500);
const count = z.int().min(0).max(1_000_000_000);
const decimal = z.string().regex(/^-?\d{1,30}(\.\d{1,40})?$/);
/** sha256 in small hex digits: of canonical JSON, or of an entry (its commitment). */
const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** A month, a quarter, a year, or some days. */
const period = z.string().regex(/^\d{4}(-\d{2}|-Q[1-4])?$|^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$/);
const month = z.string().regex(/^\d{4}-\d{2}$/);

const shared = { format: z.literal(recordFormat), at: z.iso.datetime() };
/** Which version of which plan; `hash` is that of its content, which goes along with the record. */
const plan = z.strictObject({ id: name, version: z.int().positive(), hash });
/** Counted from 1; a revised one is published again with the next number. */
const revision = z.int().positive();

const planPublished = z.strictObject({
  ...shared,
  kind: z.literal('planPublished'),
  plan,
  origin: z.enum(['template', 'own']),
  inForceFrom: month.nullable(),
  publishedBy: name,
});

const definitionChanged = z.strictObject({
  ...shared,
  kind: z.literal('definitionChanged'),
  metric: name,
  version: z.int().positive(),
  inForceFrom: month.nullable(),
  /** Hash of the definition, which goes along with the record. */
  definition: hash,
  reason: z.string().max(2000),
  changedBy: name,
});

/** Published when its revision is 1, revised after that; then `supersedes` is the entry it takes the place of. */
const scorecard = z.strictObject({
  ...shared,
  kind: z.literal('scorecard'),
  period,
  revision,
  agentId: name,
  plan,
  /** Hash of the list of metrics that the plan was read with (`PlanMetric[]`), which goes along with the record. */
  metrics: hash,
  /** What the total was computed from: figures, or the rounded totals of shorter periods. */
  from: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('score'), input: scoreInputSchema }),
    z.strictObject({
      by: z.literal('mean'),
      parts: z.array(z.strictObject({ period, total: decimal.nullable() })).max(366),
      /** What the team came to, where the plan multiplies the coefficient by it; team '' for whoever is in none. */
      team: z.strictObject({ team: z.string().max(500), figure: figureSchema }).exactOptional(),
      /** The red lines of its months, where the plan lets them reach the period; none there is an empty list. */
      vetoes: z
        .array(z.strictObject({ incident: name, incidentId: name, at: name, period: month }))
        .max(100_000)
        .exactOptional(),
    }),
  ]),
  total: decimal.nullable(),
  /** Of the plan's bands. */
  grade: name.nullable(),
  coefficient: z.string().max(100).nullable(),
  /**
   * The grade by rank, and the entry with the totals it was ranked among (null for the grade of a red line, which is not ranked). No rank
   * where the plan ranks nobody or the pool is too small. Of a card that was revised since, `ranked` is its total among those, null where
   * there was none; `placedFor` is the total of an earlier revision that the place came from, where it is neither that nor today's: a place stays as it was issued, or is the one that the new total would have had there, and nobody else moves.
   */
  rank: z
    .strictObject({
      ...{ grade: name, level: z.int().positive(), distribution: hash.nullable() },
      ranked: decimal.nullable().exactOptional(),
      placedFor: decimal.exactOptional(),
    })
    .nullable(),
  /**
   * Where a calibration meeting decided: the grade that counts, by whom, and sha256 of the reason as written. Grade, coefficient and rank
   * above stay those of the arithmetic.
   */
  meeting: z
    .strictObject({
      grade: name,
      level: z.int().positive().nullable(),
      coefficient: z.string().max(100).nullable(),
      decidedBy: name,
      reasonHash: hash,
    })
    .exactOptional(),
  supersedes: hash.nullable(),
});

/** The totals of one pool that was ranked, without names, the highest first. */
const distribution = z.strictObject({
  ...shared,
  kind: z.literal('distribution'),
  period,
  revision,
  plan,
  /** `all`, or the team or shop; '' for the small pools that were ranked together. */
  pool: z.string().max(500),
  n: count,
  totals: z.array(decimal).max(1_000_000),
  /** How many may be at most in the best grade, in the best two, and how many are not in the lowest. */
  cutOffs: z.strictObject({ top: count, second: count, bottom: count }),
});

const appealDecided = z.strictObject({
  ...shared,
  kind: z.literal('appealDecided'),
  appealId: name,
  period,
  agentId: name,
  item: name.nullable(),
  decision: z.enum(['upheld', 'rejected']),
  decidedBy: name,
  /** sha256 of the reason as written. */
  reasonHash: hash,
  /** The entry of the scorecard that was appealed against. */
  scorecard: hash.nullable(),
});

const outcomeApproved = z.strictObject({
  ...shared,
  kind: z.literal('outcomeApproved'),
  outcome: name,
  period,
  agentId: name,
  decidedBy: name,
  amountFen: z.int().nullable(),
  detail: z.record(name, z.union([z.string().max(2000), z.int(), z.boolean(), z.null()])),
  /** The entry of the scorecard it follows from. */
  scorecard: hash.nullable(),
});

/** What was approved was taken back: the entry that approved it stays, and this one says that it holds no more. */
const outcomeWithdrawn = z.strictObject({
  ...shared,
  kind: z.literal('outcomeWithdrawn'),
  outcome: name,
  period,
  agentId: name,
  decidedBy: name,
  /** sha256 of the reason as written. */
  reasonHash: hash,
  /** As the approval names them. */
  detail: z.strictObject({ proposal: z.int(), rule: name }),
  /** The entry of the scorecard that gives it no more. */
  scorecard: hash.nullable(),
});

const keyRotated = z.strictObject({
  ...shared,
  kind: z.literal('keyRotated'),
  /** Verifier keys (name+id+base64); `from` signed until now, `to` signs from here on. */
  from: name,
  to: name,
  /** lost: nobody has the old private key any more, so the new one alone signs this. */
  reason: z.enum(['planned', 'lost']),
  rotatedBy: name,
});

const auditSealed = z.strictObject({
  ...shared,
  kind: z.literal('auditSealed'),
  /** Counted from 1. */
  seal: z.int().positive(),
  rows: z.int().positive(),
  /** sha256 of the rows' commitments one after the other: of the rows themselves nothing, and nothing that could be guessed. */
  digest: hash,
});

/** Everything the ledger can say. What a leaf commits to is one of these as canonical JSON. */
export const recordSchema = z.discriminatedUnion('kind', [
  planPublished,
  definitionChanged,
  scorecard,
  distribution,
  appealDecided,
  outcomeApproved,
  outcomeWithdrawn,
  keyRotated,
  auditSealed,
]);
export type LedgerRecord = z.infer<typeof recordSchema>;
export type EntryKind = LedgerRecord['kind'];
export const entryKinds: readonly EntryKind[] = recordSchema.options.map(({ shape }) => shape.kind.value);

/** The person an entry is about; null for what concerns everybody. */
export function agentOf(record: LedgerRecord): string | null {
  switch (record.kind) {
    case 'scorecard':
    case 'appealDecided':
    case 'outcomeApproved':
    case 'outcomeWithdrawn':
      return record.agentId;
    case 'planPublished':
    case 'definitionChanged':
    case 'distribution':
    case 'keyRotated':
    case 'auditSealed':
      return null;
  }
}

/** The hashes of the contents that must go along with a record. */
export function contentsNamed(record: LedgerRecord): string[] {
  switch (record.kind) {
    case 'planPublished':
      return [record.plan.hash];
    case 'definitionChanged':
      return [record.definition];
    case 'scorecard':
      return [record.plan.hash, record.metrics];
    case 'distribution':
      return [record.plan.hash];
    case 'appealDecided':
    case 'outcomeApproved':
    case 'outcomeWithdrawn':
    case 'keyRotated':
    case 'auditSealed':
      return [];
  }
}

type WithoutShared<Record> = Record extends LedgerRecord ? Omit<Record, keyof typeof shared> : never;

/** A record before it is appended: the ledger adds its format and the time. */
export type NewRecord = WithoutShared<LedgerRecord>;
