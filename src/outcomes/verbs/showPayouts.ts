import { heldFor } from '../../appraisal/appeals/appealStore.ts';
import { type Period, parsePeriod } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, everybody, isInScope, may, scopeFilter } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { fraction, multiply, toFixed } from '../../scores/fraction.ts';
import { partsOf } from '../../scores/periodSpan.ts';
import { pickVersion, readVersions } from '../../scores/planStore.ts';
import { type Dispute, partShares } from '../disputes.ts';
import type { Budget, Fitted } from '../fitToBudget.ts';
import { cardsIn, kindOf, publishedPeriods } from '../groundStore.ts';
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
    ...{ period, rows: seen, totals: totalsOf(seen, fitted) },
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
  const [found, disputes, unrated, base] = await Promise.all([
    Promise.all(payKinds.map((each) => readProposals(postgres, { ...which, kind: each }))),
    disputesIn(deps, period),
    unratedIn(postgres, period),
    payBasesOf(deps, [period]),
  ]);
  const plans = disputes.size === 0 ? [] : await readVersions(postgres);
  return payTable({
    proposals: found.flat(),
    ...{ unrated, disputes, budget: pool && budgetOf(pool) },
    baseOf: (agentId) => base(period, agentId),
    planOf: ({ planId, planVersion }) => {
      const own = plans.filter((each) => each.planId === planId);
      return pickVersion(own, planId, planVersion, '').plan;
    },
  });
}

const everyone: Actor = { userId: '', name: '', role: 'hr', scope: { kind: 'all' }, agentId: null };

export const budgetOf = ({ capFen, floorPercent, ceilingFen }: NewPool): Budget => ({
  capFen: BigInt(capFen),
  floorBasisPoints: BigInt(toFixed(multiply(fraction(floorPercent), fraction('100')), 0)),
  ceilingFen: ceilingFen === null ? null : BigInt(ceilingFen),
});

/** By person, the cards under appeal that their pay of a period rests on: its own, and those of the parts that it was made from. */
async function disputesIn(deps: Deps, period: string): Promise<PayGround['disputes']> {
  const { postgres } = deps.stores;
  const periods = withParts(parsePeriod(period, deps.timeZone), deps.timeZone);
  const held = await heldFor(postgres, periods);
  const frozen = await cardsIn(postgres, periods, [...held.keys()]);
  return new Map(
    [...held].map(([agentId, ofPeriods]) => {
      const cards = new Map((frozen.get(agentId) ?? []).map((each) => [each.period, each.card]));
      const shares = partShares(period, cards);
      const disputes = [...ofPeriods].flatMap(([each, what]): Dispute[] => {
        const share = shares.get(each);
        const items = cards.get(each)?.items ?? [];
        return share ? [{ share, items: what === 'all' ? what : items.filter(({ id }) => what.includes(id)) }] : [];
      });
      return [agentId, disputes] as const;
    }),
  );
}

const withParts = (period: Period, timeZone: string): string[] => [
  period.text,
  ...partsOf(period, timeZone).flatMap((part) => withParts(part, timeZone)),
];

export function totalsOf(rows: readonly PayRow[], fitted: Fitted | null): PayTable['totals'] {
  const sum = (of: (row: PayRow) => string | null) =>
    String(rows.flatMap((row) => of(row) ?? []).reduce((all, fen) => all + BigInt(fen), 0n));
  const shared = (of: (row: PayRow) => string | null) => (fitted?.status === 'impossible' ? null : sum(of));
  const waiting = rows.flatMap(({ lines }) => lines.flatMap((line) => line.waiting ?? []));
  return {
    approvedFen: sum((row) => row.approvedFen),
    shareFen: shared((row) => row.shareFen),
    heldFen: shared((row) => row.heldFen),
    payableFen: shared((row) => row.payableFen),
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
