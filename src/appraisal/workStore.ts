import { setTimeout as passed } from 'node:timers/promises';
import type pg from 'pg';
import { z } from 'zod';
import { holding, isHeld } from '../platform/advisoryLock.ts';
import { Conflict } from '../platform/errors.ts';
import type { Queryable } from '../platform/transaction.ts';
import { firstStage, workStages, workVerbs } from './workStages.ts';

const row = z.object({
  verb: z.enum(workVerbs),
  stage: z.enum(workStages),
  done: z.number(),
  total: z.number(),
  startedAt: z.date(),
  byName: z.string(),
  failure: z.string().nullable(),
});
/** A long piece of work on a cycle, as far as it has come; `failure` is the code of what ended it. */
export type CycleWork = z.infer<typeof row>;

export async function readWork(postgres: Queryable, period: string): Promise<CycleWork | null> {
  const { rows } = await postgres.query(
    `SELECT verb, stage, done, total, started_at AS "startedAt", by_name AS "byName", failure FROM cycle_work WHERE period = $1`,
    [period],
  );
  return rows[0] === undefined ? null : row.parse(rows[0]);
}

/** Begins a piece of work; whatever a killed process left behind is replaced. */
export async function beginWork(
  postgres: Queryable,
  period: string,
  { verb, at, byName }: { readonly verb: CycleWork['verb']; readonly at: Date; readonly byName: string },
): Promise<void> {
  await postgres.query(
    `INSERT INTO cycle_work (period, verb, stage, done, total, started_at, by_name) VALUES ($1, $2, $3, 0, 0, $4, $5)
     ON CONFLICT (period) DO UPDATE SET verb = excluded.verb, stage = excluded.stage, done = 0, total = 0,
       started_at = excluded.started_at, by_name = excluded.by_name, failure = NULL`,
    [period, verb, firstStage[verb], at, byName],
  );
}

export async function tellWork(
  postgres: Queryable,
  period: string,
  { stage, done, total }: Pick<CycleWork, 'stage' | 'done' | 'total'>,
): Promise<void> {
  await postgres.query('UPDATE cycle_work SET stage = $2, done = $3, total = $4 WHERE period = $1', [
    ...[period, stage, done, total],
  ]);
}

/** Ends it: with the code of what went wrong, or without a trace. */
export async function endWork(postgres: Queryable, period: string, failure: string | null): Promise<void> {
  if (failure === null) await postgres.query('DELETE FROM cycle_work WHERE period = $1', [period]);
  else await postgres.query('UPDATE cycle_work SET failure = $2 WHERE period = $1', [period, failure]);
}

/** How long whoever is refused waits before asking again, in milliseconds. */
const pauses = [50, 200, 750];

/**
 * Runs `work` where nobody else moves a period, with the connection that holds the lock. A period says that it is closed a moment before whoever closed it lets go, and a program
 * that publishes at that very moment is right to. Throws `busyWith` where somebody goes on holding it, or does the same already.
 */
export async function asSoleMover<Result>(
  postgres: pg.Pool,
  { period, verb }: { readonly period: string; readonly verb: CycleWork['verb'] },
  work: (lock: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  for (const pause of [...pauses, null]) {
    const tried = await holding(postgres, 'cycles', 'try', async (held, lock) =>
      held ? { result: await work(lock) } : null,
    );
    if (tried) return tried.result;
    const going = await readWork(postgres, period);
    if (pause === null || (going?.failure === null && going.verb === verb)) break;
    await passed(pause);
  }
  throw await busyWith(postgres, period);
}

/** What whoever would move a period meanwhile is told: by whom it is being moved, where it is this period and not a backup, say. */
export async function busyWith(postgres: pg.Pool, period: string): Promise<Conflict> {
  if (await isHeld(postgres, 'copiesBarred')) return new Conflict('cycle.busyErasing', { period });
  const work = await readWork(postgres, period);
  return work?.failure === null
    ? new Conflict('cycle.busy', { by: work.byName })
    : new Conflict('cycle.busyOtherwise', { period });
}
