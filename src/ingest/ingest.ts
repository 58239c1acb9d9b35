import { auditAll } from '../people/audit.ts';
import { type Deps, outline } from '../platform/http.ts';
import { repeating } from '../platform/repeating.ts';
import { absorber, type HttpJournal } from './absorb.ts';
import { GroupCommit } from './groupCommit.ts';
import type { AfterCommit, IngestDeps } from './importFiles.ts';
import {
  beginPart,
  httpImport,
  markDerived,
  mergeHttpParts,
  unfollowedHttpParts,
  updateImport,
  updatePart,
} from './journal.ts';
import { finishInterrupted, finishLeft } from './recover.ts';
import { forgetOldRejects } from './rejectsFile.ts';
import { forgetOldUploads } from './uploads.ts';
import { whileOnlyWriter } from './writerLock.ts';

/** The server's side of ingest: batches over HTTP, grouped, and the facts derived after them. */
export interface Ingest {
  readonly deps: IngestDeps;
  readonly groups: GroupCommit;
  readonly afterCommit: AfterCommit;
  /** Keeps the server from closing while this runs. */
  track(work: Promise<void>): void;
  /** Waits until every import has ended, every accepted batch is on disk and its facts are derived. */
  close(): Promise<void>;
}

/** Rows that may wait for their insert, over all requests. */
const waitingRowsMax = 200_000;
/** How long facts may lag behind a stream of batches: one derivation takes in all of them. */
const deriveEveryMs = 1000;
/** How soon a node notices what one that died has left behind. */
const lookEveryMs = 5000;
const tidyEveryMs = 3_600_000;

/** Finishes what a crash left behind, then takes batches; and from time to time finishes what another node left behind. */
export async function openIngest(deps: IngestDeps & Pick<Deps, 'log'>, afterCommit: AfterCommit): Promise<Ingest> {
  const follow = follower(deps, afterCommit);
  await finishInterrupted(deps, { afterCommit });
  await follow.derive();
  const groups = new GroupCommit(absorber(deps, follow.journal), waitingRowsMax);
  const running = new Set<Promise<void>>();
  const watch = watchOthers(deps, afterCommit, follow.derive);
  const tidying = repeating(
    tidyEveryMs,
    async () => {
      await forgetOldUploads(deps.stores, deps.now());
      await forgetOldRejects(deps.stores, deps.now());
    },
    (cause) => deps.log.error(outline(cause), 'old files could not be removed'),
  );
  return {
    deps,
    groups,
    afterCommit,
    track(work) {
      running.add(work);
      void work.finally(() => running.delete(work));
    },
    async close() {
      await watch.stop();
      await tidying.stop();
      await Promise.all(running);
      await groups.drained();
      await follow.close();
    },
  };
}

/** Imports that nobody reads any more or that failed half-way, and rows that came over HTTP to a node that is gone before their facts were derived. */
function watchOthers(deps: IngestDeps & Pick<Deps, 'log'>, afterCommit: AfterCommit, derive: () => Promise<void>) {
  const db = deps.stores.postgres;
  let waiting: ReadonlySet<number> = new Set();
  async function look(): Promise<void> {
    await finishLeft(deps, { afterCommit });
    const before = waiting;
    waiting = new Set(await unfollowedHttpParts(db));
    // Whoever took them in derives them within a second or so: what waits since the last look waits for us.
    if ([...before].some((id) => waiting.has(id))) await derive();
  }
  // What failed is looked at again with the next look.
  return repeating(lookEveryMs, look, (cause) =>
    deps.log.error(outline(cause), 'what another node left behind could not be finished'),
  );
}

/**
 * Keeps the journal of HTTP batches, an import for each hour, and derives facts of what was added. What is still to be followed stands in
 * the journal alone, so that any node goes on where another ended.
 */
function follower({ stores, now }: IngestDeps, afterCommit: AfterCommit) {
  const db = stores.postgres;
  let current: { id: number; until: number } | null = null;
  let timer: NodeJS.Timeout | null = null;
  let deriving: Promise<void> = Promise.resolve();

  /** Asked under the writers' lock alone, so no two nodes begin one. */
  async function importOfHour(): Promise<number> {
    if (!current || now() >= current.until) current = await httpImport(db, now());
    return current.id;
  }

  const journal: HttpJournal = {
    async begin(kind, batches) {
      await auditAll(
        { stores, now },
        batches.flatMap(({ told }) => told ?? []),
      );
      const importId = await importOfHour();
      return beginPart(db, { importId, path: 'HTTP', kind, bytes: 0, state: 'committed' });
    },
    async added(id, counts) {
      await updatePart(db, id, 'committed', { counts });
      deriveSoon(deriveEveryMs);
    },
  };

  /** A failure leaves the parts committed; they are taken in with the next ones, or by whichever node looks. */
  function deriveSoon(afterMs: number): void {
    timer ??= setTimeout(() => {
      timer = null;
      deriving = deriving.then(derive).catch(() => deriveSoon(10 * deriveEveryMs));
    }, afterMs);
    timer.unref();
  }

  async function derive(): Promise<void> {
    // Between two writers a part has all the rows it will ever have, also where its writer died.
    const parts = await whileOnlyWriter(stores, () => unfollowedHttpParts(db));
    if (parts.length === 0) return;
    await afterCommit();
    await whileOnlyWriter(stores, async () => {
      await markDerived(db, parts);
      await mergeHttpParts(db);
      await updateImport(db, await importOfHour(), { finishedAt: now() });
    });
  }

  return {
    journal,
    derive,
    async close() {
      if (timer) clearTimeout(timer);
      timer = null;
      await deriving;
      await derive();
    },
  };
}
