import { z } from 'zod';
import { entryKinds } from './records.ts';

export const entryKindSchema = z.enum(entryKinds);

const instant = z.iso.datetime();
const size = z.int().min(0);

const checkpointSchema = z.object({
  size,
  /** The signed note, cosignatures included. */
  note: z.string(),
  signedAt: instant,
});
export type CheckpointView = z.infer<typeof checkpointSchema>;

export const ledgerPageSchema = z.object({
  /** The log's name; null before the first start. */
  origin: z.string().nullable(),
  size,
  /** Whether it can be signed, and if not why not. */
  signing: z.enum(['ready', 'keyLost', 'otherKey', 'truncated', 'forked']),
  /** null while nothing was signed. */
  checkpoint: checkpointSchema.nullable(),
  /** Oldest first; the last one signs. */
  keys: z.array(z.object({ key: z.string(), sinceSize: size })),
  witnesses: z.array(z.object({ key: z.string(), addedAt: instant, addedBy: z.string() })),
  /** The newest first. */
  cosignatures: z.array(z.object({ size, key: z.string(), cosignedAt: instant })),
  /** Places outside that keep the checkpoints; null for whoever does not run the ledger. */
  anchors: z.array(z.object({ target: z.string(), size, failure: z.string().nullable(), triedAt: instant })).nullable(),
  mayWrite: z.boolean(),
});
export type LedgerPage = z.infer<typeof ledgerPageSchema>;

export const entryQuerySchema = z.object({
  kind: entryKindSchema.optional(),
  agentId: z.string().max(500).optional(),
  /** Entries before this one, for the next page. */
  before: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
});

export const entryListSchema = z.object({
  entries: z.array(
    z.object({
      leaf: size,
      kind: entryKindSchema,
      at: instant,
      hash: z.string(),
      erased: z.boolean(),
      agentId: z.string().nullable(),
      period: z.string().nullable(),
    }),
  ),
  more: z.boolean(),
});
export type EntryList = z.infer<typeof entryListSchema>;

export const checkpointListSchema = z.object({ checkpoints: z.array(checkpointSchema) });

export const consistencyQuerySchema = z.object({
  from: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  to: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
});
/** Hashes in base64, by which whoever asked verifies it. */
export const consistencySchema = z.object({ proof: z.array(z.string()) });

export const witnessSchema = z.object({ key: z.string().max(400) });
export const cosignatureSchema = z.object({ note: z.string().max(100_000) });
export const cosignedSchema = z.object({ taken: z.array(z.string()) });
