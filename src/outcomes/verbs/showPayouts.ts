import { type Held, heldFor } from '../../appraisal/appeals/appealStore.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, everybody, isInScope, may, scopeFilter } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { fraction, multiply, toFixed } from '../../scores/fraction.ts';
import { readFrozenCards } from '../../scores/frozenCardStore.ts';
import type { Budget, Fitted } from '../fitToBudget.ts';
import { kindOf, publishedPeriods } from '../groundStore.ts';
import type { FittedView, PayRow, PayTable } from '../paySchemas.ts';
import { type PayGround, payTable } from '../payTable.ts';
import { type NewPool, readPool, unratedIn } from '../poolStore.ts';
import { payKinds } from '../proposal.ts';
import { readProposals } from '../proposalStore.ts';
import { payBasesOf } from './listOutcomes.ts';

/** Who of the reader's scope is paid what for a published period; the look is in the audit log. Throws NotFound `outcome.unpublished`. */
export async function showPayouts(deps: Deps, actor: Actor, period: string): Promise<PayTable> {
  authorise(actor, 'pay.read');
  await audit(deps, actor, 'payout.read', period);
  const pool = await readPool(deps.stores.postgres, period);
  const { rows, fitted } = await payoutsOf(deps, period, pool);
  const seen = rows.filter(({ agentId, team, shop }) => isInScope(actor, { agentId, team, shop }));
  return {
    ...{ period, rows: seen, totals: totalsOf(seen) },
    budget: pool && fitted && { ...pool, at: pool.at.toISOString(), fitted: fittedView(fitted) },
    mayDecide: may(actor, 'outcome.decide') && isInScope(actor, everybody),
  };
}

/** Everybody's payouts with this budget. */
export async function payoutsOf(deps: Deps, period: string, pool: NewPool | null) {
  const { postgres } = deps.stores;
  const kind = kindOf(period);
  const published = kind === null ? [] : await publishedPeriods(postgres, kind);
  if (!published.includes(period)) throw new NotFound('outcome.unpublished', { period });
  const which = { period, state: null, agent: null, text: '', scope: scopeFilter(everyone) };
  const [found, held, unrated, base] = await Promise.all([
    Promise.all(payKinds.map((each) => readProposals(postgres, { ...which, kind: each }))),
    heldFor(postgres, period),
    unratedIn(postgres, period),
    payBasesOf(deps, [period]),
  ]);
  return payTable({
    proposals: found.flat(),
    ...{ unrated, held, budget: pool && budgetOf(pool) },
    baseOf: (agentId) => base(period, agentId),
    weights: await weightsOf(postgres, period, held),
  });
}

const everyone: Actor = { userId: '', name: '', role: 'hr', scope: { kind: 'all' }, agentId: null };

export const budgetOf = ({ capFen, floorPercent, ceilingFen }: NewPool): Budget => ({
  capFen: BigInt(capFen),
  floorBasisPoints: BigInt(toFixed(multiply(fraction(floorPercent), fraction('100')), 0)),
  ceilingFen: ceilingFen === null ? null : BigInt(ceilingFen),
});

/** What the items weigh on the cards of those whose payout is partly held. */
async function weightsOf(
  postgres: Queryable,
  period: string,
  held: ReadonlyMap<string, Held>,
): Promise<PayGround['weights']> {
  const partly = [...held].flatMap(([agentId, what]) => (what === 'all' ? [] : [agentId]));
  const cards = partly.length === 0 ? [] : await readFrozenCards(postgres, period, partly);
  return new Map(
    cards.map(({ agentId, card }) => [
      agentId,
      new Map(
        card.items.flatMap(({ id, effectiveWeight }) => (effectiveWeight === null ? [] : [[id, effectiveWeight]])),
      ),
    ]),
  );
}

export function totalsOf(rows: readonly PayRow[]): PayTable['totals'] {
  const sum = (of: (row: PayRow) => string | null) =>
    String(rows.flatMap((row) => of(row) ?? []).reduce((all, fen) => all + BigInt(fen), 0n));
  const waiting = rows.flatMap(({ lines }) => lines.flatMap((line) => line.waiting ?? []));
  return {
    approvedFen: sum((row) => row.approvedFen),
    shareFen: sum((row) => row.shareFen),
    heldFen: sum((row) => row.heldFen),
    payableFen: sum((row) => row.payableFen),
    waiting: waiting.length,
    lacking: waiting.filter(({ status }) => status === 'lacking').length,
    unrated: rows.filter(({ unrated }) => unrated).length,
  };
}

export function fittedView(fitted: Fitted): FittedView {
  switch (fitted.status) {
    case 'fits':
      return { status: 'fits', limited: fitted.limited };
    case 'scaled': {
      const { atFloor, atCeiling, roundedUp, factor } = fitted;
      return { status: 'scaled', factor: toFixed(factor, 4), atFloor, atCeiling, roundedUp };
    }
    case 'impossible':
      return { status: 'impossible', leastFen: String(fitted.leastFen) };
  }
}
