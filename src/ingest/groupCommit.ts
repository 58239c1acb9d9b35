import type { AuditEntry } from '../people/audit.ts';
import { TooMany } from '../platform/errors.ts';
import type { Absorb } from './absorb.ts';
import type { KindName } from './kinds.ts';
import type { IngestAnswer } from './schemas.ts';

/** Framed rows of one request; their lines are numbers of rows within the request, from 1. */
export interface Batch {
  readonly rows: number;
  /** Writes the rows with `offset` added to every line. */
  readonly framed: (offset: number) => Buffer;
  /** Who sent them, as the audit log has it before any of them is in; absent where people's own work is sent on. */
  readonly told?: AuditEntry;
}

/** A batch keeps its lines below this, so that the lines of a group tell its batches apart. */
export const batchRowsMax = 100_000;
const groupRowsMax = 20_000;
const groupBatchesMax = 1000;

interface Waiting {
  readonly kind: KindName;
  readonly batch: Batch;
  readonly resolve: (answer: IngestAnswer) => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * Groups concurrent batches of one kind into one insert, one group in flight at a time. A batch is acknowledged after
 * the insert of its group is on disk; when that fails every batch of the group fails, and sending it again is safe.
 */
export class GroupCommit {
  private queue: Waiting[] = [];
  private waitingRows = 0;
  private running: Promise<void> | null = null;

  constructor(
    private readonly absorb: Absorb,
    private readonly waitingRowsMax: number,
  ) {}

  /** @throws TooMany when more rows wait than the limit allows; nothing of the batch is taken then. */
  submit(kind: KindName, batch: Batch): Promise<IngestAnswer> {
    if (this.waitingRows + batch.rows > this.waitingRowsMax) throw new TooMany('ingest.tooManyRows');
    this.waitingRows += batch.rows;
    return new Promise((resolve, reject) => {
      this.queue.push({ kind, batch, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    // What arrives in the same turn of the event loop joins the first group.
    await new Promise((go) => setImmediate(go));
    while (this.queue.length > 0) {
      const group = this.nextGroup();
      try {
        const answers = await this.absorb(
          group[0]?.kind as KindName,
          group.map((waiting) => waiting.batch),
        );
        for (const [index, waiting] of group.entries()) waiting.resolve(answers[index] as IngestAnswer);
      } catch (cause) {
        for (const waiting of group) waiting.reject(cause);
      }
      for (const { batch } of group) this.waitingRows -= batch.rows;
    }
    this.running = null;
  }

  private nextGroup(): Waiting[] {
    const kind = this.queue[0]?.kind;
    const group: Waiting[] = [];
    const rest: Waiting[] = [];
    let rows = 0;
    for (const waiting of this.queue) {
      const fits = group.length === 0 || (rows + waiting.batch.rows <= groupRowsMax && group.length < groupBatchesMax);
      if (waiting.kind === kind && fits) {
        group.push(waiting);
        rows += waiting.batch.rows;
      } else rest.push(waiting);
    }
    this.queue = rest;
    return group;
  }
}
