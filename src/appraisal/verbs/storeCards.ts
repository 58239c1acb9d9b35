import type { Queryable } from '../../platform/transaction.ts';
import { type FrozenCard, insertFrozenCards } from '../../scores/frozenCardStore.ts';
import type { CycleDeps } from '../cycleDeps.ts';
import { readCycle } from '../cycleStore.ts';
import { recordRevision } from './recordCards.ts';

/** Keeps the next versions of cards, and says so in the ledger where it knows those before them, and to whatever rests on them. */
export async function storeCards(
  deps: Pick<CycleDeps, 'now' | 'whenPublished'>,
  connection: Queryable,
  cards: readonly FrozenCard[],
): Promise<void> {
  await insertFrozenCards(connection, cards);
  for (const card of cards) {
    const cycle = await readCycle(connection, card.period);
    if (!cycle?.publishedOn) continue;
    await recordRevision(deps, connection, card);
    for (const follow of deps.whenPublished)
      await follow(connection, card.period, { agents: [card.agentId], reason: card.reason });
  }
}
