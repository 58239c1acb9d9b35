import { absorber, type HttpJournal } from './absorb.ts';
import { GroupCommit } from './groupCommit.ts';
import type { AfterCommit, IngestDeps } from './importFiles.ts';
import { beginImport, beginPart, type PartCounts, updateImport } from './journal.ts';
import type { KindName } from './kinds.ts';
import { finishInterrupted } from './recover.ts';

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
const hour = 3_600_000;
/** How long facts may lag behind a stream of batches: one derivation takes in all of them. */
const deriveEveryMs = 1000;

/** Finishes what a crash left behind, then takes batches. */
export async function openIngest(deps: IngestDeps, afterCommit: AfterCommit): Promise<Ingest> {
  await finishInterrupted(deps, { afterCommit, http: true });
  const follow = follower(deps, afterCommit);
  const groups = new GroupCommit(absorber(deps, follow.journal), waitingRowsMax);
  const running = new Set<Promise<void>>();
  return {
    deps,
    groups,
    afterCommit,
    track(work) {
      running.add(work);
      void work.finally(() => running.delete(work));
    },
    async close() {
      await Promise.all(running);
      await groups.drained();
      await follow.close();
    },
  };
}

/** Keeps the journal of HTTP batches, an import for each hour, and derives facts of what was added. */
function follower({ stores, now }: IngestDeps, afterCommit: AfterCommit) {
  const db = stores.postgres;
  let current: { id: Promise<number>; until: number } | null = null;
  let added: { id: number; counts: PartCounts }[] = [];
  let timer: NodeJS.Timeout | null = null;
  let deriving: Promise<void> = Promise.resolve();

  function importOfHour(): Promise<number> {
    if (!current || now() >= current.until) {
      const id = beginImport(db, {
        source: 'http',
        by: 'HTTP',
        bytes: 0,
        startedAt: now(),
        agentsKnown: true,
        state: 'done',
      });
      current = { id, until: now() + hour };
      id.catch(() => {
        current = null;
      });
    }
    return current.id;
  }

  const journal: HttpJournal = {
    async begin(kind: KindName) {
      const importId = await importOfHour();
      return beginPart(db, { importId, path: 'HTTP', kind, bytes: 0, state: 'committed' });
    },
    added(id, counts) {
      added.push({ id, counts });
      deriveSoon(deriveEveryMs);
    },
  };

  /** A failure leaves the parts committed; they are taken in with the next ones, or by a restart. */
  function deriveSoon(afterMs: number): void {
    timer ??= setTimeout(() => {
      timer = null;
      deriving = deriving.then(derive).catch(() => deriveSoon(10 * deriveEveryMs));
    }, afterMs);
    timer.unref();
  }

  async function derive(): Promise<void> {
    const parts = added;
    added = [];
    try {
      await afterCommit();
      await mergeParts(parts);
    } catch (cause) {
      added = [...parts, ...added];
      throw cause;
    }
  }

  /** One entry for each kind and hour is enough: later parts are added up into the first. */
  async function mergeParts(parts: readonly { id: number; counts: PartCounts }[]): Promise<void> {
    const counted = parts.map(({ id, counts }) => ({ id, ...counts }));
    await db.query(
      `UPDATE import_parts p SET state = 'derived', read = c.read, accepted = c.accepted, duplicates = c.duplicates,
         rejected = c.rejected
       FROM json_to_recordset($1) AS c(id int, read bigint, accepted bigint, duplicates bigint, rejected bigint)
       WHERE p.id = c.id`,
      [JSON.stringify(counted)],
    );
    await db.query(
      `WITH grouped AS (
         SELECT import_id, kind, min(id) AS first, sum(read) AS read, sum(accepted) AS accepted,
           sum(duplicates) AS duplicates, sum(rejected) AS rejected
         FROM import_parts WHERE path = 'HTTP' AND state = 'derived' GROUP BY import_id, kind HAVING count(*) > 1
       ), gone AS (
         DELETE FROM import_parts p USING grouped g
         WHERE p.import_id = g.import_id AND p.kind = g.kind AND p.id > g.first AND p.path = 'HTTP' AND p.state = 'derived'
       )
       UPDATE import_parts p SET read = g.read, accepted = g.accepted, duplicates = g.duplicates, rejected = g.rejected
       FROM grouped g WHERE p.id = g.first`,
    );
    const importId = await importOfHour();
    await updateImport(db, importId, { finishedAt: now() });
  }

  return {
    journal,
    async close() {
      if (timer) clearTimeout(timer);
      timer = null;
      await deriving;
      if (added.length > 0) await derive();
    },
  };
}
