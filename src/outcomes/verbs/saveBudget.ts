import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, everybody } from '../../people/authorise.ts';
import { Conflict } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import { yuanOf } from '../../scores/yuanOf.ts';
import type { BudgetInput, FittedView } from '../paySchemas.ts';
import { insertPool } from '../poolStore.ts';
import { fittedView, payoutsOf, totalsOf } from './showPayouts.ts';

/** What a budget would change, or changes: how it fits, and what comes of it. */
export interface BudgetEffect {
  readonly fitted: FittedView | null;
  /** Null where nobody has a share. */
  readonly shareFen: string | null;
}

/**
 * Sets the budget of a period's payouts, changes or lifts it; with `preview` only says what it would change. Throws Conflict
 * `outcome.budget` where the floors alone are more than it.
 */
export async function saveBudget(deps: Deps, actor: Actor, input: BudgetInput): Promise<BudgetEffect> {
  authorise(actor, 'outcome.decide', everybody);
  const { period, budget, reason, preview } = input;
  const { rows, fitted } = await payoutsOf(deps, period, budget);
  if (fitted?.status === 'impossible' && !preview)
    throw new Conflict('outcome.budget', { least: yuanOf(String(fitted.leastFen)) });
  if (!preview)
    await transaction(deps.stores.postgres, async (connection) => {
      await insertPool(connection, period, budget, {
        ...{ at: new Date(deps.now()), userId: actor.userId, name: actor.name, reason },
      });
      await audit(deps, actor, 'payout.budget', `${period} ${budget ? budget.capFen : 'lifted'}`, connection);
    });
  return { fitted: fitted && fittedView(fitted), shareFen: totalsOf(rows, fitted).shareFen };
}
