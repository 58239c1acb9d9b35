import type pg from 'pg';
import { readCalendarRows } from '../../facts/calendarStore.ts';
import { freezeFacts } from '../../facts/freezeFacts.ts';
import { canonicalJson } from '../../ledger/canonicalJson.ts';
import type { Period } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, everybody } from '../../people/authorise.ts';
import { Conflict, HengError } from '../../platform/errors.ts';
import { transactionOn } from '../../platform/transaction.ts';
import { approvedExemptions } from '../../scores/exemptionStore.ts';
import { measured } from '../../scores/measured.ts';
import { insertClosing } from '../closingStore.ts';
import type { CycleDeps } from '../cycleDeps.ts';
import { cyclePeriod } from '../cyclePeriod.ts';
import { moveCycle, readCycle } from '../cycleStore.ts';
import { asSoleMover, beginWork, endWork, tellWork } from '../workStore.ts';
import { freezeCards } from './freezeCards.ts';
import { demandComplete } from './moveCycle.ts';

export interface CloseCycle {
  readonly period: string;
  /** Why it is closed although something is missing; '' where nothing is. */
  readonly reason: string;
}

/**
 * Closes an open period: copies its facts, makes and freezes everybody's card. Resolves as soon as it is certain that it may be done;
 * `done` resolves when it is. All of it or nothing: after a crash the period is open as before, and closing it again begins anew.
 * Throws Conflict `cycle.busy` while another move is being made, `cycle.wrongState`, `cycle.blocked`, BadInput `cycle.reasonNeeded`.
 */
export function closeCycle(
  deps: CycleDeps,
  actor: Actor,
  input: CloseCycle,
): Promise<{ readonly done: Promise<void> }> {
  authorise(actor, 'cycle.write', everybody);
  const period = cyclePeriod(input.period, deps.timeZone);
  const { postgres } = deps.stores;
  return new Promise((resolve, reject) => {
    const done = asSoleMover(postgres, { period: period.text, verb: 'close' }, async (lock) => {
      const cycle = await readCycle(postgres, period.text);
      if (cycle?.state !== 'open') throw new Conflict('cycle.wrongState', { period: period.text });
      await deps.derive();
      await demandComplete(deps, period, 'closed', input.reason);
      await beginWork(postgres, period.text, { verb: 'close', at: new Date(deps.now()), byName: actor.name });
      resolve({ done });
      try {
        await close(deps, actor, period, input.reason, lock);
        await endWork(postgres, period.text, null);
      } catch (cause) {
        await endWork(postgres, period.text, cause instanceof HengError ? cause.code : 'internal');
        throw cause;
      }
    });
    done.catch(reject);
  });
}

async function close(
  deps: CycleDeps,
  actor: Actor,
  period: Period,
  reason: string,
  lock: pg.PoolClient,
): Promise<void> {
  const { stores } = deps;
  const copy = period.text.replace('-', '_').toLowerCase();
  await freezeFacts(stores, copy);
  const facts = stores.clickhouse.copies.open(copy);
  const frozen = measured({ ...deps, stores }, deps.batch, facts);
  const at = new Date(deps.now());
  const made = { madeAt: at.toISOString(), madeBy: { userId: actor.userId, name: actor.name } };
  // On the lock's own connection: who lost it may share the copy with the next who closes, and freezes nothing.
  await transactionOn(lock, async (connection) => {
    const cycle = await readCycle(connection, period.text, true);
    if (cycle?.state !== 'open') throw new Conflict('cycle.wrongState', { period: period.text });
    const { people, rated, plans } = await freezeCards(frozen, connection, {
      ...{ period, made: { ...made, cause: 'closing', reason } },
      onProgress: (count, total) => tellWork(stores.postgres, period.text, { stage: 'scoring', done: count, total }),
    });
    await tellWork(stores.postgres, period.text, { stage: 'freezing', done: people, total: people });
    // A period in which nobody can be rated was closed on data that are not there.
    if (rated === 0) throw new Conflict('cycle.nobodyRated', { period: period.text });
    await insertClosing(connection, {
      ...{ period: period.text, copy, at, by: made.madeBy, plans, people },
      metrics: canonicalJson(await frozen.catalogue()),
      calendar: await readCalendarRows(facts.all, { first: period.firstDay, last: period.lastDay }),
      exemptions: await approvedExemptions(connection, period),
    });
    await moveCycle(connection, { period: period.text, from: 'open', to: 'closed', at, by: made.madeBy, reason });
    await audit(deps, actor, 'cycle.closed', period.text, connection);
  });
}
