import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../people/actor.ts';
import { auditEntry } from '../../people/audit.ts';
import { authoriseKind } from '../../people/authorise.ts';
import { TooMany } from '../../platform/errors.ts';
import type { Batch } from '../groupCommit.ts';
import { httpLimits, jsonBatch, lineBatches, requestBytes } from '../httpBatch.ts';
import type { Ingest } from '../ingest.ts';
import type { KindName } from '../kinds.ts';
import type { IngestAnswer, Reject } from '../schemas.ts';

/** Requests being taken in, over the whole server. */
let open = 0;

/** Rejects that one answer lists; past them only their number is known. */
const rejectsListed = 10_000;

/**
 * Takes in the rows of one request and answers when they are on disk. Sending the same request again changes nothing.
 * Of a stream that breaks off, the batches before the break are in.
 * @throws TooMany when too many requests or rows are waiting, TooLarge when the body is.
 */
export async function ingestRows(
  ingest: Ingest,
  actor: Actor,
  request: { kind: KindName; body: Readable; encoding: string | undefined; isLines: boolean },
): Promise<IngestAnswer> {
  authoriseKind(actor, request.kind);
  if (open >= httpLimits.requests) throw new TooMany('ingest.tooManyRequests');
  open++;
  try {
    const { kind, body, encoding, isLines } = request;
    const signed = (batch: Batch): Batch => ({
      ...batch,
      told: auditEntry(actor, 'rows.received', `${kind} ${batch.rows}`),
    });
    if (!isLines) {
      const batch = await jsonBatch(requestBytes(body, encoding, httpLimits.bodyBytes), kind);
      return await ingest.groups.submit(kind, signed(batch));
    }
    const total = { accepted: 0, duplicates: 0, rejected: [] as Reject[] };
    let unlisted = 0;
    for await (const { batch, lines } of lineBatches(requestBytes(body, encoding, httpLimits.streamBytes), kind)) {
      const answer = await submitPatiently(ingest, kind, signed(batch), lines[0] === 1);
      total.accepted += answer.accepted;
      total.duplicates += answer.duplicates;
      for (const reject of answer.rejected) {
        if (total.rejected.length < rejectsListed)
          total.rejected.push({ ...reject, line: lines[reject.line - 1] ?? reject.line });
        else unlisted++;
      }
    }
    return unlisted > 0 ? { ...total, rejectedMore: unlisted } : total;
  } finally {
    open--;
  }
}

/** A stream that has begun waits for room; only its first batch is refused while there is none. */
async function submitPatiently(ingest: Ingest, kind: KindName, batch: Batch, first: boolean): Promise<IngestAnswer> {
  for (;;) {
    try {
      return await ingest.groups.submit(kind, batch);
    } catch (cause) {
      if (first || !(cause instanceof TooMany)) throw cause;
      await sleep(100);
    }
  }
}
