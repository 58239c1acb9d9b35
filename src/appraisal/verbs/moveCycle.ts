import type pg from 'pg';
import { todayIn } from '../../facts/calendarDays.ts';
import type { Period } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, everybody } from '../../people/authorise.ts';
import { BadInput, Conflict, HengError } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import type { CycleState } from '../cycle.ts';
import type { CycleDeps } from '../cycleDeps.ts';
import { cyclePeriod } from '../cyclePeriod.ts';
import { moveCycle, readCycle } from '../cycleStore.ts';
import { asSoleMover, beginWork, endWork, tellWork } from '../workStore.ts';
import { recordCards } from './recordCards.ts';
import { whatIsMissing } from './whatIsMissing.ts';

export interface MoveCycle {
  readonly period: string;
  /** Why it moves although something is missing; '' where nothing is. */
  readonly reason: string;
}

/** Opens a period that has begun: from now on it is assessed. */
export const openCycle = (deps: CycleDeps, actor: Actor, input: MoveCycle): Promise<void> =>
  step(deps, actor, input, { from: 'draft', to: 'open' });

/**
 * Publishes a closed period: its cards are recorded in the ledger, people see them, and the time for appeals begins. All of it in one
 * transaction, so that there is no published card that the ledger does not know. Throws Conflict `cycle.busy` while another is closed or published.
 */
export const publishCycle = (deps: CycleDeps, actor: Actor, input: MoveCycle): Promise<void> =>
  step(deps, actor, input, { from: 'closed', to: 'published', shown: true }, async (connection, period) => {
    const tell = (done: number, total: number) =>
      tellWork(deps.stores.postgres, period.text, { stage: 'recording', done, total });
    await recordCards(deps, connection, period, tell);
    for (const follow of deps.whenPublished) await follow(connection, period.text);
  });

/** Makes a published period final: the time for appeals is over and each is decided. */
export const finaliseCycle = (deps: CycleDeps, actor: Actor, input: MoveCycle): Promise<void> =>
  step(deps, actor, input, { from: 'published', to: 'final' });

async function step(
  deps: CycleDeps,
  actor: Actor,
  { period: text, reason }: MoveCycle,
  { from, to, shown = false }: { readonly from: CycleState; readonly to: CycleState; readonly shown?: boolean },
  also: (connection: pg.PoolClient, period: Period) => Promise<void> = async () => undefined,
): Promise<void> {
  authorise(actor, 'cycle.write', everybody);
  const period = cyclePeriod(text, deps.timeZone);
  const { postgres } = deps.stores;
  await demandComplete(deps, period, to, reason);
  const move = () =>
    transaction(postgres, async (connection) => {
      // Nobody else begins or ends a move of the period meanwhile, also where it has no row yet.
      await connection.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`cycle ${period.text}`]);
      const state = (await readCycle(connection, period.text, true))?.state ?? 'draft';
      if (state !== from) throw new Conflict('cycle.wrongState', { period: period.text });
      const published = to === 'published' ? { publishedOn: todayIn(deps) } : {};
      const at = new Date(deps.now());
      const by = { userId: actor.userId, name: actor.name };
      await moveCycle(connection, { period: period.text, from, to, at, by, reason, ...published });
      await also(connection, period);
      await audit(deps, actor, `cycle.${to}`, period.text, connection);
    });
  if (!shown) return move();
  return asSoleMover(postgres, { period: period.text, verb: 'publish' }, async () => {
    if ((await readCycle(postgres, period.text))?.state !== from) return move();
    await beginWork(postgres, period.text, { verb: 'publish', at: new Date(deps.now()), byName: actor.name });
    try {
      await move();
      await endWork(postgres, period.text, null);
    } catch (cause) {
      await endWork(postgres, period.text, cause instanceof HengError ? cause.code : 'internal');
      throw cause;
    }
  });
}

/**
 * Refuses a move that something stands in the way of. Throws Conflict `cycle.blocked`, and BadInput `cycle.reasonNeeded` where something
 * is missing and nobody says why it moves all the same.
 */
export async function demandComplete(deps: CycleDeps, period: Period, to: CycleState, reason: string): Promise<void> {
  const found = await whatIsMissing(deps, period, to);
  const [block] = found;
  if (block?.weight === 'blocks')
    throw new Conflict(`cycle.${block.kind}`, { period: period.text, until: block.until ?? '' });
  if (found.length > 0 && reason.trim() === '') throw new BadInput('cycle.reasonNeeded', { count: found.length });
}
